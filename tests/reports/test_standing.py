from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from reports.models import Obligation, ProgressReport
from reports.owed.standing import Arrival, Stage, Step, Window, standings, tallies, tally, window
from tests.factories import bring_to, make_obligation, make_period, make_plan, make_report, make_unit

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DUE = date(2026, 9, 20)
EARLY = datetime(2026, 9, 1, 8, tzinfo=HANOI)


@pytest.fixture
def period(work):
    """Due on 20 September with three days of grace; locked after 31 October."""
    return make_period(work.plan, due_on=DUE, grace_days=3, locks_on=date(2026, 10, 31))


@pytest.fixture
def owed(period, cast):
    return make_obligation(period, cast.ward)


def standing_of(obligation: Obligation, on: date = DUE):
    return standings([obligation], on)[0]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 6, 1), Window.OPEN),
        (date(2026, 9, 20), Window.OPEN),
        (date(2026, 9, 21), Window.GRACE),
        (date(2026, 9, 23), Window.GRACE),
        (date(2026, 9, 24), Window.LATE),
        (date(2026, 10, 31), Window.LATE),
        (date(2026, 11, 1), Window.LOCKED),
    ],
)
def test_the_window_of_a_period(period, owed, day, expected):
    assert (window(period, day), standing_of(owed, day).window) == (expected, expected)


def test_without_a_lock_day_a_period_stays_open(period):
    period.locks_on = None
    assert window(period, date(2099, 1, 1)) == Window.LATE


def test_a_lock_within_the_days_of_grace_ends_them(period):
    period.locks_on = DUE
    assert window(period, DUE + timedelta(days=1)) == Window.LOCKED


def test_an_exception_makes_one_unit_late_instead_of_locked(period, owed, cast):
    other = make_obligation(period, cast.other_ward)
    owed.extended_to, owed.extension_reason = date(2026, 11, 10), "Bão số 12"
    windows = [
        (standing_of(owed, day).window, standing_of(other, day).window)
        for day in (date(2026, 9, 1), date(2026, 10, 31), date(2026, 11, 10), date(2026, 11, 11))
    ]
    assert windows == [
        (Window.OPEN, Window.OPEN),
        (Window.LATE, Window.LATE),
        (Window.LATE, Window.LOCKED),
        (Window.LOCKED, Window.LOCKED),
    ]


@pytest.mark.parametrize(
    ("when", "arrival"),
    [
        (datetime(2026, 9, 1, 0, 0, tzinfo=HANOI), Arrival.IN_TIME),
        (datetime(2026, 9, 20, 23, 59, tzinfo=HANOI), Arrival.IN_TIME),
        (datetime(2026, 9, 21, 0, 0, tzinfo=HANOI), Arrival.IN_GRACE),
        (datetime(2026, 9, 23, 23, 59, tzinfo=HANOI), Arrival.IN_GRACE),
        (datetime(2026, 9, 24, 0, 0, tzinfo=HANOI), Arrival.LATE),
        # Still the day before by the clock of Greenwich.
        (datetime(2026, 9, 24, 6, 59, tzinfo=HANOI), Arrival.LATE),
    ],
)
def test_a_report_arrives_on_the_day_of_its_place(period, owed, cast, when, arrival):
    make_report(cast.ward, period, "submitted", at=when)
    found = standing_of(owed, date(2026, 12, 1))
    assert (found.arrived_on, found.arrival, found.is_late) == (
        when.date(),
        arrival,
        arrival == Arrival.LATE,
    )


def test_without_days_of_grace_the_day_after_is_late(period, owed, cast):
    period.grace_days = 0
    period.save()
    make_report(cast.ward, period, "submitted", at=datetime(2026, 9, 21, 8, tzinfo=HANOI))
    owed.refresh_from_db()
    assert standing_of(owed).arrival == Arrival.LATE


@pytest.mark.parametrize(
    ("state", "stage", "missing"),
    [
        ("draft", Stage.WRITING, True),
        ("submitted", Stage.WAITING, False),
        ("returned", Stage.RETURNED, False),
        ("accepted", Stage.ACCEPTED, False),
    ],
)
def test_the_stage_of_a_first_report(period, owed, cast, state, stage, missing):
    report = make_report(cast.ward, period, state)
    found = standing_of(owed)
    assert (found.stage, found.is_missing, found.report, found.revision) == (stage, missing, report, None)
    assert found.accepted == (report if state == "accepted" else None)


def test_what_has_not_come_is_late_once_it_is_past_due(owed):
    found = {day: standing_of(owed, day) for day in (date(2026, 9, 23), date(2026, 9, 24), date(2026, 11, 1))}
    assert [(each.stage, each.is_missing, each.is_late) for each in found.values()] == [
        (Stage.NOT_STARTED, True, False),
        (Stage.NOT_STARTED, True, True),
        (Stage.NOT_STARTED, True, True),
    ]
    assert [(each.report, each.arrived_on, each.arrival) for each in found.values()] == [
        (None, None, None)
    ] * 3


def test_a_returned_report_that_came_in_time_stays_in_time(period, owed, cast):
    report = make_report(cast.ward, period, "returned", at=EARLY)
    bring_to(report, "submitted", at=datetime(2026, 10, 5, 8, tzinfo=HANOI))
    assert (standing_of(owed).stage, standing_of(owed).arrival) == (Stage.WAITING, Arrival.IN_TIME)


