"""How much of a page a paper will take, from its letters alone: for what must fit on one.

Lengths are those of static/css/paper.css in mm. Letters are counted as wide ones, so that what is said to
fit does fit.
"""

from __future__ import annotations

from math import ceil

from reports.documents.content import Block, Chart, Heading, Listing, Paper, Table, Text, shown

PAGE = 297 - 25 - 20
WIDTH = 210 - 30 - 18
# Of 14 pt; others in proportion.
LETTER = 2.25
CAPITAL = 3.0
LINE = 14 * 1.3 * 0.353
SMALL_LINE = 12 * 1.25 * 0.353
GAP = 2.2


def fits_one_page(paper: Paper) -> bool:
    return height_of(paper) <= PAGE


def height_of(paper: Paper) -> float:
    return head(paper) + title(paper) + sum(map(block, paper.blocks)) + end(paper)


def text_lines(text: str, width: float = WIDTH, letter: float = LETTER) -> int:
    return max(1, ceil(len(text) * letter / width))


def head(paper: Paper) -> float:
    if not paper.head:
        return 0
    lines = len(paper.head.superior) + len(paper.head.issuer)
    return max(lines, 3) * SMALL_LINE + 3 + 2 * SMALL_LINE


def title(paper: Paper) -> float:
    lines = 1 + sum(text_lines(line, WIDTH - 16, LETTER * 1.08) for line in paper.title)
    return lines * LINE + 16


def end(paper: Paper) -> float:
    if not paper.signature:
        return 0
    sent_to = SMALL_LINE + sum(text_lines(line, 75, LETTER * 11 / 14) for line in paper.sent_to) * SMALL_LINE
    office = sum(text_lines(line, 87, CAPITAL) for line in paper.signature.office)
    return 7 + max(sent_to, office * LINE + 30 + LINE)


def block(block: Block) -> float:
    match block:
        case Text():
            return GAP + text_lines(" " * 6 + block.text) * LINE
        case Heading():
            return 2 * GAP + text_lines(" " * 6 + block.text) * LINE
        case Listing():
            return sum(GAP + text_lines(" " * 8 + line) * LINE for line in block.lines)
        case Table():
            return table(block)
        case Chart():
            return 12 + LINE + len(block.bars) * (LINE + 9) + (len(block.parts) // 2 + 1) * LINE


def table(table: Table) -> float:
    total = sum(column.width for column in table.columns)
    widths = [WIDTH * column.width / total - 2.2 for column in table.columns]
    small = LETTER * 12 / 14
    heads = max(
        text_lines(each.head, width, small) for each, width in zip(table.columns, widths, strict=True)
    )
    rows = sum(row(tuple(map(shown, each.cells)), widths, small) for each in table.rows)
    caption = text_lines(table.caption) * LINE + 4 if table.caption else 0
    return 3 + caption + heads * SMALL_LINE + 1.6 + rows


def row(cells: tuple[str, ...], widths: list[float], letter: float) -> float:
    rooms = widths if len(cells) == len(widths) else [sum(widths)]
    lines = max(text_lines(cell, room, letter) for cell, room in zip(cells, rooms, strict=True))
    return lines * SMALL_LINE + 1.6
