from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

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
from tests.pages import in_english, links, texts, words
from tests.reports.telling import tell
from units.models import Succession


@pytest.fixture
def shown(as_user):
    """A unit's page as a person gets it, in English."""
    return lambda user, unit: in_english(as_user(user)).get(reverse("show-unit", args=[unit.pk]))


def test_the_units_name_kind_and_work(cast, work, shown):
    make_assignment(make_task(work.group, title="Việc của phường khác"), cast.other_ward)
    for person in (cast.admin, cast.staff, cast.leader, cast.owner):
        page = shown(person, cast.ward)
        assert texts(page, "//h1") == ["Ủy ban MTTQ Việt Nam phường Bãi Cát"]
        assert texts(page, "//main//li//a[contains(@class, 'plain-link')]") == ["Tổ chức hội nghị học tập"]
        assert "Việc của phường khác" not in page.content.decode()


def test_newest_plan_first(cast, shown):
    for title in ("Kế hoạch cũ", "Kế hoạch mới"):
        make_assignment(make_task(make_group(make_plan(title=title))), cast.ward)
    assert texts(shown(cast.leader, cast.ward), "//main//h2") == ["Kế hoạch mới", "Kế hoạch cũ"]


def test_an_officer_finds_no_other_unit(cast, shown):
    assert shown(cast.owner, cast.ward).status_code == 200
    for unit in (cast.other_ward, cast.city):
        assert shown(cast.owner, unit).status_code == 404


def test_a_unit_without_work_says_when_it_comes(cast, shown):
    page = shown(cast.leader, cast.ward)
    assert words(page, "//main//section//h2") == "No tasks yet"


def test_units_that_merged_point_to_each_other(cast, shown):
    old = make_unit("phường Cũ", valid_from=date(2016, 5, 1), valid_to=date(2025, 6, 30))
    Succession.objects.create(predecessor=old, successor=cast.ward, effective_on=date(2025, 7, 1))
    assert texts(shown(cast.leader, old), "//div[@class='meta']/span") == [
        "from 01/05/2016",
        "until 30/06/2025",
        "goes on in phường Bãi Cát (01/07/2025)",
    ]
    page = shown(cast.leader, cast.ward)
    assert texts(page, "//div[@class='meta']/span") == ["goes on for phường Cũ (01/07/2025)"]
    assert reverse("show-unit", args=[old.pk]) in links(page)


def test_an_officer_is_not_led_to_a_page_that_is_closed(cast, shown):
    old = make_unit("phường Cũ")
    Succession.objects.create(predecessor=old, successor=cast.ward, effective_on=date(2025, 7, 1))
    Succession.objects.create(predecessor=cast.ward, successor=cast.other_ward, effective_on=date(2030, 7, 1))
    led = [link for link in links(shown(cast.owner, cast.ward)) if link.startswith("/units/")]
    assert led == []


def test_only_the_administrator_is_offered_the_administration(cast, shown):
    offered = reverse("admin:units_unit_change", args=[cast.ward.pk])
    assert offered in links(shown(cast.admin, cast.ward))
    for person in (cast.staff, cast.leader, cast.owner):
        assert offered not in links(shown(person, cast.ward))


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("role", "queries"), [("staff", 29), ("owner", 29)])
def test_much_work_asks_no_more_than_little(cast, as_user, django_assert_num_queries, role, queries, rows):
    """Plans with tasks, indicators, periods and reports, also of units that the unit goes on for."""
    for _number in range(rows):
        task = make_task(make_group(make_plan()))
        indicator = task.indicators.create(name="Cây")
        make_assignment(task, make_unit())
        before = make_unit()
        for unit in (cast.ward, before):
            assignment = make_assignment(task, unit)
            period = make_period(task.group.plan, name=unit.short_name)
            tell(assignment, "2026-11-02", cast.staff, {indicator: "4"}, period, files=2)
        make_report(cast.ward, make_period(task.group.plan))
        Succession.objects.create(predecessor=before, successor=cast.ward, effective_on=date(2025, 7, 1))
    client = as_user(getattr(cast, role))
    with django_assert_num_queries(queries):
        client.get(reverse("show-unit", args=[cast.ward.pk]))


def test_the_units_reports_stand_there_newest_first(cast, work, shown):
    logged = make_report(cast.ward, plan=work.plan)
    bring_to(logged, "accepted", cast.staff)
    period = make_period(work.plan)
    first = make_report(cast.ward, period, state="accepted", by=cast.staff)
    second = make_report(cast.ward, period, revision=2, state="returned", by=cast.staff)
    make_report(cast.other_ward, period)
    today = f"{timezone.localdate():%d/%m/%Y}"
    title = "Thực hiện nghị quyết mẫu"
    for person in (cast.staff, cast.leader, cast.owner):
        page = shown(person, cast.ward)
        assert texts(page, "//section[h2[.='Reports']]//li") == [
            f"Quý III/2026 revision 2 {title} Returned",
            f"Quý III/2026 {title} PDF Word Accepted",
            f"Logged as of {today} {title} Accepted",
        ]
        second_page, first_page, logged_page = (row.get_absolute_url() for row in (second, first, logged))
        files = [f"{first_page}document.pdf", f"{first_page}document.docx"]
        led = [link for link in links(page) if link.startswith("/reports/")]
        assert led == [second_page, first_page, *files, logged_page]


def test_what_has_ended_is_no_work_any_more(cast, work, shown):
    make_entry(make_report(cast.ward, plan=work.plan), work.assignment)
    work.assignment.remove()
    assert (
        words(shown(cast.staff, cast.ward), "//main//section[contains(@class, 'empty')]//h2")
        == "No tasks yet"
    )
