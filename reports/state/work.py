"""The state of assignments: what counts last of each, against its deadline. Nothing of it is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans.models import Plan, TaskGroup
from reports.models import Period, ProgressEntry, ProgressReport
from reports.state.days import end_of
from reports.state.register import Register
from tasks.models import Assignment, Task
from units.keeping import kept
from units.models import Unit

Status = ProgressEntry.Status
SOON = timedelta(days=30)


class Progress(TextChoices):
    """The classes that summaries count, and those that have not begun."""

    DONE_IN_TIME = "done_in_time", _("Done in time")
    DONE_LATE = "done_late", _("Done late")
    IN_PROGRESS = "in_progress", _("In progress, in time")
    OVERDUE = "overdue", _("Not done, overdue")
    NOT_STARTED = "not_started", pgettext_lazy("assignment", "Not started")

    @property
    def is_done(self) -> bool:
        return self in (Progress.DONE_IN_TIME, Progress.DONE_LATE)


@dataclass
class Account:
    """What counts last of an assignment; `done_on` is the first day that is reported as done and was not
    taken back since."""

    status: str
    percent: int
    reported_on: date
    report: int
    revision: int
    done_on: date | None = None


@dataclass
class Work:
    """One assignment on a day, as it was given and reported then; `carrier` is who answers for it."""

    assignment: Assignment
    carrier: Unit
    on: date
    account: Account | None

    @property
    def pk(self) -> int:
        return self.assignment.pk

    @property
    def task(self) -> Task:
        return self.assignment.task

    @property
    def group(self) -> TaskGroup:
        return self.assignment.task.group

    @cached_property
    def deadline(self) -> date | None:
        return self.assignment.deadline

    @cached_property
    def progress(self) -> Progress:
        status = self.account.status if self.account else None
        if self.account and self.account.done_on:
            in_time = self.deadline is None or self.account.done_on <= self.deadline
            return Progress.DONE_IN_TIME if in_time else Progress.DONE_LATE
        if self.deadline is not None and self.deadline < self.on:
            return Progress.OVERDUE
        return Progress.IN_PROGRESS if status == Status.IN_PROGRESS else Progress.NOT_STARTED

    @property
    def days_overdue(self) -> int:
        """Since the deadline; 0 for what is not overdue."""
        overdue = self.progress == Progress.OVERDUE and self.deadline is not None
        return (self.on - self.deadline).days if overdue and self.deadline else 0

    @property
    def days_late(self) -> int:
        """From the deadline until it was done, or until the day; 0 for what is in time."""
        done_on = self.account.done_on if self.account else None
        return max(((done_on or self.on) - self.deadline).days, 0) if self.deadline else 0

    @property
    def days_left(self) -> int | None:
        """Until the deadline, below zero after it."""
        return None if self.deadline is None else (self.deadline - self.on).days

    @property
    def is_due_soon(self) -> bool:
        """Not done, and due within thirty days."""
        if self.deadline is None or self.progress.is_done:
            return False
        return self.on <= self.deadline <= self.on + SOON


class Works(list[Work]):
    """Assignments, and what they are of, each once in the order in which it first comes."""

    @cached_property
    def groups(self) -> list[TaskGroup]:
        return list({task.group_id: task.group for task in self.tasks}.values())

    @cached_property
    def tasks(self) -> list[Task]:
        return list({work.assignment.task_id: work.task for work in self}.values())

    @cached_property
    def carriers(self) -> list[Unit]:
        return list({work.carrier.pk: work.carrier for work in self}.values())


def works(
    register: Register, closed_on: date | None = None, period: Period | None = None, **entries: Any
) -> Works:
    """The register's assignments in its order; two queries, of its tasks' entries or fewer (`entries`).

    What was reported of a task counts wherever it is moved: the plan of the report is no matter. With
    `closed_on` what speaks of a later day counts in the reports of the `period` alone, and deadlines are
    measured on that day.
    """
    tasks = [task.pk for task in register.tasks]
    units = {row.unit_id for row in register.assignments}
    told = accounts(units, register.day, closed_on, period, assignment__task__in=tasks, **entries)
    on = closed_on or register.day
    return Works(Work(row, register.carrier(row.unit), on, told.get(row.pk)) for row in register.assignments)


def works_of_plans(plans: Iterable[Plan], day: date) -> Works:
    return works(Register.of_plans(plans, day))


@kept
def works_of_plan(plan: Plan, day: date) -> Works:
    return works_of_plans([plan], day)


def works_of_unit(unit: Unit, day: date) -> list[Work]:
    return works(Register.of_units([unit], day), report__unit=unit.pk)


def work_of(register: Register) -> Work:
    """The only assignment of the register, also one that had ended."""
    (row,) = (*register.assignments, *register.ended)
    told = accounts({row.unit_id}, register.day, assignment=row.pk)
    return Work(row, register.carrier(row.unit), register.day, told.get(row.pk))


def accounts(
    units: Collection[int],
    day: date,
    until: date | None = None,
    period: Period | None = None,
    **entries: Any,
) -> dict[int, Account]:
    """By the key of the assignment; one that had ended and was given again keeps what was reported of it.

    The units are those that have the assignments: the database begins with their reports and reads no others.
    Two queries; entries are put in order here, as their reports are fewer. Those come second, by their keys:
    whatever is accepted meanwhile, a report that was accepted never changes.
    """
    standing = ProgressReport.objects.standing(before=end_of(day), until=until, period=period)
    known = standing.filter(unit__in=units).order_by().values("pk")
    told = ProgressEntry.objects.filter(report__in=known, **entries).order_by()
    said: defaultdict[int, list[Any]] = defaultdict(list)
    for report, *facts in told.values_list("report", "assignment", "status", "percent"):
        said[report].append(facts)
    reports: Any = ProgressReport.objects.filter(pk__in=said.keys()).oldest_first()
    last: dict[int, tuple[str, int, date, int, int]] = {}
    done_on: dict[int, date] = {}
    for report, reported_on, revision in reports.values_list("pk", "reported_on", "revision"):
        for assignment, status, percent in said[report]:
            last[assignment] = status, percent, reported_on, report, revision
            if status == Status.DONE:
                done_on.setdefault(assignment, reported_on)
            else:
                done_on.pop(assignment, None)
    return {assignment: Account(*facts, done_on.get(assignment)) for assignment, facts in last.items()}
