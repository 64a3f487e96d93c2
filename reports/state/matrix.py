"""Tasks by units: what each unit was given, with the state of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from reports.state.counts import Counts, count
from reports.state.work import Progress, Work
from tasks.models import Task
from units.folding import fold
from units.models import Unit

WORST_FIRST = (
    Progress.OVERDUE,
    Progress.NOT_STARTED,
    Progress.IN_PROGRESS,
    Progress.DONE_LATE,
    Progress.DONE_IN_TIME,
)
KINDS = list(Unit.Kind)


@dataclass
class Line:
    """A row or a column: one task or one unit; `part` is the task's group or the unit's kind."""

    subject: Task | Unit
    part: str
    works: list[Work] = field(default_factory=list)

    @property
    def counts(self) -> Counts:
        return count(self.works)


class Matrix:
    """The longer list goes down, unless the matrix is turned. A cell may hold several assignments: units that
    merged had each their own."""

    def __init__(self, works: Iterable[Work], turned: bool = False) -> None:
        """In the order of the works, which is that of the plan; units by kind and name."""
        self.works = list(works)
        tasks: dict[int, Line] = {}
        units: dict[int, Line] = {}
        self.cells: dict[tuple[int, int], list[Work]] = {}
        for work in self.works:
            task, unit = work.task, work.carrier
            if task.pk not in tasks:
                tasks[task.pk] = Line(task, str(work.group))
            if unit.pk not in units:
                units[unit.pk] = Line(unit, unit.get_kind_display())
            tasks[task.pk].works.append(work)
            units[unit.pk].works.append(work)
            self.cells.setdefault((task.pk, unit.pk), []).append(work)
        self.tasks = list(tasks.values())
        self.units = sorted(units.values(), key=lambda line: by_kind(line.subject))
        self.tasks_down = (len(self.tasks) >= len(self.units)) != turned

    @property
    def rows(self) -> list[Line]:
        return self.tasks if self.tasks_down else self.units

    @property
    def columns(self) -> list[Line]:
        return self.units if self.tasks_down else self.tasks

    @property
    def counts(self) -> Counts:
        return count(self.works)

    def cell(self, row: Line, column: Line) -> list[Work]:
        """The worst first; nothing where nothing was given."""
        task, unit = (row, column) if self.tasks_down else (column, row)
        found = self.cells.get((task.subject.pk, unit.subject.pk), [])
        return sorted(found, key=badness) if len(found) > 1 else found


def by_kind(unit: Any) -> tuple[int, str, int]:
    return KINDS.index(unit.kind), fold(str(unit)), unit.pk


def badness(work: Work) -> tuple[int, int, int]:
    percent = work.account.percent if work.account else 0
    return WORST_FIRST.index(work.progress), -work.days_overdue, percent
