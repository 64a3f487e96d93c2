from django.urls import reverse

from tasks.models import Assignment
from tests.pages import in_english, texts


def url(work) -> str:
    return reverse("remove-assignment", args=[work.assignment.pk])


def test_the_unit_no_longer_has_the_task_and_the_page_says_the_way_back(cast, work, as_user):
    client = in_english(as_user(cast.staff))
    response = client.post(url(work))
    assert response["Location"] == reverse("show-task", args=[work.task.pk])
    assert Assignment.objects.count() == 0
    assert texts(client.get(response["Location"]), "//main//*[@role='status']") == [
        "phường Bãi Cát no longer has this task. Assign it again to take this back."
    ]
    assert as_user(cast.owner).get(response["Location"]).status_code == 404
    assert texts(as_user(cast.owner).get("/"), "//main//li/a") == []


def test_the_history_keeps_that_it_was_and_who_took_it_away(cast, work, as_user):
    as_user(cast.staff).post(url(work))
    assert [(row.history_type, row.history_user, row.unit, row.role) for row in Assignment.history.all()] == [
        ("-", cast.staff, cast.ward, "carry_out"),
        ("+", None, cast.ward, "carry_out"),
    ]


def test_the_same_task_can_be_given_again(cast, work, as_user):
    client = as_user(cast.staff)
    client.post(url(work))
    client.post(
        reverse("assign-tasks", args=[work.plan.pk]),
        {"tasks": work.task.pk, "units": cast.ward.pk, "role": "lead"},
    )
    assert Assignment.objects.get().unit == cast.ward
    assert Assignment.history.count() == 3


def test_the_task_and_the_other_units_parts_stay(cast, work, as_user):
    other = Assignment.objects.create(task=work.task, unit=cast.other_ward)
    as_user(cast.staff).post(url(work))
    assert list(work.task.assignments.all()) == [other]


def test_a_second_click_takes_away_nothing_more(cast, work, as_user):
    client = as_user(cast.staff)
    client.post(url(work))
    assert client.post(url(work)).status_code == 404
    assert Assignment.history.count() == 2
