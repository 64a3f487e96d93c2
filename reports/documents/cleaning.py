"""Every text of a paper made fit to print, in the one place where papers come from."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from reports.documents.content import Paper
from reports.documents.texts import GAP

# Letters that no typesetter and no reader of XML is made for: they would end up as a fault of theirs.
UNFIT = "C"
BREAKS = ("Zl", "Zp")


def cleaned(paper: Paper) -> Paper:
    return with_texts(paper, clean)


def clean(text: str) -> str:
    """NFC without control, bidi, private and unassigned characters; gaps to write on stay.

    >>> clean("a\\x01b\\u202ec\\u2028d")
    'abc d'
    """
    if text.replace(GAP, "").isprintable() and unicodedata.is_normalized("NFC", text):
        return text
    return "".join(map(_fit, unicodedata.normalize("NFC", text)))


def _fit(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\t\n\r" or category in BREAKS:
        return " "
    return "" if category.startswith(UNFIT) else character


def with_texts(part: Any, change: Callable[[str], str]) -> Any:
    """The same paper, block or cell with every text changed."""
    if isinstance(part, str):
        return change(part)
    if isinstance(part, tuple):
        changed = (with_texts(each, change) for each in part)
        return type(part)(*changed) if hasattr(part, "_fields") else tuple(changed)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{f.name: with_texts(getattr(part, f.name), change) for f in fields(part)})
    return part
