from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from simple_history.utils import bulk_create_with_history

from tasks.models import Assignment
from tests.factories import (
    bring_to,
    make_assignment,
    make_entry,
    make_period,
    make_plan,
    make_report,
    make_unit,
)
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, in_english, links, texts, tree, words
from tests.reports.acts import log
from units.models import Succession

pytestmark = pytest.mark.usefixtures("underway")

ROWS = "//li[@data-row]"


@pytest.fixture
def shown(as_user, underway):
    """The list as a person gets it, in English."""
    url = reverse("list-work", args=[underway.plan.pk])
    return lambda user, **asked: in_english(as_user(user)).get(url, asked)


def titles(page) -> list[str]:
    """Number, unit of each row."""
    rows = tree(page).xpath(ROWS)
    number, unit = ".//*[@class='task-number']", ".//*[contains(@class, 'work-unit')]"
    return [f"{row.xpath(number)[0].text_content()} {row.xpath(unit)[0].text_content()}" for row in rows]


def test_one_row_of_each_assignment_in_the_order_of_the_plan(cast, shown):
    page = shown(cast.leader)
    assert texts(page, "//section//h2") == ["5 assignments"]
    assert texts(page, ROWS) == [
        "1.1 Tổ chức hội nghị học tập phường Bãi Cát Carry out No deadline – Not started",
        "1.2 Phát tài liệu phường Đồi Thông Lead 01/09/2026 19 days past ! Not done, overdue",
        "1.2 Phát tài liệu phường Bãi Cát Carry out due 10/09/2026 ✓ Done late as of 12/09/2026",
        "2.1 Giám sát cơ sở MTTQ thành phố Support 01/10/2026 11 days left → In progress, in time · 40%"
        " as of 15/09/2026",
        "2.1 Giám sát cơ sở Hội Nông dân Carry out due 01/10/2026 ✓ Done in time as of 15/09/2026",
    ]


def test_a_row_leads_to_the_report_and_revision_it_comes_from(cast, underway, shown):
    account = underway.soon.entries.get().report
    assert f"/reports/{account.pk}/#entry-{underway.soon.pk}" in links(shown(cast.leader))


def test_only_staff_are_led_to_log_and_only_today(cast, underway, shown):
    offered = reverse("log-progress", args=[underway.soon.pk])
    assert offered in links(shown(cast.staff))
    assert offered not in links(shown(cast.leader))
    assert offered not in links(shown(cast.staff, on="2026-09-19"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"standing": "overdue"}, ["1.2 phường Đồi Thông"]),
        ({"standing": "done_late"}, ["1.2 phường Bãi Cát"]),
        ({"standing": "late"}, ["1.2 phường Đồi Thông", "1.2 phường Bãi Cát"]),
        ({"standing": "done"}, ["1.2 phường Bãi Cát", "2.1 Hội Nông dân"]),
        ({"standing": "done_in_time"}, ["2.1 Hội Nông dân"]),
        ({"standing": "in_progress"}, ["2.1 MTTQ thành phố"]),
        ({"standing": "not_started"}, ["1.1 phường Bãi Cát"]),
        ({"standing": "due_soon"}, ["2.1 MTTQ thành phố"]),
        ({"role": "lead"}, ["1.2 phường Đồi Thông"]),
        ({"kind": "member"}, ["2.1 Hội Nông dân"]),
        ({"kind": "ward", "role": "carry_out"}, ["1.1 phường Bãi Cát", "1.2 phường Bãi Cát"]),
        ({"group": "second"}, ["2.1 MTTQ thành phố", "2.1 Hội Nông dân"]),
        ({"task": "held", "unit": "ward"}, ["1.2 phường Bãi Cát"]),
        ({"unit": "other_ward", "standing": "done"}, []),
    ],
)
def test_the_address_says_which_are_shown(cast, underway, shown, asked, found):
    rows = {
        "second": underway.second,
        "held": underway.held,
        "ward": cast.ward,
        "other_ward": cast.other_ward,
    }
    keys = {name: rows[asked[name]].pk for name in ("group", "task", "unit") if name in asked}
    page = shown(cast.leader, **{**asked, **keys})
    assert titles(page) == found
    assert len(tree(page).xpath("//ul[@class='chips']//a[not(@class)]")) == len(asked)


