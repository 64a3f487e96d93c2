import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    make_assignment,
    make_basis,
    make_group,
    make_plan,
    make_recipient,
    make_task,
    make_unit,
)
from tests.pages import HOSTILE_NUMBERS, form_data, in_english, links, texts, words
from units.records import acting_as

ENTRIES = "//main//ul[contains(@class, 'timeline')]/li"


@pytest.fixture
def lines(as_user, cast):
    """Each entry of the page as read, newest first."""
    return lambda plan, **query: texts(
        in_english(as_user(cast.leader)).get(reverse("show-plan-history", args=[plan.pk]), query), ENTRIES
    )


@pytest.fixture
def at():
    """The clock of the office: `at("2026-03-05 09:30")`."""
    return lambda moment: time_machine.travel(f"{moment}+07:00", tick=False)


def test_it_tells_who_when_and_what_with_old_and_new_values(cast, lines, at):
    with at("2026-03-05 09:30"), acting_as(cast.staff):
        plan = make_plan(title="Trồng cây", number="07/KH")
    with at("2026-03-06 14:05"), acting_as(cast.admin):
        plan.title, plan.issued_on, plan.state = "Trồng hoa", timezone.localdate(), "closed"
        plan.issuing_unit = cast.city
        plan.save()
    with at("2026-03-07 08:00"):
        plan.number = ""
        plan.save()
    assert lines(plan) == [
        "08:00 07/03/2026 · the system Changed plan: Trồng hoa Number: 07/KH",
        "14:05 06/03/2026 · Quản trị Changed plan: 07/KH: Trồng hoa Issued on: 06/03/2026 "
        "Issuing unit: MTTQ thành phố Title: Trồng cây → Trồng hoa State: In force → Closed",
        "09:30 05/03/2026 · Cán bộ thành phố Added plan: 07/KH: Trồng cây",
    ]


def test_removed_rows_are_told_by_name(cast, lines, at):
    with at("2026-03-05 09:30"), acting_as(cast.staff):
        plan = make_plan()
        group, basis = make_group(plan, title="Tuyên truyền"), make_basis(plan)
    with at("2026-03-06 09:30"), acting_as(cast.admin):
        group.delete()
        basis.delete()
    assert sorted(lines(plan)[:2]) == [
        "09:30 06/03/2026 · Quản trị Removed legal basis: 01-NQ/TW",
        "09:30 06/03/2026 · Quản trị Removed task group: 1. Tuyên truyền",
    ]


@pytest.fixture
def moved(cast, as_user):
    """The history page after a person gave one line of the distribution list another unit."""
    plan = make_plan()
    make_recipient(plan, (cast.ward,), name="Các phường")
    client = in_english(as_user(cast.staff))
    url = reverse("edit-plan", args=[plan.pk])
    client.post(url, form_data(client.get(url)) | {"recipients-0-stands_for": cast.other_ward.pk})
    return client.get(reverse("show-plan-history", args=[plan.pk]))


def test_the_units_of_a_recipient_are_told_as_they_come_and_go(moved):
    assert (texts(moved, "//main//del"), texts(moved, "//main//ins")) == (
        ["phường Bãi Cát"],
        ["phường Đồi Thông"],
    )
    assert "Cán bộ thành phố Changed recipient: Các phường Stands for: " in words(moved)


def test_no_entry_tells_of_a_change_without_a_value(moved):
    assert texts(moved, f"{ENTRIES}[contains(., 'Changed')][not(ul)]") == []


def test_a_recipient_added_with_its_units_is_one_entry(cast, lines, at):
    with at("2026-03-05 09:30"), acting_as(cast.staff):
        plan = make_plan()
        make_recipient(plan, (cast.ward,), name="Các phường")
    assert len(lines(plan)) == 2
    assert "Added recipient: Các phường" in lines(plan)[0]


def test_rows_that_one_person_added_together_are_one_entry(cast, lines, at):
    with at("2026-03-05 09:30"), acting_as(cast.staff):
        plan = make_plan()
        for title in ("Một", "Hai", "Ba"):
            make_group(plan, title=title)
    assert lines(plan)[0] == "09:30 05/03/2026 · Cán bộ thành phố Added task group (3): 1. Một; 1. Hai; 1. Ba"


