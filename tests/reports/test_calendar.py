from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.owed.calendar import MONTHS, ROMAN, periods_a_year, preset, suggestions


def days(kind: str, year: int, number: int = 1) -> tuple:
    """Figures from and to, due, lock, as d/m/y."""
    found = preset(kind, year, number)
    assert (found.cut_off_on, found.grace_days) == (found.figures_to, 3)
    return (
        found.name,
        *(
            f"{day.day}/{day.month}/{day.year}"
            for day in (found.figures_from, found.figures_to, found.due_on, found.locks_on)
        ),
    )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("month", 2026, 11), ("Tháng 11/2026", "15/10/2026", "14/11/2026", "20/11/2026", "31/12/2026")),
        (("month", 2026, 12), ("Tháng 12/2026", "15/11/2026", "14/12/2026", "20/12/2026", "31/1/2027")),
        (("month", 2027, 1), ("Tháng 1/2027", "15/12/2026", "14/1/2027", "20/1/2027", "28/2/2027")),
        (("month", 2028, 1), ("Tháng 1/2028", "15/12/2027", "14/1/2028", "20/1/2028", "29/2/2028")),
        (("month", 2028, 3), ("Tháng 3/2028", "15/2/2028", "14/3/2028", "20/3/2028", "30/4/2028")),
        (("quarter", 2026, 1), ("Quý I/2026", "15/12/2025", "14/3/2026", "20/3/2026", "30/4/2026")),
        (("quarter", 2026, 2), ("Quý II/2026", "15/3/2026", "14/6/2026", "20/6/2026", "31/7/2026")),
        (("quarter", 2026, 3), ("Quý III/2026", "15/6/2026", "14/9/2026", "20/9/2026", "31/10/2026")),
        (("quarter", 2026, 4), ("Quý IV/2026", "15/9/2026", "14/12/2026", "20/12/2026", "31/1/2027")),
        (("half_year", 2026), ("6 tháng đầu năm 2026", "15/12/2025", "14/6/2026", "20/6/2026", "31/7/2026")),
        (("nine_months", 2026), ("9 tháng năm 2026", "15/12/2025", "14/9/2026", "20/9/2026", "31/10/2026")),
        (("year", 2026), ("Năm 2026", "15/12/2025", "14/12/2026", "20/12/2026", "31/1/2027")),
    ],
)
def test_every_kind_has_its_days(asked, expected):
    assert days(*asked) == expected


def test_a_leap_year_has_its_day_more():
    lengths = {year: preset("quarter", year, 1) for year in (2027, 2028)}
    assert {year: (each.figures_to - each.figures_from).days for year, each in lengths.items()} == {
        2027: 89,
        2028: 90,
    }


@pytest.mark.parametrize(
    "asked",
    [
        ("month", 2026, 0),
        ("month", 2026, 13),
        ("quarter", 2026, 5),
        ("quarter", 2026, -1),
        ("half_year", 2026, 2),
        ("year", 2026, 0),
        ("ad_hoc", 2026, 1),
        ("week", 2026, 1),
        ("year", 0, 1),
        ("year", 10000, 1),
    ],
)
def test_what_the_calendar_does_not_have_is_refused(asked):
    with pytest.raises(ValueError):  # noqa: PT011 - of the enum, of the date, and our own
        preset(*asked)


@given(year=st.integers(2001, 2099))
@pytest.mark.parametrize("kind", ["month", "quarter", "year"])
def test_the_periods_of_a_kind_fill_the_year_without_gap_or_overlap(kind, year):
    found = [preset(kind, year, number + 1) for number in range(periods_a_year(kind))]
    assert (found[0].figures_from, found[-1].figures_to) == (date(year - 1, 12, 15), date(year, 12, 14))
    starts = [each.figures_from for each in found[1:]] + [preset(kind, year + 1, 1).figures_from]
    assert starts == [each.figures_to + timedelta(days=1) for each in found]


@given(year=st.integers(2001, 2099))
def test_half_and_nine_months_begin_with_the_year_and_end_with_their_quarter(year):
    whole = preset("year", year)
    for kind, quarter in (("half_year", 2), ("nine_months", 3)):
        found = preset(kind, year)
        assert found.figures_from == whole.figures_from
        assert found.figures_to == preset("quarter", year, quarter).figures_to


def offered(day: date, opened: tuple[str, ...] = ()) -> list[str]:
    return [each.name for each in suggestions(day, opened)]


def test_what_staff_would_open_now_is_offered_soonest_due_first():
    assert offered(date(2026, 11, 20)) == [
        "Tháng 11/2026",
        "Tháng 12/2026",
        "Quý IV/2026",
        "Năm 2026",
        "Quý I/2027",
    ]
    assert offered(date(2028, 2, 20)) == [
        "Tháng 2/2028",
        "Tháng 3/2028",
        "Quý I/2028",
        "Quý II/2028",
        "6 tháng đầu năm 2028",
        "9 tháng năm 2028",
        "Năm 2028",
    ]
    assert "6 tháng đầu năm 2026" in offered(date(2026, 6, 23))
    assert "6 tháng đầu năm 2026" not in offered(date(2026, 6, 24))
    assert "9 tháng năm 2026" in offered(date(2026, 9, 23))
    assert "9 tháng năm 2026" not in offered(date(2026, 9, 24))


def test_what_is_past_due_stands_last_and_is_left_out_after_its_days_of_grace():
    assert offered(date(2026, 12, 23)) == [
        "Tháng 1/2027",
        "Quý I/2027",
        "Tháng 12/2026",
        "Quý IV/2026",
        "Năm 2026",
    ]
    assert [each.is_past_due for each in suggestions(date(2026, 12, 23))] == [False] * 2 + [True] * 3
    assert [each.is_past_due for each in suggestions(date(2026, 12, 20))] == [False] * 5
    assert offered(date(2026, 12, 24)) == ["Tháng 1/2027", "Quý I/2027"]


def test_what_is_open_already_is_not_offered_again():
    assert offered(date(2026, 11, 20), ("Quý IV/2026", "Tháng 11/2026")) == [
        "Tháng 12/2026",
        "Năm 2026",
        "Quý I/2027",
    ]


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_no_day_is_without_its_month_its_quarter_and_its_year_while_they_may_come_in_time(day):
    found = suggestions(day)
    quarter = ROMAN[(day.month - 1) // 3]
    names = {each.name for each in found}
    own = {f"Tháng {day.month}/{day.year}", f"Quý {quarter}/{day.year}", f"Năm {day.year}"}
    assert names >= own or day.day > 23
    order = [(day > each.due_on, each.due_on, MONTHS[each.kind]) for each in found]
    assert (order, len(names)) == (sorted(order), len(found))
