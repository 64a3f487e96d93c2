import pytest
from django.urls import reverse

from tests.pages import form_data, in_english, texts, tree, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(as_user, cast):
    return in_english(as_user(cast.staff))


def accept(client, report, version=None, **data):
    url = reverse("accept-report", args=[report.pk])
    return client.post(url, {"version": report.version if version is None else version, **data})


def test_accepted_with_who_and_when(staff, sent):
    answer = accept(staff, sent.report)
    sent.report.refresh_from_db()
    assert (sent.report.state, sent.report.accepted_by, sent.report.version) == (
        "accepted",
        sent.cast.staff,
        5,
    )
    assert sent.report.history.first().history_user == sent.cast.staff
    assert answer.url == "/reports/review/"


def test_the_next_one_that_waits_follows(staff, waiting):
    first, second, third = waiting(), waiting(), waiting()
    answer = accept(staff, second.report)
    assert answer.url == f"/reports/{third.report.pk}/review/"
    page = staff.get(answer.url)
    assert texts(page, "//main/div[contains(@class,'note-good')]") == [
        f"Accepted: {second.unit} – Quý III/2026"
    ]
    assert tree(page).xpath("//main/div[contains(@class,'note-good')]/a/@href") == [
        f"/reports/{second.report.pk}/"
    ]
    assert accept(staff, third.report).url == f"/reports/{first.report.pk}/review/"
    assert accept(staff, first.report).url == "/reports/review/"


def test_only_what_was_seen_is_accepted(staff, sent):
    sent.report.withdraw(4)
    sent.report.keep({"overview": "Khác."}, sent.cast.owner, 5)
    page = accept(staff, sent.report, 4)
    assert (page.status_code, texts(page, "//h1")) == (409, ["The report has been changed"])
    sent.report.refresh_from_db()
    assert (sent.report.state, sent.report.accepted_at) == ("draft", None)


def test_accepted_twice_is_accepted_once(staff, sent):
    accept(staff, sent.report)
    page = accept(staff, sent.report)
    assert (page.status_code, texts(page, "//h1")) == (409, ["The report has been accepted"])
    assert sent.report.history.filter(state="accepted").count() == 1


def test_reasons_are_not_lost_by_accepting(staff, sent):
    entry = sent.report.entries.first()
    page = accept(staff, sent.report, **{"reason": "Thiếu ảnh.", f"reason-{entry.pk}": "Ghi rõ."})
    assert page.status_code == 200
    assert texts(page, "//div[@role='alert']/p") == [
        "You typed a reason to return it. Empty it to accept the report."
    ]
    data = form_data(page)
    assert (data["reason"], data[f"reason-{entry.pk}"]) == (["Thiếu ảnh."], ["Ghi rõ."])
    sent.report.refresh_from_db()
    assert sent.report.state == "submitted"


def test_who_was_slower_keeps_the_typed_reasons(staff, sent):
    sent.report.withdraw(4)
    page = accept(staff, sent.report, 4, reason="Thiếu ảnh.")
    assert page.status_code == 409
    assert "Thiếu ảnh." in words(page)


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "²", "\x00"])
def test_a_version_of_nobody_accepts_nothing(staff, sent, version):
    assert accept(staff, sent.report, version).status_code == 409
    sent.report.refresh_from_db()
    assert sent.report.state == "submitted"


def test_others_do_not_accept(sent, as_user):
    people = (sent.cast.leader, sent.cast.owner, sent.cast.outsider)
    assert [accept(as_user(person), sent.report).status_code for person in people] == [403, 403, 404]
    sent.report.refresh_from_db()
    assert sent.report.state == "submitted"
