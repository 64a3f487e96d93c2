"""A task on days gone by, and what was reported of it."""

from datetime import date

import pytest
from django.urls import reverse

from tasks.models import Task
from tests.factories import bring_to, make_assignment, make_entry, make_report
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, in_english, links, texts, tree, words
from tests.reports.telling import on, tell

HOLDERS = "//section[.//h2[contains(., 'Units that have it')]]//li"
ENTRIES = "//section[@id='timeline']/ul/li"
NOTE = "//main//div[@class='note']"


@pytest.fixture
def seen(as_user):
    """A task's page on a day, in English."""

    def get(user, task, day, **asked):
        return in_english(as_user(user)).get(reverse("show-task", args=[task.pk]), {"on": day, **asked})

    return get


def test_a_past_day_shows_the_task_its_holders_and_its_figures_as_they_stood(dated, seen):
    task, cast = dated.task, dated.cast
    tell(dated.assignment, "2026-06-16", cast.staff, {dated.people: "30"}, dated.spring, percent=40)
    with on("2026-07-01"):
        task.title, task.text, task.product, task.due_on = "Đổi tên", "Lời mới.", "Sổ", date(2026, 7, 20)
        task.save()
        make_assignment(task, cast.other_ward)
        dated.people.target = 10
        dated.people.save()
    tell(dated.assignment, "2026-07-02", cast.staff, {dated.people: "8"}, status="done", percent=100)
    page = seen(cast.leader, task, "2026-06-30")
    assert texts(page, "//h1") == ["Tổ chức hội nghị học tập"]
    assert texts(page, HOLDERS) == [
        "phường Bãi Cát Carry out · No deadline → In progress · 40% as of 16/06/2026"
    ]
    assert texts(page, "//section[h2='About the task']/dl/dd") == ["No deadline", "–"]
    assert texts(page, "//table[contains(@class, 'counted')]//td")[:2] == ["30", "30"]
    assert "100 wanted of each unit: 100 for 1 assignment" in words(page)
    assert len(texts(page, ENTRIES)) == 1
    later = seen(cast.leader, task, "2026-07-02")
    assert texts(later, "//h1") == ["Đổi tên"]
    assert texts(later, HOLDERS) == [
        "phường Bãi Cát Carry out · due 20/07/2026 ✓ Done in time as of 02/07/2026",
        "phường Đồi Thông Carry out · 20/07/2026 18 days left – Not started",
    ]
    assert texts(later, "//section[h2='About the task']/dl/dd") == ["20/07/2026 18 days left", "Sổ"]
    assert "10 wanted of each unit: 20 for 2 assignments" in words(later)
    assert len(texts(later, ENTRIES)) == 2


def test_before_it_was_in_the_plan_a_task_says_so_and_shows_nothing(dated, seen):
    for person in (dated.cast.leader, dated.cast.owner):
        page = seen(person, dated.task, "2026-01-04")
        assert texts(page, NOTE) == [
            "On 04/01/2026 this task was not in the plan yet: nobody had it. Its name is the one of today."
        ]
        assert texts(page, "//section/h2") == []
    assert texts(seen(dated.cast.leader, dated.task, "2026-01-05"), NOTE) == []


def test_a_task_that_was_removed_since_is_there_on_its_day_for_who_read_it_then(dated, seen):
    task = Task.objects.get(pk=dated.task.pk)
    with on("2026-06-10"):
        Task.objects.get(pk=task.pk).remove()
    for person, status in ((dated.cast.leader, 200), (dated.cast.owner, 200), (dated.cast.outsider, 404)):
        assert seen(person, task, "2026-06-09").status_code == status
        assert seen(person, task, "2026-06-10").status_code == 404
    assert texts(seen(dated.cast.owner, task, "2026-06-09"), "//h1") == ["Tổ chức hội nghị học tập"]


def test_what_an_officer_had_leads_to_nothing_that_is_closed_to_the_officer(dated, as_user):
    tell(dated.assignment, "2026-06-16", dated.cast.staff)
    with on("2026-07-01"):
        dated.assignment.remove()
        dated.recipient.delete()
    client = as_user(dated.cast.owner)
    pages = [("show-unit", dated.cast.ward), ("show-assignment", dated.assignment)]
    for day, more in (("2026-06-30", [("show-task", dated.task)]), ("2026-07-01", [])):
        for name, row in (*pages, *more):
            page = client.get(reverse(name, args=[row.pk]), {"on": day})
            assert page.status_code == 200
            led = {link for link in links(page) if link.startswith("/")}
            assert {link for link in led if client.get(link).status_code == 404} == set(), (name, day)


