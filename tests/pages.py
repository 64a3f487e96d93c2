"""Pages as a browser has them: what a form would send, where links lead, which words are read."""

from django.http import HttpResponse
from lxml import html

# A date no form knows, a number no column holds, and texts that break what trusts its input.
HOSTILE_NUMBERS = ["-1", "0", "abc", "1e9", "٣", "²", "9" * 30, "9" * 5000, "", " ", "\x00", "None", "1,2"]
HOSTILE_TEXTS = [
    "a\x00b",
    "ă" * 5000,
    "<script>x</script>",
    "{{ 7 }}",
    "%(count)d",
    "\ud7ff\u202e",
    "' OR 1=1 --",
]


def tree(response: HttpResponse) -> html.HtmlElement:
    page = html.fromstring(response.content.decode())
    for template in page.iter("template"):
        template.clear()
    return page


def form_data(response: HttpResponse, place: int = 0) -> dict[str, list[str]]:
    """What the page's form sends when nothing is touched; `place` counts the forms of the main part."""
    form = tree(response).xpath("//main//form[@method='post']")[place]
    data: dict[str, list[str]] = {}
    for field in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        if field.tag == "input" and field.get("type") in ("file", "submit"):
            continue
        if (
            field.tag == "input"
            and field.get("type") in ("checkbox", "radio")
            and field.get("checked") is None
        ):
            continue
        data.setdefault(field.get("name"), []).extend(values(field))
    return data


def values(field: html.HtmlElement) -> list[str]:
    if field.tag == "textarea":
        # A browser leaves out the first line break of the markup and sends every other as CR LF.
        text = (field.text or "").replace("\r\n", "\n").removeprefix("\n")
        return [text.replace("\n", "\r\n")]
    if field.tag == "select":
        chosen = field.xpath(".//option[@selected]") or field.xpath(".//option")[:1]
        return [option.get("value", option.text_content()) for option in chosen]
    return [field.get("value", "on" if field.get("type") in ("checkbox", "radio") else "")]


def links(response: HttpResponse) -> list[str]:
    return tree(response).xpath("//main//a/@href")


def words(response: HttpResponse, path: str = "//main") -> str:
    """The text of the page's main part (or of `path`), with single spaces."""
    return " ".join(" ".join(part.text_content() for part in tree(response).xpath(path)).split())


def texts(response: HttpResponse, path: str) -> list[str]:
    return [" ".join(part.text_content().split()) for part in tree(response).xpath(path)]


def in_english(client):
    client.cookies["django_language"] = "en"
    return client
