from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from plans.models import Plan
from reports.models import ProgressReport
from reports.reading.previous import accepted_before, last_accepted
from reports.state.counts import counts_by
from reports.state.work import Progress, works_of_plans
from tasks.models import Assignment
from tests.factories import (
    bring_to,
    make_assignment,
    make_entry,
    make_group,
    make_period,
    make_plan,
    make_report,
    make_task,
    make_unit,
)
from tests.reports.acts import accept

DUE = date(2026, 9, 10)
AFTER = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _before_all_of_it():
    """What the tests make was there before the days that they ask about."""
    with time_machine.travel(datetime(2026, 1, 5, tzinfo=UTC)):
        yield


@pytest.fixture
def said(cast, work):
    """An accepted entry: `said("in_progress", "2026-09-01", 40)`; accepted on its day."""

    def said(status: str, day: str, percent: int = 0, assignment: Assignment | None = None):
        assignment = assignment or work.assignment
        report = make_report(assignment.unit, plan=assignment.task.group.plan)
        percent = 100 if status == "done" else percent
        make_entry(report, assignment, status=status, percent=percent)
        bring_to(report, "submitted", cast.staff)
        report.state, report.reported_on = "accepted", date.fromisoformat(day)
        noon = timezone.make_aware(datetime.combine(report.reported_on, time(12)))
        report.accepted_by, report.accepted_at = cast.staff, noon + timedelta(seconds=report.pk)
        report.save()
        return report

    return said


@pytest.fixture
def told(cast, work):
    """A revision of one report that waits: `told(1, "done")`."""
    period = make_period(work.plan)

    def told(revision: int, status: str, percent: int = 0) -> ProgressReport:
        report = make_report(work.assignment.unit, period, revision=revision)
        make_entry(report, work.assignment, status=status, percent=percent)
        bring_to(report, "submitted", cast.staff)
        return report

    return told


def state(on: date = AFTER) -> tuple:
    (one,) = works_of_plans(Plan.objects.all(), on)
    if one.account is None:
        return one.progress, None, None, None, None
    account = one.account
    return one.progress, account.status, account.percent, account.reported_on, account.done_on


def due(work, day: date | None) -> None:
    work.task.due_on = day
    work.task.save()


def test_what_nobody_reported_has_not_begun_until_it_is_overdue(work):
    due(work, DUE)
    assert state(DUE) == ("not_started", None, None, None, None)
    assert state(DUE + timedelta(days=1)) == ("overdue", None, None, None, None)


def test_without_a_deadline_nothing_is_late(work, said):
    assert state()[0] == "not_started"
    said("in_progress", "2026-09-01", 40)
    assert state() == ("in_progress", "in_progress", 40, date(2026, 9, 1), None)
    said("done", "2026-11-30")
    assert state() == ("done_in_time", "done", 100, date(2026, 11, 30), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("status", "in_time"), [("not_started", "not_started"), ("in_progress", "in_progress")]
)
def test_what_is_not_done_is_overdue_from_the_day_after(work, said, status, in_time):
    due(work, DUE)
    said(status, "2026-09-01")
    assert (state(DUE)[0], state(DUE + timedelta(days=1))[0]) == (status, "overdue")


@pytest.mark.parametrize(("day", "progress"), [("2026-09-10", "done_in_time"), ("2026-09-11", "done_late")])
def test_done_is_in_time_by_the_day_it_is_reported_for(work, said, day, progress):
    due(work, DUE)
    said("done", day)
    assert state()[0] == progress


def test_the_own_deadline_holds_before_the_tasks(work, said):
    due(work, DUE)
    work.assignment.due_on = date(2026, 10, 1)
    work.assignment.save()
    said("done", "2026-09-20")
    assert state()[0] == "done_in_time"


def test_done_in_time_stays_so_when_later_reports_say_it_again(work, said):
    due(work, DUE)
    said("done", "2026-09-01")
    said("done", "2026-11-30")
    assert state() == ("done_in_time", "done", 100, date(2026, 11, 30), date(2026, 9, 1))


def test_what_was_taken_back_is_done_when_it_is_done_again(work, said):
    due(work, DUE)
    said("done", "2026-09-01")
    said("in_progress", "2026-09-01", 90)
    assert state() == ("overdue", "in_progress", 90, date(2026, 9, 1), None)
    said("done", "2026-10-05")
    assert (state()[0], state()[4]) == ("done_late", date(2026, 10, 5))


