from datetime import date

import pytest
from django.urls import reverse

from reports.models import Period
from tests.factories import make_period, make_report
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, form_data, in_english, texts, tree, words


@pytest.fixture
def period(work):
    return make_period(work.plan)


def url(period) -> str:
    return reverse("edit-period", args=[period.pk])


def test_a_change_is_stored_with_who_made_it(cast, period, as_user):
    client = as_user(cast.staff)
    data = form_data(client.get(url(period)))
    assert (data["name"], data["due_on"], data["grace_days"], data["locks_on"]) == (
        ["Quý III/2026"],
        ["20/09/2026"],
        ["0"],
        [""],
    )
    response = client.post(url(period), data | {"due_on": "25/09/2026", "locks_on": "31.10.2026"})
    period.refresh_from_db()
    assert response["Location"] == reverse("show-period", args=[period.pk])
    assert (period.due_on, period.locks_on) == (date(2026, 9, 25), date(2026, 10, 31))
    assert [(row.history_type, row.history_user) for row in period.history.all()] == [
        ("~", cast.staff),
        ("+", None),
    ]


def test_saving_without_a_change_writes_no_history(cast, period, as_user):
    client = as_user(cast.staff)
    assert client.post(url(period), form_data(client.get(url(period)))).status_code == 302
    assert period.history.count() == 1


def test_an_emptied_cut_off_day_is_the_last_day_of_the_figures(cast, period, as_user):
    client = as_user(cast.staff)
    change = {"figures_to": "15/09/2026", "cut_off_on": ""}
    client.post(url(period), form_data(client.get(url(period))) | change)
    period.refresh_from_db()
    assert period.cut_off_on == date(2026, 9, 15)


def test_the_name_of_another_period_of_the_plan_is_refused(cast, work, period, as_user):
    make_period(work.plan, name="Năm 2026")
    client = in_english(as_user(cast.staff))
    response = client.post(url(period), form_data(client.get(url(period))) | {"name": "Năm 2026"})
    assert texts(response, "//main//*[@data-problems]/p") == ["The plan already has a period of this name."]
    period.refresh_from_db()
    assert period.name == "Quý III/2026"


def test_a_name_that_a_colleague_takes_at_the_same_moment_is_refused(
    cast, work, period, as_user, monkeypatch
):
    """Nobody had it when it was checked; the database lets one have it."""
    client = in_english(as_user(cast.staff))
    data = form_data(client.get(url(period))) | {"name": "Năm 2026"}
    make_period(work.plan, name="Năm 2026")
    monkeypatch.setattr(Period, "validate_constraints", lambda *_args, **_more: None)
    response = client.post(url(period), data)
    assert texts(response, "//main//*[@data-problems]/p") == ["The plan already has a period of this name."]
    assert form_data(response)["name"] == ["Năm 2026"]
    period.refresh_from_db()
    assert (period.name, period.history.count()) == ("Quý III/2026", 1)


def test_errors_keep_what_was_typed(cast, period, as_user):
    client = in_english(as_user(cast.staff))
    change = {"name": "", "due_on": "mai", "grace_days": "ba"}
    response = client.post(url(period), form_data(client.get(url(period))) | change)
    assert texts(response, "//main//*[contains(@class, 'invalid-feedback')]") == [
        "This field is required.",
        "Enter a valid date.",
        "Enter a whole number.",
    ]
    assert form_data(response)["due_on"] == ["mai"]


def test_hostile_values_are_no_fault(cast, period, as_user):
    client = as_user(cast.staff)
    for name in ("name", "kind", "figures_to", "grace_days", "locks_on", "seen"):
        for value in [*HOSTILE_NUMBERS, *HOSTILE_TEXTS]:
            data = form_data(client.get(url(period)))
            assert client.post(url(period), data | {name: value}).status_code in (200, 302), (name, value)
    period.refresh_from_db()
    assert "\x00" not in period.name


def test_the_slower_of_two_is_told_and_keeps_the_own_days(cast, period, as_user):
    first, second = as_user(cast.staff), in_english(as_user(cast.admin))
    mine, theirs = form_data(first.get(url(period))), form_data(second.get(url(period)))
    first.post(url(period), mine | {"due_on": "25/09/2026"})
    response = second.post(url(period), theirs | {"name": "Quý 3"})
    period.refresh_from_db()
    assert (response.status_code, period.name, period.due_on) == (200, "Quý III/2026", date(2026, 9, 25))
    assert texts(response, "//main//*[@role='alert']/ul/li//ins") == ["25/09/2026"]
    assert form_data(response)["name"] == ["Quý 3"]
    assert second.post(url(period), form_data(response)).status_code == 302
    period.refresh_from_db()
    assert (period.name, period.due_on) == ("Quý 3", date(2026, 9, 20))


def test_the_page_says_what_removing_does_while_it_can_be_done(cast, period, as_user):
    client = in_english(as_user(cast.staff))
    page = client.get(url(period))
    assert tree(page).xpath("//main//form/@action") == [reverse("remove-period", args=[period.pk])]
    assert "No unit will owe this report any more." in words(page)
    make_report(cast.ward, period)
    page = client.get(url(period))
    assert tree(page).xpath("//main//form/@action") == []
    assert "1 report of this period was begun, so it can no longer be removed." in words(page)
