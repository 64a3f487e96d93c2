"""What an officer's first page says is to be done about reports."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    bring_to,
    make_assignment,
    make_entry,
    make_obligation,
    make_period,
    make_plan,
    make_report,
    make_task,
)
from tests.pages import in_english, links, texts, tree, words

CARD = "//main//section[contains(@class, 'due')]"
TODAY = date(2026, 9, 14)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-09-14 09:00+07:00", tick=False)


@pytest.fixture
def home(as_user):
    return lambda user: in_english(as_user(user)).get("/")


@pytest.fixture
def owed(cast, work):
    return make_obligation(make_period(work.plan, locks_on=date(2026, 10, 31)), cast.ward)


def acts(page) -> list[str]:
    """The one thing that each card offers to do."""
    return texts(page, f"{CARD}//*[contains(@class, 'btn-primary')]")


def test_a_report_that_is_owed_is_started_with_one_button(cast, owed, home):
    page = home(cast.owner)
    assert texts(page, f"{CARD}//h2") == ["Report: Quý III/2026"]
    assert texts(page, f"{CARD}//p[@class='due-day']") == ["Due 20/09/2026 6 days left"]
    assert acts(page) == ["Start the report"]
    assert tree(page).xpath(f"{CARD}//form[@method='post']/@action") == [
        reverse("start-report", args=[owed.pk])
    ]


def test_a_begun_report_goes_on(cast, owed, home):
    report = make_report(cast.ward, owed.period, by=cast.owner)
    page = home(cast.owner)
    assert acts(page) == ["Continue"]
    assert reverse("edit-report", args=[report.pk]) in links(page)


def test_a_returned_report_says_who_returned_it_and_why(cast, work, owed, home):
    report = make_report(cast.ward, owed.period, by=cast.owner)
    entry = make_entry(report, work.assignment)
    other = make_entry(report, make_assignment(make_task(work.group, title="Khác"), cast.ward))
    bring_to(report, "submitted", cast.owner)
    report.send_back(
        cast.staff, report.version, "Thiếu số liệu.", {entry.pk: "Bao nhiêu người dự?", other.pk: ""}
    )
    page = home(cast.owner)
    assert texts(page, f"{CARD}//*[@class='note']/*") == [
        "Cán bộ thành phố returned it on 14/09/2026:",
        "Thiếu số liệu.",
        "1.1 Tổ chức hội nghị học tập: Bao nhiêu người dự?",
    ]
    assert acts(page) == ["Mend and send again"]
    assert reverse("edit-report", args=[report.pk]) in links(page)


def test_what_was_sent_waits_and_asks_nothing(cast, owed, home):
    report = make_report(cast.ward, owed.period, state="submitted", by=cast.owner)
    page = home(cast.owner)
    assert acts(page) == []
    said = "Sent on 14/09/2026 by Cán bộ phường Bãi Cát. City staff will look at it and answer here"
    assert said in words(page, CARD)
    assert report.get_absolute_url() in links(page)


def test_an_answer_is_a_quiet_line(cast, owed, home):
    report = make_report(cast.ward, owed.period, state="accepted", by=cast.staff)
    page = home(cast.owner)
    assert texts(page, f"{CARD}//h2") == ["Nothing is to be sent now"]
    assert texts(page, "//ul[@class='settled']/li") == [
        "✓ Quý III/2026: accepted on 14/09/2026 by Cán bộ thành phố"
    ]
    assert report.get_absolute_url() in links(page)


def test_a_revision_of_what_was_accepted_is_written_on(cast, owed, home):
    make_report(cast.ward, owed.period, state="accepted", by=cast.staff)
    make_report(cast.ward, owed.period, revision=2, by=cast.owner)
    page = home(cast.owner)
    assert texts(page, f"{CARD}//h2") == ["Report: Quý III/2026 · revision 2"]
    assert acts(page) == ["Continue"]


@pytest.mark.parametrize("begun", [False, True])
def test_a_locked_report_says_what_to_do(cast, owed, home, time_machine, begun):
    if begun:
        make_report(cast.ward, owed.period, by=cast.owner)
    time_machine.move_to("2026-10-31 23:00+07:00", tick=False)
    assert acts(home(cast.owner)) == ["Continue" if begun else "Start the report"]
    time_machine.move_to("2026-11-01 00:30+07:00", tick=False)
    page = home(cast.owner)
    assert acts(page) == []
    assert "It was due on 20/09/2026" in words(page, CARD)
    assert "Ask the city Front for an exception" in words(page, CARD)
    assert ("What was written so far is kept." in words(page, CARD)) is begun


def test_what_was_returned_and_is_locked_says_why_and_what_to_ask_for(cast, work, owed, home, time_machine):
    report = make_report(cast.ward, owed.period, by=cast.owner)
    entry = make_entry(report, work.assignment)
    bring_to(report, "submitted", cast.owner)
    report.send_back(cast.staff, report.version, "Thiếu số liệu.", {entry.pk: "Bao nhiêu người dự?"})
    time_machine.move_to("2026-11-01 09:00+07:00", tick=False)
    page = home(cast.owner)
    assert texts(page, f"{CARD}//*[@class='note']/*") == [
        "Cán bộ thành phố returned it on 14/09/2026:",
        "Thiếu số liệu.",
        "1.1 Tổ chức hội nghị học tập: Bao nhiêu người dự?",
    ]
    assert "Nothing more can be sent since 31/10/2026. Ask the city Front for an exception" in words(
        page, CARD
    )
    assert (acts(page), tree(page).xpath(f"{CARD}//a/@href")) == ([], [report.get_absolute_url()])


def test_what_was_accepted_stays_so_when_its_revision_is_locked_out(cast, owed, home, time_machine):
    report = make_report(cast.ward, owed.period, state="accepted", by=cast.staff)
    make_report(cast.ward, owed.period, revision=2, by=cast.owner)
    time_machine.move_to("2026-11-01 09:00+07:00", tick=False)
    page = home(cast.owner)
    assert texts(page, f"{CARD}//h2") == ["Nothing is to be sent now"]
    assert texts(page, "//ul[@class='settled']/li") == [
        "✓ Quý III/2026: accepted on 14/09/2026 by Cán bộ thành phố"
    ]
    assert tree(page).xpath("//ul[@class='settled']//a/@href") == [report.get_absolute_url()]


def test_an_exception_opens_it_again_with_its_own_day(cast, owed, home, time_machine):
    owed.extended_to, owed.extension_reason = date(2026, 11, 10), "Bão lụt."
    owed.save()
    time_machine.move_to("2026-11-05 09:00+07:00", tick=False)
    page = home(cast.owner)
    assert acts(page) == ["Start the report"]
    assert texts(page, f"{CARD}//p[@class='due-day']") == [
        "Due 10/11/2026 5 days left (exception for your unit)"
    ]


def test_the_days_of_grace_are_told(cast, owed, home, time_machine):
    owed.period.grace_days = 3
    owed.period.save()
    time_machine.move_to("2026-09-22 09:00+07:00", tick=False)
    assert texts(home(cast.owner), f"{CARD}//p[@class='due-day']") == [
        "Due 20/09/2026 2 days past (not late until 23/09/2026)"
    ]


def test_the_most_urgent_stands_first(cast, work, home):
    named = {"Chờ": "submitted", "Viết": "draft", "Mới": None, "Trả lại": "returned"}
    for name, state in named.items():
        period = make_period(work.plan, name=name)
        make_obligation(period, cast.ward)
        if state:
            make_report(cast.ward, period, state=state, by=cast.owner)
    sooner = make_period(work.plan, name="Mới, sớm hơn", due_on=date(2026, 9, 15))
    make_obligation(sooner, cast.ward)
    assert [title.removeprefix("Report: ") for title in texts(home(cast.owner), f"{CARD}//h2")] == [
        "Trả lại",
        "Viết",
        "Mới, sớm hơn",
        "Mới",
        "Chờ",
    ]


def test_other_units_and_closed_plans_ask_nothing(cast, work, owed, home):
    closed = make_period(make_plan(state="closed"))
    make_obligation(closed, cast.ward)
    page = home(cast.outsider)
    assert texts(page, CARD) == []
    assert texts(home(cast.owner), f"{CARD}//h2") == ["Report: Quý III/2026"]
    make_report(cast.other_ward, make_period(work.plan, name="Khác"), by=cast.outsider)
    assert len(texts(home(cast.owner), CARD)) == 1


def test_the_own_tasks_show_where_they_stand(cast, work, home):
    report = make_report(cast.ward, plan=work.plan)
    make_entry(report, work.assignment, percent=40)
    bring_to(report, "accepted", cast.staff)
    assert texts(home(cast.owner), "//main//li//span[contains(@class, 'mark')]/text()/..") == [
        "→ In progress · 40%"
    ]


@pytest.mark.parametrize("rows", [3, 8, 60])
def test_much_work_asks_no_more_than_little(cast, work, as_user, django_assert_num_queries, rows):
    for place in range(rows):
        assignment = make_assignment(make_task(work.group, position=place), cast.ward)
        report = make_report(cast.ward, make_period(work.plan, name=f"Kỳ {place}"), by=cast.owner)
        make_obligation(report.period, cast.ward)
        make_entry(report, assignment)
        bring_to(report, ("returned", "submitted", "accepted")[place % 3], cast.owner, timezone.now())
    client = as_user(cast.owner)
    with django_assert_num_queries(16):
        client.get("/")


def test_a_deadline_ahead_and_one_past(cast, work, home):
    for days in (-2, 0):
        period = make_period(work.plan, name=f"{days}", due_on=TODAY + timedelta(days=days))
        make_obligation(period, cast.ward)
    assert texts(home(cast.owner), f"{CARD}//p[@class='due-day']") == [
        "Due 12/09/2026 2 days past",
        "Due 14/09/2026 Today",
    ]
