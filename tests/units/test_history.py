"""The timeline itself; the pages that show it have tests of their own."""

from datetime import date

import pytest
import time_machine
from django.core.paginator import Paginator

from plans.models import Plan
from tasks.history import plan_timeline, task_timeline
from tests.factories import (
    make_assignment,
    make_basis,
    make_group,
    make_plan,
    make_recipient,
    make_task,
    make_unit,
)
from units.history import FieldChange, Timeline
from units.models import Succession, Unit, User
from units.records import acting_as


def told(timeline) -> list[tuple]:
    return [(entry.who, entry.action, entry.model, entry.names) for entry in timeline[:100]]


@pytest.fixture(autouse=True)
def _english():
    from django.utils import translation

    with translation.override("en"):
        yield


def test_newest_first_across_models(cast):
    with acting_as(cast.staff):
        plan = make_plan(title="Trồng cây")
        make_basis(plan)
        make_group(plan)
    assert told(plan_timeline(plan)) == [
        ("Cán bộ thành phố", "added", "task group", ["1. Tuyên truyền, phổ biến"]),
        ("Cán bộ thành phố", "added", "legal basis", ["01-NQ/TW"]),
        ("Cán bộ thành phố", "added", "plan", ["Trồng cây"]),
    ]


def test_what_nobody_did_was_the_system(db):
    assert told(plan_timeline(make_plan()))[0][0] == "the system"


def test_values_read_as_on_the_page(cast):
    plan = make_plan(title="Cũ")
    plan.title, plan.issued_on, plan.state, plan.issuing_unit = "Mới", date(2026, 3, 5), "closed", cast.city
    plan.save()
    assert plan_timeline(plan)[:1][0].fields == [
        FieldChange("issued on", "", "05/03/2026"),
        FieldChange("issuing unit", "", "MTTQ thành phố"),
        FieldChange("title", "Cũ", "Mới"),
        FieldChange("state", "In force", "Closed"),
    ]


def test_yes_and_no_for_a_tick(cast):
    task = make_task(make_group(make_plan()))
    task.ongoing = True
    task.save()
    assert task_timeline(task)[:1][0].fields == [FieldChange("ongoing", "no", "yes")]


def test_a_row_that_is_gone_keeps_the_names_of_its_day(cast):
    plan = make_plan()
    unit = make_unit("phường Tạm")
    task = make_task(make_group(plan), title="Trồng cây")
    make_assignment(task, unit).delete()
    assert told(task_timeline(task))[:2] == [
        ("the system", "removed", "assignment", ["phường Tạm · Trồng cây"]),
        ("the system", "added", "assignment", ["phường Tạm · Trồng cây"]),
    ]


def test_a_pointer_to_what_is_gone_says_deleted(cast):
    parent = make_plan(title="Kế hoạch mẹ")
    plan = make_plan(parent=parent)
    plan.parent = None
    plan.save()
    parent.delete()
    assert plan_timeline(plan)[:1][0].fields == [FieldChange("parent plan", "(deleted)", "")]


def test_a_row_whose_relations_are_gone_is_named_by_what_is_left(cast):
    unit, heir = make_unit("phường Tạm"), make_unit("phường Mới")
    succession = Succession.objects.create(predecessor=unit, successor=heir, effective_on=date(2025, 7, 1))
    timeline = Timeline(Succession.history.filter(id=succession.pk))
    succession.delete()
    unit.delete()
    assert [entry.names for entry in timeline[:5]] == [["(deleted) · phường Mới"]] * 2


def test_a_new_password_is_an_entry_that_shows_no_value(cast):
    with acting_as(cast.admin):
        cast.owner.set_password("mot-mat-khau-khac")
        cast.owner.save()
    entries = Timeline(User.history.filter(id=cast.owner.pk))[:5]
    assert [(entry.who, entry.action, entry.fields) for entry in entries] == [
        ("Quản trị", "changed", []),
        ("the system", "added", []),
    ]


def test_another_row_saved_without_a_change_is_no_entry(cast):
    cast.ward.save()
    assert [entry.action for entry in Timeline(Unit.history.filter(id=cast.ward.pk))[:5]] == ["added"]


def test_what_happened_since_a_stamp(cast):
    plan = make_plan(title="Một")
    stamp = plan_timeline(plan).stamp()
    for title in ("Hai", "Ba", "Bốn", "Năm"):
        plan.title = title
        plan.save()
    assert [entry.names for entry in plan_timeline(plan).since(stamp)] == [["Năm"], ["Bốn"], ["Ba"], ["Hai"]]
    assert plan_timeline(plan).since(plan_timeline(plan).stamp()) == []
    for other in ("", "1", "a-b-c-d-e-f", "1-2-3-4-5-²", "-----", "\x00"):
        assert plan_timeline(plan).since(other) == [], other
    assert len(plan_timeline(plan).since("-".join(["9" * 5000] * 6))) == 0


