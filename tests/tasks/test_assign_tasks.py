import random
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.forms.tasks import AssignForm
from tasks.models import Assignment, Task
from tasks.querysets import Assigned
from tests.factories import make_assignment, make_group, make_plan, make_task, make_unit
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, form_data, in_english, texts, tree
from units.models import Unit

SAID = "//main//*[@role='status']"
ERRORS = "//main//p[@class='text-danger'] | //main//*[contains(@class, 'invalid-feedback')]"


@pytest.fixture
def plan(cast) -> SimpleNamespace:
    """A plan of three tasks, and two member organisations beside the two wards."""
    row = make_plan()
    group = make_group(row)
    return SimpleNamespace(
        row=row,
        group=group,
        tasks=[make_task(group, title=f"Việc {place}", position=place) for place in range(3)],
        unions=[make_unit(f"Hội {number}", "member") for number in range(2)],
        url=reverse("assign-tasks", args=[row.pk]),
    )


def given_out() -> set[tuple]:
    return set(Assignment.objects.values_list("task__title", "unit__short_name", "role", "due_on"))


def levels(response) -> list[list[str]]:
    """How each message looks: a warning has no colour of success."""
    return [classes.split() for classes in tree(response).xpath(f"{SAID}/@class")]


def ticked(response, name: str) -> list[str]:
    return tree(response).xpath(f"//input[@name='{name}'][@checked]/@value")


def test_every_chosen_task_goes_to_every_chosen_unit(cast, as_user, plan):
    response = as_user(cast.staff).post(
        plan.url,
        {
            "tasks": [plan.tasks[0].pk, plan.tasks[2].pk],
            "units": [cast.ward.pk, plan.unions[0].pk],
            "role": "support",
            "due_on": "30/06/2026",
        },
    )
    assert response["Location"] == reverse("show-content", args=[plan.row.pk])
    assert given_out() == {
        (task, unit, "support", date(2026, 6, 30))
        for task in ("Việc 0", "Việc 2")
        for unit in ("phường Bãi Cát", "Hội 0")
    }


def test_whole_kinds_and_single_units_go_together_each_once(cast, as_user, plan):
    as_user(cast.staff).post(
        plan.url,
        {
            "tasks": plan.tasks[0].pk,
            "kinds": ["ward"],
            "units": [cast.ward.pk, plan.unions[1].pk],
            "role": "carry_out",
        },
    )
    assert given_out() == {
        ("Việc 0", unit, "carry_out", None) for unit in ("phường Bãi Cát", "phường Đồi Thông", "Hội 1")
    }


def test_units_that_have_ended_are_neither_offered_nor_reached(cast, as_user, plan):
    ended = make_unit("phường Cũ", valid_to=timezone.localdate() - timedelta(days=1))
    client = as_user(cast.staff)
    page = client.get(plan.url)
    assert str(ended.pk) not in tree(page).xpath("//input[@name='units']/@value")
    client.post(plan.url, {"tasks": plan.tasks[0].pk, "kinds": "ward", "role": "lead"})
    assert Assignment.objects.filter(unit=ended).count() == 0
    refused = client.post(plan.url, {"tasks": plan.tasks[0].pk, "units": ended.pk, "role": "lead"})
    assert (refused.status_code, Assignment.objects.filter(unit=ended).count()) == (200, 0)


def test_the_same_act_twice_changes_nothing_and_says_so(cast, as_user, plan):
    client = in_english(as_user(cast.staff))
    data = {"tasks": [task.pk for task in plan.tasks], "kinds": ["ward", "member"], "role": "carry_out"}
    client.post(plan.url, data)
    page = client.get(plan.url)
    assert texts(page, SAID) == ["12 assignments were made."]
    assert levels(page) == [["note", "note-good"]]
    assert (Assignment.objects.count(), Assignment.history.count()) == (12, 12)
    client.post(plan.url, data | {"role": "lead", "due_on": "01/01/2030"})
    page = client.get(plan.url)
    assert texts(page, SAID) == ["12 were there before: their roles and deadlines stay as they were."]
    assert levels(page) == [["note"]]
    assert (Assignment.objects.count(), Assignment.history.count()) == (12, 12)
    assert {(role, due_on) for _task, _unit, role, due_on in given_out()} == {("carry_out", None)}


def test_what_is_missing_is_added_to_what_is_there(cast, as_user, plan):
    make_assignment(plan.tasks[0], cast.ward, role="lead")
    client = in_english(as_user(cast.staff))
    client.post(plan.url, {"tasks": plan.tasks[0].pk, "kinds": "ward", "role": "support"})
    page = client.get(plan.url)
    assert levels(page) == [["note"]]
    assert texts(page, SAID) == [
        "1 assignment was made. 1 was there before: its role and deadline stay as they were."
    ]
    assert given_out() == {
        ("Việc 0", "phường Bãi Cát", "lead", None),
        ("Việc 0", "phường Đồi Thông", "support", None),
    }


