"""Rows to paragraphs: the columns of head and signature set apart, broken lines put together."""

import re

from .folding import fold
from .lines import Line, squeeze
from .sheet import Row, split_columns
from .signature import is_caption, is_office
from .wrapping import join_rows, lines_of

HEAD_ENDS = re.compile(r"ke ?hoach\b|chuong trinh\b|bao cao\b|quyet dinh\b|to trinh\b|k e h o a c h")
TAIL_STARTS = re.compile(r"\W{0,3}noi nhan\s?:?|(?:tm|t/m|t\.m|kt)\b\.? ?[a-z]")
APPENDIX = re.compile(r"phu luc\b")
SEARCHED = 60


def assemble(rows: list[Row], broken: bool) -> list[Line]:
    """The paragraphs in reading order. ``broken``: the rows may be parts of paragraphs."""
    head, tail, appendix = _parts(rows)
    parts = [split_columns(rows[:head]), rows[head:tail], split_columns(rows[tail:appendix]), rows[appendix:]]
    paragraphs = join_rows if broken else lines_of
    return [line for part in parts for line in paragraphs(part)]


def _parts(rows: list[Row]) -> tuple[int, int, int]:
    """Where the head ends, where recipients and signature begin, and where they end."""
    folded = [fold(squeeze(row.text))[:40] for row in rows]
    head = next((index for index, text in enumerate(folded[:SEARCHED]) if HEAD_ENDS.match(text)), 0)
    starts = [index for index, text in enumerate(folded) if index >= head and _starts_tail(rows[index], text)]
    if not starts:
        return head, len(rows), len(rows)
    tail = starts[0]
    end = next(
        (index for index in range(tail, len(rows)) if APPENDIX.match(folded[index]) or rows[index].cells),
        len(rows),
    )
    while end < len(rows) and end > tail + 1 and is_caption(squeeze(rows[end - 1].text)):
        end -= 1
    return head, tail, end


def _starts_tail(row: Row, folded: str) -> bool:
    if row.cells:
        return False
    if not TAIL_STARTS.match(folded):
        return is_office(re.split(r"\s{3,}|\t", row.text.strip())[0])
    first = squeeze(row.text).split(" ")[0]
    return folded.lstrip(" *-_").startswith("noi nhan") or first == first.upper()
