"""Vietnamese text for comparing and searching; `searchable` makes what the `folded` columns hold."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# Circumflex, breve and horn make another vowel; the five tones stand above or below any.
SHAPES = "\u0302\u0306\u031b"
TONES = "\u0300\u0301\u0303\u0309\u0323"
WORD = re.compile(rf"[\w{SHAPES}{TONES}]+")
MARKS_AND_D = str.maketrans({**dict.fromkeys(SHAPES + TONES), "đ": "d"})
TONES_ALONE = str.maketrans(dict.fromkeys(TONES))
RARE = 0x3000


class Marks(dict[int, int | None]):
    """For `str.translate`: takes away the combining marks that are not kept."""

    def __init__(self, kept: str = "") -> None:
        super().__init__()
        self.kept = kept

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        goes = unicodedata.combining(character) and character not in self.kept
        # Those of rare scripts are asked for every time: there are a million.
        return (self.setdefault if code < RARE else self.get)(code, None if goes else code)


NO_MARKS, KNOWN_MARKS = Marks(), Marks(SHAPES + TONES)
# "155-KH/TU" in folded text, also with stray spaces, without any mark, or in one. Only what has no vowel
# ("KH", "NQ") is part of it after a space: "3 xã" and "2025 - Trường Sơn" are no numbers. It ends where a
# word ends.
DASH = "[-‐‑‒–—−/]"
LETTERS = r"[a-z]++(?!\w)"
ABBREVIATION = r"[bcdfghjklmnpqrstvwxz]{2,}+(?!\w)"
NUMBER = re.compile(
    rf"(?<![0-9])[0-9]++(?:/[0-9]{{4}}(?![0-9]))?+"
    rf"(?:{DASH}{LETTERS}|[a-z]{LETTERS}|\s*+{DASH}?+\s*+{ABBREVIATION})"
    rf"(?:{DASH}{LETTERS}|\s*+{DASH}\s*+{ABBREVIATION})*"
)


class Word(NamedTuple):
    """A word without its marks, and with them: in one way, wherever its tone was put."""

    plain: str
    marked: str


def fold(text: str) -> str:
    """Text for comparing: no case, no marks, `đ` as `d`, single spaces.

    >>> fold("Ủy ban  MTTQ phường Trường Sơn")
    'uy ban mttq phuong truong son'
    """
    return " ".join(decompose(text).translate(NO_MARKS).replace("đ", "d").split())


def decompose(text: str) -> str:
    # PostgreSQL refuses to look for a NUL.
    return unicodedata.normalize("NFD", text.casefold().replace("\0", ""))


def words(text: str) -> list[Word]:
    """
    >>> words("hoà giải") == words("Hòa-Giải")
    True
    """
    spoken = map(word_of, WORD.findall(decompose(text).translate(KNOWN_MARKS)))
    return [word for word in spoken if word.plain]


# Reports say the same few thousand words again and again.
@lru_cache(10_000)
def word_of(text: str) -> Word:
    return Word(text.translate(MARKS_AND_D), with_tone_last(text))


def with_tone_last(word: str) -> str:
    """Both "ủy" and "uỷ" are written: the tone's letter is a matter of taste, not of meaning."""
    return word.translate(TONES_ALONE) + "".join(mark for mark in word if mark in TONES)


def compact(number: str) -> str:
    """
    >>> compact("05 / kh-mttq")
    '5khmttq'
    """
    return re.sub("[^0-9a-z]", "", number).lstrip("0")


def numbers(text: str) -> list[str]:
    """Each document number that the text names, without spaces and marks between.

    >>> numbers("Kế hoạch số 155- KH/TU, Kết luận 610 – KL/TU")
    ['155khtu', '610kltu']
    """
    return [compact(number) for number in NUMBER.findall(fold(text))]


def phrase(texts: list[str]) -> str:
    """Words of which each stands between two spaces, to be found whole."""
    return f" {' '.join(texts)} "


def searchable(name: str, *texts: str) -> str:
    """Four lines: the name's words without marks; those of the texts; all words with marks; the numbers."""
    of_name, of_texts = words(name), words("\n".join(texts))
    lines = (
        [word.plain for word in of_name],
        [word.plain for word in of_texts],
        [word.marked for word in of_name + of_texts],
        numbers("\n".join([name, *texts])),
    )
    return "\n".join(phrase(line) for line in lines)