def test_nothing_can_be_changed_on_a_past_day(dated, seen):
    acts = ("/log/", "/edit/", "/assign/")
    led = links(seen(dated.cast.staff, dated.task, "2026-06-30"))
    assert [link for link in led if any(act in link for act in acts)] == []


def test_who_had_it_before_is_who_had_lost_it_by_then(dated, seen):
    tell(dated.assignment, "2026-06-16", dated.cast.staff)
    with on("2026-07-01"):
        dated.assignment.remove()
    had = "//section[.//h2[.='Had it before']]//li"
    assert texts(seen(dated.cast.leader, dated.task, "2026-06-30"), had) == []
    assert texts(seen(dated.cast.leader, dated.task, "2026-07-01"), had) == [
        "phường Bãi Cát ended on 01/07/2026"
    ]


def test_the_timeline_tells_who_reported_what_with_which_evidence_and_who_accepted_it(dated, seen):
    first = tell(
        dated.assignment,
        "2026-06-16",
        dated.cast.staff,
        {dated.people: "1200"},
        dated.spring,
        files=2,
        percent=40,
        result="Đã mở lớp.",
    )
    log = tell(dated.assignment, "2026-07-02", dated.cast.admin, told_by="bà Hoa", percent=60)
    second = tell(dated.assignment, "2026-08-03", dated.cast.staff, period=dated.spring, revision=2)
    page = seen(dated.cast.leader, dated.task, "2026-08-03")
    assert texts(page, ENTRIES) == [
        "Report: Quý II revision 2 In progress · 50% phường Bãi Cát as of 03/08/2026 "
        "submitted by Cán bộ thành phố, 09:00 03/08/2026 accepted by Cán bộ thành phố, 09:00 03/08/2026",
        "Logged progress, 02/07/2026 In progress · 60% phường Bãi Cát as of 02/07/2026 "
        "logged by Quản trị, 09:00 02/07/2026 told by bà Hoa",
        "Report: Quý II replaced by revision 2 In progress · 40% phường Bãi Cát as of 16/06/2026 "
        "submitted by Cán bộ thành phố, 09:00 16/06/2026 accepted by Cán bộ thành phố, 09:00 16/06/2026 "
        "Đã mở lớp. Người dự: 1,200 lượt anh-0.pdf 6 bytesanh-1.pdf 6 bytes",
    ]
    told = tree(page).xpath(f"{ENTRIES}//a/@href")
    anchor = f"#entry-{dated.assignment.pk}"
    assert [link for link in told if link.startswith("/reports/")] == [
        f"/reports/{report.pk}/{anchor}" for report in (second, log, first)
    ]
    files = [reverse("show-evidence", args=[file.pk]) for file in first.attachments.order_by("pk")]
    assert [link for link in told if link.startswith("/evidence/")] == files
    then = seen(dated.cast.leader, dated.task, "2026-08-02")
    assert [text[:30] for text in texts(then, ENTRIES)] == [
        "Logged progress, 02/07/2026 In",
        "Report: Quý II In progress · 4",
    ]


def test_the_timeline_names_unit_period_and_indicator_as_they_were_called(dated, seen):
    tell(dated.assignment, "2026-06-16", dated.cast.staff, {dated.people: "3"}, dated.spring)
    with on("2026-07-01"):
        dated.cast.ward.short_name, dated.spring.name, dated.people.name = "phường Mới", "Kỳ mới", "Mới"
        for row in (dated.cast.ward, dated.spring, dated.people):
            row.save()
    (entry,) = texts(seen(dated.cast.leader, dated.task, "2026-06-30"), ENTRIES)
    assert entry.startswith("Report: Quý II In progress · 50% phường Bãi Cát as of 16/06/2026")
    assert entry.endswith("Người dự: 3 lượt")
    (entry,) = texts(seen(dated.cast.leader, dated.task, "2026-07-01"), ENTRIES)
    assert entry.startswith("Report: Kỳ mới In progress · 50% phường Mới as of 16/06/2026")
    assert entry.endswith("Mới: 3 lượt")


