"""A unit on days gone by: its work in every plan, what it reported, and for whom it goes on."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import (
    make_assignment,
    make_group,
    make_period,
    make_plan,
    make_recipient,
    make_report,
    make_task,
    make_unit,
)
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, in_english, links, texts, tree, words
from tests.reports.telling import on, tell
from units.models import Succession

PART = "//section[contains(@class, 'part-of-plan')]"
WORK = f"{PART}//li[contains(@class, 'holder')]"
ENTRIES = "//section[@id='timeline']/ul/li"
REPORTS = "//section[h2[.='Reports']]//li"


@pytest.fixture
def seen(as_user):
    """A unit's page on a day, in English."""

    def get(user, unit, day, **asked):
        return in_english(as_user(user)).get(reverse("show-unit", args=[unit.pk]), {"on": day, **asked})

    return get


def test_a_past_day_shows_the_unit_and_its_work_as_they_stood(dated, seen):
    ward = dated.cast.ward
    report = tell(dated.assignment, "2026-06-16", dated.cast.staff, {dated.people: "30"}, dated.spring)
    with on("2026-07-01"):
        ward.name = "Mặt trận phường Mới"
        ward.save()
        dated.task.title = "Đổi tên"
        dated.task.save()
        make_assignment(make_task(dated.group, title="Việc mới", position=1), ward)
    page = seen(dated.cast.leader, ward, "2026-06-30")
    assert texts(page, "//h1") == ["Ủy ban MTTQ Việt Nam phường Bãi Cát"]
    assert texts(page, WORK) == [
        "Tổ chức hội nghị học tập Carry out · No deadline → In progress · 50% as of 16/06/2026"
    ]
    assert f"/reports/{report.pk}/#entry-{dated.assignment.pk}" in links(page)
    later = seen(dated.cast.leader, ward, "2026-07-01")
    assert texts(later, "//h1") == ["Mặt trận phường Mới"]
    assert texts(later, f"{WORK}/div[1]/a") == ["Đổi tên", "Việc mới"]
    early = seen(dated.cast.leader, ward, "2026-06-15")
    assert texts(early, WORK) == ["Tổ chức hội nghị học tập Carry out · No deadline – Not started"]
    assert texts(early, ENTRIES) == []


def test_a_unit_that_was_not_known_yet_says_so(dated, seen):
    page = seen(dated.cast.leader, dated.cast.ward, "2026-01-04")
    assert texts(page, "//main//div[@class='note']") == [
        "On 04/01/2026 this unit was not in the register yet. Its name is the one of today."
    ]
    assert texts(page, WORK) == []


def test_each_plan_has_its_bar_its_indicators_and_its_papers(dated, seen):
    with on("2026-01-06"):
        plan = make_plan(title="Kế hoạch mới")
        make_recipient(plan, (dated.cast.ward,))
        make_assignment(make_task(make_group(plan), due_on=date(2026, 6, 1)), dated.cast.ward)
    report = tell(dated.assignment, "2026-06-16", dated.cast.staff, {dated.people: "30"}, dated.spring)
    for person in (dated.cast.leader, dated.cast.owner):
        page = seen(person, dated.cast.ward, "2026-06-30")
        assert texts(page, f"{PART}//h2") == ["Kế hoạch mới", "Thực hiện nghị quyết mẫu"]
        assert [
            [" ".join(item.split()) for item in part]
            for part in (texts(page, f"{PART}[1]//*[name()='title']"), texts(page, f"{PART}[2]//thead//th"))
        ] == [
            ["Not done, overdue: 1"],
            ["Indicator", "Quý II", "Total", "Target of all", "Of the target"],
        ]
        assert texts(page, f"{PART}[2]//td")[:3] == ["30", "30", "100"]
        assert f"/reports/{report.pk}/#entry-{dated.assignment.pk}" in links(page)
        papers = [
            reverse("print-document", args=[each.pk, "recipients", "pdf"]) for each in (plan, dated.plan)
        ]
        led = [link for link in links(page) if "recipients.pdf" in link]
        assert led == [f"{paper}?on=2026-06-30" for paper in papers]
        sheets = [
            f"{reverse('export-matrix', args=[each.pk])}?unit={dated.cast.ward.pk}&on=2026-06-30"
            for each in (plan, dated.plan)
        ]
        everything = person == dated.cast.leader
        assert [link for link in links(page) if "matrix.xlsx" in link] == (sheets if everything else [])


