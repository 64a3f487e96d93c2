"""Staff log what a unit told them: a report of one task that counts at once."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from reports.forms.log import LogForms
from reports.models import IndicatorValue, ProgressEntry, ProgressReport
from tasks.models import Indicator
from tests.factories import bring_to, make_assignment, make_entry, make_report
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, form_data, in_english, links, texts, tree, words
from tests.reports.evidence.files import pdf, photo

ERRORS = "//main//*[contains(@class, 'invalid-feedback')]"
SAID = "//main//*[@role='status']"


def url(work) -> str:
    return reverse("log-progress", args=[work.assignment.pk])


def filled(work, page, **fields) -> dict:
    """The page's form with an entry: `status`, `percent` and `result` without their prefix."""
    prefix = f"e{work.assignment.pk}-"
    said = {"status": "in_progress", "percent": "60", "result": "Đã họp 02 hội nghị."}
    own = {name: fields.pop(name, value) for name, value in said.items()}
    return form_data(page) | {f"{prefix}{name}": value for name, value in own.items()} | fields


def test_what_was_told_is_an_accepted_report_of_one_entry(cast, work, as_user):
    client = in_english(as_user(cast.staff))
    sent = filled(work, client.get(url(work)), reported_on="15/9/2026", told_by="Chị Chủ tịch")
    response = client.post(url(work), sent)
    assert response["Location"] == reverse("show-task", args=[work.task.pk])
    assert texts(client.get(response["Location"]), SAID) == ["Logged for phường Bãi Cát. What was logged"]
    report = ProgressReport.objects.get()
    assert (report.plan, report.unit, report.period, report.state, report.reported_on, report.told_by) == (
        work.plan,
        cast.ward,
        None,
        "accepted",
        date(2026, 9, 15),
        "Chị Chủ tịch",
    )
    assert {report.started_by, report.submitted_by, report.accepted_by} == {cast.staff}
    entry = report.entries.get()
    assert (entry.assignment, entry.number, entry.status, entry.percent, entry.result) == (
        work.assignment,
        "1.1",
        "in_progress",
        60,
        "Đã họp 02 hội nghị.",
    )
    assert {row.history_user for row in [*report.history.all(), *entry.history.all()]} == {cast.staff}


def test_it_is_the_tasks_state_at_once(cast, work, as_user):
    client = in_english(as_user(cast.staff))
    client.post(url(work), filled(work, client.get(url(work))))
    page = client.get(reverse("show-task", args=[work.task.pk]))
    assert "→ In progress · 60%" in words(page)
    assert "→ In progress · 60%" in words(in_english(as_user(cast.owner)).get("/"))


def test_the_form_begins_with_today_and_the_last_state(cast, work, as_user):
    earlier = make_report(cast.ward, plan=work.plan)
    make_entry(earlier, work.assignment, percent=0, result="Đã lập danh sách.")
    bring_to(earlier, "accepted", cast.staff)
    page = as_user(cast.staff).get(url(work))
    data = form_data(page)
    prefix = f"e{work.assignment.pk}-"
    assert data["reported_on"] == [f"{timezone.localdate():%d/%m/%Y}"]
    assert [data[f"{prefix}{name}"] for name in ("status", "percent", "result")] == [
        ["in_progress"],
        ["0"],
        [""],
    ]
    assert "Đã lập danh sách." in words(page, "//*[@class='last-time']")


def test_an_older_day_leaves_what_is_newer_and_says_so(cast, work, as_user):
    client = in_english(as_user(cast.staff))
    for day, percent in (("20/9/2026", "80"), ("15/9/2026", "60")):
        page = client.get(url(work))
        response = client.post(url(work), filled(work, page, reported_on=day, percent=percent))
    page = client.get(response["Location"])
    assert texts(page, SAID) == [
        "Logged for phường Bãi Cát. The state as of 20/09/2026 is newer and still stands. What was logged"
    ]
    older = ProgressReport.objects.get(reported_on=date(2026, 9, 15))
    assert tree(page).xpath(f"{SAID}/a/@href") == [older.get_absolute_url()]
    assert "→ In progress · 80%" in words(page)


