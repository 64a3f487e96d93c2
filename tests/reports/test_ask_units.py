from datetime import date

import pytest
from django.urls import reverse

from reports import actions
from reports.models import Obligation, Period
from tests.factories import make_assignment, make_obligation, make_period, make_unit
from tests.pages import in_english, texts


@pytest.fixture
def period(work):
    return make_period(work.plan)


def url(period) -> str:
    return reverse("ask-units", args=[period.pk])


def test_units_with_tasks_since_owe_the_report_too(cast, work, period, as_user):
    asked = make_obligation(period, cast.ward)
    make_assignment(work.task, cast.other_ward)
    make_assignment(work.task, make_unit(valid_to=date(2025, 6, 30)))
    ended = make_assignment(work.task, make_unit())
    ended.ended_on = date(2026, 1, 1)
    ended.save()
    client = in_english(as_user(cast.staff))
    response = client.post(url(period))
    assert response["Location"] == reverse("show-period", args=[period.pk])
    new = Obligation.objects.exclude(pk=asked.pk).get()
    assert (new.unit, new.period, new.history.get().history_user) == (cast.other_ward, period, cast.staff)
    assert texts(client.get(response["Location"]), "//main//*[@role='status']") == [
        "1 more unit owes its report."
    ]


def test_a_second_click_asks_nobody_twice(cast, period, as_user):
    client = as_user(cast.staff)
    client.post(url(period))
    client.get(period.get_absolute_url())
    response = client.post(url(period), follow=True)
    assert (Obligation.objects.count(), Obligation.history.count()) == (1, 1)
    assert texts(response, "//main//*[@role='status']") == []


@pytest.mark.parametrize("person", ["leader", "owner", "outsider", "nobody"])
def test_nobody_else_asks(cast, period, as_user, person):
    as_user(getattr(cast, person, None)).post(url(period))
    assert Obligation.objects.count() == 0


def test_a_period_that_was_removed_meanwhile_is_not_found(cast, period, as_user, monkeypatch):
    ask = actions.ask_units

    def remove_and_ask(period, units):
        Period.objects.get(pk=period.pk).remove()
        return ask(period, units)

    monkeypatch.setattr(actions, "ask_units", remove_and_ask)
    assert as_user(cast.staff).post(url(period)).status_code == 404
    assert Obligation.objects.count() == 0
