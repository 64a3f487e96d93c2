"""What was counted for the tasks against what is wanted, by unit and period, as it was known on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.urls import reverse

from reports.models import IndicatorValue, Period, ProgressReport
from reports.state.days import end_of
from reports.state.register import Register
from tasks.models import Assignment, Indicator, Task
from units.folding import fold
from units.models import Succession, Unit
from units.past import rows_as_of

# Who goes on for a unit and since when, the next one first, by the key of the unit.
Followers = Mapping[int, list[tuple[int, date]]]


class Value(NamedTuple):
    """What a report that counts says; `period` is the one it falls into, none outside of all."""

    amount: Decimal
    assignment: Assignment
    carrier: Unit
    report: int
    reported_on: date
    period: Period | None

    @property
    def unit(self) -> Unit:
        return self.assignment.unit

    @property
    def closes_on(self) -> date:
        return self.period.figures_to if self.period else self.reported_on

    def get_absolute_url(self) -> str:
        return f"{reverse('show-report', args=[self.report])}#entry-{self.assignment.pk}"


class Against:
    """A total beside what is wanted."""

    total: Decimal | None
    target: Decimal | None

    @property
    def share(self) -> int | None:
        """Percent of the target, whole and rounded down; nothing where nothing is wanted."""
        return int((self.total or 0) * 100 / self.target) if self.target else None

    @property
    def is_reached(self) -> bool:
        return self.target is not None and (self.total or 0) >= self.target


class Cell(NamedTuple):
    """What counts in a period, and with all before it; no period for what lies outside of all."""

    period: Period | None
    values: list[Value]
    so_far: Decimal | None

    @property
    def amount(self) -> Decimal | None:
        return added(self.values)


@dataclass
class Measured(Against):
    """An indicator as it was asked on a day, with the values of its units, oldest first."""

    indicator: Indicator
    task: Task
    columns: list[Period | None]
    holders: list[Assignment]
    values: list[Value]
    register: Register
    followers: Followers

    @cached_property
    def counted(self) -> list[Value]:
        return self.counting(self.values)

    @cached_property
    def total(self) -> Decimal | None:  # type: ignore[override]
        return added(self.counted)

    @property
    def target(self) -> Decimal | None:  # type: ignore[override]
        """Of all units that had the task on the day."""
        wanted = self.indicator.target
        return None if wanted is None else wanted * len(self.holders)

    @cached_property
    def cells(self) -> list[Cell]:
        of_period = defaultdict(list)
        for value in self.values:
            of_period[value.period and value.period.pk].append(value)
        return [
            Cell(
                period,
                self.counting(of_period[period and period.pk]),
                added(self.counting(self.until(period.figures_to))) if period else None,
            )
            for period in self.columns
        ]

    @property
    def amounts(self) -> list[Decimal | None]:
        return [cell.amount for cell in self.cells]

    def until(self, day: date) -> list[Value]:
        return [value for value in self.values if value.closes_on <= day]

    def counting(self, values: list[Value]) -> list[Value]:
        """Periods are added up, or the last value of each unit counts; units add up."""
        if self.indicator.sum == Indicator.Sum.ADDED:
            return values
        last = {value.unit.pk: value for value in values}
        return [value for value in last.values() if not self.is_over(value, last)]

    def is_over(self, value: Value, last: Mapping[int, Value]) -> bool:
        """Whether a last value stands no more: the unit lost the task, or who goes on for it has reported."""
        if value.assignment.ended_on and value.carrier == value.unit:
            return True
        return any(
            heir in last and last[heir].reported_on >= since
            for heir, since in self.followers.get(value.unit.pk, [])
        )

    def narrowed(self, keep: Callable[[Unit], bool]) -> Measured:
        """Of the units alone that answer for the work on the day and are kept."""
        holders = [row for row in self.holders if keep(self.register.carrier(row.unit))]
        return replace(self, holders=holders, values=[value for value in self.values if keep(value.carrier)])

    def by_unit(self) -> list[tuple[Unit, Measured]]:
        """Each unit that has the task or reported a value that counts, by name."""
        holders, values = defaultdict(list), defaultdict(list)
        units = {}
        for row in self.holders:
            carrier = self.register.carrier(row.unit)
            units[carrier.pk] = carrier
            holders[carrier.pk].append(row)
        for value in self.values:
            values[value.carrier.pk].append(value)
        units |= {value.carrier.pk: value.carrier for value in self.counted}
        return [
            (unit, replace(self, holders=holders[unit.pk], values=values[unit.pk]))
            for unit in sorted(units.values(), key=lambda unit: (fold(unit.short_name), unit.pk))
        ]


@dataclass
class Sum(Against):
    """What several tasks of a group count alike, together."""

    indicator: Indicator
    amounts: list[Decimal | None]
    total: Decimal | None
    target: Decimal | None

    @classmethod
    def of(cls, rows: list[Measured]) -> Sum:
        targets = [row.target for row in rows]
        return cls(
            rows[0].indicator,
            [summed(amounts) for amounts in zip(*(row.amounts for row in rows), strict=True)],
            summed(row.total for row in rows),
            None if None in targets else summed(targets),
        )


def added(values: list[Value]) -> Decimal | None:
    return summed(value.amount for value in values)


def summed(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Nothing where there is no amount at all."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def sums(rows: Iterable[Measured]) -> list[Sum]:
    """One for each indicator that several of the rows share by name, unit of measure and way of adding up."""
    alike = defaultdict(list)
    for row in rows:
        known = row.indicator
        alike[fold(known.name), fold(known.measure), known.sum].append(row)
    return [Sum.of(same) for same in alike.values() if len(same) > 1]


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
    outside = {
        value.assignment.task.group.plan_id for of in told.values() for value in of if not value.period
    }
    holders = defaultdict(list)
    for row in register.assignments:
        holders[row.task_id].append(row)
    goes_on = followers(register.successions)
    return [
        Measured(
            indicator,
            task := tasks[indicator.task_id],
            [*periods[task.group.plan_id], *([None] if task.group.plan_id in outside else [])],
            holders[task.pk],
            told.get(indicator.pk, []),
            register,
            goes_on,
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


def values_of(
    register: Register, periods: Mapping[int, list[Period]], **where: Any
) -> dict[int, list[Value]]:
    """By the key of the indicator, oldest first."""
    counted = ProgressReport.objects.standing(before=end_of(register.day)).order_by().values("pk")
    rows = IndicatorValue.objects.filter(entry__report__in=counted, **where)
    ordered = rows.order_by("entry__report__reported_on", "entry__report__accepted_at", "entry")
    facts = ("indicator", "value", "entry__assignment", "entry__report")
    known = {row.pk: row for row in (*register.assignments, *register.ended)}
    found: dict[int, list[Value]] = defaultdict(list)
    for indicator, amount, assignment, report, day, key in ordered.values_list(
        *facts, "entry__report__reported_on", "entry__report__period"
    ):
        if row := known.get(assignment):
            period = period_of(key, day, periods[row.task.group.plan_id])
            found[indicator].append(Value(amount, row, register.carrier(row.unit), report, day, period))
    return found


def period_of(key: int | None, day: date, periods: list[Period]) -> Period | None:
    """That of the report; what staff logged falls into the first to end of those that hold its day."""
    for period in periods:
        if period.pk == key or (key is None and period.figures_from <= day <= period.figures_to):
            return period
    return None


def overlapping(periods: Iterable[Period | None]) -> list[Period]:
    """Those, in their order, whose figures begin before those of one that ends earlier have ended."""
    known = [period for period in periods if period]
    return [
        period
        for place, period in enumerate(known)
        if any(period.figures_from <= earlier.figures_to for earlier in known[:place])
    ]


def followers(successions: Iterable[Succession]) -> Followers:
    """A unit that was split between several goes on in none."""
    nexts = defaultdict(list)
    for each in successions:
        nexts[each.predecessor_id].append(each)
    found = {}
    for pk in nexts:
        line: list[tuple[int, date]] = []
        last, since = pk, date.min
        while len(nexts.get(last, ())) == 1 and last not in [heir for heir, _since in line[:-1]]:
            (each,) = nexts[last]
            last, since = each.successor_id, max(since, each.effective_on)
            line.append((last, since))
        found[pk] = line
    return found
