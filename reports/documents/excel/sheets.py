"""Tables as a workbook (XLSX): what they say, and how it is written.

Text stays text, whatever it begins with; numbers and dates are real ones, to be counted with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from reports.documents.content import Marked, Percent, Value
from reports.documents.texts import tidy, tidy_lines

# Programs that meet such a text for the second time may take it for a formula.
LIKE_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
# What the format would read as a character by its number.
LIKE_A_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# More columns than these would be too small to read on the width of one page.
MOST_ON_A_PAGE = 12
FILLS = {"good": "E2F2E9", "late": "EDF2D8", "info": "E4EEFA", "bad": "FBEAEA", "none": "EDEAE5"}
# The format wants a time of making; this is the one that its parts have.
NO_TIME = datetime(1980, 1, 1)
FACE = "Times New Roman"
LINE = Side("thin", color="BFB8AE")
BOXED = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


class Style(NamedTuple):
    size: int = 12
    bold: bool = False
    across: str = "general"
    down: str = "top"
    boxed: bool = True


TITLE = Style(13, bold=True, across="left", boxed=False)
BELOW = Style(across="left", boxed=False)
HEAD = Style(bold=True, across="center", down="center")
# Heights in points: not every program finds them for texts of several lines.
TITLE_HEIGHT, LINE_HEIGHT, HIGHEST = 18, 16, 409


@dataclass(frozen=True)
class Sheet:
    """One table. `name` is at most 31 characters; `title` are the lines above it; `widths` in characters,
    the last one for all further columns; the first `fixed` columns stay where the others are moved; `across`
    as a paper's columns have it, empty for what suits each value; `totals` are rows that are not filtered."""

    name: str
    title: tuple[str, ...]
    heads: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    widths: tuple[int, ...]
    fixed: int = 1
    landscape: bool = True
    across: tuple[str, ...] = ()
    totals: Sequence[Sequence[Value]] = ()


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
    workbook.properties.title, workbook.properties.creator = tidy(book.subject), "Bám Sát"
    return _packed(workbook)


def _packed(workbook: Workbook) -> bytes:
    """Without the hour of its making: the same book gives the same bytes."""
    workbook.properties.created = workbook.properties.modified = NO_TIME
    written, packed = BytesIO(), BytesIO()
    with ZipFile(written, "w") as parts:
        ExcelWriter(workbook, parts).write_data()
    with ZipFile(written) as parts, ZipFile(packed, "w", ZIP_DEFLATED) as file:
        for name in parts.namelist():
            file.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)
    return packed.getvalue()


class Writer:
    def __init__(self, page: Worksheet, sheet: Sheet) -> None:
        self.page, self.sheet = page, sheet
        self.head = len(sheet.title) + 2
        # Thousands of cells look alike: each look is made up once.
        self.styles: dict[tuple, StyleArray] = {}

    def write(self) -> None:
        for place, name in enumerate(self.sheet.heads, 1):
            self.put(self.head, place, name, HEAD)
            self.page.column_dimensions[get_column_letter(place)].width = self.width(place)
        self.write_title()
        self.make_room(self.head, self.sheet.heads)
        for number, row in enumerate(self.sheet.rows, self.head + 1):
            self.write_row(number, row)
        for number, row in enumerate(self.sheet.totals, self.last + 1):
            self.write_row(number, row, bold=True)
        self.set_up()

    def width(self, place: int) -> int:
        return self.sheet.widths[min(place, len(self.sheet.widths)) - 1]

    @property
    def last(self) -> int:
        """The last row that is filtered."""
        return self.head + len(self.sheet.rows)

    def write_title(self) -> None:
        """Each line over the columns of a page, as high as its text needs."""
        columns = min(len(self.sheet.heads), MOST_ON_A_PAGE)
        room = sum(self.width(place) for place in range(1, columns + 1))
        for number, line in enumerate(self.sheet.title, 1):
            self.put(number, 1, line, TITLE if number == 1 else BELOW)
            if columns > 1:
                self.page.merge_cells(start_row=number, end_row=number, start_column=1, end_column=columns)
            self.page.row_dimensions[number].height = TITLE_HEIGHT * lines_of(line, room)

    def write_row(self, number: int, row: Sequence[Value], bold: bool = False) -> None:
        for place, value in enumerate(row, 1):
            across = self.sheet.across[place - 1] if self.sheet.across else "left"
            # Numbers and days stand as a program puts them, unless the paper says otherwise.
            self.put(number, place, value, Style(bold=bold, across="general" if across == "left" else across))
        self.make_room(number, row)

    def make_room(self, number: int, row: Sequence[Value]) -> None:
        texts = (
            (place, value.text if isinstance(value, Marked) else value) for place, value in enumerate(row, 1)
        )
        lines = [lines_of(text, self.width(place)) for place, text in texts if isinstance(text, str)]
        self.page.row_dimensions[number].height = min(LINE_HEIGHT * max(lines, default=1), HIGHEST)

    def put(self, row: int, column: int, value: Value, style: Style) -> None:
        cell = self.page.cell(row, column)
        look = ""
        if isinstance(value, Marked):
            value, look = value
        if isinstance(value, str):
            value = "\n".join(tidy_lines(value))
            cell.value = LIKE_A_CODE.sub("_x005F_", value)
            cell.data_type = "s"
        else:
            cell.value = value.number / 100 if isinstance(value, Percent) else value
        is_risky = isinstance(value, str) and value.startswith(LIKE_A_FORMULA)
        self.dress(cell, style, look, number_format(value), is_risky)

    def dress(self, cell: Cell, style: Style, look: str, written: str, is_risky: bool) -> None:
        key = (style, look, written, is_risky)
        if key not in self.styles:
            cell.font = Font(FACE, style.size, bold=style.bold)
            cell.alignment = Alignment(style.across, style.down, wrap_text=True)
            cell.border = BOXED if style.boxed else Border()
            cell.number_format, cell.quotePrefix = written, is_risky
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
        if sheet.rows:
            page.auto_filter.ref = f"A{self.head}:{get_column_letter(len(sheet.heads))}{self.last}"
        if len(sheet.heads) <= MOST_ON_A_PAGE:
            page.sheet_properties.pageSetUpPr.fitToPage = True
            page.page_setup.fitToHeight = 0
        else:
            page.print_title_cols = f"A:{get_column_letter(sheet.fixed)}"


def number_format(value: Value) -> str:
    """Thousands apart and as many decimals as there are; a program shows them as its country does."""
    if isinstance(value, date):
        return "dd/mm/yyyy"
    if isinstance(value, Percent):
        return "0%"
    if isinstance(value, Decimal):
        exponent = value.normalize().as_tuple().exponent
        decimals = max(-exponent, 0) if isinstance(exponent, int) else 0
        return f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    return "#,##0" if isinstance(value, int) else "General"


def lines_of(text: str, width: int) -> int:
    """About so many lines a text takes in a column: most letters are narrower than figures."""
    return sum(1 + int(0.95 * len(line)) // width for line in text.split("\n")) or 1
