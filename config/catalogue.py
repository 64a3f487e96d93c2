"""The Vietnamese catalogue, kept without gettext's tools.

python -m config.catalogue update     take new strings in, drop unused ones, keep translations
python -m config.catalogue compile    write the .mo file that Django reads
python -m config.catalogue check      list what is missing, uncertain, unused or malformed
"""

import ast
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import polib

BASE_DIR = Path(__file__).resolve().parent.parent
CATALOGUE = BASE_DIR / "locale/vi/LC_MESSAGES/django.po"
PACKAGES = ("config", "units", "plans", "tasks", "reports")
METADATA = {
    "Language": "vi",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}

# Which argument of a call is what.
ARGUMENTS = {
    "gettext": ("msgid",),
    "ngettext": ("msgid", "plural"),
    "pgettext": ("context", "msgid"),
    "npgettext": ("context", "msgid", "plural"),
}
ARGUMENTS |= {f"{name}_lazy": arguments for name, arguments in ARGUMENTS.items()}
ARGUMENTS |= {"gettext_noop": ("msgid",)}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


class Text(NamedTuple):
    """A string as Django looks it up."""

    msgid: str
    plural: str | None = None
    context: str | None = None


def translators(tree: ast.AST) -> dict[str, str]:
    """The names that the translating functions have in a module, `_` for example."""
    return {
        name.asname or name.name: name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.name in ARGUMENTS
    }


def python_texts(source: str) -> Iterator[Text]:
    tree = ast.parse(source)
    names = translators(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name(id=name) if name in names:
                function = names[name]
            case ast.Attribute(value=ast.Name(id="translation"), attr=attribute) if attribute in ARGUMENTS:
                function = attribute
            case _:
                continue
        given = dict(zip(ARGUMENTS[function], node.args, strict=False))
        words = {key: arg.value for key, arg in given.items() if isinstance(arg, ast.Constant)}
        if "msgid" in words:
            yield Text(**words)


def template_texts(source: str) -> list[Text]:
    """What the template asks for, read off its own nodes.

    `_("…")` is looked up while the template is parsed, and `{% translate %}` when its variable is
    resolved: both pass the two functions that are replaced here.
    """
    from django.template import Template
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    found: list[Text] = []

    def note(msgid: str) -> str:
        found.append(Text(msgid))
        return msgid

    def note_in_context(context: str, msgid: str) -> str:
        found.append(Text(msgid, context=context))
        return msgid

    with (
        patch("django.template.base.gettext_lazy", note),
        patch("django.template.base.pgettext_lazy", note_in_context),
    ):
        nodes = Template(source).nodelist
        for node in nodes.get_nodes_by_type(TranslateNode):
            variable = node.filter_expression.var
            if node.noop or getattr(variable, "literal", None) is None:
                continue
            variable.translate = True
            variable.message_context = node.message_context and node.message_context.resolve({})
            variable.resolve({})
        for node in nodes.get_nodes_by_type(BlockTranslateNode):
            plural = node.render_token_list(node.plural)[0] if node.plural else None
            context = node.message_context.resolve({}) if node.message_context else None
            found.append(Text(node.render_token_list(node.singular)[0], plural, context))
    return found


def collect() -> dict[tuple[str, str | None], tuple[Text, list[str]]]:
    """Every text of the product, by msgid and context, with the files that use it."""
    sources = [
        (path, python_texts)
        for package in PACKAGES
        for path in (BASE_DIR / package).rglob("*.py")
        if "migrations" not in path.parts
    ]
    sources += [
        (path, template_texts)
        for folder in ("templates", *(f"{package}/templates" for package in PACKAGES))
        for path in (BASE_DIR / folder).rglob("*.*")
    ]
    texts: dict[tuple[str, str | None], tuple[Text, list[str]]] = {}
    for path, reader in sorted(sources):
        for text in reader(path.read_text(encoding="utf-8")):
            key = (text.msgid, text.context)
            known, files = texts.get(key, (text, []))
            name = path.relative_to(BASE_DIR).as_posix()
            texts[key] = (text if text.plural else known, files if name in files else [*files, name])
    return texts


def read() -> polib.POFile:
    return polib.pofile(str(CATALOGUE), wrapwidth=100) if CATALOGUE.exists() else polib.POFile()


def translation_of(entry: polib.POEntry | None) -> str:
    if entry is None:
        return ""
    return entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr


def update() -> None:
    known = {(entry.msgid, entry.msgctxt): entry for entry in read()}
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = METADATA
    for key, (text, files) in sorted(collect().items(), key=lambda item: (item[0][0], item[0][1] or "")):
        old = known.get(key)
        words = translation_of(old)
        said = (
            {"msgid_plural": text.plural, "msgstr_plural": {0: words}} if text.plural else {"msgstr": words}
        )
        catalogue.append(
            polib.POEntry(
                msgid=text.msgid,
                msgctxt=text.context,
                occurrences=[(name, "") for name in files],
                flags=["fuzzy"] if old and old.fuzzy else [],
                **said,
            )
        )
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(CATALOGUE))


def compile_catalogue() -> None:
    """Write the .mo file in one step, so that a process that reads it never meets half of it."""
    target = CATALOGUE.with_suffix(".mo")
    draft = target.with_suffix(f".{os.getpid()}.mo")
    read().save_as_mofile(str(draft))
    draft.replace(target)


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text.replace("%%", "")))


def problems(texts: Iterable[Text], entries: Iterable[polib.POEntry]) -> list[str]:
    asked = {(text.msgid, text.context): text for text in texts}
    there = {(entry.msgid, entry.msgctxt): entry for entry in entries}
    found = [f"unused: {msgid!r}" for msgid, context in there if (msgid, context) not in asked]
    for key, text in asked.items():
        entry = there.get(key)
        words = translation_of(entry)
        if not words or (entry and bool(entry.msgid_plural) != bool(text.plural)):
            found.append(f"missing: {text.msgid!r}")
        elif entry and entry.fuzzy:
            found.append(f"fuzzy: {text.msgid!r}")
        elif placeholders(text.plural or text.msgid) != placeholders(words):
            found.append(f"placeholders differ: {text.msgid!r} / {words!r}")
    return found


def check() -> list[str]:
    return problems((text for text, _ in collect().values()), read())


def main(verb: str) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    if verb == "compile":
        compile_catalogue()
        return 0
    django.setup()
    if verb == "update":
        update()
        compile_catalogue()
    found = check()
    sys.stdout.write("".join(f"{problem}\n" for problem in found))
    return 1 if found and verb == "check" else 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("update", "compile", "check"):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
