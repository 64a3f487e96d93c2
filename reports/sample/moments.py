"""Days and hours at which things of the samples happened, told from the day of loading."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from plans.models import Plan
from reports.actions import open_period
from reports.models import Obligation, Period
from reports.owed.calendar import PeriodDates, preset
from units.models import User
from units.records import acting_as


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def quarters(today: date, past: int) -> list[PeriodDates]:
    """The last ones of which even late reports have come by now, and the one after them."""
    years = range(today.year - past // 4 - 2, today.year + 2)
    known = [preset(Period.Kind.QUARTER, year, number) for year in years for number in range(1, 5)]
    now = next(place for place, dates in enumerate(known) if dates.due_on + timedelta(days=8) >= today)
    return known[now - past : now + 1]


def open_quarter(plan: Plan, dates: PeriodDates, today: date, by: User) -> Period:
    """As staff opened it about a month before it was due; the present one is not due within a week."""
    period = Period(plan=plan, **dates.initial())
    if dates.due_on + timedelta(days=8) >= today:
        period.due_on = max(period.due_on, today + timedelta(days=7))
    opened_on = min(dates.due_on - timedelta(days=30), today - timedelta(days=1))
    with acting_as(by, at(opened_on, 7, 30)):
        open_period(period)
    return period


def owed(period: Period) -> list[Obligation]:
    return list(period.obligations.select_related("unit", "period__plan").order_by("unit"))
