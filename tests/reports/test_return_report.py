import pytest
from django.urls import reverse

from tests.pages import HOSTILE_TEXTS, form_data, in_english, texts, tree, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(as_user, cast):
    return in_english(as_user(cast.staff))


def send_back(client, report, version=None, **data):
    url = reverse("return-report", args=[report.pk])
    return client.post(url, {"version": report.version if version is None else version, **data})


def test_one_entry_is_returned_with_its_reason(staff, sent):
    first, second = sent.report.entries.all()
    answer = send_back(staff, sent.report, **{f"reason-{second.pk}": "Ghi rõ số tờ.\r\nVà nơi phát."})
    assert answer.url == "/reports/review/"
    sent.report.refresh_from_db()
    assert (sent.report.state, sent.report.return_reason, sent.report.returned_by) == (
        "returned",
        "",
        sent.cast.staff,
    )
    assert list(sent.report.entries.values_list("return_reason", flat=True)) == [
        "",
        "Ghi rõ số tờ.\nVà nơi phát.",
    ]
    assert second.history.first().history_user == sent.cast.staff
    assert first.history.count() == 1
    page = staff.get(answer.url)
    assert texts(page, "//main/div[contains(@class,'note-good')]") == [
        "Returned, with your reasons: phường Bãi Cát – Quý III/2026"
    ]


def test_the_whole_is_returned_with_a_reason(staff, sent):
    send_back(staff, sent.report, reason="  Thiếu ảnh.  ")
    sent.report.refresh_from_db()
    assert (sent.report.state, sent.report.return_reason) == ("returned", "Thiếu ảnh.")


@pytest.mark.parametrize("blank", ["", "   ", "\r\n"])
def test_without_a_reason_nothing_is_returned(staff, sent, blank):
    entry = sent.report.entries.first()
    page = send_back(staff, sent.report, **{"reason": blank, f"reason-{entry.pk}": blank})
    assert page.status_code == 200
    assert texts(page, "//div[@role='alert']/p") == [
        "Say what is to be mended: at one of the tasks, or for the whole report."
    ]
    sent.report.refresh_from_db()
    assert (sent.report.state, sent.report.version) == ("submitted", 4)


def test_a_reason_that_is_too_long_is_kept_and_named(staff, sent):
    entry = sent.report.entries.first()
    long = "ă" * 2001
    page = send_back(staff, sent.report, **{"reason": "Thiếu ảnh.", f"reason-{entry.pk}": long})
    assert page.status_code == 200
    assert "at most 2000 characters" in words(page, "//div[@role='alert']")
    data = form_data(page)
    assert (data["reason"], data[f"reason-{entry.pk}"], data["version"]) == (["Thiếu ảnh."], [long], ["4"])
    assert tree(page).xpath("count(//details[contains(@class,'return-entry')][@open])") == 1
    again = send_back(staff, sent.report, **{"reason": data["reason"][0], f"reason-{entry.pk}": "Ghi rõ."})
    assert again.status_code == 302


def test_a_reason_that_is_too_long_is_not_called_missing(staff, sent):
    page = send_back(staff, sent.report, reason="ă" * 2001)
    (problem,) = texts(page, "//div[@role='alert']/p[a]")
    assert problem.startswith("Reason for the whole report: Ensure this value has at most 2000 characters")
    assert "Say what is to be mended" not in words(page, "//div[@role='alert']")


def test_who_was_slower_keeps_the_typed_reasons(staff, sent):
    entry = sent.report.entries.first()
    sent.report.withdraw(4)
    page = send_back(staff, sent.report, 4, **{"reason": "Thiếu ảnh.", f"reason-{entry.pk}": "Ghi rõ."})
    assert (page.status_code, texts(page, "//h1")) == (409, ["The report has been changed"])
    assert texts(page, "//p[@class='pre-line']") == ["Thiếu ảnh.", "Ghi rõ."]
    sent.report.refresh_from_db()
    assert (sent.report.state, sent.report.returned_at) == ("draft", None)


def test_what_was_accepted_meanwhile_stays_accepted(staff, sent):
    sent.report.accept(sent.cast.admin, 4)
    page = send_back(staff, sent.report, 4, reason="Thiếu ảnh.")
    assert (page.status_code, texts(page, "//h1")) == (409, ["The report has been accepted"])
    assert "Thiếu ảnh." in words(page)
    assert sent.report.history.filter(state="returned").count() == 0


def test_another_reports_entry_is_none_of_this_one(staff, sent, waiting):
    other = waiting()
    page = send_back(staff, sent.report, **{f"reason-{other.entry.pk}": "Lạc."})
    assert page.status_code == 200
    other.entry.refresh_from_db()
    assert other.entry.return_reason == ""


def test_the_next_one_that_waits_follows(staff, waiting):
    first, second = waiting(), waiting()
    answer = send_back(staff, first.report, reason="Thiếu ảnh.")
    assert answer.url == f"/reports/{second.report.pk}/review/"


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_reasons_are_shown_as_text(staff, sent, text):
    entry = sent.report.entries.first()
    answer = send_back(staff, sent.report, **{"reason": text, f"reason-{entry.pk}": text})
    assert answer.status_code in (200, 302)
    page = staff.get(reverse("show-report", args=[sent.report.pk]))
    assert page.status_code == 200
    assert "<script>x" not in page.content.decode()


def test_others_do_not_return(sent, as_user):
    people = (sent.cast.leader, sent.cast.owner, sent.cast.outsider)
    statuses = [send_back(as_user(person), sent.report, reason="Không.").status_code for person in people]
    assert statuses == [403, 403, 404]