def test_figures_are_logged_as_offices_write_them(cast, work, as_user):
    held = Indicator.objects.create(task=work.task, name="Người dự", target=500)
    client = as_user(cast.staff)
    sent = filled(work, client.get(url(work)))
    client.post(url(work), sent | {f"e{work.assignment.pk}-i{held.pk}": "1.250"})
    assert [(value.indicator, value.value) for value in IndicatorValue.objects.all()] == [(held, 1250)]


def test_evidence_comes_with_it(cast, work, as_user):
    client = as_user(cast.staff)
    file = SimpleUploadedFile("anh.jpg", photo(), "image/jpeg")
    client.post(url(work), filled(work, client.get(url(work))) | {"files": [file]})
    report = ProgressReport.objects.get()
    assert [(each.name, each.assignment, each.added_by) for each in report.attachments.all()] == [
        ("anh.jpg", work.assignment, cast.staff)
    ]
    assert report.state == "accepted"


def test_a_file_that_is_refused_stores_nothing_and_keeps_what_was_typed(cast, work, as_user):
    client = in_english(as_user(cast.staff))
    file = SimpleUploadedFile("chay.exe", b"MZ" + b"x" * 100)
    response = client.post(url(work), filled(work, client.get(url(work))) | {"files": [file]})
    assert (response.status_code, ProgressReport.objects.count()) == (200, 0)
    assert texts(response, ERRORS)[0].startswith("chay.exe: Files of this kind are not taken.")
    assert "Choose the files once more" in words(response)
    assert form_data(response)[f"e{work.assignment.pk}-result"] == ["Đã họp 02 hội nghị."]


def test_errors_stand_at_their_fields_and_all_that_was_typed_stays(cast, work, as_user):
    held = Indicator.objects.create(task=work.task, name="Người dự")
    client = in_english(as_user(cast.staff))
    tomorrow = f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}"
    sent = filled(
        work, client.get(url(work)), percent="100", result="", reported_on=tomorrow, told_by="Anh B"
    )
    sent[f"e{work.assignment.pk}-i{held.pk}"] = "nhiều"
    response = client.post(url(work), sent)
    assert texts(response, ERRORS) == [
        "100% is done: choose “Done”, or give less.",
        "Say in a sentence what was done.",
        "Enter a number in digits, such as 1250 or 12.5.",
        "This day is still to come.",
    ]
    kept = form_data(response)
    assert {name: kept[name] for name in sent if name != "csrfmiddlewaretoken"} == {
        name: value if isinstance(value, list) else [value]
        for name, value in sent.items()
        if name != "csrfmiddlewaretoken"
    }
    assert ProgressReport.objects.count() == 0


