from collections.abc import Callable
from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine

from reports.models import ProgressReport
from reports.state.reporting import Outcome, reporting
from tests.factories import bring_to, make_obligation, make_period, make_plan, make_report, make_unit
from tests.reports.acts import withdraw
from units.models import Succession, Unit

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
LAST_IN_TIME, LAST_OF_GRACE, AFTER = date(2026, 9, 20), date(2026, 9, 23), date(2026, 9, 24)
LONG_AFTER = date(2026, 12, 31)


def at(day: date, hour: int = 9):
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=HANOI), tick=False)


@pytest.fixture
def asked(db) -> SimpleNamespace:
    """Two units owe a period that was opened on 1 September: due on the 20th, three days of grace, locked
    after 31 October."""
    with at(date(2026, 9, 1)):
        plan, unit, other = make_plan(), make_unit("xã A"), make_unit("xã B")
        period = make_period(plan, due_on=LAST_IN_TIME, grace_days=3, locks_on=date(2026, 10, 31))
        owed = make_obligation(period, unit)
        make_obligation(period, other)
    return SimpleNamespace(plan=plan, period=period, unit=unit, other=other, owed=owed)


@pytest.fixture
def sent(asked) -> Callable[..., ProgressReport]:
    """The first unit sends its report, at nine o'clock of the day unless told otherwise."""

    def send(day: date, state: str = "submitted", hour: int = 9) -> ProgressReport:
        with at(day, hour):
            return make_report(asked.unit, asked.period, state)

    return send


def outcome(asked: SimpleNamespace, day: date, unit: Unit | None = None) -> str | None:
    """None where the unit is not asked for the report."""
    rows = {row.unit: row for row in reporting(asked.plan, day).rows}
    row = rows.get(unit or asked.unit)
    cell = row.cells.get(asked.period.pk) if row else None
    return cell.outcome.value if cell else None


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        (date(2026, 9, 1), 9, "on_time"),
        (date(2026, 9, 20), 23, "on_time"),
        (date(2026, 9, 21), 0, "in_grace"),
        (date(2026, 9, 23), 23, "in_grace"),
        (date(2026, 9, 24), 0, "late"),
        (date(2026, 10, 31), 9, "late"),
    ],
)
def test_what_came_is_as_good_as_the_day_on_which_it_came(asked, sent, day, hour, expected):
    sent(day, hour=hour)
    assert [outcome(asked, on) for on in (day, LONG_AFTER)] == [expected, expected]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 8, 31), None),
        (date(2026, 9, 1), "time_left"),
        (date(2026, 9, 20), "time_left"),
        (date(2026, 9, 21), "time_left"),
        (date(2026, 9, 23), "time_left"),
        (date(2026, 9, 24), "missing"),
        (date(2026, 12, 31), "missing"),
    ],
)
def test_what_has_not_come_is_missing_once_it_would_be_late(asked, day, expected):
    assert outcome(asked, day) == expected


def test_a_report_that_came_later_was_missing_until_then(asked, sent):
    sent(date(2026, 9, 26))
    days = (AFTER, date(2026, 9, 25), date(2026, 9, 26))
    assert [outcome(asked, day) for day in days] == ["missing", "missing", "late"]


def test_without_days_of_grace_the_day_after_the_due_day_is_late(asked, sent):
    with at(date(2026, 9, 2)):
        asked.period.grace_days = 0
        asked.period.save()
    sent(date(2026, 9, 21))
    assert (outcome(asked, LONG_AFTER), outcome(asked, LONG_AFTER, asked.other)) == ("late", "missing")
    assert [outcome(asked, day, asked.other) for day in (LAST_IN_TIME, date(2026, 9, 21))] == [
        "time_left",
        "missing",
    ]


def test_a_lock_within_the_days_of_grace_ends_them(asked):
    with at(date(2026, 9, 2)):
        asked.period.locks_on = date(2026, 9, 21)
        asked.period.save()
    assert [outcome(asked, date(2026, 9, day)) for day in (21, 22)] == ["time_left", "missing"]


def test_a_report_that_is_being_written_has_not_come(asked):
    with at(date(2026, 9, 5)):
        report = make_report(asked.unit, asked.period)
    assert [outcome(asked, day) for day in (LAST_OF_GRACE, AFTER)] == ["time_left", "missing"]
    [cell] = [cell for cell in reporting(asked.plan, AFTER).cells_of(asked.period) if cell.unit == asked.unit]
    assert (cell.standing.report, cell.report) == (report, None)


