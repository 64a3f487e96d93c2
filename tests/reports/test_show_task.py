from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    bring_to,
    make_assignment,
    make_entry,
    make_period,
    make_report,
    make_task,
    make_unit,
)
from tests.pages import in_english, links, texts, words
from tests.reports.telling import tell
from units.records import acting_as

HOLDERS = "//section[.//h2[contains(., 'Units that have it')]]//li"


@pytest.fixture
def shown(as_user):
    """A task's page as a person gets it, in English."""
    return lambda user, task: in_english(as_user(user)).get(reverse("show-task", args=[task.pk]))


def test_the_plans_own_words_and_facts(cast, work, shown):
    task = make_task(
        work.group,
        title="Trồng cây",
        text="Trồng cây ở\ncác khu phố.",
        product="Báo cáo",
        lead_named="Hội A",
        support_named="Hội B\nHội C",
    )
    page = shown(cast.leader, task)
    assert texts(page, "//h1") == ["Trồng cây"]
    assert texts(page, "//p[contains(@class, 'pre-line')]") == ["Trồng cây ở các khu phố."]
    assert texts(page, "//dl/dd") == ["No deadline", "Báo cáo", "Hội A", "Hội B Hội C"]
    assert reverse("show-plan", args=[work.plan.pk]) in links(page)


def test_a_task_without_a_text_shows_its_title(cast, work, shown):
    page = shown(cast.leader, make_task(work.group, title="Trồng cây"))
    assert texts(page, "//p[contains(@class, 'pre-line')]") == ["Trồng cây"]
    assert "Nobody yet." in words(page)


def test_who_has_it_in_which_role_until_when(cast, work, shown):
    today = timezone.localdate()
    task = make_task(work.group, due_on=today)
    make_assignment(task, cast.other_ward, role="support", due_on=today + timedelta(days=60))
    make_assignment(task, cast.ward, role="lead")
    later = today + timedelta(days=60)
    assert texts(shown(cast.leader, task), HOLDERS) == [
        f"phường Bãi Cát Lead · {today:%d/%m/%Y} Today – Not started",
        f"phường Đồi Thông Support · {later:%d/%m/%Y} – Not started",
    ]


def test_an_officer_reads_the_own_part_and_no_other_unit(cast, work, shown):
    with acting_as(cast.staff):
        make_assignment(work.task, cast.other_ward, role="lead")
    page = shown(cast.owner, work.task)
    assert texts(page, HOLDERS) == ["phường Bãi Cát Carry out · No deadline – Not started"]
    assert "Đồi Thông" not in page.content.decode()
    assert texts(page, "//ul[contains(@class, 'timeline')]") == []


def test_an_officer_reads_the_deadline_that_holds_for_the_own_unit(cast, work, shown):
    work.task.due_on, work.assignment.due_on = date(2099, 1, 1), date(2099, 2, 2)
    work.task.save()
    work.assignment.save()
    page = shown(cast.owner, work.task)
    assert texts(page, HOLDERS) == ["phường Bãi Cát Carry out · 02/02/2099 – Not started"]
    assert "01/01/2099" not in page.content.decode()
    assert texts(shown(cast.leader, work.task), "//dl/dd")[0] == "01/01/2099"
    work.task.due_on, work.task.ongoing = None, True
    work.task.save()
    page = shown(cast.owner, work.task)
    assert texts(page, HOLDERS) == ["phường Bãi Cát Carry out · 02/02/2099 – Not started"]


def test_a_task_opens_when_a_unit_that_had_it_is_deleted(cast, work, shown):
    unit = make_unit("phường Tạm")
    make_assignment(work.task, unit).delete()
    unit.delete()
    for person in (cast.staff, cast.leader):
        page = shown(person, work.task)
        assert page.status_code == 200
        assert texts(page, "//ul[contains(@class, 'timeline')]/li//span")[:2] == [
            "(deleted) · Tổ chức hội nghị học tập",
            "phường Bãi Cát · Tổ chức hội nghị học tập; (deleted) · Tổ chức hội nghị học tập",
        ]


