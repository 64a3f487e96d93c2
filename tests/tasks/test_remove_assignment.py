from django.urls import reverse
from django.utils import timezone

from plans.models import Plan
from tasks.models import Assignment, Task
from tests.factories import make_entry, make_report
from tests.pages import in_english, texts, words


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
    assert texts(as_user(cast.owner).get("/"), "//main//li//a") == []


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


def test_a_unit_that_reported_on_the_task_keeps_what_it_reported(cast, work, as_user):
    entry = make_entry(make_report(cast.ward, plan=work.plan), work.assignment)
    client = in_english(as_user(cast.staff))
    response = client.post(url(work))
    assert texts(client.get(response["Location"]), "//main//*[@role='status']") == [
        "phường Bãi Cát no longer has this task; what it reported stays. Assign it again to take this back."
    ]
    work.assignment.refresh_from_db()
    assert (work.assignment.ended_on, entry.report.entries.count()) == (timezone.localdate(), 1)
    assert [(row.history_type, row.history_user, row.ended_on) for row in Assignment.history.all()] == [
        ("~", cast.staff, timezone.localdate()),
        ("+", None, None),
    ]
    assert client.post(url(work)).status_code == 404
    assert as_user(cast.owner).get(response["Location"]).status_code == 404
    assert as_user(cast.owner).get(reverse("show-unit", args=[cast.ward.pk])).status_code == 200
    assert work.task.title not in as_user(cast.owner).get("/").content.decode()


def test_an_ended_assignment_counts_nowhere(cast, work, as_user):
    make_entry(make_report(cast.ward, plan=work.plan), work.assignment)
    work.recipient.delete()
    assert work.assignment.remove() is False
    assert list(Plan.objects.concerning(cast.ward.pk)) == []
    counts = Plan.objects.with_progress().with_task_count(cast.ward.pk)
    assert list(counts.values_list("task_count", "unassigned_count", "unit_count")) == [(0, 1, 0)]
    assert list(Task.objects.of_unit(cast.ward.pk)) == []
    client = in_english(as_user(cast.staff))
    assert "Not assigned yet" in words(client.get(reverse("show-content", args=[work.plan.pk])))
    assert "Not assigned yet" in words(client.get(reverse("assign-tasks", args=[work.plan.pk])))
    assert client.get(reverse("edit-assignment", args=[work.assignment.pk])).status_code == 404
    assert "0 units no longer have it" in words(client.get(reverse("edit-task", args=[work.task.pk])))


def test_assigning_again_goes_on_with_the_same_assignment(cast, work, as_user):
    make_entry(make_report(cast.ward, plan=work.plan), work.assignment)
    client = in_english(as_user(cast.staff))
    client.post(url(work))
    data = {"tasks": work.task.pk, "units": cast.ward.pk, "role": "lead"}
    page = client.post(reverse("assign-tasks", args=[work.plan.pk]), data, follow=True)
    assert texts(page, "//main//*[@role='status']")[-1] == "1 assignment was made."
    again = Assignment.objects.get()
    assert (again.pk, again.role, again.due_on, again.ended_on) == (work.assignment.pk, "lead", None, None)
    assert [(row.history_type, row.history_user) for row in Assignment.history.all()] == [
        ("~", cast.staff),
        ("~", cast.staff),
        ("+", None),
    ]
    assert as_user(cast.owner).get(reverse("show-task", args=[work.task.pk])).status_code == 200