def test_more_than_three_names_unfold_to_every_one(cast, as_user, at):
    with at("2026-03-05 09:30"), acting_as(cast.staff):
        plan = make_plan()
        for title in ("Một", "Hai", "Ba", "Bốn"):
            make_group(plan, title=title)
    page = in_english(as_user(cast.leader)).get(reverse("show-plan-history", args=[plan.pk]))
    assert texts(page, f"{ENTRIES}//summary") == ["1. Một … 1. Bốn"]
    assert texts(page, f"{ENTRIES}//details//li") == ["1. Một", "1. Hai", "1. Ba", "1. Bốn"]


def test_tasks_and_who_has_them_are_told_even_when_all_of_it_is_gone(cast, lines, at):
    with at("2026-03-05 09:30"), acting_as(cast.staff):
        plan = make_plan()
        task = make_task(make_group(plan), title="Trồng cây")
        make_assignment(task, cast.ward)
    with at("2026-03-06 09:30"), acting_as(cast.admin):
        task.title = "Trồng hoa"
        task.save()
    with at("2026-03-07 09:30"), acting_as(cast.staff):
        group = task.group
        task.remove()
        group.delete()
    assert lines(plan) == [
        "09:30 07/03/2026 · Cán bộ thành phố Removed assignment: phường Bãi Cát · (deleted)",
        "09:30 07/03/2026 · Cán bộ thành phố Removed task: Trồng hoa",
        "09:30 07/03/2026 · Cán bộ thành phố Removed task group: 1. Tuyên truyền, phổ biến",
        "09:30 06/03/2026 · Quản trị Changed task: Trồng hoa Short title: Trồng cây → Trồng hoa",
        "09:30 05/03/2026 · Cán bộ thành phố Added assignment: phường Bãi Cát · (deleted)",
        "09:30 05/03/2026 · Cán bộ thành phố Added task: Trồng cây",
        "09:30 05/03/2026 · Cán bộ thành phố Added task group: 1. Tuyên truyền, phổ biến",
        "09:30 05/03/2026 · Cán bộ thành phố Added plan: Thực hiện nghị quyết mẫu",
    ]


def test_the_history_of_another_plan_is_not_mixed_in(cast, lines):
    plan, other = make_plan(), make_plan(title="Kế hoạch khác")
    make_assignment(make_task(make_group(other, title="Nhóm của kế hoạch khác")), cast.ward)
    make_recipient(other, name="Nơi nhận khác")
    assert len(lines(plan)) == 1


def test_hostile_names_are_text(cast, as_user):
    plan = make_plan(title="<script>x</script>")
    plan.title = "{{ 7 }} <b>đậm</b>"
    plan.save()
    page = as_user(cast.leader).get(reverse("show-plan-history", args=[plan.pk]))
    assert "<script>x" not in page.content.decode()
    assert "<script>x</script>" in words(page)


def test_older_entries_are_pages_on(cast, as_user, lines):
    plan = make_plan()
    for number in range(1, 101):
        plan.title = f"Tên {number}"
        plan.save()
    assert len(lines(plan)) == 100
    assert len(lines(plan, page=2)) == 1
    assert "Added plan" in lines(plan, page=2)[0]
    client = as_user(cast.leader)
    url = reverse("show-plan-history", args=[plan.pk])
    assert links(client.get(url)) == [reverse("show-plan", args=[plan.pk]), "?page=2"]
    for number in HOSTILE_NUMBERS:
        assert client.get(url, {"page": number}).status_code == 200


def test_reading_is_not_for_officers_even_of_a_plan_that_they_see(cast, work, as_user):
    assert as_user(cast.owner).get(reverse("show-plan-history", args=[work.plan.pk])).status_code == 403


@pytest.mark.parametrize("rows", [1, 7])
def test_many_changes_ask_no_more_than_one(cast, as_user, django_assert_num_queries, rows):
    plan = make_plan(parent=make_plan(), issuing_unit=cast.city)
    for number in range(rows):
        group, basis = make_group(plan), make_basis(plan)
        make_assignment(make_task(group), make_unit())
        make_assignment(make_task(group), cast.ward).delete()
        recipient = make_recipient(plan, (cast.ward, make_unit()))
        for row, field in ((group, "title"), (basis, "text"), (recipient, "name"), (plan, "title")):
            setattr(row, field, f"Đổi {number}")
            row.save()
        recipient.units.set([make_unit()])
    client = as_user(cast.leader)
    with django_assert_num_queries(28):
        client.get(reverse("show-plan-history", args=[plan.pk]))
