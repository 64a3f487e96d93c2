"""What the first page of a plan answers: how far, who is late, and what changed since the last period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from plans.models import Plan
from reports.models import Period
from reports.state.counts import Counts, count, counts_by
from reports.state.register import Register
from reports.state.reporting import Cell, Outcome, Reporting, reporting
from reports.state.work import Progress, Work, works, works_of_plans
from tasks.models import Task
from units.keeping import kept
from units.models import Unit


@dataclass(frozen=True)
class Part:
    """One of the groups of tasks, or one kind of unit; `size` counts its tasks, or its units."""

    key: int | str
    name: str
    size: int
    counts: Counts


@dataclass(frozen=True)
class Change:
    """How many more (or, below zero, fewer) are in each class than at the end of the day `since`."""

    period: Period
    since: date
    classes: dict[Progress, int]

    @property
    def done(self) -> int:
        return sum(count for progress, count in self.classes.items() if progress.is_done)

    @property
    def overdue(self) -> int:
        return self.classes[Progress.OVERDUE]


@dataclass(frozen=True)
class Silent:
    """The units that have not sent the report of a period, of all that were asked; `outcome` is what the list
    of reports calls that. Not `all_sent` where others still have time left."""

    period: Period
    outcome: Outcome
    missing: list[Cell]
    asked: int
    all_sent: bool

    @property
    def units(self) -> list[Unit]:
        return [cell.unit for cell in self.missing]


@dataclass(frozen=True)
class Line:
    """One task with one deadline, and the assignments that are to be done until then."""

    task: Task
    works: list[Work]

    @property
    def first(self) -> Work:
        return self.works[0]

    @property
    def units(self) -> list[Unit]:
        """Who answers for them: one that others went on in stands once."""
        return list({work.carrier.pk: work.carrier for work in self.works}.values())


def lines(works: Iterable[Work]) -> list[Line]:
    """In the order in which they first come."""
    found: dict[tuple[int, date | None], Line] = {}
    for work in works:
        found.setdefault((work.task.pk, work.deadline), Line(work.task, [])).works.append(work)
    return list(found.values())


@dataclass(frozen=True)
class Dashboard:
    plan: Plan
    register: Register
    works: list[Work]
    reporting: Reporting

    @cached_property
    def counts(self) -> Counts:
        return count(self.works)

    @cached_property
    def groups(self) -> list[Part]:
        sizes = Counter(task.group_id for task in self.register.tasks)
        counts = counts_by(self.works, lambda work: work.group.pk)
        return [
            Part(group.pk, str(group), sizes[group.pk], counts.get(group.pk, Counts()))
            for group in self.register.groups
        ]

    @cached_property
    def unassigned(self) -> list[Task]:
        given = {work.task.pk for work in self.works}
        return [task for task in self.register.tasks if task.pk not in given]

    @property
    def kinds(self) -> list[Part]:
        units: dict[str, set[int]] = {}
        for work in self.works:
            units.setdefault(work.carrier.kind, set()).add(work.carrier.pk)
        counts = counts_by(self.works, lambda work: work.carrier.kind)
        return [
            Part(kind.value, str(kind.label), len(units[kind]), counts[kind])
            for kind in Unit.Kind
            if kind in counts
        ]

    @cached_property
    def overdue(self) -> list[Work]:
        """The longest overdue first."""
        late = [work for work in self.works if work.progress == Progress.OVERDUE]
        return sorted(late, key=lambda work: -work.days_overdue)

    @cached_property
    def late_units(self) -> int:
        return len({work.carrier.pk for work in self.overdue})

    @cached_property
    def due_soon(self) -> list[Work]:
        """The soonest first."""
        soon = [work for work in self.works if work.is_due_soon]
        return sorted(soon, key=lambda work: work.deadline or date.max)

    @cached_property
    def silent(self) -> Silent | None:
        """Of the current period; none where no period was opened."""
        period = self.reporting.current
        return silent_of(self.reporting, period) if period else None

    @cached_property
    def change(self) -> Change | None:
        """Since the reports of the period before the current one were in; reads the register again."""
        before = self.reporting.calendar.before
        if before is None:
            return None
        then = count(works_of_plans([self.plan], before.last_day_in_time)).classes
        return Change(
            before,
            before.last_day_in_time,
            {progress: now - then[progress] for progress, now in self.counts.classes.items()},
        )


def silent_of(reporting: Reporting, period: Period) -> Silent:
    came = reporting.outcomes_of(period)
    missing, all_sent = reporting.missing_of(period), came.sent == came.asked
    return Silent(period, reporting.silence(period), missing, came.asked, all_sent)


@kept
def dashboard(plan: Plan, day: date) -> Dashboard:
    register = Register.of_plans([plan], day)
    return Dashboard(plan, register, works(register), reporting(plan, day))