def test_a_draft_that_was_discarded_is_told_of_its_days_alone(asked):
    with at(date(2026, 9, 5)):
        report = make_report(asked.unit, asked.period)
    key = report.pk
    with at(date(2026, 9, 8)):
        report.discard(report.version)
    days = [date(2026, 9, day) for day in (4, 5, 7, 8)]
    begun = [reporting(asked.plan, day).rows[0].cells[asked.period.pk].standing.report for day in days]
    assert [report and report.pk for report in begun] == [None, key, key, None]


def test_a_report_that_was_taken_back_is_missing_until_it_is_sent_again(asked, sent, cast):
    report = sent(date(2026, 9, 19))
    with at(date(2026, 9, 25)):
        withdraw(report, cast.owner)
    with at(date(2026, 9, 28)):
        bring_to(report, "submitted")
    days = (date(2026, 9, 19), AFTER, date(2026, 9, 25), date(2026, 9, 27), date(2026, 9, 28))
    assert [outcome(asked, day) for day in days] == ["on_time", "on_time", "missing", "missing", "on_time"]


def test_a_report_that_was_returned_came_on_its_first_day(asked, sent, cast):
    report = sent(date(2026, 9, 19))
    with at(date(2026, 9, 25)):
        report.send_back(cast.staff, report.version, "Thiếu số liệu.", {})
    with at(date(2026, 10, 5)):
        bring_to(report, "submitted")
    with at(date(2026, 10, 6)):
        report.accept(cast.staff, report.version)
    days = (AFTER, date(2026, 9, 25), date(2026, 10, 5), LONG_AFTER)
    found = [reporting(asked.plan, day).rows[0].cells[asked.period.pk] for day in days]
    assert [(cell.outcome.value, cell.standing.stage.value) for cell in found] == [
        ("on_time", "waiting"),
        ("on_time", "returned"),
        ("on_time", "waiting"),
        ("on_time", "accepted"),
    ]


def test_a_revision_changes_nothing_of_when_the_report_came(asked, sent):
    first = sent(date(2026, 9, 22), "accepted")
    with at(date(2026, 10, 10)):
        second = make_report(asked.unit, asked.period, "submitted", revision=2)
    with at(date(2026, 10, 12)):
        bring_to(second, "accepted")
    days = (date(2026, 10, 9), date(2026, 10, 10), date(2026, 10, 12))
    found = [reporting(asked.plan, day).rows[0].cells[asked.period.pk] for day in days]
    assert [(cell.outcome.value, cell.report.pk, cell.standing.report.pk) for cell in found] == [
        ("in_grace", first.pk, first.pk),
        ("in_grace", first.pk, second.pk),
        ("in_grace", second.pk, second.pk),
    ]


def exception(asked: SimpleNamespace, day: date) -> date | None:
    [row] = reporting(asked.plan, day).narrowed(unit=asked.unit.pk).rows
    return row.cells[asked.period.pk].exception


def test_a_unit_with_an_exception_is_missing_all_the_same(asked):
    with at(date(2026, 11, 5)):
        asked.owed.extended_to, asked.owed.extension_reason = date(2026, 11, 10), "Bão số 12"
        asked.owed.save()
    until, days = date(2026, 11, 10), [date(2026, 11, day) for day in (4, 5, 10, 11)]
    assert [outcome(asked, day) for day in days] == ["missing"] * 4
    assert [exception(asked, day) for day in days] == [None, until, until, None]


def test_an_exception_that_is_given_early_makes_nothing_late(asked):
    with at(date(2026, 9, 5)):
        asked.owed.extended_to, asked.owed.extension_reason = date(2026, 11, 10), "Bão số 12"
        asked.owed.save()
    assert [outcome(asked, day) for day in (LAST_OF_GRACE, AFTER)] == ["time_left", "missing"]


def test_what_comes_within_an_exception_is_late_all_the_same(asked, sent):
    with at(date(2026, 11, 5)):
        asked.owed.extended_to, asked.owed.extension_reason = date(2026, 11, 10), "Bão số 12"
        asked.owed.save()
    sent(date(2026, 11, 10))
    assert outcome(asked, LONG_AFTER) == "late"


def test_an_exception_that_was_taken_back_held_on_its_days_alone(asked):
    for day, until, reason in ((5, date(2026, 11, 20), "Bão số 12"), (7, None, "")):
        with at(date(2026, 11, day)):
            asked.owed.extended_to, asked.owed.extension_reason = until, reason
            asked.owed.save()
    until = date(2026, 11, 20)
    assert [exception(asked, date(2026, 11, day)) for day in (4, 5, 6, 7)] == [None, until, until, None]