def test_what_waits_stands_apart_and_only_on_the_page_of_today(dated, seen):
    with on("2026-06-16"):
        report = make_report(dated.cast.ward, dated.spring)
        make_entry(report, dated.assignment, percent=70)
        bring_to(report, "submitted", dated.cast.owner)
    sent = "//section[h2='Sent, and not accepted yet']//li"
    with on("2026-06-17"):
        for person in (dated.cast.staff, dated.cast.owner):
            assert len(texts(seen(person, dated.task, "2026-06-17"), sent)) == 1
            assert texts(seen(person, dated.task, "2026-06-16"), sent) == []
        assert texts(seen(dated.cast.staff, dated.task, ""), ENTRIES) == ["Nothing is accepted yet."]


def test_an_officer_sees_the_own_entries_values_and_nobody_elses(dated, seen):
    with on("2026-01-06"):
        other = make_assignment(dated.task, dated.cast.other_ward)
    own = tell(dated.assignment, "2026-06-16", dated.cast.staff, {dated.people: "30"}, dated.spring)
    tell(other, "2026-06-16", dated.cast.staff, {dated.people: "500"}, dated.spring)
    page = seen(dated.cast.owner, dated.task, "2026-06-30")
    assert len(texts(page, ENTRIES)) == 1
    assert texts(page, "//table[contains(@class, 'counted')]//td")[:2] == ["30", "30"]
    assert "100 wanted of each unit: 100 for 1 assignment" in words(page)
    assert "Đồi Thông" not in page.content.decode()
    led = [link for link in links(page) if link.startswith("/reports/")]
    assert set(led) == {f"/reports/{own.pk}/#entry-{dated.assignment.pk}"}
    for name in ("list-work", "show-indicators"):
        address = reverse(name, args=[dated.plan.pk])
        assert [link for link in links(page) if link.startswith(address)] == []
    assert texts(seen(dated.cast.leader, dated.task, "2026-06-30"), "//td")[:2] == ["530", "530"]


def test_figures_lead_to_the_rows_that_they_count(dated, seen, as_user):
    with on("2026-01-06"):
        make_assignment(dated.task, dated.cast.other_ward)
    tell(dated.assignment, "2026-06-16", dated.cast.staff, {dated.people: "30"}, dated.spring)
    page = seen(dated.cast.leader, dated.task, "2026-06-30")
    figures = {link.get("href"): link.get("data-figure") for link in tree(page).xpath("//a[@data-figure]")}
    address = f"{reverse('list-work', args=[dated.plan.pk])}?"
    task = f"task={dated.task.pk}&on=2026-06-30"
    assert figures == {
        f"{address}{task}": "2",
        f"{address}standing=in_progress&{task}": "1",
        f"{address}standing=not_started&{task}": "1",
    }
    client = as_user(dated.cast.leader)
    for link, figure in figures.items():
        assert len(texts(client.get(link), "//ul[@class='rows']/li")) == int(figure)
    values = f"{reverse('show-indicators', args=[dated.plan.pk])}?indicator={dated.people.pk}&on=2026-06-30"
    assert links(page).count(values) == 2


def test_a_long_timeline_is_read_by_pages_that_keep_the_day(dated, seen):
    for _number in range(21):
        tell(dated.assignment, "2026-06-16", dated.cast.staff)
    page = seen(dated.cast.leader, dated.task, "2026-06-30")
    assert len(texts(page, ENTRIES)) == 20
    assert "?on=2026-06-30&page=2" in links(page)
    assert len(texts(seen(dated.cast.leader, dated.task, "2026-06-30", page="2"), ENTRIES)) == 1


@pytest.mark.parametrize("name", ["on", "page"])
def test_an_address_that_makes_no_sense_is_answered(dated, as_user, name):
    client = as_user(dated.cast.leader)
    for text in (*HOSTILE_NUMBERS, *HOSTILE_TEXTS):
        page = client.get(reverse("show-task", args=[dated.task.pk]), {name: text})
        assert page.status_code == 200


def test_the_papers_of_the_plan_and_the_sheet_of_the_task_can_be_had(dated, seen, as_user):
    printed = reverse("print-document", args=[dated.plan.pk, "recipients", "pdf"])
    sheet = reverse("export-matrix", args=[dated.plan.pk])
    asked = f"{sheet}?task={dated.task.pk}&on=2026-06-30"
    of_that_day = f"{printed}?on=2026-06-30"
    for person, papers in ((dated.cast.leader, [of_that_day, asked]), (dated.cast.owner, [of_that_day])):
        led = links(seen(person, dated.task, "2026-06-30"))
        assert [link for link in led if link.startswith((printed, sheet))] == papers
    assert as_user(dated.cast.leader).get(asked).status_code == 200
