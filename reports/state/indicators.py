"""What was counted for the tasks against what is wanted, by unit and period, as it was known on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plans.models import TaskGroup
from reports.models import Period
from reports.state.register import Register
from reports.targets import Against
from tasks.models import Assignment, Indicator, Task
from units.folding import fold
from units.models import Unit


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
    def task(self) -> Task:
        return self.assignment.task

    @property
    def closes_on(self) -> date:
        return self.period.figures_to if self.period else self.reported_on

    def get_absolute_url(self) -> str:
        return f"{reverse('show-report', args=[self.report])}#entry-{self.assignment.pk}"


@dataclass
class Cell(Against):
    """What counts of a period (of none: outside of all), and `total` with all that is before its end."""

    of: Measured
    period: Period | None
    values: list[Value]

    @property
    def amount(self) -> Decimal | None:
        return self.of.together(self.values)

    @property
    def total(self) -> Decimal | None:  # type: ignore[override]
        return self.of.until(self.period.figures_to) if self.period else None

    @property
    def target(self) -> Decimal | None:  # type: ignore[override]
        return self.of.target if self.period else None


@dataclass
class Measured(Against):
    """An indicator as it was asked on a day, with the values of its units, oldest first."""

    indicator: Indicator
    task: Task
    columns: list[Period | None]
    holders: list[Assignment]
    values: list[Value]
    register: Register

    @cached_property
    def counted(self) -> list[Value]:
        return self.counting(self.values)

    @cached_property
    def total(self) -> Decimal | None:  # type: ignore[override]
        return self.together(self.counted)

    @property
    def target(self) -> Decimal | None:  # type: ignore[override]
        """Of all units that had the task on the day."""
        wanted = self.indicator.target
        return wanted if wanted is None or self.is_rate else wanted * len(self.holders)

    @property
    def is_rate(self) -> bool:
        """Percents of several units make no sum: their mean is told."""
        return self.indicator.sum == Indicator.Sum.LAST and "%" in self.indicator.measure

    @property
    def rule(self) -> str:
        """How one number comes of many."""
        return str(_("mean of the last values") if self.is_rate else self.indicator.get_sum_display())

    def together(self, values: list[Value]) -> Decimal | None:
        total = summed(value.amount for value in values)
        return round(total / len(values), 1) if self.is_rate and total is not None else total

    @cached_property
    def cells(self) -> list[Cell]:
        of_period = defaultdict(list)
        for value in self.values:
            of_period[value.period and value.period.pk].append(value)
        return [Cell(self, period, self.counting(of_period[period and period.pk])) for period in self.columns]

    @property
    def amounts(self) -> list[Decimal | None]:
        return [cell.amount for cell in self.cells]

    def until(self, day: date) -> Decimal | None:
        return self.together(self.counting([value for value in self.values if value.closes_on <= day]))

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
            for heir, since in self.register.known.followers(value.unit)
        )

    def narrowed(self, keep: Callable[[Unit], bool]) -> Measured:
        """Of the units alone that answer for the work on the day and are kept."""
        holders = [row for row in self.holders if keep(self.register.carrier(row.unit))]
        return replace(self, holders=holders, values=[value for value in self.values if keep(value.carrier)])

    @property
    def units(self) -> dict[int, Unit]:
        """Who has the task or reported a value that counts, by key."""
        carriers = [self.register.carrier(row.unit) for row in self.holders]
        return {unit.pk: unit for unit in (*carriers, *(value.carrier for value in self.counted))}

    @property
    def by_unit(self) -> list[tuple[Unit, Measured]]:
        """In the order of their names."""
        holders, values = defaultdict(list), defaultdict(list)
        for row in self.holders:
            holders[self.register.carrier(row.unit).pk].append(row)
        for value in self.values:
            values[value.carrier.pk].append(value)
        named = sorted(self.units.values(), key=lambda unit: (fold(unit.short_name), unit.pk))
        return [(unit, replace(self, holders=holders[unit.pk], values=values[unit.pk])) for unit in named]


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


def summed(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Nothing where there is no amount at all."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def sums(rows: Iterable[Measured]) -> list[Sum]:
    """One for each indicator that several of the rows share by name, unit of measure and way of adding up."""
    alike = defaultdict(list)
    for row in (row for row in rows if not row.is_rate):
        known = row.indicator
        alike[fold(known.name), fold(known.measure), known.sum].append(row)
    return [Sum.of(same) for same in alike.values() if len(same) > 1]


class GroupMeasures(NamedTuple):
    group: TaskGroup
    tasks: list[tuple[Task, list[Measured]]]
    sums: list[Sum]


def of_groups(rows: Iterable[Measured]) -> list[GroupMeasures]:
    """By task group and task, in the order of the rows."""
    return [
        GroupMeasures(
            group,
            [(task, list(own)) for task, own in groupby(of_group, lambda row: row.task)],
            sums(of_group),
        )
        for group, of_group in (
            (group, list(own)) for group, own in groupby(rows, lambda row: row.task.group)
        )
    ]


def overlapping(periods: Iterable[Period | None]) -> list[Period]:
    """Those, in their order, whose figures begin before those of one that ends earlier have ended."""
    known = [period for period in periods if period]
    return [
        period
        for place, period in enumerate(known)
        if any(period.figures_from <= earlier.figures_to for earlier in known[:place])
    ]