def test_the_officer_of_a_unit_without_the_task_does_not_find_it(cast, work, shown):
    assert shown(cast.outsider, work.task).status_code == 404


def test_writing_is_offered_to_those_who_may(cast, work, shown):
    writing = [
        f"{reverse('assign-tasks', args=[work.plan.pk])}?task={work.task.pk}",
        reverse("edit-task", args=[work.task.pk]),
        reverse("log-progress", args=[work.assignment.pk]),
        reverse("edit-assignment", args=[work.assignment.pk]),
    ]
    for role in ("admin", "staff"):
        assert [link for link in links(shown(getattr(cast, role), work.task)) if link in writing] == writing
    for role in ("leader", "owner"):
        assert [link for link in links(shown(getattr(cast, role), work.task)) if link in writing] == []


def test_changes_of_the_task_and_of_its_holders_are_told(cast, work, shown):
    with acting_as(cast.staff):
        work.task.title = "Đổi tên"
        work.task.save()
        make_assignment(work.task, cast.other_ward).delete()
    told = [
        entry.split(" · ", 1)[1]
        for entry in texts(shown(cast.leader, work.task), "//ul[contains(@class, 'timeline')]/li")
    ]
    assert told == [
        "Cán bộ thành phố Removed assignment: phường Đồi Thông · Đổi tên",
        "Cán bộ thành phố Added assignment: phường Đồi Thông · Đổi tên",
        "Cán bộ thành phố Changed task: Đổi tên Short title: Tổ chức hội nghị học tập → Đổi tên",
        "the system Added assignment: phường Bãi Cát · Đổi tên",
        "the system Added task: Tổ chức hội nghị học tập",
    ]


def test_hostile_texts_are_text(cast, work, shown):
    task = make_task(work.group, title="<script>x</script>", text="{{ 7 }} <b>đậm</b>", product="<img src=x>")
    page = shown(cast.leader, task)
    for markup in ("<script>x", "<b>đậm", "<img src=x"):
        assert markup not in page.content.decode()
    assert "{{ 7 }} <b>đậm</b>" in words(page)


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("role", "queries"), [("staff", 32), ("owner", 25)])
def test_much_is_asked_for_at_once(cast, work, as_user, django_assert_num_queries, role, queries, rows):
    """Units, indicators, periods, reports with their evidence, and what waits."""
    indicators = [work.task.indicators.create(name=f"Chỉ tiêu {number}") for number in range(rows)]
    values = dict.fromkeys(indicators, "4")
    tell(work.assignment, "2026-11-02", cast.staff, values, files=1)
    for number in range(rows):
        period = make_period(work.plan, name=f"Kỳ {number}")
        tell(work.assignment, "2026-11-03", cast.staff, values, period, files=2)
        assignment = make_assignment(work.task, make_unit())
        tell(assignment, "2026-11-04", cast.staff, values, period)
        for state, unit in (("submitted", work.assignment), ("returned", assignment)):
            sent = make_report(unit.unit, period, revision=2)
            make_entry(sent, unit)
            bring_to(sent, state, cast.staff)
    client = as_user(getattr(cast, role))
    with django_assert_num_queries(queries):
        client.get(reverse("show-task", args=[work.task.pk]))


def test_each_holder_shows_what_was_accepted_last(cast, work, shown):
    other = make_assignment(work.task, cast.other_ward, role="support")
    waiting = make_report(cast.other_ward, plan=work.plan)
    make_entry(waiting, other, status="done", percent=100)
    bring_to(waiting, "submitted", cast.outsider)
    report = make_report(cast.ward, plan=work.plan)
    make_entry(report, work.assignment, percent=40)
    bring_to(report, "accepted", cast.staff)
    today = f"{timezone.localdate():%d/%m/%Y}"
    assert texts(shown(cast.leader, work.task), HOLDERS) == [
        "phường Đồi Thông Support · No deadline – Not started",
        f"phường Bãi Cát Carry out · No deadline → In progress · 40% as of {today}",
    ]


