"""What a plan asked of whom on a day, whatever became of its rows since."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from plans.models import Plan
from reports.state.dashboard import dashboard
from reports.state.register import Register
from reports.state.work import works, works_of_plans, works_of_unit
from tasks.models import Assignment
from tests.factories import (
    bring_to,
    make_assignment,
    make_entry,
    make_group,
    make_plan,
    make_report,
    make_task,
    make_unit,
)
from units.models import Succession, Unit

pytestmark = pytest.mark.django_db

BEFORE, AFTER = date(2026, 3, 2), date(2026, 3, 9)


@pytest.fixture(autouse=True)
def clock(time_machine):
    """It stands at noon of BEFORE, and goes to AFTER when it is told to."""

    def go_to(day: date) -> None:
        time_machine.move_to(datetime(day.year, day.month, day.day, 5, tzinfo=UTC), tick=False)

    go_to(BEFORE)
    return go_to


@pytest.fixture
def later(clock):
    return lambda: clock(AFTER)


@pytest.fixture
def plan(clock) -> SimpleNamespace:
    """Two groups; two tasks in the first, one in the second; one ward has the first task."""
    plan = make_plan()
    first, second = make_group(plan, title="Một"), make_group(plan, title="Hai", position=1)
    tasks = [
        make_task(first, title="A", due_on=date(2026, 6, 30)),
        make_task(first, title="B", position=1),
        make_task(second, title="C"),
    ]
    ward = make_unit("xã A")
    given = make_assignment(tasks[0], ward)
    return SimpleNamespace(row=plan, first=first, second=second, tasks=tasks, ward=ward, given=given)


def on(plan: SimpleNamespace, day: date) -> Register:
    return Register.of_plans([plan.row], day)


def both(plan: SimpleNamespace, told) -> list:
    """What is told of the register of BEFORE, and of AFTER."""
    return [told(on(plan, day)) for day in (BEFORE, AFTER)]


def numbered(register: Register) -> list[str]:
    return [f"{task.number} {task.title}" for task in register.tasks]


def given(register: Register) -> list[tuple[str, str]]:
    return [(row.task.title, row.unit.short_name) for row in register.assignments]


def test_a_unit_has_the_name_and_kind_of_the_day(plan, later):
    later()
    plan.ward.short_name, plan.ward.kind = "phường A", Unit.Kind.MEMBER
    plan.ward.save()
    names = both(
        plan, lambda register: [(row.unit.short_name, row.unit.kind) for row in register.assignments]
    )
    assert names == [[("xã A", "ward")], [("phường A", "member")]]


def test_a_task_stands_where_it_stood(plan, later):
    later()
    plan.tasks[0].group, plan.tasks[0].position = plan.second, 1
    plan.tasks[0].save()
    assert both(plan, numbered) == [["1.1 A", "1.2 B", "2.1 C"], ["1.1 B", "2.1 C", "2.2 A"]]


def test_groups_that_changed_places_number_the_tasks_anew(plan, later):
    later()
    plan.first.position, plan.first.title = 2, "Ba"
    plan.first.save()
    assert both(plan, numbered) == [["1.1 A", "1.2 B", "2.1 C"], ["1.1 C", "2.1 A", "2.2 B"]]
    titles = both(plan, lambda register: [group.title for group in register.groups])
    assert titles == [["Một", "Hai"], ["Hai", "Ba"]]


def test_a_task_that_went_to_another_plan_takes_along_what_was_reported(plan, later):
    report = make_report(plan.ward, plan=plan.row)
    make_entry(report, plan.given, percent=40)
    bring_to(report, "accepted")
    later()
    other = make_plan()
    plan.tasks[0].group = make_group(other)
    plan.tasks[0].save()
    told = [
        [(work.task.number, work.account.percent) for work in works_of_plans([one], day)]
        for one in (plan.row, other)
        for day in (BEFORE, AFTER)
    ]
    assert told == [[("1.1", 40)], [], [], [("1.1", 40)]]
    of_task = [works(Register.of_task(plan.tasks[0].pk, day))[0] for day in (BEFORE, AFTER)]
    assert [(work.group.plan, work.account.percent) for work in of_task] == [(plan.row, 40), (other, 40)]
    assert [work.account.percent for work in dashboard(other, AFTER).works] == [40]


def test_deadlines_are_those_of_the_day(plan, later):
    later()
    plan.tasks[0].due_on, plan.tasks[0].ongoing = None, True
    plan.tasks[0].save()
    deadlines = both(plan, lambda register: [row.deadline for row in register.assignments])
    assert deadlines == [[date(2026, 6, 30)], [None]]
    plan.given.due_on = date(2026, 5, 1)
    plan.given.save()
    deadlines = both(plan, lambda register: [row.deadline for row in register.assignments])
    assert deadlines == [[date(2026, 6, 30)], [date(2026, 5, 1)]]


def test_what_was_taken_from_a_unit_was_its_work_until_then(plan, later):
    later()
    plan.given.remove()
    assert both(plan, given) == [[("A", "xã A")], []]
    assert both(plan, lambda register: register.ended) == [[], []]


def test_what_was_reported_on_ends_and_may_begin_again(plan, clock, later):
    make_entry(make_report(plan.ward, plan=plan.row), plan.given)
    later()
    plan.given.remove()
    clock(date(2026, 3, 16))
    Assignment.objects.assign([plan.tasks[0]], [plan.ward], "lead")
    told = [on(plan, day) for day in (BEFORE, AFTER, date(2026, 3, 16))]
    assert [len(register.assignments) for register in told] == [1, 0, 1]
    assert [[row.ended_on for row in register.ended] for register in told] == [[], [AFTER], []]


def test_a_task_that_was_removed_was_there_before(plan, later):
    later()
    plan.tasks[0].remove()
    assert both(plan, numbered) == [["1.1 A", "1.2 B", "2.1 C"], ["1.1 B", "2.1 C"]]
    assert both(plan, given) == [[("A", "xã A")], []]


def test_a_plan_that_was_removed_is_still_that_of_a_units_work_of_then(plan, later):
    later()
    for task in plan.tasks:
        task.remove()
    Plan.objects.get(pk=plan.row.pk).delete()
    (work,) = works_of_unit(plan.ward, BEFORE)
    assert (str(work.group.plan), work.task.title) == ("Thực hiện nghị quyết mẫu", "A")
    assert works_of_unit(plan.ward, AFTER) == []


def test_a_task_is_nowhere_before_it_was_added(plan, later):
    later()
    fourth = make_task(plan.second, title="D", position=1)
    make_assignment(fourth, plan.ward)
    assert [len(works(Register.of_task(fourth.pk, day))) for day in (BEFORE, AFTER)] == [0, 1]
    (work,) = works(Register.of_task(fourth.pk, AFTER))
    assert work.task.number == "2.2"


def test_of_one_task_the_leads_stand_first_then_by_name(plan):
    for name, role in (("xã C", "carry_out"), ("xã B", "support"), ("Đồng Nai", "lead"), ("An Bình", "lead")):
        make_assignment(plan.tasks[0], make_unit(name), role=role)
    names = [row.unit.short_name for row in on(plan, BEFORE).assignments]
    assert names == ["An Bình", "Đồng Nai", "xã B", "xã A", "xã C"]


def test_several_plans_each_number_their_own_the_newest_first(plan):
    newer = make_plan()
    make_assignment(make_task(make_group(newer), title="Mới"), plan.ward)
    register = Register.of_plans([plan.row, newer], BEFORE)
    assert numbered(register) == ["1.1 Mới", "1.1 A", "1.2 B", "2.1 C"]
    assert given(register) == [("Mới", "xã A"), ("A", "xã A")]
    assert numbered(on(plan, BEFORE)) == ["1.1 A", "1.2 B", "2.1 C"]


def test_a_plan_without_anything_has_nothing():
    register = Register.of_plans([make_plan()], BEFORE)
    assert (register.groups, register.tasks, register.assignments, register.ended) == ([], [], [], [])


def test_much_asks_no_more_than_little(plan, django_assert_num_queries):
    for number in range(20):
        make_assignment(make_task(plan.first), make_unit())
        if number % 5 == 0:
            with django_assert_num_queries(6):
                on(plan, BEFORE)


# Who answers for the work of units that merged


@pytest.fixture
def goes_on(plan):
    """Units by letter, each with the first task; what goes on in what from when: `goes_on("AB", "BC")`."""

    def succeed(*pairs: str, effective_on: date = BEFORE) -> None:
        units = {letter: make_unit(f"xã {letter}") for letter in "BCDE"} | {"A": plan.ward}
        for letter in "BCDE":
            make_assignment(plan.tasks[0], units[letter])
        for pair in pairs:
            before, after = (units[letter] for letter in pair)
            Succession.objects.create(predecessor=before, successor=after, effective_on=effective_on)

    return succeed


def carriers(plan: SimpleNamespace, day: date = AFTER) -> str:
    """Who answers for A, B, C, D and E."""
    register = on(plan, day)
    by_name = {row.unit.short_name: register.carrier(row.unit) for row in register.assignments}
    return "".join(str(by_name[f"xã {letter}"])[-1] for letter in "ABCDE")


@pytest.mark.parametrize(
    ("pairs", "answer"),
    [
        ([], "ABCDE"),
        (["AB"], "BBCDE"),
        (["AC", "BC"], "CCCDE"),
        (["AB", "BC", "CD"], "DDDDE"),
        (["AB", "AC"], "ABCDE"),
        (["AB", "BC", "BD"], "BBCDE"),
        (["AB", "BA"], "ABCDE"),
        (["AB", "BC", "CB"], "ABCDE"),
        (["AB", "BC", "CA", "DE"], "ABCEE"),
    ],
    ids=["none", "renewed", "merged", "a chain", "split", "split later", "a circle", "into a circle", "both"],
)
def test_who_answers_for_the_work(plan, goes_on, pairs, answer):
    goes_on(*pairs)
    assert carriers(plan) == answer


def test_a_merger_counts_from_its_day(plan, goes_on):
    goes_on("AB", effective_on=AFTER)
    assert [carriers(plan, day) for day in (BEFORE, AFTER)] == ["ABCDE", "BBCDE"]


def test_a_merger_that_became_known_later_counts_from_then(plan, goes_on, later):
    goes_on()
    later()
    successor = Unit.objects.get(short_name="xã B")
    Succession.objects.create(predecessor=plan.ward, successor=successor, effective_on=BEFORE)
    assert [carriers(plan, day) for day in (BEFORE, AFTER)] == ["ABCDE", "BBCDE"]


def test_who_answers_need_have_no_work_of_its_own(plan):
    heir = make_unit("xã mới", Unit.Kind.MEMBER)
    Succession.objects.create(predecessor=plan.ward, successor=heir, effective_on=BEFORE)
    (work,) = works_of_plans([plan.row], BEFORE)
    assert (work.assignment.unit, work.carrier, work.carrier.kind) == (plan.ward, heir, "member")