def test_alike_within_a_minute_is_one_entry_and_a_change_stands_alone(cast):
    with time_machine.travel("2026-03-05 09:30+07:00", tick=False) as clock, acting_as(cast.staff):
        plan = make_plan()
        first, second = make_group(plan, number="1", title="A"), make_group(plan, number="2", title="B")
        clock.shift(120)
        make_group(plan, number="3", title="C")
        for group in (first, second):
            group.title += "!"
            group.save()
    assert told(plan_timeline(plan)) == [
        ("Cán bộ thành phố", "changed", "task group", ["2. B!"]),
        ("Cán bộ thành phố", "changed", "task group", ["1. A!"]),
        ("Cán bộ thành phố", "added", "task group", ["3. C"]),
        ("Cán bộ thành phố", "added", "task group", ["1. A", "2. B"]),
        ("Cán bộ thành phố", "added", "plan", ["Thực hiện nghị quyết mẫu"]),
    ]


def test_two_people_in_one_minute_are_two_entries(cast):
    with time_machine.travel("2026-03-05 09:30+07:00", tick=False):
        plan = make_plan()
        for person in (cast.staff, cast.admin):
            with acting_as(person):
                make_group(plan)
    assert [entry.who for entry in plan_timeline(plan)[:2]] == ["Quản trị", "Cán bộ thành phố"]


def test_a_name_is_read_as_it_is_now_and_an_adding_as_it_was(cast):
    plan = make_plan(title="Cũ")
    plan.title = "Mới"
    plan.save()
    assert [entry.names for entry in plan_timeline(plan)[:5]] == [["Mới"], ["Cũ"]]


def test_units_of_a_recipient_added_later_are_a_change(cast):
    with time_machine.travel("2026-03-05 09:30+07:00", tick=False) as clock:
        plan = make_plan()
        recipient = make_recipient(plan, (cast.ward,), name="Các phường")
        clock.shift(60)
        recipient.units.add(cast.other_ward)
    entries = plan_timeline(plan)[:5]
    assert [entry.action for entry in entries] == ["changed", "added", "added"]
    assert entries[0].fields == [FieldChange("stands for", "", "phường Đồi Thông")]


def test_it_can_be_counted_paged_and_sliced(cast):
    plan = make_plan()
    for number in range(4):
        plan.title = f"Tên {number}"
        plan.save()
    timeline = plan_timeline(plan)
    assert len(timeline) == 5
    pages = Paginator(timeline, 2)
    assert [[entry.names for entry in pages.page(number)] for number in (1, 2, 3)] == [
        [["Tên 3"], ["Tên 2"]],
        [["Tên 1"], ["Tên 0"]],
        [["Thực hiện nghị quyết mẫu"]],
    ]


def test_a_timeline_of_nothing_is_empty(db):
    timeline = Timeline(Plan.history.none(), Unit.history.none())
    assert (len(timeline), timeline[:5]) == (0, [])


@pytest.mark.parametrize("rows", [1, 30])
def test_many_rows_ask_no_more_than_one(cast, django_assert_num_queries, rows):
    plan = make_plan(issuing_unit=cast.city, parent=make_plan())
    for number in range(rows):
        group, basis = make_group(plan), make_basis(plan)
        make_assignment(make_task(group), make_unit())
        recipient = make_recipient(plan, (cast.ward, make_unit()))
        with acting_as(cast.staff if number % 2 else cast.admin):
            for row, field in ((group, "title"), (basis, "text"), (recipient, "name"), (plan, "title")):
                setattr(row, field, f"Đổi {number}")
                row.save()
            recipient.units.set([make_unit()])
    with django_assert_num_queries(16):
        entries = plan_timeline(plan)[:1000]
    assert sum(entry.action == "added" for entry in entries) >= 4


@pytest.mark.django_db
def test_an_act_of_many_rows_is_not_counted_short():
    for _number in range(60):
        make_unit()
    latest = Timeline(Unit.history.all()).latest(5)
    assert [(len(entry.names), entry.cut) for entry in latest] == [(50, True)]
    one = Unit.objects.order_by("pk").first()
    assert [entry.cut for entry in Timeline(Unit.history.filter(id=one.pk)).latest(5)] == [False]
