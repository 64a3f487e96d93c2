from datetime import date

import pytest
import time_machine
from django.urls import reverse

from reports import actions
from reports.forms.report import ReportForms
from reports.models import Overtaken
from tests.factories import make_assignment, make_entry, make_report, make_task
from tests.pages import in_english, texts, words

pytestmark = pytest.mark.django_db


def submit(client, report, version=2):
    return client.post(reverse("submit-report", args=[report.pk]), {"version": version})


def check(client, report):
    return client.get(reverse("check-report", args=[report.pk]))


def test_what_was_typed_becomes_the_report(typed, as_user):
    with time_machine.travel(date(2026, 9, 18)):
        answer = submit(as_user(typed.cast.owner), typed.report)
    assert answer.url == f"/reports/{typed.report.pk}/"
    report = typed.report
    report.refresh_from_db()
    assert (report.state, report.submitted_by, report.version) == ("submitted", typed.cast.owner, 3)
    assert report.first_submitted_at == report.submitted_at
    assert report.reported_on == date(2026, 9, 14)
    assert (report.overview, report.difficulties, report.next_steps) == (
        "Tình hình ổn định.",
        "",
        "Phát tiếp 200 tờ.",
    )
    assert list(report.entries.values_list("number", "title", "status", "percent", "result")) == [
        ("1.1", "Tổ chức hội nghị học tập", "done", 100, "Đã tổ chức 02 hội nghị."),
        ("1.2", "Phát tài liệu tuyên truyền", "in_progress", 60, "Đã phát 400 tờ gấp."),
    ]
    assert list(report.proposals.values_list("addressee", "text")) == [
        ("MTTQ thành phố", "Cấp thêm tài liệu.")
    ]


def test_a_report_before_the_cut_off_speaks_of_its_own_day(typed, as_user):
    with time_machine.travel(date(2026, 9, 1)):
        submit(as_user(typed.cast.owner), typed.report)
    typed.report.refresh_from_db()
    assert typed.report.reported_on == date(2026, 9, 1)


def test_indicators_are_read_as_offices_write_them(typed, as_user):
    people = typed.task.indicators.create(name="Lượt người")
    typed.report.keep({f"e{typed.assignment.pk}-i{people.pk}": "1.186"}, typed.cast.owner, 2)
    submit(as_user(typed.cast.owner), typed.report, 3)
    (value,) = typed.report.entries.get(assignment=typed.assignment).values.all()
    assert (value.indicator, value.value) == (people, 1186)


def test_sent_twice_it_is_sent_once(typed, as_user):
    client = as_user(typed.cast.owner)
    submit(client, typed.report)
    page = submit(client, typed.report)
    assert (page.status_code, texts(page, "//h1")) == (409, ["Báo cáo đã được gửi"])
    assert "Không cần gửi lại" in words(page)
    assert typed.report.entries.count() == 2
    assert list(typed.report.history.values_list("state", flat=True)) == ["submitted", "draft"]


def test_what_changed_since_the_check_is_checked_again(typed, as_user):
    typed.report.keep({"overview": "Đồng nghiệp vừa sửa."}, typed.cast.staff, 2)
    page = submit(as_user(typed.cast.owner), typed.report, 2)
    assert (page.status_code, texts(page, "//h1")) == (409, ["Báo cáo vừa được thay đổi"])
    typed.report.refresh_from_db()
    assert typed.report.state == "draft"


def test_the_check_shows_the_whole_and_offers_to_send(typed, as_user):
    page = check(as_user(typed.cast.owner), typed.report)
    for part in ("Đã tổ chức 02 hội nghị.", "60", "Tình hình ổn định.", "Cấp thêm tài liệu."):
        assert part in words(page)
    assert texts(page, "//button[@class='btn btn-primary']") == ["Gửi báo cáo"]


def test_the_check_names_what_is_missing_and_leads_there(typed, as_user):
    key = f"e{typed.assignment.pk}"
    wrong = {f"{key}-status": "in_progress", f"{key}-percent": "100", "p0-addressee": ""}
    typed.report.keep(wrong, typed.cast.owner, 2)
    page = check(as_user(typed.cast.owner), typed.report)
    assert texts(page, "//ul[contains(@class,'problem-list')]/li") == [
        "1.1 Tổ chức hội nghị học tập: 100% là đã xong: hãy chọn “Hoàn thành”, hoặc ghi số nhỏ hơn.",
        "Gửi đến: Hãy ghi kiến nghị với ai, ví dụ MTTQ thành phố.",
    ]
    assert f"/reports/{typed.report.pk}/edit/?check=1#id_{key}-percent" in page.content.decode()
    assert texts(page, "//button[@class='btn btn-primary']") == []
    assert submit(as_user(typed.cast.owner), typed.report, 3).url == f"/reports/{typed.report.pk}/check/"
    assert typed.report.entries.count() == 0


