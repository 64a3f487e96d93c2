"""What was counted for one assignment, as it was asked and known on a day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reports.models import ProgressReport
from reports.state.indicators import Measured
from reports.state.measuring import measured
from reports.state.register import Register
from reports.targets import Against
from tasks.models import Indicator


@dataclass(frozen=True)
class Figure(Against):
    """`value` is what the report says, `previous` what the one before it said; `total` counts against the
    target."""

    indicator: Indicator
    value: Decimal | None
    previous: Decimal | None
    total: Decimal | None

    @property
    def target(self) -> Decimal | None:  # type: ignore[override]
        return self.indicator.target


def figures_of(register: Register, report: ProgressReport) -> list[Figure]:
    """Of the only assignment of the register, from the report and those of the same unit before it.

    A log is not asked for all: only for what it, or one before it, speaks of.
    """
    (part,) = (*register.assignments, *register.ended)
    rows = measured(register, entry__assignment=part.pk, entry__report__unit=report.unit_id)
    return [figure_of(row, report) for row in rows if row.values or not report.is_log]


def figure_of(row: Measured, report: ProgressReport) -> Figure:
    said = {value.report: value.amount for value in row.values}
    value = said.pop(report.pk, None)
    # Of one that has ended the last value is still what was reached.
    counted = row.values[-1:] if row.indicator.sum == Indicator.Sum.LAST else row.values
    return Figure(row.indicator, value, next(reversed(said.values()), None), row.together(counted))
