from datetime import date

import pytest
import time_machine
from django.urls import reverse

from tests.factories import make_obligation, make_period
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, form_data, in_english, texts, words

ERRORS = "//main//*[contains(@class, 'invalid-feedback')]"
GIVEN = {"extended_to": "10/11/2026", "extension_reason": "Bão số 12"}


@pytest.fixture(autouse=True)
def _today():
    """A day after the lock."""
    with time_machine.travel("2026-11-01 09:00+07:00", tick=False):
        yield


@pytest.fixture
def owed(work, cast):
    return make_obligation(make_period(work.plan, locks_on=date(2026, 10, 31)), cast.ward)


@pytest.fixture
def extended(owed):
    owed.extended_to, owed.extension_reason = date(2026, 11, 10), "Bão số 12"
    owed.save()
    return owed


def url(owed) -> str:
    return reverse("extend-obligation", args=[owed.pk])


def stored(owed) -> tuple:
    owed.refresh_from_db()
    return owed.extended_to, owed.extension_reason


def test_one_unit_may_submit_after_the_lock_with_a_reason(cast, owed, as_user):
    other = make_obligation(owed.period, cast.other_ward)
    client = in_english(as_user(cast.staff))
    page = client.get(url(owed))
    assert "Units can submit until 31/10/2026." in words(page)
    response = client.post(url(owed), form_data(page) | GIVEN)
    assert response["Location"] == reverse("show-period", args=[owed.period_id])
    assert stored(owed) == (date(2026, 11, 10), "Bão số 12")
    days = [date(2026, 11, 10), date(2026, 11, 11)]
    assert [(owed.may_submit(day), other.may_submit(day)) for day in days] == [
        (True, False),
        (False, False),
    ]
    assert [(row.history_type, row.history_user) for row in owed.history.all()] == [
        ("~", cast.staff),
        ("+", None),
    ]
    assert texts(client.get(response["Location"]), "//main//*[@role='status']") == [
        "phường Bãi Cát may submit until 10/11/2026."
    ]


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"extended_to": ""}, ["An exception needs both a day and a reason."]),
        ({"extension_reason": "  "}, ["An exception needs both a day and a reason."]),
        ({"extended_to": "", "extension_reason": ""}, ["An exception needs both a day and a reason."] * 2),
        ({"extended_to": "31/10/2026"}, ["This day has passed."]),
        ({"extended_to": "mai"}, ["Enter a valid date."]),
        ({"extended_to": "10/11/9999"}, ["Please check the year."]),
        ({"extension_reason": "x" * 301}, ["Ensure this value has at most 300 characters (it has 301)."]),
    ],
)
def test_day_and_reason_are_both_needed_and_must_make_sense(cast, owed, as_user, change, errors):
    client = in_english(as_user(cast.staff))
    response = client.post(url(owed), form_data(client.get(url(owed))) | GIVEN | change)
    assert (response.status_code, texts(response, ERRORS)) == (200, errors)
    assert stored(owed) == (None, "")


def test_a_day_on_which_everybody_may_submit_is_no_exception(cast, owed, as_user):
    client = in_english(as_user(cast.staff))
    with time_machine.travel("2026-10-01 09:00+07:00", tick=False):
        for day, errors in [
            ("31/10/2026", ["Until this day the period is open to everybody."]),
            ("01/11/2026", []),
        ]:
            data = form_data(client.get(url(owed)))
            response = client.post(url(owed), data | GIVEN | {"extended_to": day})
            assert (texts(response, ERRORS) if response.status_code == 200 else []) == errors
    assert stored(owed) == (date(2026, 11, 1), "Bão số 12")


def test_a_period_without_a_lock_needs_no_exception(cast, owed, as_user):
    owed.period.locks_on = None
    owed.period.save()
    client = in_english(as_user(cast.staff))
    page = client.get(url(owed))
    assert "The period has no lock day" in words(page)
    response = client.post(url(owed), form_data(page) | GIVEN)
    assert texts(response, ERRORS) == ["The period does not lock: the unit needs no exception."]


def test_an_exception_is_taken_back(cast, extended, as_user):
    client = in_english(as_user(cast.staff))
    page = client.get(url(extended))
    data = form_data(page, 1)
    assert (data["extended_to"], data["extension_reason"]) == ([""], [""])
    response = client.post(url(extended), data)
    assert stored(extended) == (None, "")
    assert extended.history.first().history_user == cast.staff
    assert texts(client.get(response["Location"]), "//main//*[@role='status']") == [
        "The exception for phường Bãi Cát was taken back."
    ]
    assert len(texts(client.get(url(extended)), "//main//form")) == 1


def test_the_reason_of_an_exception_that_is_over_can_be_mended(cast, extended, as_user):
    client = as_user(cast.staff)
    with time_machine.travel("2026-11-12 09:00+07:00", tick=False):
        data = form_data(client.get(url(extended)))
        assert client.post(url(extended), data | {"extension_reason": "Bão số 13"}).status_code == 302
    assert stored(extended) == (date(2026, 11, 10), "Bão số 13")


def test_half_an_exception_cannot_be_left(cast, extended, as_user):
    client = in_english(as_user(cast.staff))
    data = form_data(client.get(url(extended)))
    for name in GIVEN:
        response = client.post(url(extended), data | {name: ""})
        assert texts(response, ERRORS) == ["An exception needs both a day and a reason."]
    assert stored(extended) == (date(2026, 11, 10), "Bão số 12")


def test_the_slower_of_two_is_told_and_keeps_the_own_words(cast, owed, as_user):
    first, second = as_user(cast.staff), in_english(as_user(cast.admin))
    mine, theirs = form_data(first.get(url(owed))), form_data(second.get(url(owed)))
    first.post(url(owed), mine | GIVEN)
    response = second.post(url(owed), theirs | GIVEN | {"extension_reason": "Mất điện"})
    assert (response.status_code, stored(owed)) == (200, (date(2026, 11, 10), "Bão số 12"))
    assert texts(response, "//main//*[@role='alert']/ul/li//ins") == ["10/11/2026", "Bão số 12"]
    assert form_data(response)["extension_reason"] == ["Mất điện"]
    assert second.post(url(owed), form_data(response)).status_code == 302
    assert stored(owed) == (date(2026, 11, 10), "Mất điện")


def test_hostile_values_are_no_fault(cast, owed, as_user):
    client = as_user(cast.staff)
    for name in ("extended_to", "extension_reason", "seen"):
        for value in [*HOSTILE_NUMBERS, *HOSTILE_TEXTS]:
            data = form_data(client.get(url(owed)))
            assert client.post(url(owed), data | GIVEN | {name: value}).status_code in (200, 302), value


@pytest.mark.parametrize("person", ["leader", "owner", "outsider", "nobody"])
def test_nobody_else_makes_an_exception(cast, owed, as_user, person):
    as_user(getattr(cast, person, None)).post(url(owed), GIVEN | {"seen": str(owed.history.get().history_id)})
    assert stored(owed) == (None, "")
