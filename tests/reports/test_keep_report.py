import pytest
from django.urls import reverse

from reports.models import ProgressReport
from tests.factories import bring_to, make_user

pytestmark = pytest.mark.django_db


def keep(client, report, version, **typed):
    return client.post(reverse("keep-report", args=[report.pk]), {**typed, "version": version})


def test_each_keeping_is_a_version(begun, as_user):
    client = as_user(begun.cast.owner)
    assert keep(client, begun.report, 1, overview="A").json() == {"version": 2}
    assert keep(client, begun.report, 2, next_steps="B").json() == {"version": 3}
    begun.report.refresh_from_db()
    assert begun.report.typed == {"overview": "A", "next_steps": "B"}


def test_the_slower_of_two_is_told_what_is_there(begun, as_user):
    colleague = make_user("officer", begun.cast.ward, full_name="Đồng nghiệp")
    keep(as_user(colleague), begun.report, 1, overview="Của đồng nghiệp.")
    answer = keep(as_user(begun.cast.owner), begun.report, 1, overview="Của tôi.")
    assert answer.status_code == 409
    assert answer.json() == {
        "version": 2,
        "writable": True,
        "state": "Đang soạn",
        "by": "Đồng nghiệp",
        "typed": {"overview": "Của đồng nghiệp."},
        "yours": {"overview": "Của tôi."},
    }


def test_nothing_is_kept_of_what_was_sent(begun, as_user):
    bring_to(begun.report, "submitted", begun.cast.staff)
    answer = keep(as_user(begun.cast.owner), begun.report, 1, overview="Muộn rồi.")
    assert (answer.status_code, answer.json()["writable"]) == (409, False)
    begun.report.refresh_from_db()
    assert begun.report.typed == {}


def test_lines_end_as_they_are_stored(begun, as_user):
    keep(as_user(begun.cast.owner), begun.report, 1, overview="Một\r\nhai\0")
    begun.report.refresh_from_db()
    assert begun.report.typed == {"overview": "Một\nhai"}


def test_typing_leaves_no_history(begun, as_user):
    keep(as_user(begun.cast.owner), begun.report, 1, overview="A")
    assert begun.report.history.count() == 1


def test_keeping_is_few_queries(begun, as_user, django_assert_num_queries):
    client = as_user(begun.cast.owner)
    with django_assert_num_queries(8):
        keep(client, begun.report, 1, overview="A")


@pytest.mark.parametrize("name", ["keep-report", "edit-report", "submit-report", "discard-report"])
def test_a_draft_that_was_dropped_meanwhile_is_not_found(begun, as_user, monkeypatch, name):
    def dropped(user, pk):
        report = ProgressReport.objects.get(pk=pk)
        ProgressReport.objects.get(pk=pk).discard(report.version)
        return report

    monkeypatch.setattr("reports.views.writing.writable_report", dropped)
    monkeypatch.setattr("reports.views.writing.ReportForms.is_valid", lambda forms: True)
    data = {"version": 1, "overview": "Muộn rồi."}
    url = reverse(name, args=[begun.report.pk])
    assert as_user(begun.cast.owner).post(url, data).status_code == 404
    assert ProgressReport.objects.count() == 0
