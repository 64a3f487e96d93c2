"""The current state of assignments: what counts last of each, against its deadline.

Nothing of it is stored. A day asks for the state as it was reported until then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, TextChoices, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans.models import Plan
from reports.models import ProgressEntry, ProgressReport
from reports.querysets import ProgressEntryQuerySet
from tasks.models import Assignment
from tasks.querysets import AssignmentQuerySet

Status = ProgressEntry.Status


class Progress(TextChoices):
    """The classes that summaries count, and those that have not begun."""

    DONE_IN_TIME = "done_in_time", _("Done in time")
    DONE_LATE = "done_late", _("Done late")
    IN_PROGRESS = "in_progress", _("In progress, in time")
    OVERDUE = "overdue", _("Not done, overdue")
    NOT_STARTED = "not_started", pgettext_lazy("assignment", "Not started")


def with_progress(assignments: AssignmentQuerySet, on: date) -> AssignmentQuerySet:
    """Each with `progress`, one of the classes, and with `status`, `percent`, `reported_on` and
    `done_on`, the first day that is reported as done; all four None where nothing was accepted."""
    newest = entries_until(on).filter(assignment=OuterRef("pk")).newest_first()
    annotated = assignments.annotate(
        status=Subquery(newest.values("status")[:1]),
        percent=Subquery(newest.values("percent")[:1]),
        reported_on=Subquery(newest.values("report__reported_on")[:1]),
        done_on=Subquery(done_until(on).filter(assignment=OuterRef("pk")).values("report__reported_on")[:1]),
        holds_until=Coalesce("due_on", "task__due_on"),
    )
    in_time = Q(holds_until__isnull=True) | Q(done_on__lte=F("holds_until"))
    return annotated.annotate(
        progress=Case(
            When(in_time, status=Status.DONE, then=Value(Progress.DONE_IN_TIME)),
            When(status=Status.DONE, then=Value(Progress.DONE_LATE)),
            When(holds_until__lt=on, then=Value(Progress.OVERDUE)),
            When(status=Status.IN_PROGRESS, then=Value(Progress.IN_PROGRESS)),
            default=Value(Progress.NOT_STARTED),
        )
    )


def entries_until(on: date) -> ProgressEntryQuerySet:
    return ProgressEntry.objects.standing(ProgressReport.objects.accepted(until=on))


def done_until(on: date) -> ProgressEntryQuerySet:
    """Entries that say done and were not taken back by a later one, oldest first."""
    later = Q(report__reported_on__gt=OuterRef("report__reported_on")) | Q(
        report__reported_on=OuterRef("report__reported_on"),
        report__accepted_at__gt=OuterRef("report__accepted_at"),
    )
    undone = entries_until(on).exclude(status=Status.DONE).filter(later, assignment=OuterRef("assignment"))
    return entries_until(on).filter(~Exists(undone), status=Status.DONE).order_by("report__reported_on")


@dataclass
class Counts:
    """How many assignments are in each class."""

    classes: dict[Progress, int] = field(default_factory=lambda: dict.fromkeys(Progress, 0))

    @property
    def total(self) -> int:
        return sum(self.classes.values())


def counts_of(plans: Iterable[Plan], on: date) -> dict[int, Counts]:
    """Of the current assignments, by the key of the plan; one query that counts in the database."""
    found = {plan.pk: Counts() for plan in plans}
    assignments = Assignment.objects.current().filter(task__group__plan__in=found).order_by()
    told: Any = with_progress(assignments, on)
    grouped = told.values_list("task__group__plan", "progress")
    for plan, progress, count in grouped.annotate(count=Count("pk")):
        found[plan].classes[Progress(progress)] += count
    return found
