"""Lines that were broken at a fixed width, as in text copied from a PDF, put together into paragraphs."""

import re

from .folding import fold, is_capitals
from .lines import Line, squeeze
from .markers import Marker, find_marker, is_rule
from .sheet import Row

STARTS_ANEW = re.compile(
    r"noi nhan\b|kinh gui\b|can cu\b|phu luc\b|tm\.? ?|t/m\b|t\.m\b|kt\.|k/t\b|tl\.|tuq\.|luu\b|tren day la\b|so ?:|"
    r"ke hoach$|chuong trinh$|chuong trinh hanh dong$|doc lap ?-|cong hoa xa hoi|dang cong san|v/v\b"
)
AWAITS_NUMBER = re.compile(
    r"(?:khoa|lan thu|quy|thang|nam|ngay|so|dieu|khoan|muc|hang|loai|thu|tu|den|-|/|chuong|phan|tieu chi) ?$"
)
ENDS = ".:;!?"
NARROWEST, WIDEST = 45, 130


def join_rows(rows: list[Row]) -> list[Line]:
    """The paragraphs of the rows; a row of a table stays a line of its own."""
    width = wrapping_width(rows)
    lines: list[Line] = []
    last: Row | None = None
    for row in rows:
        text = squeeze(row.text)
        if last is not None and lines and _continues(lines[-1], last, row, text, width):
            lines[-1] = _joined(lines[-1], row, text)
        else:
            lines.append(_line(row, text))
        last = row
    return lines


def wrapping_width(rows: list[Row]) -> int:
    """The width at which the text was broken, or 0 for text with one paragraph on a line."""
    lengths = [len(row.text.strip()) for row in rows if not row.cells]
    if len(lengths) < 6 or max(lengths, default=0) > WIDEST + 40:
        return 0
    full = [length for length in lengths if NARROWEST <= length <= WIDEST]
    widest = sorted(full)[int(len(full) * 0.95) - 1] if len(full) >= 5 else 0
    near = sum(length > widest - 15 for length in full)
    return widest if widest and near >= max(5, len(lengths) // 4) else 0


def _continues(line: Line, last: Row, row: Row, text: str, width: int) -> bool:
    if row.cells or last.cells or row.column != last.column or is_rule(text) or is_rule(squeeze(last.text)):
        return False
    if row.gap and not row.page:
        return False
    folded, previous = fold(text), line.folded
    if STARTS_ANEW.match(folded) and not (text[0].islower() and not line.text.endswith(tuple(ENDS))):
        return False
    marker = find_marker(text)
    if marker and not _is_part_of_sentence(marker, text, previous, _is_full(last, text, width)):
        return False
    return bool(marker) or _flows(line, last, text, width, row)


def _is_part_of_sentence(marker: Marker, text: str, previous: str, full: bool) -> bool:
    """Whether the enumerator only looks like one: "năm 2023 / - 2025", "khóa / XIII. …"."""
    if previous.endswith(tuple(ENDS)):
        return False
    rest = text[marker.length :]
    if marker.style == "dash":
        return rest[:1].isdigit() and previous[-1:].isdigit() or (full and rest[:1].islower())
    return full and not marker.is_bullet and AWAITS_NUMBER.search(previous) is not None


def _flows(line: Line, last: Row, text: str, width: int, row: Row) -> bool:
    ended = line.text.endswith(tuple(ENDS))
    heading = is_capitals(line.text)
    if row.column:
        return not ended and text[0].islower()
    if heading:
        return is_capitals(text) and find_marker(line.text) is not None and not ended and not row.gap
    if text[0].islower() and not ended:
        return True
    if text[0].isdigit() and not row.gap and AWAITS_NUMBER.search(line.folded):
        return True
    if row.gap and ended:
        return False
    return (
        bool(width)
        and _is_full(last, text, width)
        and not is_capitals(text)
        and not line.text.endswith((";", ":", "./."))
    )


def _is_full(last: Row, text: str, width: int) -> bool:
    """Whether the first word of the text had no more room on the line before."""
    first = text.split(" ", 1)[0]
    return bool(width) and len(last.text.strip()) + 1 + len(first) > width - 4


def _line(row: Row, text: str) -> Line:
    if row.cells:
        text = " | ".join(cell.text for cell in row.cells)
    return Line(text, row.number, row.number, row.text, row.gap, cells=row.cells, table=row.table)


def _joined(line: Line, row: Row, text: str) -> Line:
    split_word = line.text.endswith("-") and not line.text.endswith(" -") and text[0].isupper()
    joined = line.text + text if split_word else f"{line.text} {text}"
    return Line(joined, line.number, row.number, line.raw, line.gap, cells=line.cells, table=line.table)
