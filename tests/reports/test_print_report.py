"""One revision of a unit's report as its own document."""

from io import BytesIO

import pytest
from django.urls import reverse

from reports.documents.formats import Format
from tests.factories import make_period, make_report
from tests.pages import in_english, links, texts
from tests.reports.acts import keep, send_back
from tests.reports.documents import reading
from tests.reports.telling import tell


def address(report, format: str = "pdf") -> str:
    return reverse("print-report", args=[report.pk, format])


@pytest.mark.parametrize("reader", ["admin", "staff", "leader", "owner"])
def test_readers_of_the_report_print_it(reader, printable, as_user, printed):
    file = printed(as_user(getattr(printable.cast, reader)), address(printable.report))
    assert reading.find(file.getvalue(), "BÁO CÁO").text == "BÁO CÁO"


def test_it_is_a_word_file_and_a_book_too(printable, as_user, printed):
    for format in (Format.DOCX, Format.XLSX):
        file = printed(as_user(printable.cast.owner), address(printable.report, format))
        assert file.headers["Content-Type"] == format.content_type
        assert BytesIO(file.getvalue()).read(2) == b"PK"


def test_each_revision_is_printed_as_it_was_accepted(printable, as_user, printed):
    second = tell(
        printable.assignment,
        "2026-07-01",
        printable.cast.staff,
        period=printable.spring,
        revision=2,
        result="Thêm một hội nghị.",
    )
    client = as_user(printable.cast.owner)
    first_file, second_file = (printed(client, address(row)).getvalue() for row in (printable.report, second))
    assert ["Thêm một hội nghị" in " ".join(reading.texts(file)) for file in (first_file, second_file)] == [
        False,
        True,
    ]


def test_who_may_not_read_the_report_does_not_print_it(printable, as_user):
    assert as_user(printable.cast.outsider).get(address(printable.report)).status_code == 404
    draft = make_report(printable.cast.ward, make_period(printable.plan, name="Quý IV"))
    assert as_user(printable.cast.leader).get(address(draft)).status_code == 403
    assert as_user(printable.cast.owner).get(address(draft)).status_code == 302


@pytest.mark.parametrize(
    ("reader", "overview"),
    [
        ("owner", "Đang viết lại."),
        ("staff", "Đang viết lại."),
        ("leader", "Tình hình ổn định."),
    ],
)
def test_what_is_typed_into_a_returned_report_is_for_its_writers_alone(
    reader, overview, sent, as_user, printed
):
    send_back(sent.report, sent.cast.staff, "Thiếu số liệu.")
    keep(sent.report, sent.cast.owner, {"overview": "Đang viết lại."})
    said = reading.texts(printed(as_user(getattr(sent.cast, reader)), address(sent.report)).getvalue())
    told = [line for line in said if line in ("Đang viết lại.", "Tình hình ổn định.")]
    assert (told, "(Dự thảo)" in said) == ([overview], True)


def test_what_was_logged_is_no_paper(printable, as_user):
    log = tell(printable.assignment, "2026-06-20", printable.cast.staff)
    page = in_english(as_user(printable.cast.staff)).get(address(log), follow=True)
    assert page.redirect_chain == [(log.get_absolute_url(), 302)]
    assert texts(page, "//*[@role='alert' or @role='status']")[0] == (
        "What was logged is not a report of the unit: choose the report of a period."
    )


def test_the_page_of_a_report_leads_to_its_files(printable, as_user):
    led = links(as_user(printable.cast.owner).get(printable.report.get_absolute_url()))
    assert {address(printable.report), address(printable.report, "docx")} <= set(led)


def test_nothing_is_posted_and_no_other_file_is_there(printable, as_user):
    client = as_user(printable.cast.staff)
    assert client.post(address(printable.report)).status_code == 405
    assert client.get(f"/reports/{printable.report.pk}/document.gif").status_code == 404
