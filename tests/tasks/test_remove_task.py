import pytest
from django.urls import reverse

from tasks.models import Assignment, Indicator, Task
from tests.factories import make_assignment, make_entry, make_report, make_task
from tests.pages import form_data, in_english, texts, tree, words


def url(work) -> str:
    return reverse("remove-task", args=[work.task.pk])


@pytest.mark.parametrize("person", ["admin", "staff"])
def test_the_task_goes_with_its_assignments_and_history_keeps_both(cast, work, as_user, person):
    who = getattr(cast, person)
    make_assignment(work.task, cast.other_ward)
    client = in_english(as_user(who))
    response = client.post(url(work))
    assert response["Location"] == reverse("show-content", args=[work.plan.pk])
    assert (Task.objects.count(), Assignment.objects.count()) == (0, 0)
    assert [(row.history_type, row.history_user) for row in Task.history.all()] == [("-", who), ("+", None)]
    assert sorted(Assignment.history.values_list("history_type", "history_user", "unit")) == sorted(
        [
            ("+", None, cast.ward.pk),
            ("+", None, cast.other_ward.pk),
            ("-", who.pk, cast.ward.pk),
            ("-", who.pk, cast.other_ward.pk),
        ],
        key=str,
    )
    assert texts(client.get(response["Location"]), "//main//*[@role='status']") == [
        "“Tổ chức hội nghị học tập” was removed. The history keeps it."
    ]


def test_the_other_tasks_and_their_units_stay(cast, work, as_user):
    other = make_assignment(make_task(work.group, position=1), cast.ward)
    as_user(cast.staff).post(url(work))
    assert (Task.objects.get(), Assignment.objects.get()) == (other.task, other)


def test_the_officer_has_it_no_more(cast, work, as_user):
    as_user(cast.staff).post(url(work))
    client = as_user(cast.owner)
    assert client.get(reverse("show-task", args=[work.task.pk])).status_code == 404
    assert texts(client.get("/"), "//main//li//a") == []


@pytest.mark.parametrize("person", ["leader", "owner", "outsider", "nobody"])
def test_nobody_else_removes_it(cast, work, as_user, person):
    as_user(getattr(cast, person, None)).post(url(work))
    assert (Task.objects.count(), Assignment.objects.count()) == (1, 1)


def test_a_second_click_removes_nothing_more(cast, work, as_user):
    client = as_user(cast.staff)
    client.post(url(work))
    assert client.post(url(work)).status_code == 404
    assert Task.history.count() == 2


def test_the_edit_page_says_what_removing_does(cast, work, as_user):
    make_assignment(work.task, cast.other_ward)
    page = in_english(as_user(cast.staff)).get(reverse("edit-task", args=[work.task.pk]))
    assert tree(page).xpath("//main//form/@action") == [url(work)]
    assert "The task leaves the plan, and 2 units no longer have it." in words(page)
    assert list(form_data(page, 1)) == ["csrfmiddlewaretoken"]


def test_the_page_that_adds_a_task_removes_none(cast, work, as_user):
    page = as_user(cast.staff).get(reverse("add-task", args=[work.plan.pk]))
    assert tree(page).xpath("//main//form/@action") == []


def test_a_task_that_was_reported_on_stays_whole(cast, work, as_user):
    make_assignment(work.task, cast.other_ward)
    Indicator.objects.create(task=work.task, name="Hội nghị")
    make_entry(make_report(cast.other_ward, plan=work.plan), work.task.assignments.get(unit=cast.other_ward))
    client = in_english(as_user(cast.staff))
    response = client.post(url(work))
    assert response["Location"] == reverse("show-task", args=[work.task.pk])
    assert texts(client.get(response["Location"]), "//main//*[@role='status']") == [
        "Nothing was removed: units have reported on this task. Take it from the units instead; then nobody "
        "reports on it any more, and what was reported stays."
    ]
    assert (Task.objects.count(), Indicator.objects.count()) == (1, 1)
    assert [assignment.ended_on for assignment in Assignment.objects.all()] == [None, None]
    assert Assignment.history.count() == 2


def test_the_tasks_indicators_go_with_it(cast, work, as_user):
    Indicator.objects.create(task=work.task, name="Hội nghị")
    as_user(cast.staff).post(url(work))
    assert (Task.objects.count(), Indicator.objects.count(), Indicator.history.count()) == (0, 0, 2)
