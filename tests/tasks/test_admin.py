from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from tasks.models import Assignment, Task
from tests.factories import (
    make_assignment,
    make_group,
    make_plan,
    make_task,
    make_unit,
)


def url(page: str, *args) -> str:
    return reverse(f"admin:tasks_{page}", args=args)


def admin_url(model: type, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def more_assignments(number: int) -> None:
    for _number in range(number):
        make_assignment(make_task(make_group(make_plan())), make_unit())


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("model", "queries"), [(Task, 6), (Assignment, 6)])
def test_lists_ask_as_much_for_one_row_as_for_many(
    cast, as_user, django_assert_num_queries, model, queries, rows
):
    more_assignments(rows)
    client = as_user(cast.staff)
    with django_assert_num_queries(queries):
        response = client.get(admin_url(model, "changelist"))
    assert response.context["cl"].result_count == rows


@pytest.mark.parametrize("rows", [1, 30])
def test_a_task_opens_as_fast_with_many_wards(cast, as_user, work, django_assert_num_queries, rows):
    for _number in range(rows - 1):
        make_assignment(work.task, make_unit())
    client = as_user(cast.staff)
    # Asked once a process: which test comes first makes no difference here.
    ContentType.objects.get_for_model(Task)
    with django_assert_num_queries(6):
        response = client.get(url("task_change", work.task.pk))
    assert response.context["inline_admin_formsets"][1].formset.initial_form_count() == rows


def task_data(task: Task, *assignments: dict, **fields) -> dict:
    data = {"group": task.group_id, "position": 0, "title": task.title, "text": task.text}
    rows = {
        f"assignments-{number}-{name}": value
        for number, row in enumerate(assignments)
        for name, value in row.items()
    }
    existing = sum("id" in row for row in assignments)
    counts = {"assignments-TOTAL_FORMS": len(assignments), "assignments-INITIAL_FORMS": existing}
    counts |= {"indicators-TOTAL_FORMS": 0, "indicators-INITIAL_FORMS": 0}
    return {**data, **counts, **rows, **fields}


def test_staff_give_change_and_take_assignments_on_the_task(cast, as_user, work):
    page = url("task_change", work.task.pk)
    client = as_user(cast.staff)
    kept = {"id": work.assignment.pk, "role": "lead", "due_on": "30/09/2023", "unit": cast.city.pk}
    given = {"unit": cast.other_ward.pk, "role": "carry_out"}
    assert client.post(page, task_data(work.task, kept, given)).status_code == 302
    assert list(Assignment.objects.order_by("pk").values_list("unit", "role", "due_on")) == [
        (cast.ward.pk, "lead", date(2023, 9, 30)),
        (cast.other_ward.pk, "carry_out", None),
    ]
    taken = {"id": work.assignment.pk, "role": "lead", "DELETE": "on"}
    assert client.post(page, task_data(work.task, taken)).status_code == 302
    assert Assignment.objects.get().unit == cast.other_ward


def test_a_unit_has_a_task_once(cast, as_user, work):
    page = url("assignment_add")
    data = {"task": work.task.pk, "unit": cast.ward.pk, "role": "support"}
    response = as_user(cast.staff).post(page, data)
    assert list(response.context["adminform"].errors) == ["__all__"]


def test_an_ongoing_task_has_no_deadline(cast, as_user, work):
    data = task_data(work.task, ongoing="on", due_on="30/09/2023")
    response = as_user(cast.staff).post(url("task_change", work.task.pk), data)
    assert list(response.context["adminform"].errors) == ["__all__"]


def test_a_task_with_assignments_stays_and_an_empty_one_goes(cast, as_user, work):
    client = as_user(cast.staff)
    group_page = reverse("admin:plans_taskgroup_delete", args=[work.group.pk])
    for page in (url("task_delete", work.task.pk), group_page):
        response = client.post(page, {"post": "yes"})
        assert (response.status_code, bool(response.context["protected"])) == (200, True)
    assert client.post(url("assignment_delete", work.assignment.pk), {"post": "yes"}).status_code == 302
    assert client.post(group_page, {"post": "yes"}).status_code == 200
    assert client.post(url("task_delete", work.task.pk), {"post": "yes"}).status_code == 302
    assert client.post(group_page, {"post": "yes"}).status_code == 302
    assert (Task.objects.count(), Assignment.objects.count()) == (0, 0)


