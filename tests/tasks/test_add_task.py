from datetime import date

import pytest
from django.urls import reverse

from tasks.models import Assignment, Task
from tests.factories import make_group, make_plan, make_task
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, form_data, in_english, texts, tree

NO_INDICATORS = {"indicators-TOTAL_FORMS": 0, "indicators-INITIAL_FORMS": 0}
ERRORS = "//main//*[contains(@class, 'invalid-feedback')] | //main//*[contains(@class, 'text-danger')]"


def url(plan) -> str:
    return reverse("add-task", args=[plan.pk])


def test_a_task_is_added_to_the_group_chosen(cast, work, as_user):
    other = make_group(work.plan, title="Khác")
    client = as_user(cast.staff)
    response = client.post(
        url(work.plan),
        {
            "group": other.pk,
            "title": "Tặng cây",
            "text": "Tặng cây\ngiống",
            "due_on": "5/3/2026",
            "product": "Báo cáo",
            **NO_INDICATORS,
        },
    )
    task = Task.objects.get(title="Tặng cây")
    assert response["Location"] == reverse("show-task", args=[task.pk])
    assert (task.group, task.text.split(), task.due_on, task.ongoing, task.product) == (
        other,
        ["Tặng", "cây", "giống"],
        date(2026, 3, 5),
        False,
        "Báo cáo",
    )
    assert task.history.get().history_user == cast.staff


def test_a_new_task_stands_last_in_its_group(cast, work, as_user):
    work.task.position = 4
    work.task.save()
    as_user(cast.staff).post(url(work.plan), {"group": work.group.pk, "title": "Mới"} | NO_INDICATORS)
    assert [task.title for task in work.group.tasks.all()] == ["Tổ chức hội nghị học tập", "Mới"]


def test_a_task_of_the_link_stands_last_and_goes_to_the_units_that_it_names(cast, work, as_user):
    other = make_group(work.plan, title="Khác", position=1)
    for place, title in ((7, "Sau"), (3, "Trước")):
        make_task(other, title=title, position=place)
    client = as_user(cast.staff)
    link = f"{url(work.plan)}?group={other.pk}"
    data = form_data(client.get(link))
    names = {"lead_named": "phường Bãi Cát", "support_named": "phường Đồi Thông\r\nBan không có ở đây"}
    client.post(link, data | {"title": "Mới"} | names)
    assert [task.title for task in other.tasks.all()] == ["Trước", "Sau", "Mới"]
    given = Assignment.objects.filter(task__title="Mới")
    assert set(given.values_list("unit__short_name", "role", "due_on")) == {
        ("phường Bãi Cát", "lead", None),
        ("phường Đồi Thông", "support", None),
    }
    assert {row.history_user for assignment in given for row in assignment.history.all()} == {cast.staff}


@pytest.mark.parametrize("typed", ["05/03/2026", "5/3/2026", "5-3-2026", "05.03.2026", "2026-03-05"])
def test_a_day_is_typed_as_offices_write_it(cast, work, as_user, typed):
    data = {"group": work.group.pk, "title": "Mới", "due_on": typed}
    as_user(cast.staff).post(url(work.plan), data | NO_INDICATORS)
    assert Task.objects.get(title="Mới").due_on == date(2026, 3, 5)


@pytest.mark.parametrize("typed", ["05032026", "20260305", "5/3/26", "3/2026", "05 03 2026"])
def test_what_may_be_two_days_is_none(cast, work, as_user, typed):
    data = {"group": work.group.pk, "title": "Mới", "due_on": typed}
    response = in_english(as_user(cast.staff)).post(url(work.plan), data | NO_INDICATORS)
    assert texts(response, ERRORS) == ["Enter a valid date."]
    assert Task.objects.count() == 1


def test_the_group_of_the_link_is_chosen(cast, work, as_user):
    other = make_group(work.plan, title="Khác", position=1)
    client = as_user(cast.staff)
    assert form_data(client.get(url(work.plan)))["group"] == [str(work.group.pk)]
    assert form_data(client.get(url(work.plan), {"group": other.pk}))["group"] == [str(other.pk)]
    for number in HOSTILE_NUMBERS:
        assert client.get(url(work.plan), {"group": number}).status_code == 200


def test_groups_of_other_plans_are_neither_offered_nor_taken(cast, work, as_user):
    theirs = make_group(make_plan())
    client = as_user(cast.staff)
    assert tree(client.get(url(work.plan))).xpath("//select[@name='group']/option/@value") == [
        str(work.group.pk)
    ]
    assert client.post(url(work.plan), {"group": theirs.pk, "title": "X"} | NO_INDICATORS).status_code == 200
    assert Task.objects.count() == 1


def test_all_errors_show_at_once_and_what_was_typed_stays(cast, work, as_user):
    data = {
        "group": work.group.pk,
        "title": "x" * 201,
        "due_on": "31/02/2026",
        "ongoing": "on",
        "product": "y",
    }
    response = in_english(as_user(cast.staff)).post(url(work.plan), data | NO_INDICATORS)
    assert texts(response, ERRORS) == [
        "Ensure this value has at most 200 characters (it has 201).",
        "Enter a valid date.",
    ]
    kept = form_data(response)
    assert (kept["title"], kept["due_on"], kept["ongoing"], kept["product"]) == (
        ["x" * 201],
        ["31/02/2026"],
        ["on"],
        ["y"],
    )


def test_ongoing_or_a_deadline_but_not_both(cast, work, as_user):
    data = {"group": work.group.pk, "title": "X", "due_on": "01/02/2026", "ongoing": "on"}
    response = in_english(as_user(cast.staff)).post(url(work.plan), data | NO_INDICATORS)
    assert texts(response, ERRORS) == ["An ongoing task has no deadline: choose one of the two."]
    assert Task.objects.count() == 1


@pytest.mark.parametrize(
    "field", ["group", "title", "text", "lead_named", "support_named", "due_on", "product", "ongoing"]
)
def test_hostile_values_are_no_fault(cast, work, as_user, field):
    client = as_user(cast.staff)
    for value in [*HOSTILE_NUMBERS, *HOSTILE_TEXTS]:
        data = {"group": work.group.pk, "title": "X", field: value}
        response = client.post(url(work.plan), data | NO_INDICATORS)
        assert response.status_code in (200, 302), value
    assert not [task for task in Task.objects.all() if "\x00" in f"{task.title}{task.text}{task.product}"]


def test_a_plan_without_groups_says_where_to_make_one(cast, as_user):
    plan = make_plan()
    response = as_user(cast.staff).get(url(plan))
    assert response.status_code == 200
    assert as_user(cast.staff).post(url(plan), {"title": "X"} | NO_INDICATORS).status_code == 200
    assert Task.objects.count() == 0


def test_what_is_counted_is_stored_with_the_new_task(cast, work, as_user):
    data = {
        "group": work.group.pk,
        "title": "Mới",
        "indicators-TOTAL_FORMS": 1,
        "indicators-INITIAL_FORMS": 0,
        "indicators-0-name": "Hội nghị",
        "indicators-0-measure": "cuộc",
        "indicators-0-target": "1.250",
        "indicators-0-sum": "added",
        "indicators-0-ORDER": 1,
    }
    as_user(cast.staff).post(url(work.plan), data)
    indicators = Task.objects.get(title="Mới").indicators
    assert list(indicators.values_list("name", "measure", "target", "sum")) == [
        ("Hội nghị", "cuộc", 1250, "added")
    ]
    as_user(cast.staff).post(url(work.plan), data | {"title": "Khác", "indicators-0-name": ""})
    assert not Task.objects.filter(title="Khác").exists()
