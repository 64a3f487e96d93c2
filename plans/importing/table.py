"""Tables of tasks, in an appendix or in the text."""

import re
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import gettext as _

from .deadlines import find_timing, read_time
from .facts import set_timing
from .folding import fold, is_capitals
from .group_kinds import kind_of
from .head import plan_start, plan_year
from .lines import Cell, Line, squeeze
from .markers import find_marker
from .outline import Group, Outline, Task, Warning
from .table_header import DUE, GROUP, LEAD, ORDER, PRODUCT, SUPPORT, TASK, find_columns
from .tasks import new_task
from .units import Doers, find_doers, read_cell, split_units

AS_ABOVE = re.compile(r'[-\s]*(?:nt|n\.t|nhu tren|nhu (?:dong )?tren|"|\'\'|//|-"-)[-\s.]*|-//-|- ?" ?-')
TOTAL = re.compile(r"(?:tong )?cong|tong so")
COLUMN_NUMBERS = re.compile(r"\(?(?:\d{1,2}|[a-z])\)?")


@dataclass
class Row:
    """A row by the parts of a task.

    ``merged``: parts that belong to the row above. ``alone``: nothing but a title.
    """

    line: Line
    texts: dict[str, str]
    merged: set[str] = field(default_factory=set)
    alone: bool = False


def read_tables(text: list[Line], appendix: list[Line], outline: Outline) -> list[Group]:
    """The groups and tasks of all tables of tasks; a heading of the text names no table of the appendix."""
    readers: list[_Reader] = []
    reader: _Reader | None = None
    before: Line | None = None
    blocks = [
        list(found) for part in (text, appendix) for _table, found in groupby(part, lambda line: line.table)
    ]
    for rows in blocks:
        if appendix and rows[0] is appendix[0]:
            before = None
        if not rows[0].table:
            before = _heading(rows) or before
            continue
        skipped, named = _header(rows)
        width = len(rows[0].cells)
        columns = named or (reader.columns if reader and reader.width == width else None)
        if columns is None:
            reader = None
            _warn_of_other_table(rows, outline)
            continue
        if named or reader is None or reader.heading is not before:
            reader = _Reader(columns, outline, before, width)
            readers.append(reader)
        reader.read([_row(line, columns) for line in rows[skipped:]])
    return [group for reader in readers for group in reader.groups if group.tasks]


def _warn_of_other_table(rows: list[Line], outline: Outline) -> None:
    if len(rows[0].cells) > 2 and len(rows) > 1:
        message = _("The table here is not read: its header names no task with a unit or a time.")
        outline.warnings.append(Warning(rows[0].number, message))


def _heading(lines: list[Line]) -> Line | None:
    """The line above a table that names it: the last short one that is no remark in brackets."""
    named = [line for line in lines if len(line.text) < 200 and not line.text.startswith("(")]
    return next((line for line in reversed(named) if not line.folded.startswith("phu luc")), None)


def _header(rows: list[Line]) -> tuple[int, dict[str, int] | None]:
    """How many rows the header takes, and its columns; it may stand in two rows, below a title."""
    for index in range(min(3, len(rows))):
        texts = [squeeze(cell.text) for cell in rows[index].cells]
        if index + 1 < len(rows) and _is_second_header(rows[index], rows[index + 1]):
            below = rows[index + 1].cells
            both = [
                f"{text} {squeeze(cell.text)}".strip() if not cell.merged else text
                for text, cell in zip(_spread(rows[index]), below, strict=True)
            ]
            if columns := find_columns(both):
                return index + 2, columns
        if columns := find_columns(texts):
            return index + 1, columns
    return 0, None


def _spread(line: Line) -> list[str]:
    """The texts of a row, with the text of a wide cell in every column that it covers."""
    texts: list[str] = []
    for cell in line.cells:
        texts.append(texts[-1] if cell.covered and texts else squeeze(cell.text))
    return texts


def _is_second_header(first: Line, second: Line) -> bool:
    if len(first.cells) != len(second.cells) or not any(
        cell.covered or not cell.text for cell in first.cells
    ):
        return False
    own = [fold(cell.text) for cell in second.cells if cell.text and not cell.merged]
    return (
        bool(own)
        and all(len(text) < 60 for text in own)
        and any("chu tri" in text or "phoi hop" in text for text in own)
    )


def _row(line: Line, columns: dict[str, int]) -> Row:
    cells = {
        name: line.cells[place] if place < len(line.cells) else Cell("") for name, place in columns.items()
    }
    texts = {name: cell.text.strip() for name, cell in cells.items() if not cell.covered}
    filled = [cell for cell in line.cells if cell.text.strip() and not cell.covered and not cell.merged]
    order = texts.get(ORDER, "")
    others = [cell for cell in filled if cell.text.strip() != order]
    merged = {name for name, cell in cells.items() if cell.merged}
    alone = len(others) <= 1 and not merged - {ORDER}
    if alone and others and not texts.get(TASK):
        texts = {**texts, TASK: others[0].text.strip()}
    if alone and not others and order and len(order) > 4:
        texts = {ORDER: "", TASK: order}
    return Row(line, texts, merged, alone)


