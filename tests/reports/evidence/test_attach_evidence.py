import logging
import os
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports.evidence.actions import attach_evidence
from reports.evidence.storage import DurableStorage, name_of
from reports.models import Attachment, Overtaken, ProgressReport
from tests.factories import bring_to, make_assignment, make_group, make_plan, make_task
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, texts
from tests.reports.evidence.files import DOC, XLS, excel, pdf, photo, word

JSON = {"accept": "application/json"}


def url(report) -> str:
    return reverse("attach-evidence", args=[report.pk])


def test_the_page_gets_the_new_version_and_where_the_file_is(cast, work, report, send):
    response = send("Biên bản.pdf", paper := pdf(), assignment=work.assignment.pk)
    attachment = Attachment.objects.get()
    assert (response.status_code, response.json()) == (
        200,
        {
            "version": 2,
            "attachments": [
                {
                    "pk": attachment.pk,
                    "name": "Biên bản.pdf",
                    "size": len(paper),
                    "url": f"/evidence/{attachment.pk}/",
                    "remove_url": f"/evidence/{attachment.pk}/remove/",
                }
            ],
        },
    )
    assert (attachment.report, attachment.assignment, attachment.added_by) == (
        report,
        work.assignment,
        cast.owner,
    )
    history = attachment.history.get()
    assert (history.history_type, history.history_user, history.name) == ("+", cast.owner, "Biên bản.pdf")


@pytest.mark.parametrize(
    ("content", "name", "media_type", "inert"),
    [
        (pdf(), "x.pdf", "application/pdf", True),
        (photo(), "x.jpg", "image/jpeg", True),
        (photo(form="PNG"), "x.png", "image/png", True),
        (photo(form="WEBP"), "x.jpg", "image/jpeg", True),
        (
            word(),
            "x.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            False,
        ),
        (excel(), "x.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", False),
        (DOC, "x.doc", "application/msword", False),
        (XLS, "x.xls", "application/vnd.ms-excel", False),
    ],
)
def test_the_content_tells_the_kind(content, name, media_type, inert, report, send):
    assert send("x.bin.pdf" if name != "x.pdf" else "x.exe", content).status_code == 200
    attachment = Attachment.objects.get()
    stem = {"x.pdf": "x.exe"}.get(name, "x.bin")
    assert attachment.name == f"{stem}.{name.split('.')[1]}"
    assert (attachment.media_type, attachment.inert) == (media_type, inert)


def test_without_javascript_it_leads_back_to_the_report(report, send):
    response = send("a.pdf", pdf(), accept="text/html")
    assert (response.status_code, response["Location"]) == (302, reverse("edit-report", args=[report.pk]))
    assert Attachment.objects.count() == 1


def test_what_is_not_taken_is_said_on_the_page_with_its_name(cast, report, as_user):
    client = as_user(cast.owner)
    files = [SimpleUploadedFile("a.pdf", pdf()), SimpleUploadedFile("nhạc.mp3", b"ID3\x04")]
    response = client.post(url(report), {"files": files, "assignment": ""})
    assert response.status_code == 302
    assert texts(
        client.get(response["Location"]), "//main//*[@role='status' and contains(@class, 'note')]"
    ) == [
        "nhạc.mp3: Không nhận loại tệp này. Hãy chọn tệp PDF, ảnh (JPEG, PNG), Word hoặc Excel; "
        "loại khác thì lưu thành PDF trước."
    ]
    assert list(Attachment.objects.values_list("name", flat=True)) == ["a.pdf"]


def test_no_file_at_all(cast, report, as_user):
    response = as_user(cast.owner).post(
        url(report), {"assignment": ""}, headers={"accept": "application/json"}
    )
    assert (response.status_code, response.json()) == (
        422,
        {"version": 1, "attachments": [], "error": "Chưa có tệp nào được gửi. Hãy chọn tệp trước."},
    )


def test_the_same_file_again_is_the_one_that_is_there(work, report, send):
    first = send("a.pdf", pdf(), assignment=work.assignment.pk).json()
    assert send("khác.pdf", pdf(), assignment=work.assignment.pk).json() == first
    assert (Attachment.objects.count(), Attachment.history.count()) == (1, 1)


def test_the_same_file_elsewhere_is_another_attachment_of_one_stored_file(work, report, send):
    send("a.pdf", pdf(), assignment=work.assignment.pk)
    assert send("a.pdf", pdf()).json()["version"] == 3
    assert [(row.assignment, row.name) for row in Attachment.objects.order_by("pk")] == [
        (work.assignment, "a.pdf"),
        (None, "a.pdf"),
    ]
    assert Attachment.objects.values("digest").distinct().count() == 1


def test_the_eleventh_file_of_a_place_is_refused(work, report, send):
    for number in range(10):
        assert send(f"{number}.jpg", photo((60 + number, 40))).status_code == 200
    assert send("10.jpg", photo((90, 40))).json()["error"] == (
        "Ở đây đã có 10 tệp, là số tệp tối đa. Hãy bỏ bớt một tệp, hoặc gộp nhiều trang vào một tệp PDF."
    )
    report.refresh_from_db()
    assert (Attachment.objects.count(), report.version) == (10, 11)
    assert send("10.jpg", photo((90, 40)), assignment=work.assignment.pk).status_code == 200


