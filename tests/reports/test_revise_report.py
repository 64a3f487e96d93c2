from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from reports import actions
from reports.forms.report import ReportForms
from reports.models import ProgressReport
from reports.reading.reports import stored_content
from tests.factories import bring_to, make_report
from tests.pages import in_english, texts, tree
from tests.reports.acts import accept, submit

pytestmark = pytest.mark.django_db


def revise(client, report):
    return client.post(reverse("revise-report", args=[report.pk]))


def test_a_correction_is_a_new_revision_that_begins_with_the_accepted_text(typed, as_user):
    submit(typed.report, typed.cast.owner)
    accept(typed.report, typed.cast.staff)
    answer = revise(as_user(typed.cast.owner), typed.report)
    revision = ProgressReport.objects.get(revision=2)
    assert answer.url == f"/reports/{revision.pk}/edit/"
    assert (revision.state, revision.typed, revision.started_by) == ("draft", typed.typed, typed.cast.owner)
    typed.report.refresh_from_db()
    assert (typed.report.state, typed.report.entries.count()) == ("accepted", 2)


def test_the_evidence_goes_on_and_can_be_taken_out_of_the_revision_alone(typed, as_user):
    facts = {"name": "bien-ban.pdf", "digest": "a" * 64, "size": 3, "media_type": "application/pdf"}
    facts["added_at"] = datetime(2026, 9, 1, tzinfo=UTC)
    facts["signatures"] = [{"content": "unreadable"}]
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


@pytest.fixture
def locked(sent, september):
    """What was sent is accepted, and the period is locked now."""
    sent.period.locks_on = date(2026, 9, 30)
    sent.period.save()
    sent.report.accept(sent.cast.staff, 4)
    september.move_to(datetime(2026, 10, 1, 2, tzinfo=UTC))
    return sent


def test_after_the_lock_a_unit_asks_before_it_revises(locked, as_user):
    client = in_english(as_user(locked.cast.owner))
    answer = revise(client, locked.report)
    assert (answer.url, ProgressReport.objects.count()) == (locked.report.get_absolute_url(), 1)
    page = client.get(answer.url)
    said = "The period was locked on 30/09/2026. Ask the city Front for an exception to send after it."
    assert texts(page, "//main//*[@role='alert' or @role='status']") == [said]
    (banner,) = texts(page, "//*[contains(@class,'report-banner')]")
    assert banner.endswith(f"it can no longer be changed. {said}")
    assert tree(page).xpath("//main//form/@action") == []


def test_staff_revise_after_the_lock_too(locked, as_user):
    client = as_user(locked.cast.staff)
    url = reverse("revise-report", args=[locked.report.pk])
    assert tree(client.get(locked.report.get_absolute_url())).xpath("//main//form/@action") == [url]
    revision = ProgressReport.objects.get(pk=int(revise(client, locked.report).url.split("/")[2]))
    assert (revision.revision, revision.state) == (2, "draft")


def test_a_correction_needs_nothing_that_was_typed(typed):
    """Of a report that was brought in there are only rows; its amounts go on too."""
    people = typed.task.indicators.create(name="Lượt người", sum="added")
    amount = f"e{typed.assignment.pk}-i{people.pk}"
    submit(typed.report, typed.cast.owner, {amount: "1250,5"})
    ProgressReport.objects.filter(pk=typed.report.pk).update(typed={})
    accept(typed.report, typed.cast.staff)
    revision = actions.revise_report(typed.report, typed.cast.owner)
    assert revision.typed == typed.typed | {amount: "1250.5"}
    assert ReportForms(revision, revision.typed).content() == stored_content(typed.report)
