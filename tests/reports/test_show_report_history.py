import pytest
from django.urls import reverse

from reports import actions
from tests.factories import make_report
from tests.pages import in_english, texts, words
from tests.reports.acts import accept, send_back, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(as_user):
    return lambda user, report, **data: in_english(as_user(user)).get(
        reverse("show-report-history", args=[report.pk]), data
    )


def test_the_whole_story_is_read_on_the_page(sent, read):
    """Returned for one entry with a reason, mended, accepted, revised and accepted again."""
    cast, report = sent.cast, sent.report
    send_back(report, cast.staff, reasons={sent.assignment.pk: "Ghi rõ số người dự."})
    submit(report, cast.owner, {f"e{sent.assignment.pk}-result": "Đã tổ chức 02 hội nghị, 186 người."})
    accept(report, cast.staff)
    revision = actions.revise_report(report, cast.owner)
    submit(revision, cast.owner, {f"e{sent.second.pk}-percent": "70"})
    accept(revision, cast.staff)
    page = read(cast.owner, revision)
    story = texts(page, "//ol[contains(@class,'story')]/li")
    without_time = [line.split(" · ", 1)[1] for line in story]
    assert without_time == [
        "Cán bộ phường Bãi Cát Began the report",
        "Cán bộ phường Bãi Cát Submitted the report",
        "Cán bộ thành phố Returned it 1.1 Tổ chức hội nghị học tập: Ghi rõ số người dự.",
        "Cán bộ phường Bãi Cát Submitted it again What was changed 1.1 Tổ chức hội nghị học tập"
        " ResultĐã tổ chức 02 hội nghị, 186 người.",
        "Cán bộ thành phố Accepted the report",
        "Cán bộ phường Bãi Cát Began revision 2",
        "Cán bộ phường Bãi Cát Submitted revision 2 What was changed 1.2 Phát tài liệu tuyên truyền"
        " StatusIn progress, 60% → In progress, 70%",
        "Cán bộ thành phố Accepted revision 2",
    ]


def test_every_change_of_the_report_and_its_parts(sent, read):
    send_back(sent.report, sent.cast.staff, "Thiếu ảnh.", {sent.assignment.pk: "Ghi rõ."})
    people = sent.task.indicators.create(name="Lượt người")
    submit(sent.report, sent.cast.owner, {f"e{sent.assignment.pk}-i{people.pk}": "186", "p0-text": "Loa."})
    lines = texts(read(sent.cast.owner, sent.report), "//ul[contains(@class,'timeline')]/li")
    found = [line.split(" · ", 1)[1] for line in lines]
    assert [line.split(":")[0] for line in found] == [
        "Cán bộ phường Bãi Cát Changed progress report",
        "Cán bộ phường Bãi Cát Changed proposal",
        "Cán bộ phường Bãi Cát Added indicator's value",
        "Cán bộ thành phố Changed progress report",
        "Cán bộ thành phố Changed entry",
        "Cán bộ phường Bãi Cát Changed progress report",
        "Cán bộ phường Bãi Cát Added proposal",
        "Cán bộ phường Bãi Cát Added entry (2)",
        "the system Added progress report",
    ]
    assert "Reason for the return: Thiếu ảnh." in found[3]
    assert found[4].endswith("Reason for the return: Ghi rõ.")


def test_times_are_those_of_the_place(sent, read):
    """A moment inside a change is told in the same time as the change itself."""
    assert "Submitted at: 09:00 18/09/2026" in words(read(sent.cast.owner, sent.report))


def test_nothing_of_another_report_is_shown(sent, read):
    other = make_report(sent.cast.other_ward, sent.period, overview="Của phường khác.")
    page = read(sent.cast.leader, other)
    assert len(texts(page, "//ul[contains(@class,'timeline')]/li")) == 1
    assert "Bãi Cát" not in words(page)
    assert read(sent.cast.owner, other).status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, ""])
def test_a_page_that_is_none_is_no_fault(sent, read, page):
    assert read(sent.cast.owner, sent.report, page=page).status_code == 200
