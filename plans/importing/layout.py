"""Blocks of a .docx file as lines: tables of tasks stay tables, tables that only place text are
unfolded."""

from collections.abc import Iterator
from itertools import groupby

from .assembly import assemble
from .blocks import Block, GridCell, Paragraph, Table
from .folding import fold
from .lines import Cell, Document, clean, squeeze
from .sheet import NATIONAL, Row
from .table_header import find_columns
from .wrapping import wrapping_width

WIDEST_LAYOUT = 3
MOST_COLUMNS = 120


def lay_out(blocks: list[Block]) -> Document:
    """The lines of the blocks in reading order, and the source: a line for each of them and for each
    blank one."""
    page = _Page()
    page.add(blocks)
    return Document(assemble(page.rows, broken=wrapping_width(page.rows) > 0), page.source)


class _Page:
    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.source: list[str] = []
        self._gap = False
        self._tables = 0

    def add(self, blocks: list[Block]) -> None:
        for block in blocks:
            if isinstance(block, Table):
                self._add_table(block)
            else:
                self._add_paragraph(block)

    def _add_paragraph(self, paragraph: Paragraph) -> None:
        for text in clean(paragraph.text).split("\n"):
            self.source.append(text.rstrip())
            if text.strip():
                self.rows.append(Row(text.rstrip(), len(self.source), self._gap, level=paragraph.level))
            self._gap = not text.strip()

    def _add_table(self, table: Table) -> None:
        if not _is_data(table):
            for blocks in _unfolded(table):
                self.add(blocks)
                self._gap = True
            return
        self._tables += 1
        width = min(
            MOST_COLUMNS, max((cell.column + cell.span for row in table.rows for cell in row), default=1)
        )
        for row in table.rows:
            cells = _cells(row, width)
            shown = " | ".join(cell.text.replace("\n", " / ") for cell in cells if not cell.covered)
            self.source.append(shown)
            if any(cell.text for cell in cells):
                number = len(self.source)
                self.rows.append(Row(shown, number, cells=cells, table=self._tables))
        self._gap = True


def _is_data(table: Table) -> bool:
    """Whether the rows are rows: a header of tasks, or more columns than a head or signature block has."""
    texts = [[squeeze(_text(cell.blocks)) for cell in row] for row in table.rows]
    if any(_places_text(text) for row in texts for text in row):
        return False
    if any(find_columns(row) for row in texts[:3]):
        return True
    widths = [len(row) for row in table.rows]
    return max(widths, default=0) > WIDEST_LAYOUT or (len(widths) > 2 and min(widths) >= 3)


def _places_text(text: str) -> bool:
    """Whether a cell is part of a head or of a signature block."""
    folded = fold(text)
    return NATIONAL.search(folded) is not None or folded.startswith(("noi nhan", "tm. ", "t/m "))


def _unfolded(table: Table) -> Iterator[list[Block]]:
    """The cells of neighbouring rows of one width, column by column: the left half of a head, then the
    right."""
    for width, rows in groupby(table.rows, key=len):
        held = list(rows)
        for place in range(width):
            yield [block for row in held for block in row[place].blocks]


def _cells(row: list[GridCell], width: int) -> tuple[Cell, ...]:
    grid = [Cell("")] * width
    for cell in row:
        for column in range(cell.column, min(cell.column + cell.span, width)):
            is_first = column == cell.column
            grid[column] = Cell(_text(cell.blocks) if is_first else "", cell.merged, covered=not is_first)
    return tuple(grid)


def _text(blocks: list[Block]) -> str:
    """The lines of a cell; of a table inside it, the lines of its cells."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            lines += [_text(cell.blocks) for row in block.rows for cell in row]
        else:
            lines += [squeeze(line) for line in clean(block.text).split("\n")]
    return "\n".join(line for line in lines if line)