def test_a_task_given_meanwhile_is_asked_for(typed, as_user):
    make_assignment(make_task(typed.group, title="Nhiệm vụ mới", position=9), typed.cast.ward)
    page = check(as_user(typed.cast.owner), typed.report)
    assert texts(page, "//ul[contains(@class,'problem-list')]/li") == ["1.3 Nhiệm vụ mới: Hãy chọn tiến độ."]


@pytest.mark.parametrize(
    ("day", "extended_to", "state"),
    [
        (date(2026, 9, 30), None, "submitted"),
        (date(2026, 10, 1), None, "draft"),
        (date(2026, 10, 1), date(2026, 10, 1), "submitted"),
        (date(2026, 10, 2), date(2026, 10, 1), "draft"),
    ],
)
def test_a_unit_sends_until_the_lock_or_its_exception(typed, as_user, day, extended_to, state):
    typed.period.locks_on = date(2026, 9, 30)
    typed.period.save()
    typed.obligation.extended_to = extended_to
    typed.obligation.extension_reason = "Mất điện" if extended_to else ""
    typed.obligation.save()
    with time_machine.travel(day):
        submit(as_user(typed.cast.owner), typed.report)
        typed.report.refresh_from_db()
        assert typed.report.state == state
        if state == "draft":
            page = check(as_user(typed.cast.owner), typed.report)
            assert "Kỳ báo cáo đã khóa ngày 30/09/2026" in words(page)


def test_staff_send_for_a_unit_after_the_lock_too(typed, as_user):
    typed.period.locks_on = date(2026, 9, 30)
    typed.period.save()
    with time_machine.travel(date(2026, 12, 1)):
        submit(as_user(typed.cast.staff), typed.report)
    typed.report.refresh_from_db()
    assert (typed.report.state, typed.report.submitted_by) == ("submitted", typed.cast.staff)


def test_of_a_closed_plan_units_send_no_more(typed, as_user):
    typed.plan.state = "closed"
    typed.plan.save()
    client = in_english(as_user(typed.cast.owner))
    page = client.get(submit(client, typed.report).url)
    assert texts(page, "//main//*[@role='alert']") == [
        "The plan is closed: units can send no more reports of it. What you wrote stays here."
    ]
    assert texts(page, "//button[@class='btn btn-primary']") == []
    typed.report.refresh_from_db()
    assert typed.report.state == "draft"
    submit(as_user(typed.cast.staff), typed.report)
    typed.report.refresh_from_db()
    assert typed.report.state == "submitted"


def test_a_report_of_no_task_cannot_be_sent(typed, as_user):
    for assignment in (typed.assignment, typed.second):
        assignment.ended_on = date(2026, 1, 1)
        assignment.save()
    assert submit(as_user(typed.cast.owner), typed.report).url == f"/reports/{typed.report.pk}/check/"


def test_sent_again_only_what_differs_is_written(typed, as_user):
    client = as_user(typed.cast.owner)
    submit(client, typed.report)
    typed.report.refresh_from_db()
    first, second = typed.report.entries.all()
    typed.report.send_back(typed.cast.staff, 3, "", {first.pk: "Ghi rõ số người dự."})
    typed.report.keep({f"e{typed.assignment.pk}-result": "02 hội nghị, 186 người."}, typed.cast.owner, 4)
    submit(client, typed.report, 5)
    first.refresh_from_db()
    assert (first.result, first.return_reason) == ("02 hội nghị, 186 người.", "Ghi rõ số người dự.")
    assert [row.result for row in first.history.all()] == [
        "02 hội nghị, 186 người.",
        "Đã tổ chức 02 hội nghị.",
        "Đã tổ chức 02 hội nghị.",
    ]
    assert second.history.count() == 1
    typed.report.refresh_from_db()
    assert typed.report.first_submitted_at < typed.report.submitted_at


def test_a_task_that_ended_while_it_was_sent_is_not_reported(typed):
    content = ReportForms(typed.report, typed.typed).content()
    make_entry(make_report(typed.cast.ward, plan=typed.plan), typed.second)
    assert typed.second.remove() is False
    with pytest.raises(Overtaken):
        actions.submit_report(typed.report, content, typed.cast.owner, 2)
    assert typed.report.entries.count() == 0
