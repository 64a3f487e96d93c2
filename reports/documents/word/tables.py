"""Tables: heads come again on every page, rows stay whole, a group stays with its first row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from reports.documents.content import Row, Table, Value, shown
from reports.documents.look.widths import column_widths
from reports.documents.word.markup import POINT, Item, Paragraph, cell, grid, run
from reports.templatetags.papers import LINES_OF_HALF_A_PAGE, across

BEFORE = 8 * POINT
STYLES = {"left": "Cell", "center": "CellCentre", "right": "CellRight"}
BOLD = "<w:b/><w:bCs/>"
# Of twelve points, on average.
LETTER = 5.5 * POINT


@dataclass(frozen=True)
class Grid:
    """`keep` holds its last row on the page of what follows."""

    table: Table
    width: int
    keep: bool = False

    @property
    def xml(self) -> str:
        widths = shared(column_widths(self.table.columns), self.width)
        heads = "".join(
            cell(width, Paragraph("CellHead", run(column.head)).xml, '<w:vAlign w:val="center"/>')
            for column, width in zip(self.table.columns, widths, strict=True)
        )
        head = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>"
        rows = self.table.rows
        keeps = [after.look == "total" for _before, after in pairwise(rows)] + [self.keep]
        body = "".join(self.row(row, widths, keep) for row, keep in zip(rows, keeps, strict=bool(rows)))
        return grid("Ruled", widths, head + body, self.table.caption or self.table.name)

    def row(self, row: Row, widths: list[int], keep: bool) -> str:
        if row.look == "group":
            over_all = f'<w:gridSpan w:val="{len(widths)}"/>'
            name = Paragraph("CellGroup", run(row.cells[0])).xml
            return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell(self.width, name, over_all)}</w:tr>"
        look = BOLD if row.look == "total" else ""
        cells = "".join(
            cell(width, Paragraph(STYLES[across(value, column)], run(value, look), keep).xml)
            for value, column, width in zip(row.cells, self.table.columns, widths, strict=True)
        )
        whole = "" if _is_tall(row.cells, widths) else "<w:trPr><w:cantSplit/></w:trPr>"
        return f"<w:tr>{whole}{cells}</w:tr>"


def table_items(table: Table, width: int) -> Iterator[Item]:
    yield (
        Paragraph("Caption", run(table.caption))
        if table.caption
        else Paragraph("Gap", keep=True, line=BEFORE)
    )
    yield Grid(table, width)


def shared(shares: list[float], width: int) -> list[int]:
    """The width, divided to the last twip."""
    total = sum(shares)
    edges = [round(width * share / total) for share in accumulate(shares, initial=0)]
    return [right - left for left, right in pairwise(edges)]


def _is_tall(values: tuple[Value, ...], widths: list[int]) -> bool:
    """Whether one cell alone takes half a page."""
    return any(
        len(shown(value)) * LETTER > LINES_OF_HALF_A_PAGE * width
        for value, width in zip(values, widths, strict=True)
    )