def test_a_period_that_is_edited_later_changes_no_earlier_day(asked, sent):
    sent(date(2026, 9, 25))
    with at(date(2026, 10, 1)):
        asked.period.due_on, asked.period.name = date(2026, 9, 25), "Quý III/2026 (lùi hạn)"
        asked.period.save()
    days = (AFTER, date(2026, 9, 30), date(2026, 10, 1))
    assert [outcome(asked, day) for day in days] == ["missing", "late", "on_time"]
    assert [str(reporting(asked.plan, day).periods[0]) for day in days] == [
        "Quý III/2026",
        "Quý III/2026",
        "Quý III/2026 (lùi hạn)",
    ]


def test_a_unit_that_was_asked_later_owed_nothing_before(asked):
    with at(date(2026, 9, 26)):
        late_unit = make_unit("xã C")
        make_obligation(asked.period, late_unit)
    assert [outcome(asked, day, late_unit) for day in (date(2026, 9, 25), date(2026, 9, 26))] == [
        None,
        "missing",
    ]


def test_a_period_that_was_removed_is_there_on_its_days(asked):
    with at(date(2026, 9, 10)):
        asked.period.remove()
    found = [reporting(asked.plan, date(2026, 9, day)) for day in (9, 10)]
    assert [(len(each.periods), len(each.rows)) for each in found] == [(1, 2), (0, 0)]


def test_before_the_first_period_there_is_nothing(asked):
    found = reporting(asked.plan, date(2026, 8, 31))
    assert (found.periods, found.rows, found.current) == ([], [], None)


def test_other_plans_are_not_read(asked):
    with at(date(2026, 9, 2)):
        other = make_period(make_plan(), name="Khác")
        make_obligation(other, asked.unit)
        make_report(asked.unit, other, "submitted")
    assert outcome(asked, AFTER) == "missing"
    assert [period.pk for period in reporting(asked.plan, AFTER).periods] == [asked.period.pk]


def test_the_newest_period_comes_first_and_the_last_closed_one_is_current(asked):
    with at(date(2026, 9, 1)):
        quarters = [
            make_period(asked.plan, name=name, figures_from=first, figures_to=last, due_on=last)
            for name, first, last in (
                ("Quý II", date(2026, 3, 15), date(2026, 6, 14)),
                ("Quý IV", date(2026, 9, 15), date(2026, 12, 14)),
            )
        ]
    found = reporting(asked.plan, date(2026, 9, 14))
    assert [str(period) for period in found.periods] == ["Quý IV", "Quý III/2026", "Quý II"]
    days = (date(2026, 9, 13), date(2026, 9, 14), date(2026, 12, 14))
    assert [str(reporting(asked.plan, day).current) for day in days] == ["Quý II", "Quý III/2026", "Quý IV"]
    with at(date(2026, 9, 2)):
        quarters[0].remove()
    assert str(reporting(asked.plan, date(2026, 9, 13)).current) == "Quý III/2026"


def test_names_are_those_of_the_day_and_rows_in_their_order(asked):
    with at(date(2026, 10, 1)):
        asked.unit.short_name = "xã Đông"
        asked.unit.save()
        early = make_unit("xã Cao")
        make_obligation(asked.period, early)
    names = [[str(row.unit) for row in reporting(asked.plan, day).rows] for day in (AFTER, LONG_AFTER)]
    assert names == [["xã A", "xã B"], ["xã B", "xã Cao", "xã Đông"]]


def test_a_unit_that_was_merged_stands_below_the_one_that_it_goes_on_in(asked):
    with at(date(2026, 10, 1)):
        heir = make_unit("xã Z")
        make_obligation(asked.period, heir)
        for unit in (asked.unit, asked.other):
            Succession.objects.create(predecessor=unit, successor=heir, effective_on=date(2026, 10, 5))
    rows = [
        [(str(row.unit), str(row.carrier)) for row in reporting(asked.plan, day).rows]
        for day in (date(2026, 10, 4), date(2026, 10, 5))
    ]
    assert rows == [
        [("xã A", "xã A"), ("xã B", "xã B"), ("xã Z", "xã Z")],
        [("xã Z", "xã Z"), ("xã A", "xã Z"), ("xã B", "xã Z")],
    ]


