import pytest

from plans.models import ImportDraft, Plan
from tests.factories import make_assignment, make_group, make_plan, make_recipient, make_task


def test_progress_counts_each_task_and_unit_once(cast):
    plan, empty = make_plan(), make_plan()
    first, second = make_group(plan), make_group(plan)
    one, two = make_task(first), make_task(second)
    make_task(second)
    for task in (one, two):
        make_assignment(task, cast.ward)
        make_assignment(task, cast.other_ward)
    make_group(empty)
    counts = Plan.objects.with_progress().values_list("pk", "task_count", "unassigned_count", "unit_count")
    assert list(counts) == [(empty.pk, 0, 0, 0), (plan.pk, 3, 1, 2)]


def test_in_force_leaves_the_closed_ones_out(db):
    plan = make_plan()
    make_plan(state="closed")
    assert list(Plan.objects.in_force()) == [plan]


def test_a_plan_concerns_a_unit_once_however_often_it_is_named(cast):
    plan = make_plan()
    for _number in range(2):
        make_recipient(plan, (cast.ward, cast.other_ward))
        make_assignment(make_task(make_group(plan)), cast.ward)
    assert list(Plan.objects.concerning(cast.ward.pk)) == [plan]
    assert list(Plan.objects.concerning(cast.city.pk)) == []


def test_a_plan_without_tasks_or_recipients_concerns_nobody_not_even_who_has_no_unit(db):
    plan = make_plan()
    make_task(make_group(plan))
    make_recipient(plan)
    assert list(Plan.objects.concerning(None)) == []


@pytest.mark.parametrize(
    ("number", "title", "found"),
    [
        ("07/KH", None, True),
        ("07/kh", None, True),
        (None, "TRỒNG CÂY", True),
        ("99/KH", "Trồng cây", True),
        ("99/KH", "Chăm hoa", False),
        (None, None, False),
        ("", "", False),
    ],
)
def test_a_plan_of_the_same_number_or_title_is_alike(db, number, title, found):
    plan = make_plan(number="07/KH", title="Trồng cây")
    make_plan(number="", title="Khác")
    assert list(Plan.objects.alike(number, title)) == ([plan] if found else [])


def test_a_draft_waits_is_put_aside_or_has_become_a_plan(cast):
    waiting, aside, done, both = (
        ImportDraft.objects.create(outline={}, created_by=cast.staff) for _number in range(4)
    )
    aside.discard()
    both.discard()
    for draft in (done, both):
        draft.plan = make_plan()
        draft.save()
    assert list(ImportDraft.objects.waiting()) == [waiting]
    assert list(ImportDraft.objects.put_aside()) == [aside]
