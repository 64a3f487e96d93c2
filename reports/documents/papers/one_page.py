"""How much of a page a compact paper will take, from its letters alone: for what must fit on one.

Lengths are those of static/css/paper.css in mm. Letters are counted as wide ones, so that what is said to
fit does fit.
"""

from __future__ import annotations

from math import ceil

from reports.documents.content import Block, Chart, Paper, Table, Text, shown

PAGE = 297 - 25 - 20
WIDTH = 210 - 30 - 18
# Of 13 pt and of 11 pt; bold ones and capitals take more.
LETTER, SMALL_LETTER = 1.98, 1.7
BOLD, CAPITAL = 2.3, 3.0
LINE, HEAD_LINE, SMALL_LINE = 5.6, 5.4, 4.75
GAP = 2.2


def fits_one_page(paper: Paper) -> bool:
    return height_of(paper) <= PAGE


def height_of(paper: Paper) -> float:
    return head(paper) + title(paper) + sum(map(block, paper.blocks)) + end(paper)


def lines_of(text: str, width: float = WIDTH, letter: float = LETTER) -> int:
    return max(1, ceil(len(text) * letter / width))


def head(paper: Paper) -> float:
    lines = len(paper.head.superior) + len(paper.head.issuer) if paper.head else 0
    return max(lines, 3) * HEAD_LINE + 8


def title(paper: Paper) -> float:
    return (1 + sum(lines_of(line, letter=BOLD) for line in paper.title)) * LINE + 9


def end(paper: Paper) -> float:
    sent_to = HEAD_LINE + sum(lines_of(line, 75, SMALL_LETTER) for line in paper.sent_to) * HEAD_LINE
    office = sum(lines_of(line, 87, CAPITAL) for line in paper.signature.office) if paper.signature else 0
    return 5 + max(sent_to, office * LINE + 22 + LINE)


def block(block: Block) -> float:
    match block:
        case Text():
            return GAP + lines_of(" " * 6 + block.text) * LINE
        case Table():
            return table(block)
        case Chart():
            return 10 + len(block.bars) * 13.5 + (len(block.parts) // 2 + 1) * SMALL_LINE
        case _:
            raise TypeError(f"{type(block).__name__} is nothing that a compact paper is made of")


def table(table: Table) -> float:
    total = sum(column.width for column in table.columns)
    widths = [WIDTH * column.width / total - 2.2 for column in table.columns]
    heads = row(tuple(column.head for column in table.columns), widths)
    return 3 + heads + sum(row(tuple(map(shown, each.cells)), widths) for each in table.rows)


def row(cells: tuple[str, ...], widths: list[float]) -> float:
    lines = max(lines_of(cell, room, SMALL_LETTER) for cell, room in zip(cells, widths, strict=True))
    return lines * SMALL_LINE + 0.9