def test_a_file_of_more_than_twenty_megabytes_is_refused(report, send):
    response = send("a.pdf", pdf() + b" " * 20 * 2**20)
    assert (response.status_code, response.json()["error"]) == (
        422,
        "Tệp lớn hơn 20 MB. Hãy gửi ảnh ở cỡ thường, quét giấy tờ ở độ phân giải thấp hơn, "
        "hoặc tách tài liệu thành nhiều tệp.",
    )


def test_a_request_larger_than_any_form_is_not_read(cast, report, as_user, settings):
    settings.LARGEST_REQUEST = 1000
    client = as_user(cast.owner)
    data = {"files": SimpleUploadedFile("a.pdf", pdf() + b" " * 1000), "assignment": ""}
    assert client.post(url(report), data).status_code == 400
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize("state", ["submitted", "accepted"])
def test_a_report_that_was_sent_takes_no_more(state, cast, report, send):
    bring_to(report, state, cast.staff)
    response = send("a.pdf", pdf())
    report.refresh_from_db()
    assert (response.status_code, response.json()["version"]) == (409, report.version)
    assert response.json()["error"].startswith("Báo cáo không còn sửa được: ")
    assert Attachment.objects.count() == 0
    assert send("a.pdf", pdf(), by=cast.staff).status_code == 409


def test_a_returned_report_takes_more(cast, report, send):
    bring_to(report, "returned", cast.staff)
    assert send("a.pdf", pdf()).status_code == 200


def test_who_saw_an_older_version_is_told_when_it_is_named(cast, report):
    report.keep({"overview": "khác"}, cast.owner, 1)
    with pytest.raises(Overtaken):
        attach_evidence(report, None, SimpleUploadedFile("a.pdf", pdf()), cast.owner, seen=1)
    assert Attachment.objects.count() == 0
    attach_evidence(report, None, SimpleUploadedFile("a.pdf", pdf()), cast.owner, seen=2)
    assert Attachment.objects.count() == 1


def test_a_discarded_report_takes_nothing(cast, report):
    report.discard(1)
    report.pk = 12345
    with pytest.raises(Overtaken):
        attach_evidence(report, None, SimpleUploadedFile("a.pdf", pdf()), cast.owner)


def test_assignments_of_others_are_not_there(cast, work, report, send):
    others = make_assignment(work.task, cast.other_ward)
    of_another_plan = make_assignment(make_task(make_group(make_plan(title="Khác"))), cast.ward)
    for assignment in (others, of_another_plan):
        assert send("a.pdf", pdf(), assignment=assignment.pk).status_code == 404
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize("assignment", [*HOSTILE_NUMBERS, *HOSTILE_TEXTS])
def test_hostile_keys_lead_nowhere(assignment, report, send):
    expected = 200 if assignment == "" else 404
    assert send("a.pdf", pdf(), assignment=assignment).status_code == expected


def test_strangers_find_no_report_and_readers_may_not_add(cast, report, send):
    assert send("a.pdf", pdf(), by=cast.outsider).status_code == 404
    assert send("a.pdf", pdf(), by=cast.leader).status_code == 403
    assert Attachment.objects.count() == 0


def test_no_row_without_its_file(cast, report, send, monkeypatch, caplog):
    def full(self, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(DurableStorage, "store", full)
    with caplog.at_level(logging.ERROR):
        response = send("a.pdf", pdf())
    assert (response.status_code, response.json()["error"]) == (
        422,
        "Chưa lưu được tệp; báo cáo vẫn như cũ. Hãy thử lại sau; nếu vẫn vậy, hãy báo quản trị.",
    )
    assert [record.message for record in caplog.records if record.levelno == logging.ERROR] == [
        "evidence could not be stored"
    ]
    report.refresh_from_db()
    assert (Attachment.objects.count(), report.version) == (0, 1)


def test_the_file_and_its_folder_are_on_the_disk_before_the_row_is_written(cast, report, monkeypatch):
    synced: list[str] = []
    sync = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda handle: (synced.append(os.readlink(f"/proc/self/fd/{handle}")), sync(handle))
    )
    seen: list[bool] = []
    save = Attachment.save

    def watched(self, *args, **kwargs):
        path = Path(storages["evidence"].path(name_of(self.digest)))
        seen.append(path.exists() and str(path.parent) in synced and "/incoming-" in "".join(synced))
        save(self, *args, **kwargs)

    monkeypatch.setattr(Attachment, "save", watched)
    attach_evidence(report, None, SimpleUploadedFile("a.pdf", pdf()), cast.owner)
    assert seen == [True]


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_a_draft_that_was_dropped_meanwhile_is_not_found(cast, report, send, monkeypatch, accept):
    def dropped(user, pk):
        ProgressReport.objects.get(pk=pk).discard(report.version)
        return report

    monkeypatch.setattr("reports.views.evidence.writable_report", dropped)
    assert send("a.pdf", pdf(), accept=accept).status_code == 404