def test_what_is_late_comes_worst_first_and_what_is_due_the_soonest_first(cast, underway, shown):
    make_assignment(underway.held, cast.city, due_on=date(2026, 8, 1))
    make_assignment(underway.held, make_unit("phường Xa"), due_on=date(2026, 9, 25))
    assert titles(shown(cast.leader, standing="overdue")) == ["1.2 MTTQ thành phố", "1.2 phường Đồi Thông"]
    assert titles(shown(cast.leader, standing="due_soon")) == ["1.2 phường Xa", "2.1 MTTQ thành phố"]


def test_the_states_are_offered_with_their_numbers_within_the_other_filters(cast, underway, shown):
    offered = "//nav[@aria-label='State of the work']/a"
    page = shown(cast.leader, unit=cast.ward.pk, standing="overdue")
    assert texts(page, offered) == ["All 2", "Not done, overdue 0", "Not started 1", "Done late 1"]
    (late,) = [link for link in links(page) if "done_late" in link]
    assert late == f"?standing=done_late&unit={cast.ward.pk}"


def test_each_filter_can_be_taken_away_alone(cast, underway, shown):
    page = shown(cast.leader, standing="overdue", role="lead", on="2026-09-19")
    assert texts(page, "//ul[@class='chips']/li") == [
        "State of the work: Not done, overdue ×(take away)",
        "Role: Lead ×(take away)",
        "Without filters",
    ]
    assert tree(page).xpath("//ul[@class='chips']//@href") == [
        "?role=lead&on=2026-09-19",
        "?standing=overdue&on=2026-09-19",
        "?on=2026-09-19",
    ]


def test_a_filter_goes_on_with_another_day_and_another_filter_with_the_day(cast, underway, shown):
    page = shown(cast.leader, standing="overdue", role="lead", on="2026-09-19")
    [form] = tree(page).xpath("//main//form")
    sent = form.xpath(".//input | .//option[@selected]")
    assert [(field.get("name"), field.get("value")) for field in sent if field.get("value")] == [
        ("standing", "overdue"),
        ("on", "19/09/2026"),
        (None, "lead"),
    ]


def test_the_list_of_a_day_gone_by_is_that_of_the_day(cast, underway, shown):
    page = shown(cast.leader, on="2026-09-14")
    before = texts(page, ROWS)
    assert titles(shown(cast.leader, on="2026-09-14", standing="done")) == ["1.2 phường Bãi Cát"]
    log(underway.soon, cast.staff, "done", date(2026, 9, 20))
    underway.held.due_on = date(2027, 1, 1)
    underway.held.save()
    underway.assignment.remove()
    assert texts(shown(cast.leader, on="2026-09-14"), ROWS) == before
    assert texts(shown(cast.leader), ROWS) != before
    assert f"/assignments/{underway.late.pk}/?on=2026-09-14" in links(page)


def test_a_day_that_has_not_come_is_told(cast, shown):
    page = shown(cast.leader, on="2026-09-21")
    assert "This day has not come yet. Shown is today." in words(page)
    assert len(titles(page)) == 5


def test_what_the_plan_does_not_have_is_told_and_chooses_nothing(cast, underway, shown):
    page = shown(cast.leader, unit=make_unit().pk, role="lead")
    assert titles(page) == ["1.2 phường Đồi Thông"]
    assert "is not one of the available choices" in words(page, "//main//details[@open]//form")


def test_hostile_addresses_show_the_list(cast, shown):
    names = ("group", "task", "kind", "unit", "role", "standing", "on", "page")
    for value in (*HOSTILE_NUMBERS, *HOSTILE_TEXTS):
        page = shown(cast.leader, **dict.fromkeys(names, value))
        assert (page.status_code, len(titles(page))) == (200, 5), value


