import pytest
from django.db.models import ProtectedError
from django.urls import reverse

from reports.models import Obligation, Period, ProgressReport
from tests.factories import make_obligation, make_period, make_report
from tests.pages import in_english, texts


@pytest.fixture
def period(work, cast):
    period = make_period(work.plan)
    make_obligation(period, cast.ward)
    make_obligation(period, cast.other_ward)
    return period


def url(period) -> str:
    return reverse("remove-period", args=[period.pk])


def test_a_period_goes_with_what_was_owed_and_history_keeps_both(cast, work, period, as_user):
    other = make_period(work.plan, name="Năm 2026")
    kept = make_obligation(other, cast.ward)
    client = in_english(as_user(cast.staff))
    response = client.post(url(period))
    assert response["Location"] == reverse("list-periods", args=[work.plan.pk])
    assert (list(Period.objects.all()), list(Obligation.objects.all())) == ([other], [kept])
    gone = Period.history.filter(history_type="-")
    assert [(row.name, row.history_user) for row in gone] == [("Quý III/2026", cast.staff)]
    assert [row.history_user for row in Obligation.history.filter(history_type="-")] == [cast.staff] * 2
    assert texts(client.get(response["Location"]), "//main//*[@role='status']") == [
        "“Quý III/2026” was removed. The history keeps it."
    ]


@pytest.mark.parametrize("state", ["draft", "submitted", "accepted"])
def test_once_a_report_was_begun_nothing_happens(cast, period, as_user, state):
    make_report(cast.ward, period, state)
    client = in_english(as_user(cast.staff))
    response = client.post(url(period))
    assert response["Location"] == reverse("show-period", args=[period.pk])
    assert (Period.objects.count(), Obligation.objects.count(), ProgressReport.objects.count()) == (1, 2, 1)
    assert texts(client.get(response["Location"]), "//main//*[@role='status']") == [
        "Nothing was removed: units have begun their reports of this period."
    ]


def test_a_second_click_removes_nothing_more(cast, period, as_user):
    client = as_user(cast.staff)
    client.post(url(period))
    assert client.post(url(period)).status_code == 404
    assert Period.history.count() == 2


@pytest.mark.parametrize("person", ["leader", "owner", "outsider", "nobody"])
def test_nobody_else_removes_it(cast, period, as_user, person):
    as_user(getattr(cast, person, None)).post(url(period))
    assert (Period.objects.count(), Obligation.objects.count()) == (1, 2)


def test_what_a_unit_owes_stays_while_it_has_a_report(cast, period):
    make_report(cast.ward, period)
    for obligation in Obligation.objects.filter(unit=cast.ward):
        with pytest.raises(ProtectedError):
            obligation.delete()
    Obligation.objects.get(unit=cast.other_ward).delete()
    assert [owed.unit for owed in Obligation.objects.all()] == [cast.ward]
