"""Enumerators at the start of a line: I. 1. 1.1 a) (1) - + • "Phần thứ nhất" "Một là,"."""

import re
from dataclasses import dataclass

from .folding import DASHES, fold, is_capitals

ORDINALS = {
    "nhat": 1, "mot": 1, "hai": 2, "nhi": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7,
    "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
ORDINAL = "|".join(ORDINALS)
BULLETS = "•·*●▪◦■□➢✓►★◆♦→○∙‣⁃§❖⇒✔➤"
ROMAN = re.compile(r"(?=[IVX])(X{0,2})(IX|IV|V?I{0,3})")
LETTERS = "abcdđeghiklmnopqrstuvxyfjwz"

PART = re.compile(
    rf"(?:phan|chuong|muc)\s+(?:thu\s+)?({ORDINAL}|[ivx]{{1,5}}|\d{{1,2}}|[a-d])(?=$|[\s.:)/-])\s?[.:)/-]*\s*"
)
ROMAN_DECIMAL = re.compile(r"([IVX]{1,5})\.(\d{1,2})(?:[.)/]\s*|\s+)(?!\d)")
ROMAN_DELIMITED = re.compile(r"([IVX]{1,5})(?:\s?[.):]\s*|\s?/\s*(?![a-zđ])|\s?-\s+|\s?[–—]\s*)")
ROMAN_BARE = re.compile(r"([IVX]{1,5})\s+(?=\w{2})")
UPPER = re.compile(r"([A-HĐ])(?:\s?[.)/:]\s*(?=[^\W\d_]{2})|\s?[-–—]\s+)")
DECIMAL = re.compile(
    r"(\d{1,2}(?:\.\d{1,2}){0,3})(?:\s?[.)/]\s*(?!\d)|\s?[-–—]\s+(?!\d)|\s?[-–—](?=[^\W\d_][a-zà-ỹđ]))"
)
DECIMAL_BARE = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})\s+(?=[^\W\d_])")
PARENTHESISED = re.compile(r"\(\s?(\d{1,2}|[a-zđ]|[ivx]{2,4})\s?\)\s*")
LETTER = re.compile(r"([a-zđ])(?:\s?\)\s*|\s?\.\s*(?=[^\W\d_])|\s?[/–—-]\s+|\s?,\s+(?=[^\W\d_]{2}))")
COMMA = re.compile(r"(\d{1,2})\s?,\s+(?=[^\W\d_])")
LOWER_ROMAN = re.compile(r"(i{1,3}|iv|vi{0,3}|ix|x)\s?[.)]\s+")
WORD = re.compile(rf"(?:({ORDINAL})\s+la|thu\s+({ORDINAL}))\s?(?:[,:.]|-\s)\s*")
NAMED = re.compile(
    rf"(?:nhom nhiem vu|nhiem vu|noi dung|nhom|giai phap|hoat dong|buoc|dot|giai doan)\s+(?:thu\s+|so\s+)?"
    rf"(\d{{1,2}}|[ivx]{{1,4}}|{ORDINAL})\s?(?:[:.)]|-\s)\s*"
)
RULE = re.compile(r"[\s\-_=*~.…·•—–―─━═∗⁎＊﹡oO0+#]+")


@dataclass(frozen=True)
class Marker:
    """``style`` tells kinds of enumeration apart, ``label`` is what is printed, ``length`` counts its
    characters."""

    style: str
    label: str
    value: int
    length: int

    @property
    def is_bullet(self) -> bool:
        return self.value == 0


def find_marker(text: str) -> Marker | None:
    """The enumerator that the squeezed line begins with, or None."""
    if not text or is_rule(text):
        return None
    return _bullet(text) or _numbered(text) or _worded(text)


def without_marker(text: str) -> str:
    """The line without its enumerator."""
    marker = find_marker(text)
    return text[marker.length :] if marker else text


def is_rule(text: str) -> bool:
    """Whether the line is only a rule such as ``-----`` or ``***``."""
    return bool(text) and RULE.fullmatch(text) is not None and not text.isalpha()


