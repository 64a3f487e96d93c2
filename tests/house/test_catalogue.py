"""The Vietnamese catalogue is complete. `make texts` brings it up to date."""

from pathlib import Path

import django
import polib

from config import catalogue
from config.catalogue import Text, problems, python_texts, template_texts


def test_every_text_has_its_translation():
    assert problems(catalogue.collect(), catalogue.read()) == []


def test_borrowed_texts_are_djangos_own():
    """A Django that words them otherwise would show English again."""
    places = ("conf", "contrib/admin", "contrib/auth")
    files = [Path(django.__file__).parent / place / "locale/en/LC_MESSAGES/django.po" for place in places]
    there = {(entry.msgid, entry.msgid_plural or None) for file in files for entry in polib.pofile(str(file))}
    source = (catalogue.BASE_DIR / "config/django_texts.py").read_text(encoding="utf-8")
    assert {(text.msgid, text.plural) for text in python_texts(source)} - there == set()


def test_python_texts_are_those_that_django_looks_up():
    source = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext, npgettext_lazy
from django.utils import translation
_("One " "joined")
ngettext("%(n)s task", "%(n)s tasks", n)
pgettext("month", "May")
npgettext_lazy("post", "letter", "letters", n)
translation.gettext("Dotted")
_(not_a_literal)
other("Not ours")
"""
    assert set(python_texts(source)) == {
        Text("One joined"),
        Text("%(n)s task", "%(n)s tasks"),
        Text("May", context="month"),
        Text("letter", "letters", "post"),
        Text("Dotted"),
    }


def test_template_texts_are_those_that_django_looks_up():
    source = """{% load i18n %}
{% translate "Plain" %}{% translate "May" context "month" %}{% translate "100% done" as done %}
{% if x %}{{ y|default:_("nothing") }}{% include "a.html" with title=_("Title") %}{% endif %}
{% blocktranslate trimmed with name=x.name %}
  Dear {{ name }},
  hello
{% endblocktranslate %}
{% for z in zs %}
{% blocktranslate count n=z context "post" %}{{ n }} letter{% plural %}{{ n }} letters{% endblocktranslate %}
{% endfor %}{% translate variable %}{% translate "Kept" noop %}"""
    assert set(template_texts(source)) == {
        Text("Plain"),
        Text("May", context="month"),
        Text("100%% done"),
        Text("nothing"),
        Text("Title"),
        Text("Dear %(name)s, hello"),
        Text("%(n)s letter", "%(n)s letters", "post"),
    }


def entries(*pairs: tuple[str, str], **fields):
    made = [polib.POEntry(msgid=msgid, msgstr=words, **fields) for msgid, words in pairs]
    return {(entry.msgid, ""): entry for entry in made}


def test_problems_are_named():
    asked = [Text("Task"), Text("Unit"), Text("%(name)s was saved"), Text("{n} left")]
    there = entries(
        ("Task", "Nhiệm vụ"), ("%(name)s was saved", "Đã lưu %(ten)s"), ("{n} left", "Còn {n}"), ("Old", "Cũ")
    )
    assert problems(asked, there) == [
        "unused: 'Old'",
        "missing: 'Unit'",
        "placeholders differ: '%(name)s was saved' and 'Đã lưu %(ten)s'",
    ]
    assert problems([Text("Task")], entries(("Task", "Nhiệm vụ"), flags=["fuzzy"])) == ["fuzzy: 'Task'"]
