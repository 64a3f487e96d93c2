import pytest
from django.urls import reverse

from reports.actions import revise_report
from reports.models import ProgressReport
from tests.factories import bring_to

pytestmark = pytest.mark.django_db


def discard(client, report):
    return client.post(reverse("discard-report", args=[report.pk]), {"version": report.version})


def test_a_revision_begun_by_mistake_goes_and_the_accepted_stays(typed, as_user):
    bring_to(typed.report, "accepted", typed.cast.staff)
    revision = revise_report(typed.report, typed.cast.owner)
    assert discard(as_user(typed.cast.owner), revision).url == "/"
    assert list(ProgressReport.objects.values_list("pk", "state")) == [(typed.report.pk, "accepted")]
    gone = ProgressReport.history.filter(id=revision.pk).first()
    assert (gone.history_type, gone.history_user) == ("-", typed.cast.owner)


def test_what_was_submitted_once_is_not_dropped(typed, as_user):
    bring_to(typed.report, "submitted", typed.cast.owner)
    typed.report.withdraw(2)
    assert discard(as_user(typed.cast.owner), typed.report).status_code == 409
    assert ProgressReport.objects.count() == 1