def test_what_is_there_gets_the_new_role_and_deadline_when_asked_for(cast, as_user, plan):
    same = {"role": "support", "due_on": date(2030, 1, 1)}
    make_assignment(plan.tasks[0], cast.ward, role="lead")
    make_assignment(plan.tasks[1], cast.ward, **same)
    make_assignment(plan.tasks[2], cast.ward, role="lead")
    client = in_english(as_user(cast.staff))
    data = {"tasks": [task.pk for task in plan.tasks[:2]], "kinds": "ward", "overwrite": "on"}
    client.post(plan.url, data | {"role": "support", "due_on": "01/01/2030"})
    page = client.get(plan.url)
    assert texts(page, SAID) == [
        "2 assignments were made. 1 was changed. 1 was there before: its role and deadline stay as they were."
    ]
    assert given_out() == {
        ("Việc 0", "phường Bãi Cát", "support", date(2030, 1, 1)),
        ("Việc 0", "phường Đồi Thông", "support", date(2030, 1, 1)),
        ("Việc 1", "phường Bãi Cát", "support", date(2030, 1, 1)),
        ("Việc 1", "phường Đồi Thông", "support", date(2030, 1, 1)),
        ("Việc 2", "phường Bãi Cát", "lead", None),
    }
    changed = Assignment.history.filter(history_type="~")
    assert [(row.history_user, row.unit, row.role, row.due_on) for row in changed] == [
        (cast.staff, cast.ward, "support", date(2030, 1, 1))
    ]


def test_an_empty_deadline_takes_the_own_one_away_only_when_asked_for(cast, as_user, plan):
    make_assignment(plan.tasks[0], cast.ward, role="lead", due_on=date(2030, 1, 1))
    data = {"tasks": plan.tasks[0].pk, "units": cast.ward.pk, "role": "lead", "due_on": ""}
    client = as_user(cast.staff)
    client.post(plan.url, data)
    assert given_out() == {("Việc 0", "phường Bãi Cát", "lead", date(2030, 1, 1))}
    client.post(plan.url, data | {"overwrite": "on"})
    assert given_out() == {("Việc 0", "phường Bãi Cát", "lead", None)}


def test_the_act_counts_what_it_made_changed_and_left(cast, plan):
    units = [cast.ward, cast.other_ward]
    assert Assignment.objects.assign(plan.tasks, units, "lead") == Assigned(6, 0, 0)
    assert Assignment.objects.assign(plan.tasks, units, "lead") == Assigned(0, 0, 6)
    assert Assignment.objects.assign(plan.tasks[:1], units, "support", overwrite=True) == Assigned(0, 2, 0)
    assert Assignment.objects.assign(plan.tasks, units, "support", overwrite=True) == Assigned(0, 4, 2)
    assert Assignment.objects.assign(plan.tasks[:1] * 2, plan.unions[:1] * 2, "lead") == Assigned(1, 0, 0)


def test_each_assignment_is_history_in_the_persons_name(cast, as_user, plan):
    as_user(cast.staff).post(plan.url, {"tasks": plan.tasks[0].pk, "kinds": "ward", "role": "lead"})
    assert [(row.history_type, row.history_user) for row in Assignment.history.all()] == [
        ("+", cast.staff)
    ] * 2


def test_a_new_officers_task_is_there_at_once(cast, as_user, plan):
    as_user(cast.staff).post(plan.url, {"tasks": plan.tasks[1].pk, "units": cast.ward.pk, "role": "lead"})
    assert texts(as_user(cast.owner).get("/"), "//main//li//a") == ["Việc 1"]


def test_all_errors_show_at_once_and_the_ticks_stay(cast, as_user, plan):
    client = in_english(as_user(cast.staff))
    response = client.post(plan.url, {"role": "boss", "due_on": "31/02/2026"})
    assert texts(response, ERRORS) == [
        "Choose at least one task.",
        "Choose at least one unit.",
        "Select a valid choice. boss is not one of the available choices.",
        "Enter a valid date.",
    ]
    response = client.post(
        plan.url,
        {
            "tasks": [plan.tasks[0].pk, plan.tasks[2].pk],
            "kinds": "member",
            "units": cast.ward.pk,
            "role": "support",
            "due_on": "mai",
        },
    )
    assert texts(response, ERRORS) == ["Enter a valid date."]
    assert ticked(response, "tasks") == [str(plan.tasks[0].pk), str(plan.tasks[2].pk)]
    assert (ticked(response, "kinds"), ticked(response, "units")) == (["member"], [str(cast.ward.pk)])
    assert (ticked(response, "role"), form_data(response)["due_on"]) == (["support"], ["mai"])
    assert Assignment.objects.count() == 0


