"""Who goes on for whom, and rows of units that were not known on a day."""

from datetime import date
from types import SimpleNamespace

import pytest

from reports.state.lineage import lineage_of
from reports.state.register import Register
from reports.state.remarks import remarks
from reports.state.reporting import reporting
from reports.state.succession import known_units, lines
from tests.factories import (
    bring_to,
    make_assignment,
    make_group,
    make_obligation,
    make_period,
    make_plan,
    make_report,
    make_task,
    make_unit,
    make_user,
)
from tests.reports.telling import on
from units.models import Succession

pytestmark = pytest.mark.django_db

BEFORE, AFTER = date(2026, 3, 2), date(2026, 3, 9)


def told(*pairs: str) -> dict[str, str]:
    """The line of each unit, as letter and day of May: of `told("AB7")` it is {"A": "B7"}."""
    numbered = {letter: number for number, letter in enumerate("ABCDE")}
    letters = "ABCDE"
    found = lines(
        Succession(
            predecessor_id=numbered[pair[0]],
            successor_id=numbered[pair[1]],
            effective_on=date(2026, 5, int(pair[2:])),
        )
        for pair in pairs
    )
    return {
        letters[unit]: " ".join(f"{letters[each.unit]}{each.since.day}" for each in line)
        for unit, line in found.items()
    }


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], {}),
        (["AB7"], {"A": "B7"}),
        (["AC7", "BC9"], {"A": "C7", "B": "C9"}),
        (["AB7", "BC9", "CD11"], {"A": "B7 C9 D11", "B": "C9 D11", "C": "D11"}),
        (["AB9", "BC7"], {"A": "B9 C9", "B": "C7"}),
        (["AB7", "AC7"], {}),
        (["AB7", "BC9", "BD9"], {"A": "B7"}),
        (["AB7", "BA9"], {}),
        (["AB7", "BC9", "CB11"], {}),
        (["AB7", "BC9", "CA11", "DE13"], {"D": "E13"}),
    ],
    ids=[
        "none",
        "renewed",
        "merged",
        "a chain",
        "a later link first",
        "split",
        "split later",
        "a circle",
        "into a circle",
        "both",
    ],
)
def test_each_goes_on_in_its_only_successor_and_so_on(pairs, expected):
    assert told(*pairs) == expected
    assert told(*reversed(pairs)) == expected


@pytest.fixture
def unknown(cast) -> SimpleNamespace:
    """A clock that was set back: what is known from BEFORE on names a unit that came AFTER, and a unit goes
    on in that one."""
    with on(AFTER.isoformat()):
        late = make_unit("xã Muộn")
    with on(BEFORE.isoformat()):
        plan, known, staff = make_plan(), make_unit("xã Sớm"), make_user("staff")
        task, period = make_task(make_group(plan)), make_period(plan)
        for unit in (known, late):
            make_assignment(task, unit)
            make_obligation(period, unit)
            bring_to(make_report(unit, period, difficulties=f"Khó ở {unit}."), "accepted", staff)
        Succession.objects.create(predecessor=known, successor=late, effective_on=BEFORE)
    return SimpleNamespace(plan=plan, known=known, late=late)


def both(told) -> list:
    return [told(day) for day in (BEFORE, AFTER)]


def test_assignments_of_a_unit_are_left_out_until_it_is_known(unknown):
    def given(day) -> list[tuple[str, str]]:
        register = Register.of_plans([unknown.plan], day)
        return [(str(row.unit), str(register.carrier(row.unit))) for row in register.assignments]

    assert both(given) == [
        [("xã Sớm", "xã Sớm")],
        [("xã Muộn", "xã Muộn"), ("xã Sớm", "xã Muộn")],
    ]


def test_what_it_owes_is_left_out(unknown):
    def owed(day) -> list[tuple[str, str]]:
        return [(str(row.unit), str(row.carrier)) for row in reporting(unknown.plan, day).rows]

    assert both(owed) == [
        [("xã Sớm", "xã Sớm")],
        [("xã Muộn", "xã Muộn"), ("xã Sớm", "xã Muộn")],
    ]


def test_what_it_tells_of_is_left_out(unknown):
    def said(day) -> list[tuple[str, str]]:
        return [(remark.text, str(remark.carrier)) for remark in remarks(unknown.plan, day)]

    assert both(said) == [
        [("Khó ở xã Sớm.", "xã Sớm")],
        [("Khó ở xã Muộn.", "xã Muộn"), ("Khó ở xã Sớm.", "xã Muộn")],
    ]


def test_that_it_goes_on_for_another_is_left_out(unknown):
    def successors(day) -> list[str]:
        return [str(each.successor) for each in lineage_of(unknown.known, day).successions]

    def predecessors(day) -> list[str]:
        return [str(unit) for unit in lineage_of(unknown.late, day).predecessors]

    assert both(successors) == [[], ["xã Muộn"]]
    assert both(predecessors) == [[], ["xã Sớm"]]


def test_a_line_ends_before_the_unit_that_is_not_known(unknown):
    with on(BEFORE.isoformat()):
        first = make_unit("xã Đầu")
        Succession.objects.create(predecessor=first, successor=unknown.known, effective_on=BEFORE)
    carriers = both(lambda day: str(known_units([first.pk], day).carrier(first)))
    assert carriers == ["xã Sớm", "xã Muộn"]


def test_a_task_is_left_out_until_its_group_is_known(unknown):
    with on(AFTER.isoformat()):
        group = make_group(unknown.plan, position=1)
    with on(BEFORE.isoformat()):
        make_assignment(make_task(group, title="Muộn"), unknown.known)
    titles = both(lambda day: [task.title for task in Register.of_units([unknown.known], day).tasks])
    assert [len(each) for each in titles] == [1, 2]
    assert titles[1][1] == "Muộn"