@pytest.mark.parametrize(
    ("days", "status", "percent", "mark"),
    [
        (None, "done", 100, "✓ Done"),
        (5, "done", 100, "✓ Done in time"),
        (None, "in_progress", 40, "→ In progress · 40%"),
        (5, "in_progress", 40, "→ In progress, in time · 40%"),
        (None, "not_started", 0, "– Not started"),
    ],
)
def test_only_what_has_a_deadline_is_in_time(cast, work, shown, days, status, percent, mark):
    work.assignment.due_on = days and timezone.localdate() + timedelta(days=days)
    work.assignment.save()
    report = make_report(cast.ward, plan=work.plan)
    make_entry(report, work.assignment, status=status, percent=percent)
    bring_to(report, "accepted", cast.staff)
    marks = texts(shown(cast.leader, work.task), f"{HOLDERS}//*[@class='holder-state']/span")
    assert marks == [mark]


REPORTED = "//section[.//h2='What my unit reported']/ul/li"
SENT = "//section[h2='Sent, and not accepted yet']//li"


def test_an_officer_finds_what_the_own_unit_reported(cast, work, shown):
    other = make_assignment(work.task, cast.other_ward, role="support")
    theirs = make_report(cast.other_ward, plan=work.plan)
    make_entry(theirs, other)
    bring_to(theirs, "accepted", cast.staff)
    assert texts(shown(cast.owner, work.task), REPORTED) == ["Nothing is accepted yet."]
    period = make_period(work.plan)
    for percent, state, owed in ((40, "accepted", None), (70, "submitted", period), (90, "draft", None)):
        report = make_report(cast.ward, owed, plan=work.plan)
        make_entry(report, work.assignment, percent=percent, result=f"Được {percent} phần.")
        bring_to(report, state, cast.staff)
    page = shown(cast.owner, work.task)
    today = f"{timezone.localdate():%d/%m/%Y}"
    (logged,) = texts(page, REPORTED)
    assert logged.startswith(f"Logged progress, {today} In progress · 40% as of {today} logged by ")
    assert logged.endswith("Được 40 phần.")
    assert texts(page, SENT) == [
        f"Report: Quý III/2026 as of {today} Waiting for review In progress · 70% Được 70 phần."
    ]
    sent = work.assignment.entries.exclude(report__state="draft")
    assert {f"{entry.report.get_absolute_url()}#entry-{work.assignment.pk}" for entry in sent} <= set(
        links(page)
    )
    assert texts(shown(cast.staff, work.task), SENT) == [
        f"Report: Quý III/2026 phường Bãi Cát as of {today} Waiting for review In progress · 70% "
        "Được 70 phần."
    ]


def test_who_had_it_before_is_told_to_those_who_read_everything(cast, work, shown):
    make_assignment(work.task, cast.other_ward)
    make_entry(make_report(cast.ward, plan=work.plan), work.assignment)
    work.assignment.remove()
    page = shown(cast.leader, work.task)
    assert texts(page, HOLDERS) == ["phường Đồi Thông Carry out · No deadline – Not started"]
    assert texts(page, "//section[.//h2[.='Had it before']]//li") == [
        f"phường Bãi Cát ended on {timezone.localdate():%d/%m/%Y}"
    ]
    assert "Bãi Cát" not in words(shown(cast.outsider, work.task))
    assert shown(cast.owner, work.task).status_code == 404


def test_what_is_counted_and_how_much_is_wanted(cast, work, shown):
    work.task.indicators.create(name="Người dự", measure="lượt", target="1250.00", position=1)
    work.task.indicators.create(name="Hội viên", sum="last", position=0)
    for person in (cast.staff, cast.owner):
        assert texts(shown(person, work.task), "//section[h2[.='Indicators']]/dl/*") == [
            "Hội viên",
            "– (the last value counts)",
            "Người dự",
            "1,250 lượt from each unit (periods are added up)",
        ]