def test_a_group_with_assigned_tasks_stays_when_dropped_on_its_plan(cast, as_user, work):
    data = {
        "title": work.plan.title,
        "state": "active",
        **{f"{part}-{n}_FORMS": 0 for part in ("legal_bases", "recipients") for n in ("TOTAL", "INITIAL")},
        "groups-TOTAL_FORMS": 1,
        "groups-INITIAL_FORMS": 1,
        "groups-0-id": work.group.pk,
        "groups-0-title": work.group.title,
        "groups-0-kind": work.group.kind,
        "groups-0-position": 0,
        "groups-0-DELETE": "on",
    }
    page = reverse("admin:plans_plan_change", args=[work.plan.pk])
    assert as_user(cast.staff).post(page, data).status_code == 200
    assert Task.objects.count() == 1


def test_staff_change_tasks_of_a_group(cast, as_user, work):
    data = {
        "plan": work.plan.pk,
        "title": "Nhóm khác",
        "kind": "other",
        "position": 0,
        "tasks-TOTAL_FORMS": 1,
        "tasks-INITIAL_FORMS": 1,
        "tasks-0-id": work.task.pk,
        "tasks-0-title": "Tên ngắn khác",
        "tasks-0-position": 3,
        "tasks-0-ongoing": "on",
    }
    page = reverse("admin:plans_taskgroup_change", args=[work.group.pk])
    assert as_user(cast.staff).post(page, data).status_code == 302
    work.task.refresh_from_db()
    assert (work.task.title, work.task.ongoing) == ("Tên ngắn khác", True)


@pytest.mark.parametrize("person", ["nobody", "leader", "owner"])
def test_others_do_not_enter(cast, as_user, work, person):
    client = as_user(getattr(cast, person, None))
    pages = [url("task_changelist"), url("assignment_change", work.assignment.pk)]
    assert [client.get(page).status_code for page in pages] == [302, 302]
    assert client.post(url("assignment_delete", work.assignment.pk), {"post": "yes"}).status_code == 302
    assert Assignment.objects.count() == 1


def test_assignments_are_found_by_unit_without_marks_and_by_task(cast, as_user, work):
    other = make_assignment(make_task(work.group, title="Tập huấn"), cast.other_ward)
    client = as_user(cast.staff)
    for words, found in [
        ("doi thong", [other]),
        ("doi thong Tập huấn", [other]),
        ("bai cat Tập huấn", []),
        ("hội nghị", [work.assignment]),
        ("phuong", [work.assignment, other]),
    ]:
        cl = client.get(url("assignment_changelist"), {"q": words}).context["cl"]
        assert sorted(row.pk for row in cl.result_list) == [row.pk for row in found]


def test_assignments_are_filtered_by_plan(cast, as_user, work):
    more_assignments(1)
    client = as_user(cast.staff)
    for page, row in [("assignment_changelist", work.assignment), ("task_changelist", work.task)]:
        cl = client.get(url(page), {"plan": work.plan.pk}).context["cl"]
        assert list(cl.result_list) == [row]


def test_a_group_whose_tasks_nobody_has_stays_too_when_dropped_on_its_plan(cast, as_user, work):
    empty = make_group(work.plan, title="Rỗng", position=1)
    work.assignment.delete()
    rows = [
        {"id": group.pk, "title": group.title, "kind": group.kind, "position": group.position, "DELETE": "on"}
        for group in (work.group, empty)
    ]
    data = {
        "title": work.plan.title,
        "state": "active",
        **{f"{part}-{n}_FORMS": 0 for part in ("legal_bases", "recipients") for n in ("TOTAL", "INITIAL")},
        "groups-TOTAL_FORMS": 2,
        "groups-INITIAL_FORMS": 2,
        **{f"groups-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()},
    }
    page = reverse("admin:plans_plan_change", args=[work.plan.pk])
    client = as_user(cast.staff)
    assert client.post(page, data).status_code == 200
    assert (Task.objects.get(), work.plan.groups.count()) == (work.task, 2)
    assert client.post(page, data | {"groups-0-DELETE": ""}).status_code == 302
    assert (Task.objects.get(), work.plan.groups.get()) == (work.task, work.group)


def test_an_assignment_stays_with_its_task_and_its_unit(cast, as_user, work):
    other = make_task(work.group, title="Khác")
    client = as_user(cast.staff)
    page = url("assignment_change", work.assignment.pk)
    assert list(client.get(page).context["adminform"].readonly_fields) == ["task", "unit"]
    client.post(page, {"task": other.pk, "unit": cast.other_ward.pk, "role": "lead", "due_on": ""})
    work.assignment.refresh_from_db()
    assert (work.assignment.task, work.assignment.unit, work.assignment.role) == (
        work.task,
        cast.ward,
        "lead",
    )
    assert list(client.get(url("assignment_add")).context["adminform"].readonly_fields) == []