def test_a_report_that_was_taken_back_is_missing_again(period, owed, cast):
    report = make_report(cast.ward, period, "submitted", at=EARLY)
    report.withdraw(report.version)
    found = standing_of(owed)
    assert (found.stage, found.is_missing, found.arrival) == (Stage.WRITING, True, Arrival.IN_TIME)


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_an_accepted_report_counts_while_its_revision_is_on_the_way(period, owed, cast, state):
    first = make_report(cast.ward, period, "accepted", at=EARLY)
    later = datetime(2026, 12, 5, 8, tzinfo=HANOI)
    second = make_report(cast.ward, period, state, revision=2, at=later)
    found = standing_of(owed)
    assert (found.stage, found.accepted, found.revision, found.report) == (
        Stage.ACCEPTED,
        first,
        second,
        second,
    )
    assert (found.arrival, found.is_late) == (Arrival.IN_TIME, False)


def test_of_two_accepted_revisions_the_newer_counts(period, owed, cast):
    make_report(cast.ward, period, "accepted")
    second = make_report(cast.ward, period, "accepted", revision=2)
    found = standing_of(owed)
    assert (found.accepted, found.revision) == (second, None)


def test_reports_of_others_and_of_other_periods_do_not_count(period, owed, cast, work):
    other = make_period(work.plan, name="Quý IV/2026")
    make_obligation(other, cast.ward)
    make_report(cast.ward, other, "accepted")
    make_report(cast.other_ward, period, "accepted")
    make_report(cast.ward, plan=work.plan, state="accepted")
    assert standing_of(owed).stage == Stage.NOT_STARTED
    assert [each.stage for each in standings(Obligation.objects.order_by("pk"), DUE)] == [
        Stage.NOT_STARTED,
        Stage.ACCEPTED,
    ]


@pytest.mark.parametrize("rows", [1, 30])
def test_many_are_loaded_with_two_queries_and_without_what_is_being_typed(
    period, django_assert_num_queries, rows
):
    for number in range(rows):
        unit = make_unit()
        make_obligation(period, unit)
        make_report(unit, period, ("draft", "submitted", "accepted")[number % 3])
    with django_assert_num_queries(2):
        found = standings(Obligation.objects.select_related("unit", "period"), DUE)
        shown = [(each.stage, each.window, each.arrival, str(each.obligation)) for each in found]
    assert len(shown) == rows
    assert found[0].report.get_deferred_fields() == {"typed", "overview", "difficulties", "next_steps"}


def test_a_tally_in_the_database_is_that_of_the_standings(period, cast, work):
    empty = make_period(work.plan, name="Quý IV/2026")
    ways = [(), ("draft",), ("submitted",), ("returned",), ("accepted",), ("accepted", "accepted")]
    ways += [("accepted", state) for state in ProgressReport.LIVE]
    for states in ways:
        unit = make_unit()
        make_obligation(period, unit)
        for revision, state in enumerate(states, 1):
            make_report(unit, period, state, revision=revision)
    counted = tallies([period, empty])
    assert counted[period.pk] == tally(standings(period.obligations.all(), DUE))
    assert counted[period.pk].stages == {
        Stage.NOT_STARTED: 1,
        Stage.WRITING: 1,
        Stage.RETURNED: 1,
        Stage.WAITING: 1,
        Stage.ACCEPTED: 5,
    }
    found = counted[period.pk]
    assert (found.owed, found.submitted, found.missing) == (9, 7, 2)
    assert (found.waiting, found.returned, found.accepted) == (1, 1, 5)
    assert (counted[empty.pk].owed, counted[empty.pk].missing) == (0, 0)


@pytest.mark.parametrize("locks_on", [None, DUE])
@pytest.mark.parametrize("extended_to", [None, date(2026, 9, 30)])
@pytest.mark.parametrize("state", ["active", "closed"])
@pytest.mark.parametrize(
    "day", [DUE, date(2026, 9, 21), date(2026, 9, 30), date(2026, 10, 1)], ids=lambda day: day.isoformat()
)
def test_who_may_still_send_is_told_of_one_as_of_a_set(cast, locks_on, extended_to, state, day):
    period = make_period(make_plan(state=state), due_on=DUE, locks_on=locks_on)
    reason = "Bão lụt." if extended_to else ""
    owed = make_obligation(period, cast.ward, extended_to=extended_to, extension_reason=reason)
    last = max(locks_on, extended_to or locks_on) if locks_on else date.max
    expected = state == "active" and day <= last
    found = list(Obligation.objects.open_on(day))
    assert (owed.may_submit(day), found) == (expected, [owed] if expected else [])


@pytest.mark.parametrize(
    ("states", "before", "after"),
    [
        ([], Step.START, Step.MISSED),
        (["draft"], Step.WRITE, Step.MISSED),
        (["submitted"], Step.WAIT, Step.WAIT),
        (["returned"], Step.MEND, Step.ASK),
        (["accepted"], Step.NOTHING, Step.NOTHING),
        (["accepted", "draft"], Step.WRITE, Step.NOTHING),
        (["accepted", "submitted"], Step.WAIT, Step.WAIT),
        (["accepted", "returned"], Step.MEND, Step.ASK),
    ],
)
def test_what_is_to_be_done_before_the_lock_and_after_it(period, owed, cast, states, before, after):
    for place, state in enumerate(states):
        make_report(cast.ward, period, state, revision=place + 1, at=EARLY)
    days = (date(2026, 10, 31), date(2026, 11, 1))
    assert [standing_of(owed, day).step for day in days] == [before, after]
