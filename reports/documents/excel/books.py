"""Any paper as a workbook: a sheet for each of its tables and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from reports.documents.content import Column, Listing, Paper, Percent, Row, Table, Text, Value, shown
from reports.documents.excel.sheets import Book, Sheet
from reports.documents.texts import GAP

# What Excel refuses in the name of a sheet, and how long one may be.
REFUSED = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
LONGEST_NAME = 31
GAPS = re.compile(f" *{GAP}{{2,}} *")
# Characters of 12 pt on the width of a page, and what a narrow column needs: less shows "###" for a day.
ACROSS, ACROSS_LANDSCAPE = 86, 130
NARROWEST, OF_A_DAY = 7, 12
# Shares of more than a whole mean that the book has columns that the paper has no room for.
WHOLE = 110


def book_of(paper: Paper) -> Book:
    """Group rows become the first column, so that rows can be sorted and filtered; a paper without tables
    and lists gives a sheet of its words."""
    names: set[str] = set()
    tables = list(_tables(paper)) or [_words(paper)]
    title = tuple(_dotted(line) for line in _title(paper))
    sheets = tuple(
        _sheet(table, _free_name(table.name, names), title, landscape=paper.landscape or _is_wide(table))
        for table in tables
    )
    return Book(paper.stem, paper.subject, sheets)


def _tables(paper: Paper) -> Iterator[Table]:
    for block in paper.sheets or paper.all_blocks:
        match block:
            case Table():
                yield block
            case Listing():
                columns = (Column("STT", 8, "center"), Column(block.name, 92))
                rows = tuple(Row((place, item)) for place, item in enumerate(block.items, 1))
                yield Table(block.name, columns, rows)


def _title(paper: Paper) -> Iterator[str]:
    yield " ".join((paper.kind.capitalize(), *paper.title))
    if paper.reference:
        yield f"({paper.reference})"


def _dotted(line: str) -> str:
    """With dots for its gaps, which a cell would close."""
    return GAPS.sub(" …… ", line)


def _words(paper: Paper) -> Table:
    rows = tuple(Row((block.text,)) for block in paper.all_blocks if isinstance(block, Text))
    return Table("Nội dung", (Column("Nội dung", 100),), rows)


def _is_wide(table: Table) -> bool:
    return len(table.columns) > 6 or sum(column.width for column in table.columns) > WHOLE


def _sheet(table: Table, name: str, title: tuple[str, ...], *, landscape: bool) -> Sheet:
    is_grouped = any(row.look == "group" for row in table.rows)
    columns = (Column("Nhóm", 20), *table.columns) if is_grouped else table.columns
    rows, totals = _split(table, is_grouped)
    across, shares = ACROSS_LANDSCAPE if landscape else ACROSS, sum(column.width for column in columns)
    return Sheet(
        name,
        tuple(filter(None, (*title, table.caption))),
        tuple(column.head for column in columns),
        rows,
        tuple(
            max(across * column.width // shares, _least(column, [row[place] for row in rows]))
            for place, column in enumerate(columns)
        ),
        fixed=0,
        landscape=landscape,
        across=tuple(column.across for column in columns),
        totals=totals,
    )


def _least(column: Column, values: list[Value]) -> int:
    """What its head's longest word, its days and its numbers need; texts are wrapped."""
    words = [len(word) + 2 for word in column.head.split()]
    numbers = [len(shown(value)) + 2 for value in values if isinstance(value, int | Decimal | Percent)]
    days = [OF_A_DAY for value in values if isinstance(value, date)]
    return max([NARROWEST, *words, *numbers, *days])


def _split(table: Table, is_grouped: bool) -> tuple[list[list[Value]], list[list[Value]]]:
    """The rows that are sorted and filtered, and the totals at the end that are not."""
    rows: list[list[Value]] = []
    totals: list[list[Value]] = []
    group: Value = None
    for row in table.rows:
        if row.look == "group":
            group = row.cells[0]
            continue
        is_total = row.look == "total"
        cells = [None if is_total else group, *row.cells] if is_grouped else list(row.cells)
        (totals if is_total else rows).append(cells)
    return rows, totals


def _free_name(name: str, taken: set[str]) -> str:
    """Not taken in any case, not longer than allowed, without what a name may not hold."""
    bare = " ".join(name.replace(GAP, " ").translate(REFUSED).split()).strip("' ")
    bare = bare[:LONGEST_NAME].rstrip("' ") or "Bảng"
    found, number = bare, 1
    while found.casefold() in taken or found.casefold() == "history":
        number += 1
        end = f" {number}"
        found = f"{bare[: LONGEST_NAME - len(end)].rstrip()}{end}"
    taken.add(found.casefold())
    return found
