"""Lines that were broken at a fixed width, as in text copied from a PDF, put together into paragraphs."""

import re
from dataclasses import dataclass
from itertools import pairwise

from .folding import fold, is_capitals
from .lines import Line, squeeze
from .markers import Marker, find_marker, is_rule
from .sheet import Row

STARTS_ANEW = re.compile(
    r"noi nhan\b|kinh gui\b|can cu\b|phu luc\b|tm\.? ?|t/m\b|t\.m\b|kt\.|k/t\b|tl\.|tuq\.|luu\b|tren day "
    r"la\b|so ?:|"
    r"ke hoach$|chuong trinh$|chuong trinh hanh dong$|doc lap ?-|cong hoa xa hoi|dang cong san|v/v\b"
)
# Words that no line ends with unless it goes on.
DANGLING = re.compile(
    r"\s(?:và|của|về|với|cho|các|những|tại|theo|trong|do|từ|đến|thuộc|hoặc|gồm|để|ở|bằng|là|được|số)$"
)
AWAITS_NUMBER = re.compile(
    r"(?:khoa|lan thu|quy|thang|nam|ngay|so|dieu|khoan|muc|hang|loai|thu|tu|den|-|/|chuong|phan|tieu chi) ?$"
)
ENDS = (".", ":", ";", "!", "?")
NARROWEST, WIDEST = 45, 130


@dataclass
class _Paragraph:
    """The rows of one paragraph so far."""

    rows: list[Row]
    texts: list[str]
    capitals: bool

    @property
    def last(self) -> Row:
        return self.rows[-1]

    def add(self, row: Row, text: str) -> None:
        self.rows.append(row)
        self.texts.append(text)
        self.capitals = self.capitals and is_capitals(text)

    def line(self) -> Line:
        first = self.rows[0]
        text = " | ".join(cell.text for cell in first.cells) if first.cells else " ".join(self._whole_words())
        return Line(text, first.number, self.last.number, first.gap, first.level, first.cells, first.table)

    def _whole_words(self) -> list[str]:
        """The texts, with a document number put together that was broken behind its hyphen: "28- /
        NQ/TW"."""
        pieces = self.texts[:1]
        for text in self.texts[1:]:
            if _cuts_number(pieces[-1], text):
                pieces[-1] += text
            else:
                pieces.append(text)
        return pieces


def join_rows(rows: list[Row]) -> list[Line]:
    """The paragraphs of the rows; a row of a table stays a line of its own."""
    width = wrapping_width(rows)
    paragraphs: list[_Paragraph] = []
    for row in rows:
        text = squeeze(row.text)
        if paragraphs and _continues(paragraphs[-1], row, text, width):
            paragraphs[-1].add(row, text)
        else:
            paragraphs.append(_Paragraph([row], [text], is_capitals(text)))
    return [paragraph.line() for paragraph in paragraphs]


def lines_of(rows: list[Row]) -> list[Line]:
    """Each row as a paragraph of its own, except for what follows a document number cut at its hyphen."""
    paragraphs: list[_Paragraph] = []
    for row in rows:
        text = squeeze(row.text)
        if paragraphs and not row.cells and _cuts_number(paragraphs[-1].texts[-1], text):
            paragraphs[-1].add(row, text)
        else:
            paragraphs.append(_Paragraph([row], [text], is_capitals(text)))
    return [paragraph.line() for paragraph in paragraphs]


def _cuts_number(before: str, text: str) -> bool:
    """Whether a document number goes on below: "28- / NQ/TW"."""
    return re.search(r"[\w/][-/]$", before[-2:]) is not None and text[:1].isupper()


def wrapping_width(rows: list[Row]) -> int:
    """The width at which the text was broken, or 0 for text with one paragraph on a line."""
    lengths = [len(row.text.strip()) for row in rows if not row.cells]
    if len(lengths) < 6 or max(lengths, default=0) > WIDEST + 40:
        return 0
    full = [length for length in lengths if NARROWEST <= length <= WIDEST]
    widest = sorted(full)[int(len(full) * 0.95) - 1] if len(full) >= 5 else 0
    near = sum(length > widest - 15 for length in full)
    is_broken = widest and near >= max(5, len(lengths) // 4) and _broken_sentences(rows, widest) > 1
    return widest if is_broken else 0


def _broken_sentences(rows: list[Row], width: int) -> int:
    """How many full lines stop inside a sentence: the next one begins in small letters."""
    return sum(
        len(row.text.strip()) > width - 15
        and not row.text.rstrip().endswith(ENDS)
        and below.text.lstrip()[:1].islower()
        for row, below in pairwise(rows)
        if not row.cells
    )


def _continues(paragraph: _Paragraph, row: Row, text: str, width: int) -> bool:
    last, before = paragraph.last, paragraph.texts[-1]
    if row.cells or last.cells or row.column != last.column or is_rule(text) or is_rule(before):
        return False
    if row.gap and not row.page:
        return False
    if STARTS_ANEW.match(fold(text[:60])) and not (text[0].islower() and not before.endswith(ENDS)):
        return False
    full = _is_full(last, text, width)
    marker = find_marker(text)
    if marker:
        return _is_part_of_sentence(marker, text, before, full)
    return _flows(paragraph, row, text, full)


def _is_part_of_sentence(marker: Marker, text: str, before: str, full: bool) -> bool:
    """Whether the enumerator only looks like one: "năm 2023 / - 2025", "khóa / XIII. …"."""
    if before.endswith(ENDS):
        return False
    rest = text[marker.length :]
    if marker.style == "dash":
        return (rest[:1].isdigit() and before[-1:].isdigit()) or (full and rest[:1].islower())
    return full and not marker.is_bullet and AWAITS_NUMBER.search(fold(before[-20:])) is not None


def _flows(paragraph: _Paragraph, row: Row, text: str, full: bool) -> bool:
    before = paragraph.texts[-1]
    ended = before.endswith(ENDS)
    awaits_number = text[0].isdigit() and AWAITS_NUMBER.search(fold(before[-20:])) is not None
    if row.column:
        return not ended and (text[0].islower() or awaits_number)
    if paragraph.capitals:
        return is_capitals(text) and find_marker(paragraph.texts[0]) is not None and not ended and not row.gap
    if text[0].islower() and not ended:
        return True
    if not row.gap and (DANGLING.search(before) or (before[-2:-1].isdigit() and _cuts_number(before, text))):
        return True
    if awaits_number and not row.gap:
        return True
    if row.gap and ended:
        return False
    return full and not is_capitals(text) and not before.endswith((";", ":", "./."))


def _is_full(last: Row, text: str, width: int) -> bool:
    """Whether the first word of the text had no more room on the line before."""
    first = text.split(" ", 1)[0]
    return bool(width) and len(last.text.strip()) + 1 + len(first) > width - 4
