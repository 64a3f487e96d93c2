from datetime import date

from django.urls import reverse

from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, form_data, in_english, texts, tree, words


def url(work) -> str:
    return reverse("edit-assignment", args=[work.assignment.pk])


def test_role_and_own_deadline_change_with_who_changed_them(cast, work, as_user):
    client = as_user(cast.staff)
    response = client.post(
        url(work), form_data(client.get(url(work))) | {"role": "lead", "due_on": "5.3.2026"}
    )
    work.assignment.refresh_from_db()
    assert response["Location"] == reverse("show-task", args=[work.task.pk])
    assert (work.assignment.role, work.assignment.due_on) == ("lead", date(2026, 3, 5))
    assert [(row.history_type, row.history_user) for row in work.assignment.history.all()] == [
        ("~", cast.staff),
        ("+", None),
    ]


def test_task_and_unit_cannot_be_exchanged(cast, work, as_user):
    client = as_user(cast.staff)
    client.post(url(work), {"role": "lead", "unit": cast.other_ward.pk, "task": "999"})
    work.assignment.refresh_from_db()
    assert (work.assignment.unit, work.assignment.task) == (cast.ward, work.task)


def test_an_emptied_own_deadline_falls_back_to_the_tasks(cast, work, as_user):
    work.task.due_on, work.assignment.due_on = date(2030, 1, 1), date(2029, 1, 1)
    work.task.save()
    work.assignment.save()
    client = as_user(cast.staff)
    client.post(url(work), form_data(client.get(url(work))) | {"due_on": ""})
    work.assignment.refresh_from_db()
    assert work.assignment.deadline == date(2030, 1, 1)


def test_errors_keep_what_was_typed(cast, work, as_user):
    response = in_english(as_user(cast.staff)).post(url(work), {"role": "boss", "due_on": "mai"})
    assert texts(response, "//main//*[contains(@class, 'invalid-feedback')]") == [
        "Select a valid choice. boss is not one of the available choices.",
        "Enter a valid date.",
    ]
    assert form_data(response)["due_on"] == ["mai"]
    work.assignment.refresh_from_db()
    assert work.assignment.role == "carry_out"


def test_hostile_values_are_no_fault(cast, work, as_user):
    client = as_user(cast.staff)
    for value in [*HOSTILE_NUMBERS, *HOSTILE_TEXTS]:
        for name in ("role", "due_on"):
            response = client.post(url(work), {"role": "lead", name: value})
            assert response.status_code in (200, 302), (name, value)


def test_the_slower_of_two_is_told_and_keeps_the_own_choice(cast, work, as_user):
    first, second = as_user(cast.staff), in_english(as_user(cast.admin))
    mine, theirs = form_data(first.get(url(work))), form_data(second.get(url(work)))
    first.post(url(work), mine | {"due_on": "01/02/2030"})
    response = second.post(url(work), theirs | {"role": "lead"})
    work.assignment.refresh_from_db()
    assert (response.status_code, work.assignment.role, work.assignment.due_on) == (
        200,
        "carry_out",
        date(2030, 2, 1),
    )
    assert texts(response, "//main//*[@role='alert']/ul/li//ins") == ["01/02/2030"]
    kept = form_data(response)
    assert (kept["role"], kept["due_on"]) == (["lead"], [""])
    assert second.post(url(work), kept).status_code == 302
    work.assignment.refresh_from_db()
    assert (work.assignment.role, work.assignment.due_on) == ("lead", None)


def test_the_page_says_what_removing_will_do_and_where(cast, work, as_user):
    page = in_english(as_user(cast.staff)).get(url(work))
    assert tree(page).xpath("//main//form/@action") == [
        reverse("remove-assignment", args=[work.assignment.pk])
    ]
    assert "phường Bãi Cát will no longer see the task." in words(page)