def test_the_newest_day_counts_and_of_one_day_what_was_accepted_last(work, said):
    said("in_progress", "2026-09-10", 60)
    said("in_progress", "2026-09-01", 20)
    assert state()[2] == 60
    said("in_progress", "2026-09-10", 70)
    assert state()[2] == 70


def test_a_day_sees_what_was_reported_until_then(work, said):
    due(work, DUE)
    said("in_progress", "2026-09-01", 60)
    said("done", "2026-09-20")
    assert [state(date(2026, 8, 31))[0], state(date(2026, 9, 10))[0]] == ["not_started", "in_progress"]
    assert [state(date(2026, 9, 19))[0], state(date(2026, 9, 20))[0]] == ["overdue", "done_late"]


@pytest.mark.parametrize("waits", ["draft", "submitted", "returned"])
def test_what_is_not_accepted_does_not_count(cast, work, waits):
    report = make_report(cast.ward, make_period(work.plan))
    make_entry(report, work.assignment)
    bring_to(report, waits, cast.owner)
    assert state() == ("not_started", None, None, None, None)


def test_plans_are_counted_by_class_without_what_has_ended(cast, work, said, django_assert_num_queries):
    due(work, DUE)
    done = make_assignment(make_task(work.group), cast.ward)
    said("done", "2026-09-01", assignment=done)
    ended = make_assignment(make_task(work.group), cast.other_ward)
    said("done", "2026-09-01", assignment=ended)
    ended.remove()
    other = make_plan()
    for _number in range(3):
        make_assignment(make_task(make_group(other)), make_unit())
    empty = make_plan()
    with django_assert_num_queries(8):
        found = counts_by(works_of_plans([work.plan, other, empty], AFTER), lambda one: one.group.plan_id)
    named = {plan: {key.value: n for key, n in counts.classes.items() if n} for plan, counts in found.items()}
    assert named == {
        work.plan.pk: {"overdue": 1, "done_in_time": 1},
        other.pk: {"not_started": 3},
    }
    assert (found[work.plan.pk].total, list(found[other.pk].classes)) == (2, list(Progress))


@pytest.fixture
def corrected(cast, work):
    """An accepted report of the 14th that says done, and its revision of the 10th that says 10 %."""
    period = make_period(work.plan)
    for revision, day, status, percent in ((1, 14, "done", 100), (2, 10, "in_progress", 10)):
        report = make_report(cast.ward, period, revision=revision)
        make_entry(report, work.assignment, status=status, percent=percent)
        at = timezone.make_aware(datetime(2026, 12, 1, revision))
        report.mark_submitted(cast.staff, date(2026, 9, day), now=at)
        report.state, report.accepted_at, report.accepted_by = "accepted", at, cast.staff
        report.save()
    return period


def test_what_a_revision_replaced_counts_no_more(work, corrected):
    assert state() == ("in_progress", "in_progress", 10, date(2026, 9, 10), None)
    assert last_accepted([work.assignment])[work.assignment.pk].percent == 10


def test_what_a_revision_replaced_is_no_measure_of_a_later_report(cast, work, corrected):
    later = make_report(cast.ward, make_period(work.plan, name="Quý IV/2026"))
    entry = make_entry(later, work.assignment)
    bring_to(later, "submitted", cast.owner, timezone.make_aware(datetime(2026, 12, 2)))
    assert accepted_before([later])[entry.pk].percent == 10
    first = ProgressReport.objects.get(period=corrected, revision=1)
    assert accepted_before([first]) == {}


def test_a_revision_that_is_accepted_while_the_state_is_read_takes_nothing_away(cast, told):
    accept(told(1, "done", 100), cast.staff)
    waiting = [told(2, "in_progress", 60)]

    def accept_between_the_queries(execute, sql, *rest):
        if '"reports_progressreport"."id" IN (' in sql and waiting:
            accept(waiting.pop(), cast.staff)
        return execute(sql, *rest)

    with connection.execute_wrapper(accept_between_the_queries):
        assert state()[1:3] == ("done", 100)
    assert waiting == []
    assert state()[1:3] == ("in_progress", 60)
