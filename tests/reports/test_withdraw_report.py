import pytest
from django.urls import reverse

from tests.factories import bring_to
from tests.pages import texts

pytestmark = pytest.mark.django_db


def withdraw(client, report):
    return client.post(reverse("withdraw-report", args=[report.pk]), {"version": report.version})


def test_the_unit_takes_back_what_nobody_reviewed(typed, as_user):
    bring_to(typed.report, "submitted", typed.cast.owner)
    answer = withdraw(as_user(typed.cast.owner), typed.report)
    assert answer.url == f"/reports/{typed.report.pk}/edit/"
    typed.report.refresh_from_db()
    assert (typed.report.state, typed.report.version) == ("draft", 3)
    assert typed.report.typed == typed.typed
    assert typed.report.history.first().history_user == typed.cast.owner


def test_what_was_accepted_meanwhile_stays(typed, as_user):
    bring_to(typed.report, "accepted", typed.cast.staff)
    page = withdraw(as_user(typed.cast.owner), typed.report)
    assert (page.status_code, texts(page, "//h1")) == (409, ["Báo cáo đã được duyệt"])
    typed.report.refresh_from_db()
    assert typed.report.state == "accepted"
