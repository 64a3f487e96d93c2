"""Whom and when the history names for what is written outside a request."""

from datetime import UTC, datetime

import pytest

from tasks.models import Assignment
from tests.factories import make_plan, make_recipient, make_unit
from units.records import acting_as

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
THEN = datetime(2026, 2, 3, 2, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NOW, tick=False)


def told(row) -> list[tuple]:
    rows = row.history.order_by("history_id")
    return [(each.history_type, each.history_date, each.history_user) for each in rows]


def test_a_row_is_dated_by_the_time_that_is_told(cast):
    with acting_as(cast.staff, THEN):
        plan = make_plan()
    plan.save()
    with acting_as(cast.admin, THEN):
        plan.save()
    assert told(plan) == [("+", THEN, cast.staff), ("~", NOW, None), ("~", THEN, cast.admin)]


def test_a_removal_is_dated_too(cast):
    plan = make_plan()
    with acting_as(cast.staff, THEN):
        plan.delete()
    row = plan.history.model.objects.get(history_type="-")
    assert (row.history_date, row.history_user) == (THEN, cast.staff)


def test_many_rows_at_once_are_dated_by_it(cast, work):
    units = [make_unit(), make_unit()]
    with acting_as(cast.staff, THEN):
        Assignment.objects.assign([work.task], units, "carry_out")
        Assignment.objects.assign([work.task], units, "support", overwrite=True)
    for given in Assignment.objects.filter(unit__in=units):
        assert told(given) == [("+", THEN, cast.staff), ("~", THEN, cast.staff)]


def test_so_is_what_a_recipient_stands_for(cast, work):
    with acting_as(cast.staff, THEN):
        recipient = make_recipient(work.plan, (cast.ward,), name="Các xã")
    assert told(recipient) == [("+", THEN, cast.staff), ("~", THEN, cast.staff)]


def test_one_act_inside_another_gives_the_first_back(cast):
    with acting_as(cast.admin, THEN):
        with acting_as(cast.staff):
            inner = make_plan()
        outer = make_plan()
    after = make_plan()
    assert [told(plan) for plan in (inner, outer, after)] == [
        [("+", NOW, cast.staff)],
        [("+", THEN, cast.admin)],
        [("+", NOW, None)],
    ]


def test_a_failed_act_leaves_no_date_behind(cast):
    with pytest.raises(RuntimeError), acting_as(cast.staff, THEN):
        raise RuntimeError
    assert told(make_plan()) == [("+", NOW, None)]
