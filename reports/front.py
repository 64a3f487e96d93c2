"""What those who read everything see of the reporting periods on their first page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plans.models import Plan
from reports.models import Obligation, Period
from reports.querysets import PeriodQuerySet
from reports.standing import Tally, Window, standings, tally, window
from units.models import Unit


@dataclass(frozen=True)
class OpenPeriod:
    """`missing` are the units of which nothing has come, `late` whether that is past the last day in time."""

    period: Period
    window: Window
    tally: Tally
    missing: list[Unit]

    @property
    def is_late(self) -> bool:
        return self.window == Window.LATE

    @property
    def is_settled(self) -> bool:
        return self.tally.accepted == self.tally.owed


def open_periods(periods: PeriodQuerySet, on: date) -> list[OpenPeriod]:
    """Periods of plans in force that units may still report on, without those that are settled; three
    queries."""
    open_now = periods.filter(plan__state=Plan.State.ACTIVE).open_on(on).order_by("due_on", "pk")
    found: dict[int, list] = {period.pk: [] for period in open_now}
    owed = Obligation.objects.filter(period__in=found).select_related("unit", "period")
    for standing in standings(owed, on):
        found[standing.obligation.period_id].append(standing)
    listed = [
        OpenPeriod(
            period,
            window(period, on),
            tally(found[period.pk]),
            [standing.obligation.unit for standing in found[period.pk] if standing.is_missing],
        )
        for period in open_now
    ]
    return [one for one in listed if not one.is_settled]