def test_the_work_of_a_unit_that_merged_stands_under_the_one_it_goes_on_in(cast, underway, shown):
    with time_machine.travel(datetime(2026, 9, 19, tzinfo=UTC)):
        Succession.objects.create(
            predecessor=cast.ward, successor=cast.other_ward, effective_on=date(2026, 9, 19)
        )
    page = shown(cast.leader, unit=cast.other_ward.pk)
    assert titles(page) == ["1.1 phường Bãi Cát", "1.2 phường Đồi Thông", "1.2 phường Bãi Cát"]
    assert "phường Bãi Cát → phường Đồi Thông" in texts(page, ROWS)[0]


def test_a_corrected_figure_names_its_revision(cast, underway, shown):
    entry = underway.soon.entries.get()
    period = make_period(underway.plan)
    for revision in (1, 2):
        made = make_report(cast.city, period, revision=revision)
        make_entry(made, underway.soon, status="in_progress", percent=40 + revision)
        bring_to(made, "accepted", cast.staff, entry.report.accepted_at + timedelta(hours=revision))
    page = shown(cast.leader, task=underway.watched.pk, role="support")
    assert "· 42% as of 15/09/2026 · revision 2" in texts(page, ROWS)[0]


def test_nothing_that_fits_says_how_to_get_out(cast, underway, shown):
    page = shown(cast.leader, standing="overdue", role="support", on="2026-09-19")
    assert words(page, "//section[contains(@class, 'empty')]") == (
        "No assignment is as you asked Take a filter away, or look at all. Show all"
    )
    assert f"/plans/{underway.plan.pk}/assignments/?on=2026-09-19" in links(page)


def test_a_plan_that_gives_nothing_says_what_to_do(cast, as_user):
    url = reverse("list-work", args=[make_plan().pk])
    told = "Nothing is given to any unit yet Assignments stand here as soon as tasks are assigned to units."
    for person, end in ((cast.staff, " Assign tasks"), (cast.leader, "")):
        page = in_english(as_user(person)).get(url)
        assert words(page, "//section[contains(@class, 'empty')]") == told + end
        assert tree(page).xpath("//nav[@class='filters']") == []


@pytest.mark.parametrize("units", [11, 200])
def test_many_units_ask_no_more_than_few(cast, underway, as_user, django_assert_num_queries, units):
    rows = [Assignment(task=underway.task, unit=make_unit()) for _number in range(units)]
    bulk_create_with_history(rows, Assignment)
    client = as_user(cast.leader)
    with django_assert_num_queries(12):
        page = client.get(reverse("list-work", args=[underway.plan.pk]))
    assert len(titles(page)) == min(50, 5 + units)


def test_the_pages_keep_the_filters(cast, underway, shown):
    rows = [Assignment(task=underway.task, unit=make_unit()) for _number in range(120)]
    bulk_create_with_history(rows, Assignment)
    page = shown(cast.leader, task=underway.task.pk, standing="not_started")
    assert texts(page, "//section//h2") == ["121 assignments"]
    assert len(titles(page)) == 50
    further = f"?task={underway.task.pk}&standing=not_started&page=2"
    assert tree(page).xpath("//nav[@aria-label='Pages']//@href") == [further]
    assert len(titles(shown(cast.leader, task=underway.task.pk, standing="not_started", page=3))) == 21


def test_today_is_one_press_away_with_the_filters(cast, shown):
    page = shown(cast.leader, role="lead", on="2026-09-19", page="2")
    band = "//main//p[@role='status']"
    assert texts(page, band) == ["The figures are those of the end of 19/09/2026 · Back to today"]
    assert tree(page).xpath(f"{band}/a/@href") == ["?role=lead"]
    assert tree(shown(cast.leader, role="lead")).xpath(band) == []
