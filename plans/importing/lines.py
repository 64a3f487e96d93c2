"""Lines: what every kind of file is turned into before anything is understood."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from .folding import fold

BULLET_IN_SYMBOL_FONT = "•"
DASH_IN_SYMBOL_FONT = {0xF02D, 0xF0BE, 0xF0D0}
SPACES = re.compile(r"[ \t\f]+")


class _Cleaned(dict[int, str | None]):
    def __missing__(self, code: int) -> str | None:
        self[code] = cleaned = _clean_character(code)
        return cleaned


def _clean_character(code: int) -> str | None:
    character = chr(code)
    if character in "\n\t\f":
        return character
    if character in "\x0b\x85\u2028\u2029":
        return "\n"
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category == "Co":
        return _symbol(code)
    return None if category in ("Cc", "Cf", "Cs", "Cn") else character


def _symbol(code: int) -> str | None:
    """Word's symbol fonts put their signs into the private area from F000; in plans they are bullets."""
    if not 0xF020 <= code <= 0xF0FF:
        return None
    return "-" if code in DASH_IN_SYMBOL_FONT else BULLET_IN_SYMBOL_FONT


_CLEANED = _Cleaned()


def clean(text: str) -> str:
    """The text in NFC with plain spaces and newlines, without characters that nobody sees."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text.translate(_CLEANED))


def squeeze(text: str) -> str:
    """The text on one line, with single spaces and none at the ends."""
    return SPACES.sub(" ", text.replace("\n", " ")).strip(" ")


@dataclass(frozen=True)
class Cell:
    """One place of a table's grid.

    ``merged``: it belongs to the cell above; ``covered``: to the one at its left.
    """

    text: str
    merged: bool = False
    covered: bool = False


@dataclass(frozen=True)
class Line:
    """A paragraph of the document, or a row of a table when ``cells`` is set.

    ``number`` and ``end`` are the first and last source line, counted from 1. ``gap``: a blank line stands
    before. ``level`` is the depth of Word's automatic numbering. ``table`` counts the tables of the document.
    """

    text: str
    number: int
    end: int
    gap: bool = False
    level: int = 0
    cells: tuple[Cell, ...] = ()
    table: int = 0

    @cached_property
    def folded(self) -> str:
        return fold(self.text)


@dataclass(frozen=True)
class Document:
    """The lines of a document in reading order, blank ones left out, and the source they were read
    from."""

    lines: list[Line]
    source: list[str]