class _Reader:
    """Reads the rows of one table from top to bottom, also of its continuation on the next page.

    What a merged cell says holds for the rows below.
    """

    def __init__(self, columns: dict[str, int], outline: Outline, heading: Line | None, width: int) -> None:
        self.columns = columns
        self.width = width
        self.outline = outline
        self.heading = heading
        self.groups: list[Group] = []
        self.above: dict[str, str] = {}

    def read(self, rows: list[Row]) -> None:
        """Add the groups and tasks of the rows."""
        has_facts = any(not row.alone for row in rows)
        for row in rows:
            if self._is_repeated_header(row) or TOTAL.fullmatch(fold(row.texts.get(TASK, ""))):
                continue
            if has_facts and row.alone and self._starts_group(row):
                self._add_group(row)
                continue
            if row.texts.get(GROUP) and GROUP not in row.merged:
                self._change_group(row)
            if row.texts.get(TASK) or row.merged:
                self._add_row(row)
            elif self.above and any(row.texts.values()):
                self._continue(row)

    def _is_repeated_header(self, row: Row) -> bool:
        texts = [squeeze(cell.text) for cell in row.line.cells if cell.text]
        numbers = all(COLUMN_NUMBERS.fullmatch(fold(text)) for text in texts)
        return numbers or find_columns([squeeze(cell.text) for cell in row.line.cells]) == self.columns

    def _starts_group(self, row: Row) -> bool:
        """A title alone, with an order of its own or spread over the row; not the next line of a cell."""
        text = row.texts.get(TASK, "")
        covered = sum(cell.covered for cell in row.line.cells)
        numbered = bool(row.texts.get(ORDER)) or (
            find_marker(text) is not None and not text.startswith(("-", "+"))
        )
        return bool(text) and (numbered or covered >= len(row.line.cells) - 2 or is_capitals(text))

    def _change_group(self, row: Row) -> None:
        """Begin the group that the column of groups names, unless it is the one above or "-nt-"."""
        text = squeeze(row.texts[GROUP])
        marker = find_marker(text)
        title = (text[marker.length :] if marker else text).strip(" .:;")
        if AS_ABOVE.fullmatch(fold(text)) or (self.groups and self.groups[-1].title == title):
            return
        label = marker.label if marker and not marker.is_bullet else None
        self.groups.append(Group(label, title, kind_of(title), row.line.number))

    def _add_group(self, row: Row) -> None:
        text = squeeze(row.texts[TASK])
        marker = find_marker(text)
        label = row.texts.get(ORDER, "").strip(" .)") or (
            marker.label if marker and not marker.is_bullet else ""
        )
        title = (text[marker.length :] if marker else text).strip(" .:;")
        self.groups.append(Group(label or None, title, kind_of(title), row.line.number))

    def _group(self, row: Row) -> Group:
        if not self.groups:
            title = self.heading.text if self.heading else ""
            line = self.heading.number if self.heading else row.line.number
            marker = find_marker(title)
            title = (title[marker.length :] if marker else title).strip(" .:;") or _("Tasks of the table")
            self.groups.append(Group(None, title, kind_of(title), line))
        return self.groups[-1]

    def _add_row(self, row: Row) -> None:
        texts = self._filled(row)
        tasks = self._group(row).tasks
        if tasks and TASK in row.merged:
            self._continue(row)
            return
        if tasks and self._continues(row):
            self._continue(row)
            return
        self.above = {**texts}
        task = new_task(texts[TASK], row.line.number, row.line.end)
        self._set_facts(task, texts)
        tasks.append(task)

    def _filled(self, row: Row) -> dict[str, str]:
        """The texts of the row, with those above for merged cells and for "-nt-"."""
        texts = dict(row.texts)
        for name in texts:
            if name in row.merged or (name not in (ORDER, TASK) and AS_ABOVE.fullmatch(fold(texts[name]))):
                texts[name] = self.above.get(name, "")
        return texts

    def _continues(self, row: Row) -> bool:
        """Whether a row without an order of its own only goes on with the row above."""
        if ORDER not in self.columns or row.texts.get(ORDER) or ORDER in row.merged:
            return False
        own = [name for name in (LEAD, DUE) if row.texts.get(name) and name not in row.merged]
        return not own or row.texts.get(TASK, "")[:1].islower()

    def _continue(self, row: Row) -> None:
        """Add the texts of the row to the task above."""
        if not self.groups or not self.groups[-1].tasks:
            return
        last = self.groups[-1].tasks[-1]
        for name, text in row.texts.items():
            if text and name not in row.merged and not AS_ABOVE.fullmatch(fold(text)):
                self.above[name] = f"{self.above.get(name, '')}\n{text}".strip()
        renewed = new_task(self.above.get(TASK, last.text), last.line, row.line.end)
        self._set_facts(renewed, self.above)
        self.groups[-1].tasks[-1] = renewed

    def _set_facts(self, task: Task, texts: dict[str, str]) -> None:
        doers = Doers()
        if texts.get(LEAD):
            read_cell(texts[LEAD], doers)
        elif LEAD not in self.columns:
            doers = find_doers(task.text)
        if texts.get(SUPPORT):
            doers.support = split_units(texts[SUPPORT])
        task.lead = doers.lead
        task.support = [unit for unit in doers.support if unit != doers.lead]
        task.product = squeeze(texts.get(PRODUCT, "")) or None
        year, earliest = plan_year(self.outline), plan_start(self.outline)
        find = read_time if texts.get(DUE) else find_timing
        timing = find(texts.get(DUE) or task.text, year, earliest)
        set_timing(task, timing, self.outline)
