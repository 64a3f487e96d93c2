"""The dashboard: four questions answered, every figure a way to what was counted."""

from datetime import UTC, date, datetime, time
from io import StringIO
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from plans.models import Plan
from tests.factories import (
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
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, in_english, texts, tree, words
from units.models import Succession, Unit, User

BEGAN = datetime(2026, 1, 5, 2, tzinfo=UTC)
TODAY = datetime(2026, 9, 30, 2, tzinfo=UTC)
DUE = date(2026, 9, 10)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(BEGAN, tick=False) as clock:
        yield clock


@pytest.fixture
def told(clock, cast):
    """Accepts what a unit says of its assignment, on its day: `told(assignment, "done", "2026-09-01")`."""

    def told(assignment, status, day, percent=0, period=None, **texts_of_report):
        noon = timezone.make_aware(datetime.combine(date.fromisoformat(day), time(12)))
        clock.move_to(noon)
        plan = assignment.task.group.plan
        report = make_report(assignment.unit, period, plan=plan, **texts_of_report)
        make_entry(report, assignment, status=status, percent=100 if status == "done" else percent)
        report.mark_submitted(cast.owner, noon.date())
        report.state, report.accepted_at, report.accepted_by = "accepted", noon, cast.staff
        report.save()
        return report

    return told


@pytest.fixture
def state(clock, cast, told):
    """Two groups, six assignments of which each class has one, overdue two; two periods that are over."""
    plan = make_plan(issuing_unit=cast.city)
    first = make_group(plan, title="Tuyên truyền")
    second = make_group(plan, title="Giám sát", number="2", kind="supervision", position=1)
    member = make_unit("Hội Nông dân", Unit.Kind.MEMBER)
    due = make_task(first, title="Có hạn", due_on=DUE)
    ongoing = make_task(second, title="Thường xuyên", ongoing=True)
    given = [
        make_assignment(due, unit) for unit in (cast.ward, cast.other_ward, member, make_unit("xã Biển"))
    ]
    work = [make_assignment(ongoing, unit) for unit in (cast.ward, cast.other_ward)]
    june = make_period(
        plan,
        name="Quý II/2026",
        figures_from=date(2026, 3, 15),
        figures_to=date(2026, 6, 14),
        due_on="2026-06-20",
    )
    june.refresh_from_db()
    september = make_period(plan)
    for unit in (cast.ward, cast.other_ward):
        make_obligation(june, unit)
        make_obligation(september, unit)
    told(work[0], "in_progress", "2026-06-18", 20, june)
    told(given[0], "done", "2026-09-09", period=september, difficulties="Thiếu loa.")
    told(given[1], "done", "2026-09-20")
    clock.move_to(TODAY)
    return SimpleNamespace(plan=plan, due=due, groups=(first, second), given=given, work=work, member=member)


@pytest.fixture
def show(as_user, cast):
    """The dashboard in English: `show(plan)`, `show(plan, on="2026-06-30")`."""

    def show(plan, user=None, **asked):
        client = in_english(as_user(user or cast.leader))
        return client.get(reverse("show-plan", args=[plan.pk]), asked)

    return show


def tiles(response) -> dict[str, str]:
    names = texts(response, "//*[contains(@class, 'tile ')]/h2")
    return dict(zip(names, texts(response, "//p[@class='tile-figure']"), strict=True))


def parts(response, title: str) -> list[list[str]]:
    """The rows of a panel: name, share, and the numbers by class."""
    rows = tree(response).xpath(f"//section[h2='{title}']/ul/li")
    return [[" ".join(part.text_content().split()) for part in row.xpath(".//h3 | .//b")] for row in rows]


def test_four_questions_are_answered_in_figures(state, show):
    shown = show(state.plan)
    assert tiles(shown) == {
        "Done": "2 / 6 assignments",
        "Overdue, not done": "2",
        "Not reported: Quý III/2026": "1 / 2 units",
        "Difficulties and proposals": "1",
    }
    assert "33% · +2 on the period before" in words(shown)
    assert "2 units, by up to 20 days" in words(shown)


def test_each_group_and_each_kind_of_unit_has_its_classes(state, show):
    shown = show(state.plan)
    assert parts(shown, "By group of tasks") == [
        ["1. Tuyên truyền", "50%", "1", "1", "2"],
        ["2. Giám sát", "0%", "1", "1"],
    ]
    assert parts(shown, "By kind of unit") == [
        ["Member organisation", "0%", "1"],
        ["Ward or commune Front", "40%", "1", "1", "1", "1", "1"],
    ]


def test_the_overdue_stand_together_by_their_task(state, show):
    line = "//section[.//h2='Overdue, the longest first']//li"
    assert texts(show(state.plan), line) == ["1.1 Có hạn 2 units: Hội Nông dân, xã Biển ! 20 days10/09/2026"]


def test_what_falls_due_soon_is_told_until_it_is_done(state, show, told, clock):
    clock.move_to(datetime(2026, 8, 20, 2, tzinfo=UTC))
    line = "//section[.//h2='Due within 30 days']//li"
    assert texts(show(state.plan), line) == [
        "1.1 Có hạn 4 units: Hội Nông dân, phường Bãi Cát, phường Đồi Thông, xã Biển 21 days left10/09/2026"
    ]
    clock.move_to(datetime(2026, 8, 10, 2, tzinfo=UTC))
    assert texts(show(state.plan), line) == ["Nothing falls due in these days."]


def test_a_day_keeps_its_figures_whatever_is_changed_later(state, cast, show, told):
    before = tiles(show(state.plan, on="2026-09-15"))
    assert before["Done"] == "1 / 6 assignments"
    state.due.due_on = date(2026, 12, 31)
    state.due.save()
    state.given[3].remove()
    state.member.kind = Unit.Kind.PARTY
    state.member.save()
    told(state.work[1], "done", "2026-09-30")
    assert tiles(show(state.plan, on="2026-09-15")) == before
    assert tiles(show(state.plan))["Done"] == "3 / 5 assignments"


def test_the_change_compares_with_a_period_that_was_over_by_the_day(state, show, clock):
    quarter = state.plan.periods.get(name="Quý III/2026")
    # Offices report nine months in the same days as the third quarter.
    make_period(state.plan, name="9 tháng", figures_from=date(2025, 12, 15), due_on=quarter.due_on)
    said = "compare with the period before: Quý II/2026, as of 20/06/2026"
    assert said in words(show(state.plan))
    clock.move_to(datetime(2026, 9, 15, 2, tzinfo=UTC))
    assert said in words(show(state.plan))
    assert "compare with" not in words(show(state.plan, on="2026-06-16"))


def test_what_nobody_has_is_told_and_staff_are_led_to_give_it(state, cast, show):
    make_task(state.groups[1], title="Chưa ai làm", position=1)
    assign = reverse("assign-tasks", args=[state.plan.pk])
    for person, led in ((cast.staff, True), (cast.leader, False)):
        shown = show(state.plan, person)
        assert "1 task is given to nobody: 2.2 Chưa ai làm" in words(shown)
        assert (assign in tree(shown).xpath("//main//a/@href")) is led


def test_a_unit_that_others_go_on_in_is_named_once(state, show):
    Succession.objects.create(predecessor=state.member, successor=state.given[3].unit, effective_on=DUE)
    line = "//section[.//h2='Overdue, the longest first']//li"
    assert texts(show(state.plan), line) == ["1.1 Có hạn 1 unit: xã Biển ! 20 days10/09/2026"]
    assert "1 unit, by up to 20 days" in words(show(state.plan))


def test_a_past_day_is_kept_by_the_links_also_to_a_task_that_is_gone(state, cast, as_user, show):
    gone = make_task(state.groups[0], title="Sẽ bỏ", due_on=DUE, position=1)
    make_assignment(gone, cast.ward)
    line = "//section[.//h2='Overdue, the longest first']//li"
    assert texts(show(state.plan), f"{line}/a") == ["1.1 Có hạn", "1.2 Sẽ bỏ"]
    with time_machine.travel(datetime(2026, 10, 5, 2, tzinfo=UTC)):
        keys = [state.due.pk, gone.pk]
        assert gone.remove()
        addresses = tree(show(state.plan, on="2026-09-30")).xpath(f"{line}/a/@href")
        assert addresses == [f"/tasks/{key}/?on=2026-09-30" for key in keys]
        assert [as_user(cast.leader).get(address).status_code for address in addresses] == [200, 200]


def test_a_day_before_anything_was_given_says_so(state, show):
    shown = show(state.plan, on="2026-01-04")
    assert words(shown, "//main//section/h2") == "Nothing was known yet on this day"


@pytest.mark.parametrize("day", ["2026-10-01", "31/02/2026", *HOSTILE_NUMBERS[:4], *HOSTILE_TEXTS])
def test_a_day_that_has_not_come_or_is_none_is_told_and_today_is_shown(state, show, day):
    shown = show(state.plan, on=day)
    assert shown.status_code == 200
    assert "Shown is today." in words(shown)
    assert tiles(shown)["Done"] == "2 / 6 assignments"


def test_a_plan_that_is_not_given_out_says_what_to_do(cast, show):
    plan = make_plan()
    assign = reverse("assign-tasks", args=[plan.pk])
    assert assign in tree(show(plan, cast.staff)).xpath("//main//a/@href")
    assert assign not in tree(show(plan)).xpath("//main//a/@href")
    assert "No task is given to a unit yet" in words(show(plan))


def test_an_officer_sees_what_the_plan_asks_of_the_own_unit(state, cast, show):
    shown = show(state.plan, cast.owner)
    assert texts(shown, "//*[contains(@class, 'task-title')]") == ["Có hạn", "Thường xuyên"]
    assert texts(shown, "//*[contains(@class, 'tile')]") == []


@pytest.mark.parametrize("on", ["", "2026-07-15"])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_figure_leads_to_as_many_rows(db, as_user, seed, on):
    with time_machine.travel(datetime(2026, 9, 30, 2, tzinfo=UTC)):
        sizes = {"units": 12, "tasks": 8, "periods": 3, "seed": seed}
        call_command("generate_sample", **sizes, stdout=StringIO(), stderr=StringIO())
        client = as_user(User.objects.get(username="lanhdao"))
        home = client.get(reverse("show-plan", args=[Plan.objects.get().pk]), {"on": on} if on else {})
        figures = {
            (link.get("href"), int(link.get("data-figure"))) for link in tree(home).xpath("//a[@data-figure]")
        }
        counted = {(address, rows(client, address)) for address, _figure in figures}
    assert len(figures) > 20
    assert counted == figures


def rows(client, address: str) -> int:
    """How many rows the page shows, on all its sheets."""
    count = 0
    while address:
        response = client.get(address)
        count += len(tree(response).xpath("//main//*[@data-row]"))
        later = tree(response).xpath("//nav[@aria-label='Trang']//a[contains(., '→')]/@href")
        address = address.partition("?")[0] + later[0] if later else ""
    return count


@pytest.mark.parametrize("units", [11, 200])
def test_many_units_ask_no_more_than_few(cast, as_user, django_assert_num_queries, state, units):
    for _number in range(units):
        make_assignment(state.due, make_unit())
    client = as_user(cast.leader)
    address = reverse("show-plan", args=[state.plan.pk])
    with django_assert_num_queries(30):
        assert client.get(address).status_code == 200
