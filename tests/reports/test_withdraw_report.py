from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from reports.models import ProgressReport
from tests.factories import bring_to
from tests.pages import in_english, texts, tree, words
from tests.reports.acts import accept, send_back, submit

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


def offers(page) -> list[str]:
    return tree(page).xpath("//main//form/@action")


def test_after_the_lock_a_unit_that_could_not_send_it_again_is_kept_from_it(sent, as_user, september):
    sent.period.locks_on = date(2026, 9, 30)
    sent.period.save()
    sent.report.refresh_from_db()
    client = in_english(as_user(sent.cast.owner))
    url = reverse("withdraw-report", args=[sent.report.pk])
    assert url in offers(client.get(sent.report.get_absolute_url()))
    september.move_to(datetime(2026, 10, 1, 2, tzinfo=UTC))
    answer = withdraw(client, sent.report)
    assert answer.url == sent.report.get_absolute_url()
    page = client.get(answer.url)
    assert texts(page, "//main//*[@role='alert' or @role='status']") == [
        "The period was locked on 30/09/2026. Ask the city Front for an exception to send after it."
    ]
    assert url not in offers(page)
    sent.report.refresh_from_db()
    assert (sent.report.state, sent.report.version) == ("submitted", 4)
    sent.obligation.extended_to, sent.obligation.extension_reason = date(2026, 10, 1), "Bão lụt."
    sent.obligation.save()
    assert url in offers(client.get(sent.report.get_absolute_url()))
    assert withdraw(client, sent.report).url == reverse("edit-report", args=[sent.report.pk])


def test_staff_take_it_back_after_the_lock_too(sent, as_user, september):
    sent.period.locks_on = date(2026, 9, 30)
    sent.period.save()
    sent.report.refresh_from_db()
    september.move_to(datetime(2026, 10, 1, 2, tzinfo=UTC))
    answer = withdraw(as_user(sent.cast.staff), sent.report)
    assert answer.url == reverse("edit-report", args=[sent.report.pk])


def test_what_was_accepted_meanwhile_is_told_after_the_lock_too(sent, as_user, september):
    sent.period.locks_on = date(2026, 9, 30)
    sent.period.save()
    sent.report.accept(sent.cast.staff, 4)
    september.move_to(datetime(2026, 10, 1, 2, tzinfo=UTC))
    page = withdraw(as_user(sent.cast.owner), sent.report)
    assert (page.status_code, texts(page, "//h1")) == (409, ["Báo cáo đã được duyệt"])


def test_what_the_return_asked_for_is_still_there(sent, as_user):
    send_back(sent.report, sent.cast.staff, "Thiếu ảnh.", {sent.assignment.pk: "Ghi rõ số người."})
    submit(sent.report, sent.cast.owner)
    client = as_user(sent.cast.owner)
    shown = reverse("show-report", args=[sent.report.pk])
    assert "Ghi rõ số người." not in words(client.get(shown), "//*[starts-with(@id, 'entry-')]")
    withdraw(client, sent.report)
    banner = words(client.get(shown), "//*[contains(@class, 'report-banner')]")
    assert "Thiếu ảnh." in banner
    assert "1.1 Tổ chức hội nghị học tập: Ghi rõ số người." in banner
    edited = client.get(reverse("edit-report", args=[sent.report.pk]))
    assert "Ghi rõ số người." in words(edited, "//section[@data-entry]")


def test_a_revision_is_asked_for_nothing(sent, as_user):
    send_back(sent.report, sent.cast.staff, "Thiếu ảnh.", {sent.assignment.pk: "Ghi rõ số người."})
    submit(sent.report, sent.cast.owner)
    accept(sent.report, sent.cast.staff)
    client = as_user(sent.cast.owner)
    client.post(reverse("revise-report", args=[sent.report.pk]))
    revision = ProgressReport.objects.get(revision=2)
    for page in (sent.report.get_absolute_url(), reverse("edit-report", args=[revision.pk])):
        read = client.get(page)
        assert "Ghi rõ số người." not in words(read, "//*[starts-with(@id, 'entry-') or @data-entry]")


def test_what_was_taken_back_after_a_return_still_says_what_to_mend(sent, as_user):
    send_back(sent.report, sent.cast.staff, "Thiếu số liệu.")
    submit(sent.report, sent.cast.owner)
    sent.report.withdraw(sent.report.version)
    page = as_user(sent.cast.owner).get("/")
    assert "Thiếu số liệu." in words(page)
