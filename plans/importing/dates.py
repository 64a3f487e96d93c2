"""Dates and periods in folded text: "30/6/2026", "quý II/2026", "tháng 02 năm 2024", "6 tháng đầu năm
2026"."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

YEAR = r"(?:19|20)\d\d"
QUARTER = r"(?:iv|i{1,3}|[1-4])(?![a-z0-9])"
JOINED = r"\s?(?:,|-|va|den|den het|toi|&)\s?"
YEAR_AFTER = rf"(?:\s?[/,.(-]?\s?(?:cua )?(?:nam )?({YEAR})(?!\d))?"
NUMERIC_DATE = rf"\d{{1,2}} ?(?:[/.-] ?\d{{1,2}} ?[/.-] ?{YEAR}|/ ?\d{{1,2}} ?/ ?[2-4]\d)(?!\d)"
WORDED_DATE = rf"\d{{1,2}} ?(?:thang|/) ?\d{{1,2}} ?,? ?nam ?{YEAR}(?!\d)"
FULL_DATE = re.compile(rf"(?<!\d)(?:{NUMERIC_DATE}|{WORDED_DATE})")
TIME = re.compile(
    rf"(?<![\d/.])(?P<date>{NUMERIC_DATE}|{WORDED_DATE})"
    rf"|(?<!\w)(?P<part>3|6|9|ba|sau|chin) thang (?P<end>dau|cuoi) (?:cua )?nam(?P<part_year>\s{YEAR}(?!\d))?"
    rf"|(?<!\w)quy (?P<quarter>{QUARTER}(?:{JOINED}(?:quy )?{QUARTER}){{0,3}})(?P<quarter_year>{YEAR_AFTER})"
    rf"|(?<!\w)thang (?P<month>\d{{1,2}}(?!\d)(?:{JOINED}(?:thang "
    rf")?\d{{1,2}}(?!\d)){{0,11}})(?P<month_year>{YEAR_AFTER})"
    rf"|(?<!\w)quy (?P<worded_quarter>mot|hai|ba|bon)(?P<worded_quarter_year>\s?(?:/|nam) ?{YEAR}(?!\d))"
    rf"|(?:(?<!\w)t\.? ?)?(?<![\d/.])(?P<numeric>\d{{1,2}} ?/ ?{YEAR})(?!\d)"
    rf"|(?<!\w)(?:nam|het|cuoi) (?P<year>{YEAR})(?!\d)"
    r"|(?<![\w/.])(?P<day>\d{1,2} ?(?:/|thang) ?\d{1,2})(?![\d/.]?\d)"
)
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "mot": 1, "hai": 2, "ba": 3, "bon": 4}
PARTS = {"3": 3, "ba": 3, "6": 6, "sau": 6, "9": 9, "chin": 9}


@dataclass(frozen=True)
class Time:
    """A day or a period in the text, from ``start`` to ``end``. Both days are None when it has no year."""

    start: int
    end: int
    first: date | None
    last: date | None
    unit: str

    @property
    def has_year(self) -> bool:
        return self.last is not None


def find_times(folded: str, year: int | None = None) -> Iterator[Time]:
    """The times in the text in order.

    ``year`` is used for a time that has none. Impossible dates are left out.
    """
    for match in TIME.finditer(folded):
        try:
            yield _time(match, year)
        except ValueError:
            continue


def find_date(folded: str) -> date | None:
    """The first whole date in the text."""
    for match in FULL_DATE.finditer(folded):
        try:
            return _day(match[0])
        except ValueError:
            continue
    return None


def _time(match: re.Match[str], year: int | None) -> Time:
    unit = match.lastgroup or ""
    unit = unit.removesuffix("_year") if unit.endswith("_year") else unit
    unit = "part" if unit == "end" else unit
    first, last = _days(unit, match, year)
    return Time(match.start(), match.end(), first, last, unit)


def _days(unit: str, match: re.Match[str], year: int | None) -> tuple[date | None, date | None]:
    if unit == "date":
        day = _day(match["date"])
        return day, day
    if unit == "year":
        return _months(int(match["year"]), 1, 12)
    if unit == "numeric":
        month, year_named = (int(number) for number in re.findall(r"\d+", match["numeric"]))
        return _months(year_named, month, month)
    if unit == "day":
        numbers = [int(number) for number in re.findall(r"\d+", match["day"])]
        date(2024, numbers[1], numbers[0])
        day_of_year = date(year, numbers[1], numbers[0]) if year else None
        return day_of_year, day_of_year
    stated = re.search(r"\d{4}", match[f"{unit}_year"] or "")
    stated_year = int(stated[0]) if stated else year
    first, last = _month_range(unit, match)
    return _months(stated_year, first, last) if stated_year else (None, None)


def _month_range(unit: str, match: re.Match[str]) -> tuple[int, int]:
    if unit == "part":
        length = PARTS[match["part"]]
        return (1, length) if match["end"] == "dau" else (13 - length, 12)
    if unit in ("quarter", "worded_quarter"):
        names = re.findall(r"\b(?:iv|i{1,3}|[1-4]|mot|hai|ba|bon)\b", match[unit])
        quarters = [QUARTERS.get(name) or int(name) for name in names]
        return quarters[0] * 3 - 2, quarters[-1] * 3
    months_named = [int(number) for number in re.findall(r"\d+", match["month"])]
    date(2024, months_named[0], 1), date(2024, months_named[-1], 1)
    return months_named[0], months_named[-1]


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _day(text: str) -> date:
    day, month, year = (int(number) for number in re.findall(r"\d+", text))
    return date(year if year > 99 else 2000 + year, month, day)


def day_before(day: date) -> date:
    """The day before the given one."""
    return day - timedelta(days=1)
