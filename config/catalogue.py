"""The Vietnamese catalogue, kept without gettext's tools.

python -m config.catalogue update     take new strings in, drop unused ones, keep translations
python -m config.catalogue compile    write the .mo file that Django reads
python -m config.catalogue check      list what is missing, fuzzy, unused or malformed
"""

import ast
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import polib

BASE_DIR = Path(__file__).resolve().parent.parent
CATALOGUE = BASE_DIR / "locale/vi/LC_MESSAGES/django.po"
PACKAGES = ("config", "units", "plans", "tasks", "reports")
# Vietnamese has one plural form.
METADATA = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=1; plural=0;"}

# What the arguments of each translating function are.
ARGUMENTS: dict[str, tuple[str, ...]] = {
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

    @property
    def key(self) -> tuple[str, str]:
        return self.msgid, self.context or ""


def python_texts(source: str) -> Iterator[Text]:
    tree = ast.parse(source)
    names = {
        name.asname or name.name: name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.name in ARGUMENTS
    }
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in names:
                function = names[name]
            case ast.Call(func=ast.Attribute(value=ast.Name(id="translation"), attr=name)) if (
                name in ARGUMENTS
            ):
                function = name
            case _:
                continue
        given = zip(ARGUMENTS[function], node.args, strict=False)
        words: dict[str, Any] = {key: arg.value for key, arg in given if isinstance(arg, ast.Constant)}
        if "msgid" in words:
            yield Text(**words)


def template_texts(source: str) -> list[Text]:
    """What a template asks for, read off its own nodes.

    `_("…")` is looked up while the template is parsed, and `{% translate %}` when its variable is
    resolved: both pass the two functions that are replaced here.
    """
    from django.template import Template
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    found: list[Text] = []

    def note(*words: str) -> str:
        *context, msgid = words
        found.append(Text(msgid, context=context[0] if context else None))
        return msgid

    with patch.multiple("django.template.base", gettext_lazy=note, pgettext_lazy=note):
        node: Any
        nodes = Template(source).nodelist
        for node in nodes.get_nodes_by_type(TranslateNode):
            variable = node.filter_expression.var
            if not node.noop and getattr(variable, "literal", None) is not None:
                variable.translate = True
                variable.message_context = node.message_context and node.message_context.resolve({})
                variable.resolve({})
        for node in nodes.get_nodes_by_type(BlockTranslateNode):
            plural = node.render_token_list(node.plural)[0] if node.plural else None
            context = node.message_context and node.message_context.resolve({})
            found.append(Text(node.render_token_list(node.singular)[0], plural, context))
    return found


def texts_of(path: Path) -> Iterable[Text]:
    read_texts = python_texts if path.suffix == ".py" else template_texts
    return read_texts(path.read_text(encoding="utf-8"))


def collect() -> dict[Text, list[str]]:
    """Every text of the product, in order, with the files that use it."""
    paths = [path for package in PACKAGES for path in (BASE_DIR / package).rglob("*.py")]
    paths += [path for suffix in ("html", "txt") for path in (BASE_DIR / "templates").rglob(f"*.{suffix}")]
    texts: dict[tuple[str, str], Text] = {}
    files: dict[tuple[str, str], dict[str, None]] = {}
    for path in sorted(paths):
        for text in texts_of(path):
            if text.plural or text.key not in texts:
                texts[text.key] = text
            files.setdefault(text.key, {})[path.relative_to(BASE_DIR).as_posix()] = None
    return {texts[key]: list(files[key]) for key in sorted(texts)}


def read() -> dict[tuple[str, str], polib.POEntry]:
    entries = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else []
    return {(entry.msgid, entry.msgctxt or ""): entry for entry in entries}


def translation(entry: polib.POEntry | None) -> str:
    if entry is None:
        return ""
    return entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr


def entry_for(text: Text, files: list[str], known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(msgid=text.msgid, msgctxt=text.context, occurrences=[(name, "") for name in files])
    if text.plural:
        entry.msgid_plural, entry.msgstr_plural = text.plural, {0: translation(known)}
    else:
        entry.msgstr = translation(known)
    if known and known.fuzzy:
        entry.flags = ["fuzzy"]
    return entry


def update_catalogue() -> None:
    known = read()
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = METADATA
    catalogue.extend(entry_for(text, files, known.get(text.key)) for text, files in collect().items())
    catalogue.save(str(CATALOGUE))


def compile_catalogue() -> None:
    """Write the .mo file in one step, so that a process that reads it never meets half of it."""
    target = CATALOGUE.with_suffix(".mo")
    draft = target.with_suffix(f".{os.getpid()}")
    polib.pofile(str(CATALOGUE)).save_as_mofile(str(draft))
    draft.replace(target)


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text.replace("%%", "")))


def problems(texts: Iterable[Text], entries: dict[tuple[str, str], polib.POEntry]) -> list[str]:
    asked = {text.key: text for text in texts}
    found = [f"unused: {msgid!r}" for msgid, context in entries if (msgid, context) not in asked]
    for key, text in asked.items():
        entry = entries.get(key)
        words = translation(entry)
        if entry is None or not words or (entry.msgid_plural or None) != text.plural:
            found.append(f"missing: {text.msgid!r}")
        elif entry.fuzzy:
            found.append(f"fuzzy: {text.msgid!r}")
        elif placeholders(text.plural or text.msgid) != placeholders(words):
            found.append(f"placeholders differ: {text.msgid!r} and {words!r}")
    return found


def main(verb: str) -> int:
    if verb == "update":
        update_catalogue()
    if verb in ("update", "compile"):
        compile_catalogue()
    found = [] if verb == "compile" else problems(collect(), read())
    sys.stdout.writelines(f"{problem}\n" for problem in found)
    return 1 if found and verb == "check" else 0


if __name__ == "__main__":
    import django

    if len(sys.argv) != 2 or sys.argv[1] not in ("update", "compile", "check"):
        sys.exit(__doc__)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    sys.exit(main(sys.argv[1]))
