"""Who will owe the report of a period that is opened, and what staff should know before they open it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from plans.models import Plan
from reports.models import Period
from tasks.models import Assignment, Task
from units.models import Unit


@dataclass(frozen=True)
class Outlook:
    """`owing` are the units with the number of their tasks; `ended` have tasks but exist no more."""

    owing: list[tuple[Unit, int]]
    ended: list[Unit]
    unassigned: list[Task]


def owing_units(plan: Plan, on: date) -> list[Unit]:
    """The units that have tasks of the plan and exist on the day.

    Who issued the plan does not report to itself: staff log what the own house does.
    """
    working = Assignment.objects.of_plan(plan).current().values("unit")
    return list(Unit.objects.valid_on(on).filter(pk__in=working).exclude(issued_plans=plan))


def outlook(plan: Plan, on: date) -> Outlook:
    working = Assignment.objects.of_plan(plan).current()
    counts = dict(working.order_by().values_list("unit").annotate(count=Count("pk")))
    owing = owing_units(plan, on)
    ended = Unit.objects.filter(pk__in=counts, valid_to__lt=on)
    unassigned = Task.objects.of_plan(plan).exclude(pk__in=working.values("task"))
    return Outlook([(unit, counts[unit.pk]) for unit in owing], list(ended), list(unassigned))


def overlapping(period: Period, first: date, last: date) -> QuerySet[Period]:
    """Other periods of the plan whose figures share a day with these."""
    others = Period.objects.filter(plan=period.plan_id).exclude(pk=period.pk)
    return others.filter(figures_from__lte=last, figures_to__gte=first)


def not_asked_yet(period: Period, on: date) -> list[Unit]:
    """Units that were given tasks of the plan since the period was opened."""
    asked = set(period.obligations.values_list("unit", flat=True))
    return [unit for unit in owing_units(period.plan, on) if unit.pk not in asked]
