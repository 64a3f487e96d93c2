"""Reads what reports count for the tasks of a register, as it was known on its day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from reports.models import IndicatorValue, Period, ProgressReport
from reports.state.days import end_of
from reports.state.indicators import Measured, Value
from reports.state.register import Register
from tasks.models import Indicator
from units.past import rows_as_of


def measured(register: Register, **values: Any) -> list[Measured]:
    """The indicators of the register's tasks, in their order; three queries, one of them of the `values`
    that may speak of them."""
    moment = end_of(register.day)
    tasks = {task.pk: task for task in register.tasks}
    places = {pk: place for place, pk in enumerate(tasks)}
    indicators = rows_as_of(Indicator, moment, task_id__in=list(tasks))
    indicators.sort(key=lambda row: (places[row.task_id], row.position, row.pk))
    periods = periods_by_plan(register)
    told = values_of(register, periods, indicator__in=[row.pk for row in indicators], **values)
    columns = columns_of(register.day, periods, [value for of in told.values() for value in of])
    holders = defaultdict(list)
    for row in register.assignments:
        holders[row.task_id].append(row)
    return [
        Measured(
            indicator,
            task := tasks[indicator.task_id],
            columns[task.group.plan_id],
            holders[task.pk],
            told.get(indicator.pk, []),
            register,
        )
        for indicator in indicators
    ]


def periods_by_plan(register: Register) -> dict[int, list[Period]]:
    """Of the register's plans, the first to end first."""
    found: dict[int, list[Period]] = {group.plan_id: [] for group in register.groups}
    rows = rows_as_of(Period, end_of(register.day), plan_id__in=list(found))
    for period in sorted(rows, key=lambda period: (period.figures_to, period.pk)):
        found[period.plan_id].append(period)
    return found


def columns_of(
    day: date, periods: Mapping[int, list[Period]], values: list[Value]
) -> dict[int, list[Period | None]]:
    """Of each plan the periods that have begun or were reported on, and none for values outside of all."""
    used = {(value.task.group.plan_id, value.period and value.period.pk) for value in values}
    found: dict[int, list[Period | None]] = {}
    for plan, known in periods.items():
        found[plan] = [row for row in known if row.figures_from <= day or (plan, row.pk) in used]
        found[plan] += [None] if (plan, None) in used else []
    return found


def values_of(
    register: Register, periods: Mapping[int, list[Period]], **where: Any
) -> dict[int, list[Value]]:
    """By the key of the indicator, oldest first."""
    known = {row.pk: row for row in (*register.assignments, *register.ended)}
    standing = ProgressReport.objects.standing(before=end_of(register.day)).order_by()
    counted = standing.filter(unit__in={row.unit_id for row in known.values()})
    rows = IndicatorValue.objects.filter(entry__report__in=counted.values("pk"), **where)
    ordered = rows.order_by("entry__report__reported_on", "entry__report__accepted_at", "entry")
    facts = ("indicator", "value", "entry__assignment", "entry__report")
    found: dict[int, list[Value]] = defaultdict(list)
    for indicator, amount, assignment, report, day, key in ordered.values_list(
        *facts, "entry__report__reported_on", "entry__report__period"
    ):
        if row := known.get(assignment):
            period = period_of(key, day, periods[row.task.group.plan_id])
            found[indicator].append(Value(amount, row, register.carrier(row.unit), report, day, period))
    return found


def period_of(key: int | None, day: date, periods: list[Period]) -> Period | None:
    """That of the report; what staff logged, or was reported when the task was in another plan, falls into
    the first to end of those that hold its day."""
    own = [period for period in periods if period.pk == key]
    around = [period for period in periods if period.figures_from <= day <= period.figures_to]
    return next(iter(own + around), None)
