"""References to other documents: "Nghị quyết số 28-NQ/TW, ngày 17/11/2022"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .dates import FULL_DATE, find_date
from .folding import DASHES, fold

KIND = (
    r"(?:nghi quyet|ke hoach|chuong trinh|quyet dinh|quy dinh|ket luan|chi thi|huong dan|thong bao|thong tri|"
    r"cong van|nghi dinh|thong tu|phap lenh|luat|bo luat|dieu le|hien phap|quy che|de an|to trinh|van ban|"
    r"cong dien|du an|bao cao|thong cao|loi keu goi)"
)
STARTS_WITH_KIND = re.compile(rf"{KIND}\b")
NUMBER = re.compile(
    r"(?<![\d/.])\d{1,5}[A-Za-z]?(?:\s?[-–—‐‑/]\s?(?:(?:19|20)\d\d(?!\d)|"
    r"[A-ZĐ][A-ZĐÂÔƯa-zđ0-9.&]{0,14}\b)){1,7}"
)
AFTER_SO = re.compile(r"\bso\s?[:.]?\s?(?=\d)")
BARE_NUMBER = re.compile(r"\d{1,5}[A-Za-z]?\b(?![/.]\d)")
DATE_AFTER = re.compile(rf"[\s,;(]{{0,3}}(?:ban hanh |ky |de )?ngay (?={FULL_DATE.pattern})")
MIXED_PARTS = {"CTr", "TTr", "TTg", "Tg", "CTHĐ", "TTLT", "CTPH"}


@dataclass(frozen=True)
class Citation:
    """A document number at ``start``, and the date right behind it; ``end`` is behind both."""

    start: int
    end: int
    number: str
    date: date | None


def find_citations(text: str) -> Iterator[Citation]:
    """The document numbers in the text, in order, with the dates that belong to them."""
    folded = fold(text)
    position = 0
    for match in re.finditer(r"\d+", text):
        if match.start() < position:
            continue
        found = NUMBER.match(text, match.start())
        length = _length_of_number(found[0]) if found else 0
        if not length and AFTER_SO.search(folded, max(0, match.start() - 6), match.end()):
            bare = BARE_NUMBER.match(text, match.start())
            length = len(bare[0]) if bare else 0
        if length:
            citation = _citation(text, folded, match.start(), match.start() + length)
            position = citation.end
            yield citation


def normal_number(text: str) -> str:
    """A document number without stray spaces: "155- KH/TU" is "155-KH/TU"."""
    text = re.sub(rf"[{DASHES}]", "-", text)
    return re.sub(r"\s?([-/])\s?", r"\1", text).strip(" .,;:-/")


def without_citations(text: str) -> str:
    """The folded text with document numbers and their dates blanked, at unchanged positions."""
    folded = fold(text)
    pieces, position = [], 0
    for citation in find_citations(text):
        pieces += [folded[position : citation.start], " " * (citation.end - citation.start)]
        position = citation.end
    return "".join([*pieces, folded[position:]])


def _citation(text: str, folded: str, start: int, end: int) -> Citation:
    number = normal_number(text[start:end])
    day = None
    if match := DATE_AFTER.match(folded, end):
        dated = FULL_DATE.match(folded, match.end())
        if dated:
            day, end = find_date(dated[0]), dated.end()
    return Citation(start, end, number, day)


def _length_of_number(text: str) -> int:
    """How much of a possible number is one: "28-NQ/TW - Hội" ends before the words, "30/6/2026" is a
    date."""
    if re.fullmatch(r"\d{1,2}\s?[-/]\s?(?:19|20)\d\d", text):
        return 0
    length = len(re.match(r"\d+[A-Za-z]?", text)[0])  # type: ignore[index]
    whole = length
    for part in re.finditer(r"\s?[-–—‐‑/]\s?([^\s/–—‐‑-]+)", text):
        if not _is_symbol(part[1]):
            break
        length = part.end()
    return length if any(map(str.isalpha, text[whole:length])) else 0


def _is_symbol(part: str) -> bool:
    capitals = sum(character.isupper() or character.isdigit() for character in part)
    return part in MIXED_PARTS or 2 * capitals > len(part)
