"""What those who read everything see of the reporting periods on their first page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from reports.models import Obligation, Period
from reports.owed.standing import Tally, Window, standings, tally, window
from units.models import Unit


@dataclass(frozen=True)
class OpenPeriod:
    """`missing` are the units of which nothing has come."""

    period: Period
    window: Window
    tally: Tally
    missing: list[Unit]


def open_periods(periods: QuerySet[Period], on: date) -> list[OpenPeriod]:
    """Periods that any unit may still report on, without those that are settled; three queries."""
    may_submit = Obligation.objects.open_on(on).order_by().values("period")
    open_now = periods.filter(pk__in=may_submit).order_by("due_on", "pk")
    found: dict[int, list] = {period.pk: [] for period in open_now}
    owed = Obligation.objects.filter(period__in=found).select_related("unit", "period__plan")
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
    return [one for one in listed if not one.tally.is_settled]