def test_figures_lead_to_the_rows_that_they_count(dated, seen, as_user):
    tell(dated.assignment, "2026-06-16", dated.cast.staff)
    with on("2026-06-17"):
        make_assignment(make_task(dated.group, position=1), dated.cast.ward)
        make_assignment(dated.task, dated.cast.other_ward)
    page = seen(dated.cast.leader, dated.cast.ward, "2026-06-30")
    figures = {link.get("href"): link.get("data-figure") for link in tree(page).xpath("//a[@data-figure]")}
    address = f"{reverse('list-work', args=[dated.plan.pk])}?"
    unit = f"unit={dated.cast.ward.pk}&on=2026-06-30"
    assert figures == {
        f"{address}{unit}": "2",
        f"{address}standing=in_progress&{unit}": "1",
        f"{address}standing=not_started&{unit}": "1",
    }
    for link, figure in figures.items():
        assert len(texts(as_user(dated.cast.leader).get(link), "//ul[@class='rows']/li")) == int(figure)
    own = tree(seen(dated.cast.owner, dated.cast.ward, "2026-06-30"))
    assert own.xpath("//a[@data-figure]") == []


def test_reports_stand_in_the_states_of_the_day(dated, seen):
    with on("2026-06-15"):
        report = make_report(dated.cast.ward, dated.spring)
    with on("2026-06-18"):
        report.mark_submitted(dated.cast.owner, date(2026, 6, 14))
        report.save()
    title = "Thực hiện nghị quyết mẫu"
    for day, state in (("15", "Being written"), ("17", "Being written"), ("18", "Waiting for review")):
        page = seen(dated.cast.owner, dated.cast.ward, f"2026-06-{day}")
        assert texts(page, REPORTS) == [f"Quý II {title} {state}"]
    assert texts(seen(dated.cast.owner, dated.cast.ward, "2026-06-14"), REPORTS) == []


def test_a_report_that_was_dropped_since_stands_there_on_its_day_without_a_link(dated, seen):
    with on("2026-06-15"):
        report = make_report(dated.cast.ward, dated.spring)
    address = report.get_absolute_url()
    for gone in (False, True):
        if gone:
            with on("2026-06-20"):
                report.discard(report.version)
        for person in (dated.cast.leader, dated.cast.owner):
            page = seen(person, dated.cast.ward, "2026-06-16")
            assert texts(page, REPORTS) == ["Quý II Thực hiện nghị quyết mẫu Being written"]
            assert (address in links(page)) is not gone
    assert texts(seen(dated.cast.leader, dated.cast.ward, "2026-06-20"), REPORTS) == []


def test_a_plan_that_was_removed_since_is_there_on_its_day(dated, seen):
    with on("2026-06-15"):
        plan = make_plan(title="Kế hoạch nhầm")
        period = make_period(plan)
        report = make_report(dated.cast.ward, period)
    with on("2026-06-20"):
        for row in (report, period, plan):
            row.delete()
    page = seen(dated.cast.leader, dated.cast.ward, "2026-06-16")
    assert texts(page, REPORTS) == ["Quý III/2026 Kế hoạch nhầm Being written"]


@pytest.fixture
def merged(dated):
    """From July the old ward, which had the task and reported on it, goes on in the ward."""
    with on("2026-01-06"):
        dated.old = make_unit("phường Cũ")
        dated.theirs = make_assignment(dated.task, dated.old)
    dated.report = tell(
        dated.theirs, "2026-06-16", dated.cast.staff, {dated.people: "40"}, dated.spring, result="Đã làm."
    )
    tell(dated.assignment, "2026-06-17", dated.cast.staff, {dated.people: "30"}, dated.spring)
    with on("2026-06-20"):
        Succession.objects.create(
            predecessor=dated.old, successor=dated.cast.ward, effective_on=date(2026, 7, 1)
        )
    return dated


