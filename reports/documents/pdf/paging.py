"""With which rows of a table a page begins, told from the rows' heights as the engine would break it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from weasyprint.document import Document
    from weasyprint.formatting_structure.boxes import Box

# The engine's own tolerance.
ALMOST = 1 + 1e-9


class Measured(NamedTuple):
    """A row before it is laid out; lengths in px. Where a page may not end, and whether the row may split."""

    height: float
    line: float = 0
    sticks_before: bool = False
    sticks_after: bool = False
    splits: bool = False


class Pages(NamedTuple):
    """Where the first row stands on the table's first page and on the others, and where these pages end."""

    first: float
    other: float
    first_bottom: float
    bottom: float

    @classmethod
    def of(cls, document: Document, samples: int) -> tuple[Pages, list[Box]]:
        """From a layout whose last rows are so many samples, the very last alone on a page; and the rows."""
        rows = {
            row.element: (page._page_box, row)
            for page in reversed(document.pages)
            for row in reversed(body_rows(page._page_box))
        }
        found = list(rows.values())[::-1]
        (first_page, first), *_rest, (last_page, last) = found = found[-samples:]
        pages = cls(first.position_y, last.position_y, bottom_of(first_page), bottom_of(last_page))
        return pages, [row for _page, row in found]

    def starts(self, rows: Iterable[Measured]) -> Iterator[int]:
        """The first rows of all pages but the table's first one, left out those that begin within a row."""
        seen: list[Measured] = []
        begin, y, bottom = 0, self.first, self.first_bottom * ALMOST
        for number, row in enumerate(rows):
            seen.append(row)
            while y + row.height > bottom:
                if y == self.other or (row.splits and self.lines_before(row, y, bottom) > 0):
                    y = self.rest_of(row, y, bottom)
                    begin, bottom = number + 1, self.bottom * ALMOST
                    break
                begin = last_free(seen, begin, number)
                yield begin
                y = self.other + sum(above.height for above in seen[begin:number])
                bottom = self.bottom * ALMOST
            else:
                y += row.height

    def lines_before(self, row: Measured, y: float, bottom: float) -> int:
        """How many lines of a row stand before the end of the page; never one alone on either side."""
        lines = int((bottom - y - row.height % row.line / 2) / row.line) if row.line else 0
        if row.height - lines * row.line < 2 * row.line:
            lines -= 1
        return lines if lines > 1 else 0

    def rest_of(self, row: Measured, y: float, bottom: float) -> float:
        """Where a row ends that goes over the end of a page, or of several."""
        height = row.height
        while y + height > bottom and (lines := self.lines_before(row._replace(height=height), y, bottom)):
            height -= lines * row.line
            y, bottom = self.other, self.bottom * ALMOST
        return y + height


def last_free(rows: list[Measured], begin: int, number: int) -> int:
    """The row, from this one upwards, before which a page may end; this one where there is none."""
    for place in range(number, begin, -1):
        if not rows[place].sticks_before and not rows[place - 1].sticks_after:
            return place
    return number


def body_rows(page: Box) -> list[Box]:
    return [
        row
        for group in page.descendants()
        if type(group).__name__ == "TableRowGroupBox" and group.element_tag == "tbody"
        for row in group.children
    ]


def bottom_of(page: Box) -> float:
    return page.content_box_y() + page.height
