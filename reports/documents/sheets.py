"""Tables as a workbook (XLSX): what they say, and how it is written.

Text stays text, whatever it begins with; numbers and dates are real ones, to be counted with.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.documents.content import Marked, Percent, Value
from reports.documents.texts import tidy_lines

# Programs that meet such a text for the second time may take it for a formula.
LIKE_A_FORMULA = ("=", "+", "-", "@")
# More columns than these would be too small to read on the width of one page.
MOST_ON_A_PAGE = 12
FILLS = {"good": "E2F2E9", "late": "EDF2D8", "info": "E4EEFA", "bad": "FBEAEA", "none": "EDEAE5"}
FACE = "Times New Roman"
LINE = Side("thin", color="BFB8AE")
BOXED = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


class Style(NamedTuple):
    size: int = 12
    bold: bool = False
    across: str = "general"
    down: str = "top"
    boxed: bool = True


TITLE = Style(13, bold=True, boxed=False)
BELOW = Style(boxed=False)
HEAD = Style(bold=True, across="center", down="center")
BODY = Style()


@dataclass(frozen=True)
class Sheet:
    """One table. `name` is at most 31 characters; `title` are the lines above it; `widths` in characters,
    the last one for all further columns; the first `fixed` columns stay where the others are moved."""

    name: str
    title: tuple[str, ...]
    heads: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    widths: tuple[int, ...]
    fixed: int = 1
    landscape: bool = True


@dataclass(frozen=True)
class Book:
    """`stem` names the file, `subject` is its title for readers and search."""

    stem: str
    subject: str
    sheets: tuple[Sheet, ...]


def render_xlsx(book: Book) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in book.sheets:
        Writer(workbook.create_sheet(sheet.name), sheet).write()
    workbook.properties.title, workbook.properties.creator = book.subject, "Bám Sát"
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


class Writer:
    def __init__(self, page: Worksheet, sheet: Sheet) -> None:
        self.page, self.sheet = page, sheet
        self.head = len(sheet.title) + 2
        # Thousands of cells look alike: each look is made up once.
        self.styles: dict[tuple, StyleArray] = {}

    def write(self) -> None:
        for place, line in enumerate(self.sheet.title, 1):
            self.put(place, 1, line, TITLE if place == 1 else BELOW)
        for place, name in enumerate(self.sheet.heads, 1):
            self.put(self.head, place, name, HEAD)
            width = self.sheet.widths[min(place, len(self.sheet.widths)) - 1]
            self.page.column_dimensions[get_column_letter(place)].width = width
        for number, row in enumerate(self.sheet.rows, self.head + 1):
            for place, value in enumerate(row, 1):
                self.put(number, place, value, BODY)
        self.set_up()

    def put(self, row: int, column: int, value: Value, style: Style) -> None:
        cell = self.page.cell(row, column)
        look = ""
        if isinstance(value, Marked):
            value, look = value
        number_format = "General"
        if isinstance(value, str):
            cell.value = value = "\n".join(tidy_lines(value))
            cell.data_type = "s"
        elif isinstance(value, Percent):
            cell.value, number_format = value.number / 100, "0%"
        else:
            cell.value, number_format = value, "dd/mm/yyyy" if isinstance(value, date) else "General"
        is_risky = isinstance(value, str) and value.startswith(LIKE_A_FORMULA)
        self.dress(cell, style, look, number_format, is_risky)

    def dress(self, cell: Cell, style: Style, look: str, number_format: str, is_risky: bool) -> None:
        key = (style, look, number_format, is_risky)
        if key not in self.styles:
            cell.font = Font(FACE, style.size, bold=style.bold)
            cell.alignment = Alignment(style.across, style.down, wrap_text=style.boxed)
            cell.border = BOXED if style.boxed else Border()
            cell.number_format, cell.quotePrefix = number_format, is_risky
            if look:
                cell.fill = PatternFill("solid", start_color=FILLS[look])
            self.styles[key] = cell._style
        cell._style = copy(self.styles[key])

    def set_up(self) -> None:
        """What stays in sight on the screen and comes again on each printed page."""
        page, sheet = self.page, self.sheet
        page.freeze_panes = page.cell(self.head + 1, sheet.fixed + 1)
        page.print_title_rows = f"{self.head}:{self.head}"
        page.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
        page.page_setup.paperSize = page.PAPERSIZE_A4
        page.oddFooter.center.text = "&P/&N"
        if len(sheet.heads) <= MOST_ON_A_PAGE:
            page.sheet_properties.pageSetUpPr.fitToPage = True
            page.page_setup.fitToHeight = 0
        else:
            page.print_title_cols = f"A:{get_column_letter(sheet.fixed)}"
