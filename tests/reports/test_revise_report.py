import pytest
from django.urls import reverse

from reports.models import ProgressReport
from tests.factories import bring_to, make_entry, make_report

pytestmark = pytest.mark.django_db


def revise(client, report):
    return client.post(reverse("revise-report", args=[report.pk]))


def test_a_correction_is_a_new_revision_that_begins_with_the_accepted_text(typed, as_user):
    make_entry(typed.report, typed.assignment)
    bring_to(typed.report, "accepted", typed.cast.staff)
    answer = revise(as_user(typed.cast.owner), typed.report)
    revision = ProgressReport.objects.get(revision=2)
    assert answer.url == f"/reports/{revision.pk}/edit/"
    assert (revision.state, revision.typed, revision.started_by) == ("draft", typed.typed, typed.cast.owner)
    typed.report.refresh_from_db()
    assert (typed.report.state, typed.report.entries.count()) == ("accepted", 1)


def test_the_evidence_goes_on_and_can_be_taken_out_of_the_revision_alone(typed, as_user):
    facts = {"name": "bien-ban.pdf", "digest": "a" * 64, "size": 3, "media_type": "application/pdf"}
    typed.report.attachments.create(assignment=typed.assignment, added_by=typed.cast.owner, **facts)
    bring_to(typed.report, "accepted", typed.cast.staff)
    revise(as_user(typed.cast.staff), typed.report)
    (copied,) = ProgressReport.objects.get(revision=2).attachments.all()
    assert {name: getattr(copied, name) for name in facts} == facts
    assert (copied.assignment, copied.added_by) == (typed.assignment, typed.cast.owner)
    copied.delete()
    assert typed.report.attachments.count() == 1


def test_a_second_click_goes_on_with_the_first_ones(typed, as_user):
    bring_to(typed.report, "accepted", typed.cast.staff)
    client = as_user(typed.cast.owner)
    assert revise(client, typed.report).url == revise(client, typed.report).url
    assert ProgressReport.objects.count() == 2


def test_a_revision_of_a_revision_counts_on(typed, as_user):
    bring_to(typed.report, "accepted", typed.cast.staff)
    client = as_user(typed.cast.owner)
    revise(client, typed.report)
    bring_to(ProgressReport.objects.get(revision=2), "accepted", typed.cast.staff)
    revise(client, typed.report)
    assert list(ProgressReport.objects.values_list("revision", "state").order_by("revision")) == [
        (1, "accepted"),
        (2, "accepted"),
        (3, "draft"),
    ]


def test_what_staff_logged_has_no_revision(owed, as_user):
    log = make_report(owed.cast.ward, None, plan=owed.plan)
    bring_to(log, "accepted", owed.cast.staff)
    assert revise(as_user(owed.cast.staff), log).status_code == 409
    assert ProgressReport.objects.count() == 1
