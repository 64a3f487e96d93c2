"""What staff and leaders see of reports on their first page."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import (
    bring_to,
    make_assignment,
    make_entry,
    make_group,
    make_obligation,
    make_period,
    make_plan,
    make_report,
    make_task,
    make_unit,
)
from tests.pages import in_english, links, texts, tree, words

REVIEW = "//main//section[contains(@class, 'due')]"
PERIODS = "//main//section[h2[.='Open reporting periods']]"


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-09-14 09:00+07:00", tick=False)


@pytest.fixture
def home(as_user):
    return lambda user: in_english(as_user(user)).get("/")


@pytest.fixture
def period(cast, work):
    """Both wards owe it."""
    period = make_period(work.plan, grace_days=3)
    for unit in (cast.ward, cast.other_ward):
        make_obligation(period, unit)
    return period


def test_what_waits_is_told_to_those_who_review_with_the_oldest(cast, period, home, time_machine):
    assert texts(home(cast.staff), REVIEW) == []
    make_report(cast.other_ward, period, state="submitted", by=cast.outsider)
    time_machine.move_to("2026-09-16 09:00+07:00", tick=False)
    make_report(cast.ward, period, state="submitted", by=cast.owner)
    for person in (cast.admin, cast.staff):
        page = home(person)
        assert texts(page, f"{REVIEW}//h2 | {REVIEW}//p") == [
            "2 reports wait for review",
            "The oldest: phường Đồi Thông, Quý III/2026, sent on 14/09/2026.",
        ]
        assert reverse("review-reports") in links(page)
    assert texts(home(cast.leader), REVIEW) == []


def test_an_open_period_shows_who_has_answered(cast, period, home):
    make_report(cast.ward, period, state="submitted", by=cast.owner)
    for person in (cast.staff, cast.leader):
        page = home(person)
        assert texts(page, f"{PERIODS}//a")[0] == "Quý III/2026"
        assert texts(page, f"{PERIODS}//*[@class='holder-state small']") == [
            "1/2 submitted · Due 20/09/2026 6 days left"
        ]
        assert texts(page, f"{PERIODS}//ul[@class='legend']/li") == [
            "2 units owe a report",
            "Waiting for review 1",
            "Not started 1",
        ]
        assert "Not reported yet: phường Đồi Thông" in words(page, PERIODS)
        assert f"{reverse('show-period', args=[period.pk])}?state=missing" in links(page)


def test_late_units_are_called_late_after_the_days_of_grace(cast, period, home, time_machine):
    make_report(cast.ward, period, state="accepted", by=cast.staff)
    time_machine.move_to("2026-09-23 09:00+07:00", tick=False)
    assert "Not reported yet: phường Đồi Thông" in words(home(cast.staff), PERIODS)
    time_machine.move_to("2026-09-24 09:00+07:00", tick=False)
    assert "! Late phường Đồi Thông" in words(home(cast.staff), PERIODS)


def test_of_many_units_a_few_are_named(cast, period, home):
    for number in range(6):
        make_obligation(period, make_unit(f"phường Yên {number}"))
    page = home(cast.staff)
    assert len(texts(page, f"{PERIODS}//span[@class='part']")) == 5
    assert "all 8" in words(page, PERIODS)


def test_what_is_settled_or_locked_or_of_a_closed_plan_is_left_out(cast, work, home):
    settled = make_period(work.plan, name="Xong")
    make_obligation(settled, cast.ward)
    make_report(cast.ward, settled, state="accepted", by=cast.staff)
    days = {"due_on": date(2026, 9, 1), "locks_on": date(2026, 9, 13)}
    make_obligation(make_period(work.plan, name="Khóa", **days), cast.ward)
    make_obligation(make_period(make_plan(state="closed"), name="Cũ"), cast.ward)
    assert texts(home(cast.staff), PERIODS) == []


def test_a_locked_period_is_listed_while_an_exception_runs(cast, work, home, time_machine):
    period = make_period(work.plan, due_on=date(2026, 9, 1), locks_on=date(2026, 9, 13))
    make_obligation(period, cast.ward, extended_to=date(2026, 9, 15), extension_reason="Bão lụt.")
    make_obligation(period, cast.other_ward)
    for person in (cast.staff, cast.leader):
        assert "! Late phường Bãi Cát phường Đồi Thông" in words(home(person), PERIODS)
    time_machine.move_to("2026-09-16 09:00+07:00", tick=False)
    assert texts(home(cast.staff), PERIODS) == []


def test_an_earlier_plan_shows_where_its_work_stands(cast, work, home):
    report = make_report(cast.ward, plan=work.plan)
    make_entry(report, work.assignment, status="done", percent=100)
    bring_to(report, "accepted", cast.staff)
    late = make_task(work.group, due_on=date(2026, 9, 1))
    for unit in (cast.ward, cast.other_ward):
        make_assignment(late, unit)
    make_assignment(make_task(make_group(make_plan())), cast.ward)
    page = home(cast.leader)
    assert texts(page, "//main//*[@class='plan-bar']//li") == [
        "3 assignments",
        "Done in time 1",
        "Not done, overdue 2",
    ]
    assert texts(page, "//main//*[@class='plan-bar']//*[@role='img']") == [
        "Done in time: 1; Not done, overdue: 2"
    ]
    rects = tree(page).xpath("//*[@class='plan-bar']//*[@role='img']//rect")
    assert [(rect.get("class"), rect.get("x"), rect.get("width")) for rect in rects] == [
        ("bar-good", "0.000", "33.333"),
        ("bar-bad", "33.333", "66.667"),
    ]


def test_a_plan_that_nobody_works_on_shows_no_bar(cast, home):
    make_plan()
    assert texts(home(cast.leader), "//*[@class='plan-bar']") == []


@pytest.mark.parametrize("rows", [2, 30])
@pytest.mark.parametrize(("role", "queries"), [("staff", 30), ("leader", 28)])
def test_many_periods_and_reports_ask_no_more_than_one(
    cast, as_user, django_assert_num_queries, role, queries, rows
):
    for _number in range(rows):
        plan = make_plan()
        assignment = make_assignment(make_task(make_group(plan)), make_unit())
        period = make_period(plan)
        for unit in (assignment.unit, make_unit()):
            make_obligation(period, unit)
        report = make_report(assignment.unit, period)
        make_entry(report, assignment)
        bring_to(report, "submitted", cast.owner)
    client = as_user(getattr(cast, role))
    with django_assert_num_queries(queries):
        client.get("/")