def test_the_work_and_words_of_a_unit_that_goes_on_in_it_stand_there_under_their_own_name(merged, seen):
    page = seen(merged.cast.leader, merged.cast.ward, "2026-07-01")
    assert texts(page, WORK) == [
        "Tổ chức hội nghị học tập Carry out · No deadline → In progress · 50% as of 17/06/2026",
        "Tổ chức hội nghị học tập Carry out · No deadline · given to phường Cũ → In progress · 50% "
        "as of 16/06/2026",
    ]
    assert texts(page, f"{PART}//td")[:3] == ["40 + 30", "70", "200"]
    entries = texts(page, ENTRIES)
    assert len(entries) == 2
    assert "phường Cũ as of 16/06/2026" in entries[1]
    assert entries[1].endswith("Đã làm. Người dự: 40 lượt")
    assert "phường Bãi Cát" not in entries[0]
    assert f"/reports/{merged.report.pk}/#entry-{merged.theirs.pk}" in links(page)


def test_before_the_day_of_the_merger_each_stands_alone(merged, seen):
    page = seen(merged.cast.leader, merged.cast.ward, "2026-06-30")
    assert len(texts(page, WORK)) == 1
    assert texts(page, f"{PART}//td")[:3] == ["30", "30", "100"]
    assert len(texts(page, ENTRIES)) == 1
    assert texts(page, "//div[@class='meta']/span") == ["goes on for phường Cũ (01/07/2026)"]
    early = seen(merged.cast.leader, merged.cast.ward, "2026-06-19")
    assert texts(early, "//div[@class='meta']/span") == []


def test_the_officer_of_the_successor_reads_the_own_part_alone(merged, seen):
    page = seen(merged.cast.owner, merged.cast.ward, "2026-07-01")
    assert len(texts(page, WORK)) == 1
    assert texts(page, f"{PART}//td")[:3] == ["30", "30", "100"]
    assert f"/reports/{merged.report.pk}/" not in page.content.decode()
    assert "Đã làm." not in words(page)


def test_a_unit_that_has_gone_on_keeps_its_page_and_leads_to_no_rows_of_its_name(merged, seen):
    page = seen(merged.cast.leader, merged.old, "2026-07-01")
    assert len(texts(page, WORK)) == 1
    assert texts(page, f"{PART}//td")[:3] == ["40", "40", "100"]
    assert tree(page).xpath("//a[@data-figure]") == []
    assert [link for link in links(page) if ".xlsx" in link] == []
    assert len(tree(seen(merged.cast.leader, merged.old, "2026-06-30")).xpath("//a[@data-figure]")) == 2


def test_the_timeline_holds_all_plans_newest_first_by_pages(dated, seen):
    with on("2026-01-06"):
        plan = make_plan(title="Kế hoạch mới")
        other = make_assignment(make_task(make_group(plan), title="Trồng cây"), dated.cast.ward)
    for _number in range(20):
        tell(dated.assignment, "2026-06-16", dated.cast.staff)
    tell(other, "2026-06-18", dated.cast.staff, percent=70)
    page = seen(dated.cast.owner, dated.cast.ward, "2026-06-30")
    assert len(texts(page, ENTRIES)) == 20
    assert texts(page, f"{ENTRIES}[1]")[0].startswith(
        "Logged progress, 18/06/2026 1.1 Trồng cây In progress · 70% as of 18/06/2026 logged by"
    )
    assert f"{reverse('show-assignment', args=[other.pk])}?on=2026-06-30" in links(page)
    assert len(texts(seen(dated.cast.owner, dated.cast.ward, "2026-06-30", page="2"), ENTRIES)) == 1


@pytest.mark.parametrize("name", ["on", "page"])
def test_an_address_that_makes_no_sense_is_answered(dated, as_user, name):
    client = as_user(dated.cast.leader)
    for text in (*HOSTILE_NUMBERS, *HOSTILE_TEXTS):
        page = client.get(reverse("show-unit", args=[dated.cast.ward.pk]), {name: text})
        assert page.status_code == 200
