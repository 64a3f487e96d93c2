from datetime import date

import pytest
import time_machine
from django.urls import reverse

from reports.models import ProgressReport
from tests.factories import bring_to, make_assignment, make_entry, make_report, make_task, make_user
from tests.pages import HOSTILE_TEXTS, form_data, texts, words

pytestmark = pytest.mark.django_db


def address(report: ProgressReport) -> str:
    return reverse("edit-report", args=[report.pk])


def post(client, report, typed, version):
    return client.post(address(report), {**typed, "version": version})


def test_the_page_asks_for_each_task_and_says_when_it_is_due(begun, as_user):
    with time_machine.travel(date(2026, 9, 14)):
        page = as_user(begun.cast.owner).get(address(begun.report))
    assert texts(page, "//h1") == ["Báo cáo Quý III/2026"]
    assert texts(page, "//section[@data-entry]/h2") == [
        "1.1 Tổ chức hội nghị học tập Như lần trước",
        "1.2 Phát tài liệu tuyên truyền Như lần trước",
    ]
    assert "Hạn nộp 20/09/2026 còn 6 ngày" in words(page)
    assert texts(page, "//*[@data-filled]") == ["0 / 2 nhiệm vụ đã có nội dung"]


def test_the_page_sends_back_what_is_typed(typed, as_user):
    data = form_data(as_user(typed.cast.owner).get(address(typed.report)))
    assert data.pop("version") == ["2"]
    data.pop("csrfmiddlewaretoken")
    assert {name: value for name, (value,) in data.items()} == typed.typed


def test_going_on_keeps_what_is_typed(begun, as_user):
    answer = post(as_user(begun.cast.owner), begun.report, begun.typed, 1)
    assert answer.url == f"/reports/{begun.report.pk}/check/"
    begun.report.refresh_from_db()
    assert (begun.report.typed, begun.report.version) == (begun.typed, 2)
    assert begun.report.typed_by == begun.cast.owner


def test_what_is_no_field_of_the_page_is_not_kept(begun, as_user):
    post(as_user(begun.cast.owner), begun.report, {"state": "accepted", "e1-x": "1", "overview": "A"}, 1)
    begun.report.refresh_from_db()
    assert (begun.report.typed, begun.report.state) == ({"overview": "A"}, "draft")


def test_who_is_overtaken_keeps_the_text_and_sees_the_others(typed, as_user):
    colleague = as_user(make_user("officer", typed.cast.ward, full_name="Đồng nghiệp"))
    post(colleague, typed.report, {"overview": "Của đồng nghiệp."}, 2)
    page = post(as_user(typed.cast.owner), typed.report, {"overview": "Của tôi."}, 2)
    assert page.status_code == 409
    assert form_data(page)["overview"] == ["Của tôi."]
    assert form_data(page)["version"] == ["3"]
    assert texts(page, "//*[@role='alert']/ul/li") == ["Tình hình chung: Của đồng nghiệp."]
    assert "Đồng nghiệp đã sửa báo cáo này" in words(page)
    typed.report.refresh_from_db()
    assert typed.report.typed["overview"] == "Của đồng nghiệp."
    assert post(as_user(typed.cast.owner), typed.report, {"overview": "Của tôi."}, 3).status_code == 302


def test_a_report_that_was_sent_meanwhile_is_said_to_be(typed, as_user):
    bring_to(typed.report, "submitted", typed.cast.staff)
    page = post(as_user(typed.cast.owner), typed.report, {"overview": "Chưa kịp."}, 2)
    assert (page.status_code, texts(page, "//h1")) == (409, ["Báo cáo đã được gửi"])
    assert "Chưa kịp." in words(page)


def test_a_submitted_report_is_shown_not_edited(typed, as_user):
    bring_to(typed.report, "submitted", typed.cast.staff)
    assert as_user(typed.cast.owner).get(address(typed.report)).url == f"/reports/{typed.report.pk}/"


def test_problems_are_shown_when_they_were_asked_for(begun, as_user):
    client = as_user(begun.cast.owner)
    key = f"e{begun.assignment.pk}"
    wrong = {f"{key}-status": "in_progress", f"{key}-percent": "rất nhiều", f"{key}-result": ""}
    post(client, begun.report, wrong, 1)
    assert texts(client.get(address(begun.report)), "//*[contains(@class,'invalid-feedback')]") == []
    page = client.get(address(begun.report) + "?check=1")
    assert texts(page, f"//*[@id='{key}']//*[contains(@class,'invalid-feedback')]") == [
        "Hãy ghi số nguyên, ví dụ 60.",
        "Hãy ghi một câu về việc đã làm.",
    ]
    assert form_data(page)[f"{key}-percent"] == ["rất nhiều"]


def test_what_was_accepted_last_stands_beside(owed, as_user):
    earlier = make_report(owed.cast.ward, None, plan=owed.plan)
    make_entry(earlier, owed.assignment, percent=60, result="Đã họp 01 buổi.")
    bring_to(earlier, "accepted", owed.cast.staff)
    client = as_user(owed.cast.owner)
    page = client.get(client.post(reverse("start-report", args=[owed.obligation.pk])).url)
    key = f"e{owed.assignment.pk}"
    assert "same" in page.content.decode().split(f'id="{key}"')[0].rsplit("<section", 1)[1]
    assert texts(page, f"//*[@id='{key}']//*[@class='last-time']")[0].endswith("Đã họp 01 buổi.")


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_are_kept_and_shown_as_text(begun, as_user, text):
    client = as_user(begun.cast.owner)
    key = f"e{begun.assignment.pk}"
    typed = {**begun.typed, f"{key}-percent": text, f"{key}-status": text, "overview": text}
    assert post(client, begun.report, typed, 1).status_code == 302
    page = client.get(address(begun.report))
    assert form_data(page)["overview"] == [text.replace("\0", "")]
    assert client.get(reverse("check-report", args=[begun.report.pk])).status_code == 200


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "²"])
def test_a_version_of_nobody_is_overtaken(begun, as_user, version):
    assert post(as_user(begun.cast.owner), begun.report, begun.typed, version).status_code == 409


def test_staff_write_for_a_unit_and_leaders_only_read(begun, as_user):
    assert as_user(begun.cast.staff).get(address(begun.report)).status_code == 200
    assert as_user(begun.cast.leader).get(address(begun.report)).status_code == 403
    assert as_user(begun.cast.outsider).get(address(begun.report)).status_code == 404


@pytest.mark.parametrize("tasks", [1, 8, 60])
def test_the_page_asks_the_database_as_often_for_60_tasks(begun, as_user, django_assert_num_queries, tasks):
    begun.second.delete()
    for place in range(1, tasks):
        task = make_task(begun.group, position=place)
        task.indicators.create(name="Lượt người")
        make_assignment(task, begun.cast.ward)
    client = as_user(begun.cast.owner)
    with django_assert_num_queries(12):
        page = client.get(address(begun.report))
    assert len(texts(page, "//section[@data-entry]")) == tasks