def test_the_same_form_sent_twice_is_one_log(cast, work, as_user):
    client = in_english(as_user(cast.staff))
    sent = filled(work, client.get(url(work)))
    answers = [client.post(url(work), sent) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert (ProgressReport.objects.count(), ProgressEntry.objects.count()) == (1, 1)
    another = filled(work, client.get(url(work)))
    assert another["form_key"] != sent["form_key"]
    client.post(url(work), another)
    assert ProgressReport.objects.count() == 2


def test_what_was_changed_after_sending_is_not_lost(cast, work, as_user):
    client = in_english(as_user(cast.staff))
    sent = filled(work, client.get(url(work)))
    client.post(url(work), sent)
    response = client.post(url(work), sent | {f"e{work.assignment.pk}-percent": "80"})
    assert (response.status_code, ProgressReport.objects.count()) == (200, 1)
    assert "What stands here now is not" in words(response, "//main//*[@role='alert']")
    assert client.post(url(work), form_data(response)).status_code == 302
    assert list(ProgressEntry.objects.order_by("pk").values_list("percent", flat=True)) == [60, 80]


def test_a_form_without_its_key_stores_nothing_and_gets_a_new_one(cast, work, as_user):
    client = as_user(cast.staff)
    sent = filled(work, client.get(url(work)))
    for key in ("", "x", "9" * 5000):
        response = client.post(url(work), sent | {"form_key": key})
        assert (response.status_code, ProgressReport.objects.count()) == (200, 0)
    assert client.post(url(work), form_data(response)).status_code == 302


def test_it_leads_back_to_where_it_was_opened(cast, work, as_user):
    client = as_user(cast.staff)
    unit = reverse("show-unit", args=[cast.ward.pk])
    offered = f"{url(work)}?from=unit"
    assert offered in links(client.get(unit))
    assert url(work) in links(client.get(reverse("show-task", args=[work.task.pk])))
    page = client.get(offered)
    assert unit in links(page)
    assert client.post(url(work), filled(work, page))["Location"] == unit


def test_it_is_offered_to_staff_alone(cast, work, as_user):
    for person in (cast.leader, cast.owner):
        for page in (
            "/",
            reverse("show-task", args=[work.task.pk]),
            reverse("show-unit", args=[cast.ward.pk]),
        ):
            assert not [link for link in links(as_user(person).get(page)) if "/log/" in link]
    assert as_user(cast.owner).post(url(work)).status_code == 403


def test_an_ended_assignment_is_not_logged(cast, work, as_user):
    make_entry(make_report(cast.ward, plan=work.plan), work.assignment)
    work.assignment.remove()
    assert as_user(cast.staff).get(url(work)).status_code == 404


@pytest.mark.parametrize("field", ["reported_on", "told_by", "from", "status", "percent", "result"])
def test_hostile_values_are_no_fault(cast, work, as_user, field):
    client = as_user(cast.staff)
    whole = filled(work, client.get(url(work)))
    name = field if field in whole or field == "from" else f"e{work.assignment.pk}-{field}"
    for value in [*HOSTILE_NUMBERS, *HOSTILE_TEXTS]:
        response = client.post(url(work), whole | {name: value})
        assert response.status_code in (200, 302), value
    assert "\x00" not in "".join(ProgressEntry.objects.values_list("result", flat=True))


def test_the_three_states_are_radios(cast, work, as_user):
    page = as_user(cast.staff).get(url(work))
    assert tree(page).xpath("//fieldset//input[@type='radio']/@value") == [
        "not_started",
        "in_progress",
        "done",
    ]


def test_a_task_that_is_taken_away_meanwhile_is_not_logged(cast, work, as_user, monkeypatch):
    client = as_user(cast.staff)
    sent = filled(work, client.get(url(work)))
    valid = LogForms.is_valid

    def is_valid(forms):
        work.assignment.remove()
        return valid(forms)

    monkeypatch.setattr(LogForms, "is_valid", is_valid)
    assert client.post(url(work), sent).status_code == 404
    assert ProgressReport.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_log(cast, work, as_user, at_once):
    client = as_user(cast.staff)
    sent = filled(work, client.get(url(work)))

    def click():
        return as_user(cast.staff).post(url(work), sent).status_code

    assert at_once(click, click, click) == [302, 302, 302]
    assert at_once(lambda: (ProgressReport.objects.count(), ProgressEntry.objects.count())) == [(1, 1)]


def test_a_file_that_was_added_after_sending_is_not_lost(cast, work, as_user):
    client = in_english(as_user(cast.staff))
    sent = filled(work, client.get(url(work)))

    def log(*contents: bytes):
        files = [SimpleUploadedFile(f"{place}.jpg", content) for place, content in enumerate(contents)]
        return client.post(url(work), sent | {"files": files})

    first, second = photo(), pdf()
    assert [log(first).status_code, log(first).status_code] == [302, 302]
    response = log(first, second)
    assert (response.status_code, ProgressReport.objects.count()) == (200, 1)
    assert "What stands here now is not" in words(response, "//main//*[@role='alert']")


def test_the_same_form_for_another_unit_is_another_log(cast, work, as_user):
    client = in_english(as_user(cast.staff))
    sent = filled(work, client.get(url(work)))
    client.post(url(work), sent)
    other = make_assignment(work.task, cast.other_ward)
    own, its = f"e{work.assignment.pk}-", f"e{other.pk}-"
    moved = {name.replace(own, its): value for name, value in sent.items()}
    response = client.post(reverse("log-progress", args=[other.pk]), moved)
    assert "What stands here now is not" in words(response, "//main//*[@role='alert']")