@pytest.fixture
def many(asked, sent) -> SimpleNamespace:
    """Of two periods: A was in grace and owes the next, B is missing, C was late, D has an exception."""
    sent(date(2026, 9, 22))
    with at(date(2026, 9, 2)):
        late, excepted = make_unit("xã C"), make_unit("hội D", Unit.Kind.MEMBER)
        make_obligation(asked.period, late)
        make_obligation(asked.period, excepted, extended_to=date(2027, 1, 31), extension_reason="Bão số 12")
        following = make_period(
            asked.plan, name="Quý IV", figures_to=date(2026, 12, 14), due_on=date(2027, 1, 15)
        )
        make_obligation(following, asked.unit)
        make_obligation(following, late)
    with at(date(2026, 9, 30)):
        make_report(late, asked.period, "submitted")
    with at(date(2026, 12, 20)):
        make_report(late, following, "submitted")
    return SimpleNamespace(following=following, late=late, excepted=excepted, **vars(asked))


def test_what_became_of_a_period_is_counted(many):
    counts = reporting(many.plan, LONG_AFTER).outcomes_of(many.period)
    assert {outcome.value: number for outcome, number in counts.counts.items()} == {
        "on_time": 0,
        "in_grace": 1,
        "late": 1,
        "missing": 2,
        "time_left": 0,
    }
    assert (counts.asked, counts.due, counts.sent, counts.in_time, counts.share_in_time) == (4, 4, 2, 1, 25)


def test_a_unit_is_measured_by_what_came_or_was_due(many):
    parts = {str(part.unit): part.outcomes for part in reporting(many.plan, LONG_AFTER).parts}
    assert {name: (counts.in_time, counts.due) for name, counts in parts.items()} == {
        "hội D": (0, 1),
        "xã A": (1, 1),
        "xã B": (0, 1),
        "xã C": (1, 2),
    }


def test_what_a_unit_is_measured_by_and_asked_for_is_all_that_it_goes_on_for(many):
    with at(date(2026, 10, 1)):
        heir = make_unit("Hội Z", Unit.Kind.MEMBER)
        for unit in (many.unit, many.late):
            Succession.objects.create(predecessor=unit, successor=heir, effective_on=date(2026, 10, 5))
    whole = reporting(many.plan, LONG_AFTER)
    parts = [
        (str(part.unit), [str(row.unit) for row in part.rows], part.outcomes.in_time, part.outcomes.due)
        for part in whole.parts
    ]
    assert parts[1:] == [("Hội Z", ["xã A", "xã C"], 2, 3), ("xã B", ["xã B"], 0, 1)]
    assert [str(row.unit) for row in whole.narrowed(unit=heir.pk).rows] == ["xã A", "xã C"]
    assert whole.narrowed(unit=many.unit.pk).rows == []
    assert [str(row.unit) for row in whole.narrowed("ward").rows] == ["xã B"]


def test_whom_to_ask_for_the_report(many):
    days = (date(2026, 9, 20), LAST_OF_GRACE, AFTER, date(2027, 2, 1))
    found = {
        day: [str(cell.unit) for cell in reporting(many.plan, day).missing_of(many.period)] for day in days
    }
    assert found == {
        date(2026, 9, 20): ["hội D", "xã A", "xã B", "xã C"],
        LAST_OF_GRACE: ["hội D", "xã B", "xã C"],
        AFTER: ["hội D", "xã B", "xã C"],
        date(2027, 2, 1): ["hội D", "xã B"],
    }
    whole = reporting(many.plan, LONG_AFTER)
    assert [str(cell.unit) for cell in whole.missing_of(many.following)] == ["xã A"]


def test_one_kind_of_units_and_one_unit(many):
    whole = reporting(many.plan, LONG_AFTER)
    assert [str(row.unit) for row in whole.narrowed("member").rows] == ["hội D"]
    assert [str(row.unit) for row in whole.narrowed(unit=many.late.pk).rows] == ["xã C"]
    assert whole.narrowed("member", many.late.pk).rows == []
    assert whole.narrowed("ward").outcomes_of(many.period).asked == 3


@pytest.mark.parametrize("units", [11, 200])
def test_many_units_ask_no_more_than_few(asked, django_assert_num_queries, units):
    with at(date(2026, 9, 3)):
        following = make_period(asked.plan, name="Quý IV", figures_to=date(2026, 12, 14))
        for number in range(units - 2):
            unit = make_unit()
            make_obligation(asked.period, unit)
            make_obligation(following, unit)
            if number % 2:
                make_report(unit, asked.period, "submitted")
    with django_assert_num_queries(5):
        found = reporting(asked.plan, LONG_AFTER)
        counts = found.outcomes_of(asked.period)
    assert (len(found.rows), counts.asked) == (units, units)
    assert counts.counts[Outcome.ON_TIME] == (units - 2) // 2
