"""Comparing Vietnamese text without its marks, letter case and typographic variants."""

import unicodedata

DASHES = "-‐‑‒–—―−"
QUOTES = '"“”„‟«»'
D_WITH_STROKE = "đĐðÐƉ"


class _Folded(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    if character in D_WITH_STROKE:
        return "d"
    if character in DASHES:
        return "-"
    if character in QUOTES:
        return '"'
    if character.isspace():
        return character if character == "\n" else " "
    return unicodedata.normalize("NFD", character)[0].lower()[0]


_FOLDED = _Folded()


def fold(text: str) -> str:
    """The text in lower case without marks, as long as before, so that positions hold for the original.

    The length is kept for text in NFC, which is what every line here is.
    """
    return text.translate(_FOLDED)


def is_capitals(text: str) -> bool:
    """Whether the text has letters, and they are all capitals."""
    return text == text.upper() and text != text.lower()
