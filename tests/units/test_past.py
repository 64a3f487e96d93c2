"""Rows as they stood: what the history says of any instant."""

from datetime import UTC, datetime, timedelta

import pytest

from plans.models import Plan, TaskGroup
from tests.factories import make_group, make_plan, make_unit
from units.models import Unit
from units.past import rows_as_of

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 2, 2, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock(time_machine):
    """Time stands still, and goes on where a test says so."""
    time_machine.move_to(START, tick=False)

    def go_to(moment: datetime) -> None:
        time_machine.move_to(moment, tick=False)

    return go_to


def titles(moment: datetime, **where) -> list[str]:
    return [plan.title for plan in rows_as_of(Plan, moment, **where)]


def rename(plan: Plan, *names: str) -> None:
    for name in names:
        plan.title = name
        plan.save()


def test_a_row_is_what_it_was(clock):
    plan = make_plan(title="Cũ")
    clock(START + HOUR)
    rename(plan, "Mới")
    clock(START + 2 * HOUR)
    assert [titles(START + hour * HOUR + INSTANT) for hour in (0, 1, 2)] == [["Cũ"], ["Mới"], ["Mới"]]


def test_the_moment_itself_is_not_over_yet():
    make_plan(title="Cũ")
    assert (titles(START), titles(START + INSTANT)) == ([], ["Cũ"])


def test_of_one_instant_what_was_written_last_holds():
    plan = make_plan(title="Một")
    rename(plan, "Hai", "Ba")
    assert titles(START + INSTANT) == ["Ba"]


def test_what_was_removed_was_there_before(clock):
    plan = make_plan(title="Bỏ")
    clock(START + HOUR)
    plan.delete()
    assert (titles(START + HOUR), titles(START + HOUR + INSTANT)) == (["Bỏ"], [])


def test_what_came_and_went_in_one_instant_was_never_there():
    make_plan(title="Nhầm").delete()
    assert titles(START + INSTANT) == []


def test_conditions_are_asked_of_the_rows_as_they_were(clock):
    """A row that fulfilled them earlier or later than then is not found by them."""
    plan = make_plan(title="Cũ")
    clock(START + HOUR)
    rename(plan, "Mới")
    found = {
        name: (titles(START + HOUR, title=name), titles(START + 2 * HOUR, title=name))
        for name in ("Cũ", "Mới")
    }
    assert found == {"Cũ": (["Cũ"], []), "Mới": ([], ["Mới"])}


def test_rows_that_moved_are_found_where_they_were(clock):
    here, there = make_plan(), make_plan()
    group = make_group(here)
    clock(START + HOUR)
    group.plan = there
    group.save()
    moments = (START + HOUR, START + HOUR + INSTANT)
    found = [[rows_as_of(TaskGroup, at, plan_id=plan.pk) for plan in (here, there)] for at in moments]
    assert found == [[[group], []], [[], [group]]]


def test_they_come_in_the_order_of_their_keys(clock):
    plans = [make_plan(title="B"), make_plan(title="A")]
    clock(START + HOUR)
    rename(plans[0], "C")
    assert [plan.pk for plan in rows_as_of(Plan, START + 2 * HOUR)] == [plan.pk for plan in plans]


def test_they_are_rows_of_the_model_that_the_database_has(django_assert_num_queries):
    unit = make_unit("xã A", kind=Unit.Kind.MEMBER)
    with django_assert_num_queries(1):
        (found,) = rows_as_of(Unit, START + INSTANT)
        assert (found, str(found), found.kind) == (unit, "xã A", "member")
    assert (type(found), found._state.adding, found._state.db) == (Unit, False, "default")


def test_what_the_history_leaves_out_is_read_from_today_when_asked(django_assert_num_queries):
    make_unit("xã Đồi")
    (found,) = rows_as_of(Unit, START + INSTANT)
    assert found.get_deferred_fields() == {"folded"}
    with django_assert_num_queries(1):
        assert "xa doi" in found.folded


def test_many_rows_with_long_histories_are_one_query(django_assert_num_queries):
    for number in range(5):
        rename(make_plan(), *(f"{number}.{again}" for again in range(4)))
    with django_assert_num_queries(1):
        assert titles(START + INSTANT) == ["0.3", "1.3", "2.3", "3.3", "4.3"]