def roman_value(text: str) -> int:
    """The value of a Roman numeral up to 29, or 0 when it is none."""
    match = ROMAN.fullmatch(text.upper())
    if not match:
        return 0
    units = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
    return 10 * len(match[1]) + units[match[2]]


def _bullet(text: str) -> Marker | None:
    first, rest = text[0], text[1:].lstrip(" ")
    if not rest:
        return None
    length = len(text) - len(rest)
    if first in DASHES:
        return None if rest[0] in DASHES else Marker("dash", "-", 0, length)
    if first == "+":
        return Marker("plus", "+", 0, length)
    if first in BULLETS:
        return None if rest[0] == first else Marker("bullet" + first, first, 0, length)
    if first == "o" and text[1:2] == " " and rest[0].isupper():
        return Marker("bullet○", first, 0, length)
    return None


def _numbered(text: str) -> Marker | None:
    return _roman(text) or _decimal(text) or _letter(text)


def _roman(text: str) -> Marker | None:
    if match := ROMAN_DECIMAL.match(text):
        return Marker("roman.decimal", f"{match[1]}.{match[2]}", int(match[2]) or 1, match.end())
    match = ROMAN_DELIMITED.match(text)
    if not match and (match := ROMAN_BARE.match(text)) and not is_capitals(text):
        match = None
    if match and (value := roman_value(match[1])):
        return Marker("roman", match[1], value, match.end())
    if match := UPPER.match(text):
        return Marker("upper", match[1], "ABCDĐEFGH".index(match[1]) + 1, match.end())
    return None


def _decimal(text: str) -> Marker | None:
    match = DECIMAL.match(text)
    if match is None and (bare := DECIMAL_BARE.match(text)) and text[bare.end()].isupper():
        match = bare
    if match is None and (loose := COMMA.match(text)) and text[loose.end()].isupper():
        match = loose
    if match:
        numbers = match[1].split(".")
        closing = ")" if match[0].rstrip().endswith(")") else ""
        return Marker(f"decimal{len(numbers)}{closing}", match[1], int(numbers[-1]) or 1, match.end())
    if match := PARENTHESISED.match(text):
        label = match[1]
        style = "(1)" if label.isdigit() else "(a)"
        return Marker(style, label, int(label) or 1 if label.isdigit() else _letter_value(label), match.end())
    return None


def _letter(text: str) -> Marker | None:
    if (match := LOWER_ROMAN.match(text)) and len(match[1]) > 1:
        return Marker("lower roman", match[1], roman_value(match[1]), match.end())
    if match := LETTER.match(text):
        return Marker("letter", match[1], _letter_value(match[1]), match.end())
    return None


def _letter_value(label: str) -> int:
    return LETTERS.find(label) + 1 or 1


def _worded(text: str) -> Marker | None:
    if not text[0].isupper():
        return None
    folded = fold(text[:60])
    if (match := PART.match(folded)) and _stands_alone(text, match.end()):
        label = text[: match.end()].rstrip(" .:)/-–—")
        return Marker("part", label, _ordinal(match[1]), match.end())
    if match := WORD.match(folded):
        return Marker(
            "word", text[: match.end()].rstrip(" ,:.-"), ORDINALS[match[1] or match[2]], match.end()
        )
    if match := NAMED.match(folded):
        return Marker("named", text[: match.end()].rstrip(" :.)-"), _ordinal(match[1]), match.end())
    return None


def _stands_alone(text: str, end: int) -> bool:
    """ "Phần II" is a heading when it ends there, is delimited, or capitals follow; not in "Phần I của
    …"."""
    return end >= len(text) or (
        text[end - 1] in ".:)/-–— " and (text[end].isupper() or text[end - 2] in ".:)/-–—")
    )


def _ordinal(text: str) -> int:
    if text.isdigit():
        return int(text) or 1
    return ORDINALS.get(text) or roman_value(text) or 1
