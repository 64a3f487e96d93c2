"""Reporting periods as the public sector's calendar has them (Decree 09/2019/NĐ-CP, Article 12).

A period's figures run from the 15th of the month before it to the 14th of its last month. What is offered
here only fills a form: the days that count are those that staff store with the period.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from reports.models import Period

Kind = Period.Kind
NAMES = {
    Kind.MONTH: "Tháng {number}/{year}",
    Kind.QUARTER: "Quý {number}/{year}",
    Kind.HALF_YEAR: "6 tháng đầu năm {year}",
    Kind.NINE_MONTHS: "9 tháng năm {year}",
    Kind.YEAR: "Năm {year}",
}
ROMAN = ("I", "II", "III", "IV")
MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF_YEAR: 6, Kind.NINE_MONTHS: 9, Kind.YEAR: 12}
# Usual in offices; a plan may set others.
DUE_DAY = 20
GRACE_DAYS = 3


@dataclass(frozen=True)
class PeriodDates:
    """`name` is in Vietnamese: papers print it, whatever language the screen has. `is_past_due` says it of
    the day of the suggestion."""

    kind: Kind
    year: int
    number: int
    name: str
    figures_from: date
    figures_to: date
    due_on: date
    locks_on: date
    grace_days: int = GRACE_DAYS
    is_past_due: bool = field(default=False, compare=False)

    @property
    def last_day_in_time(self) -> date:
        return self.due_on + timedelta(days=self.grace_days)

    @property
    def cut_off_on(self) -> date:
        return self.figures_to

    def initial(self) -> dict[str, object]:
        """What a form for a period begins with."""
        names = ("name", "figures_from", "figures_to", "cut_off_on", "due_on", "grace_days", "locks_on")
        return {"kind": str(self.kind), **{name: getattr(self, name) for name in names}}


def preset(kind: str, year: int, number: int = 1) -> PeriodDates:
    """`number` counts the months or quarters of the year; of the other kinds a year has one.

    Raises ValueError for a period that the calendar does not have.
    """
    kind = Kind(kind)
    length = MONTHS.get(kind)
    if length is None or not 1 <= number <= periods_a_year(kind):
        raise ValueError(f"{year} has no {kind} {number}")
    last = number * length
    before = date(year, last, 15)
    for _month in range(length):
        before = month_before(before)
    return PeriodDates(
        kind,
        year,
        number,
        name_of(kind, year, number),
        figures_from=before,
        figures_to=date(year, last, 14),
        due_on=date(year, last, DUE_DAY),
        locks_on=end_of_next_month(date(year, last, 1)),
    )


def periods_a_year(kind: Kind) -> int:
    return 12 // MONTHS[kind] if kind in (Kind.MONTH, Kind.QUARTER) else 1


def name_of(kind: Kind, year: int, number: int) -> str:
    shown = ROMAN[number - 1] if kind == Kind.QUARTER else number
    return NAMES[kind].format(number=shown, year=year)


def month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=day.day)


def end_of_next_month(day: date) -> date:
    """Late reports may still come for a while, but not for ever."""
    in_two_months = day.replace(day=1) + timedelta(days=62)
    return in_two_months.replace(day=1) - timedelta(days=1)


def suggestions(today: date, opened: Collection[str] = ()) -> list[PeriodDates]:
    """What staff would open now, soonest due first, without what is `opened` already (by name).

    What is past due already stands last, and is left out once a report of it would come late.
    """
    year, month = today.year, today.month
    next_month = (year, month + 1) if month < 12 else (year + 1, 1)
    quarter = (month + 2) // 3
    next_quarter = (year, quarter + 1) if quarter < 4 else (year + 1, 1)
    near = [
        preset(Kind.MONTH, year, month),
        preset(Kind.MONTH, *next_month),
        preset(Kind.QUARTER, year, quarter),
        preset(Kind.QUARTER, *next_quarter),
        *(preset(kind, year) for kind in (Kind.HALF_YEAR, Kind.NINE_MONTHS, Kind.YEAR)),
    ]
    found = [
        replace(dates, is_past_due=today > dates.due_on)
        for dates in near
        if dates.name not in opened and today <= dates.last_day_in_time
    ]
    return sorted(found, key=lambda dates: (dates.is_past_due, dates.due_on, MONTHS[dates.kind]))