def test_a_link_from_a_task_ticks_it(cast, as_user, plan):
    page = as_user(cast.staff).get(plan.url, {"task": plan.tasks[1].pk})
    assert (ticked(page, "tasks"), ticked(page, "role")) == ([str(plan.tasks[1].pk)], ["carry_out"])
    for number in HOSTILE_NUMBERS:
        assert as_user(cast.staff).get(plan.url, {"task": number}).status_code == 200


def test_a_task_of_another_plan_cannot_be_given_out_here(cast, as_user, plan):
    theirs = make_task(make_group(make_plan()))
    response = as_user(cast.staff).post(plan.url, {"tasks": theirs.pk, "kinds": "ward", "role": "lead"})
    assert (response.status_code, Assignment.objects.count()) == (200, 0)


def test_a_kind_without_units_is_no_unit(cast, as_user, plan):
    response = in_english(as_user(cast.staff)).post(
        plan.url, {"tasks": plan.tasks[0].pk, "kinds": "party", "role": "lead"}
    )
    assert texts(response, ERRORS) == ["Choose at least one unit."]


@pytest.mark.parametrize("field", ["tasks", "units", "kinds", "role", "due_on"])
def test_hostile_values_are_errors_of_the_form(cast, as_user, plan, field):
    client = as_user(cast.staff)
    sound = {"tasks": plan.tasks[0].pk, "units": cast.ward.pk, "kinds": "ward", "role": "lead", "due_on": ""}
    for value in [*HOSTILE_NUMBERS, *HOSTILE_TEXTS]:
        if value.strip(" ") or field in ("tasks", "role"):
            response = client.post(plan.url, sound | {field: value})
            assert response.status_code == 200, value
    assert Assignment.objects.count() == 0


def test_the_page_shows_who_has_what_and_every_valid_unit(cast, as_user, plan):
    make_assignment(plan.tasks[0], cast.ward, role="lead")
    page = in_english(as_user(cast.staff)).get(plan.url)
    assert texts(page, "//label[input/@name='tasks']") == [
        "1.1 Việc 0 Lead: phường Bãi Cát",
        "1.2 Việc 1 Not assigned yet",
        "1.3 Việc 2 Not assigned yet",
    ]
    assert texts(page, "//label[input/@name='kinds']") == [
        "Ward or commune Front: all 2",
        "Member organisation: all 2",
        "City Front: all 1",
    ]
    assert len(texts(page, "//label[input/@name='units']")) == 5


@pytest.mark.parametrize("rows", [1, 30])
def test_a_long_page_asks_no_more_than_a_short_one(cast, as_user, plan, django_assert_num_queries, rows):
    for _number in range(rows):
        task = make_task(make_group(plan.row))
        make_assignment(task, cast.ward, role="lead")
        make_assignment(task, make_unit())
    client = as_user(cast.staff)
    with django_assert_num_queries(10):
        client.get(plan.url)


def test_giving_much_to_many_asks_little(cast, as_user, plan, django_assert_max_num_queries):
    for place in range(27):
        make_task(plan.group, title=f"Thêm {place}")
    for _number in range(28):
        make_unit()
    data = {"tasks": [task.pk for task in Task.objects.all()], "kinds": "ward", "role": "carry_out"}
    client = as_user(cast.staff)
    with django_assert_max_num_queries(60):
        client.post(plan.url, data)
    assert (Assignment.objects.count(), Assignment.history.count()) == (900, 900)


values = st.one_of(
    st.integers().map(str), st.text(max_size=30), st.sampled_from(["ward", "lead", "01/02/2026", "9" * 5000])
)
fields = st.sampled_from(["tasks", "units", "kinds", "role", "due_on", "csrfmiddlewaretoken"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(fields, values), max_size=8), st.randoms(use_true_random=False))
def test_whatever_is_posted_the_form_answers(cast, plan, pairs, chance: random.Random):
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    if chance.random() < 0.5:
        data.appendlist("tasks", str(plan.tasks[0].pk))
    form = AssignForm(data, tasks=Task.objects.all(), units=Unit.objects.all())
    valid = form.is_valid()
    assert valid == (not form.errors)
    assert set(form.chosen()) == {"tasks", "units", "kinds"}
