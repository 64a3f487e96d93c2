"""The reporting periods of a plan as they stood on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plans.models import Plan
from reports.models import Period
from reports.state.days import end_of
from units.past import rows_as_of


@dataclass(frozen=True)
class Periods:
    """Oldest first. `current` is the last one whose figures were closed by the day; `before` the last one
    whose reports were all in, as far as they came in time, before the day and before those of `current`;
    `coming` the next one to close."""

    day: date
    rows: list[Period]

    @property
    def closed(self) -> list[Period]:
        return [period for period in self.rows if period.cut_off_on <= self.day]

    @property
    def current(self) -> Period | None:
        return self.closed[-1] if self.closed else None

    @property
    def before(self) -> Period | None:
        if self.current is None:
            return None
        limit = min(self.day, self.current.last_day_in_time)
        settled = [period for period in self.closed if period.last_day_in_time < limit]
        return max(settled, key=lambda period: period.last_day_in_time) if settled else None

    @property
    def coming(self) -> Period | None:
        return next((period for period in self.rows if period.cut_off_on > self.day), None)


def periods_of(plan: Plan, day: date) -> Periods:
    rows = rows_as_of(Period, end_of(day), plan_id=plan.pk)
    for period in rows:
        period.plan = plan
    return Periods(day, sorted(rows, key=lambda period: (period.figures_to, period.pk)))
