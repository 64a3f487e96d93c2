"""The files of a plan's papers, as a person gets them."""

from io import BytesIO
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest
from django.urls import reverse

from reports.documents.formats import Format
from reports.documents.kinds import Kind
from tests.pages import HOSTILE_NUMBERS, texts
from tests.presses import end_presses
from tests.reports.documents import reading

PARTS = {Format.DOCX: "word/document.xml", Format.XLSX: "xl/workbook.xml"}


def address(plan, kind: str, format: str = "pdf") -> str:
    return reverse("print-document", args=[plan.pk, kind, format])


@pytest.mark.parametrize("format", Format)
@pytest.mark.parametrize("kind", Kind)
def test_every_paper_is_every_file(kind, format, printable, as_user, printed):
    client = as_user(printable.cast.staff)
    asked = f"?unit={printable.cast.ward.pk}&period={printable.spring.pk}"
    file = printed(client, address(printable.plan, kind, format) + asked)
    assert (file.status_code, file.headers["Content-Type"]) == (200, format.content_type)
    content = file.getvalue()
    if format == Format.PDF:
        assert (content[:5], content.rstrip()[-5:]) == (b"%PDF-", b"%%EOF")
    else:
        assert PARTS[format] in ZipFile(BytesIO(content)).namelist()


def test_a_leader_prints_and_an_officer_what_is_the_own(printable, as_user, printed):
    cast, plan = printable.cast, printable.plan
    for person, kind in ((cast.leader, "missing"), (cast.owner, "recipients"), (cast.owner, "unit-report")):
        assert printed(as_user(person), address(plan, kind)).getvalue()[:5] == b"%PDF-"
    for kind in ("summary", "brief", "assignments", "missing"):
        assert as_user(cast.owner).get(address(plan, kind)).status_code == 403


def test_the_report_of_another_unit_is_no_choice_of_an_officer(printable, as_user):
    other = {"unit": printable.cast.other_ward.pk}
    response = as_user(printable.cast.owner).get(address(printable.plan, "unit-report"), other)
    page = f"{reverse('choose-document', args=[printable.plan.pk])}?paper=unit-report"
    assert response.headers["Location"].startswith(page)


def test_the_file_is_named_as_an_office_would_name_it(printable, as_user):
    location = as_user(printable.cast.staff).get(address(printable.plan, "recipients")).headers["Location"]
    assert location.rpartition("/")[2] == f"Noi-nhan-ke-hoach-{printable.plan.pk}.pdf"


def test_what_another_server_printed_is_printed_here_with_one_press(printable, as_user, settings, tmp_path):
    """As when the server that a person was with is gone."""
    client = as_user(printable.cast.staff)
    asked = address(printable.plan, "recipients") + "?number=07%2FDS-MTTQ&title=G%E1%BB%ADi"
    given = client.get(asked).headers["Location"]
    settings.PAPERS_ROOT = tmp_path / "papers"
    page = client.get(given)
    assert (page.status_code, texts(page, "//main//h1")) == (410, ["Tệp đã in không còn được lưu"])
    assert texts(page, f"//main//a[@href='{asked}']") == ["In lại"]
    again = client.get(asked).headers["Location"]
    assert client.get(again, headers={"Accept": "application/json"}).json()["state"] in ("waiting", "kept")
    end_presses(settings.PAPERS_ROOT)


def test_an_address_that_came_in_fits_into_the_next(printable, as_user):
    """gunicorn takes lines of 4094 bytes. The letters are as different as Vietnamese has them."""
    title = "".join(chr(0x1EA0 + place * 7 % 90) for place in range(430))
    asked = f"{address(printable.plan, 'recipients')}?{urlencode({'title': title})}"
    location = as_user(printable.cast.staff).get(asked).headers["Location"]
    assert (3900 < len(asked) < 4094, len(location) < 3000) == (True, True)


def test_what_is_chosen_is_printed(printable, as_user, printed):
    asked = "?number=07/DS-MTTQ&dated=05/09/2026&title=G%E1%BB%ADi&on=2026-06-30"
    file = printed(as_user(printable.cast.staff), address(printable.plan, "recipients") + asked)
    lines = reading.texts(file.getvalue())
    assert "Gửi" in lines
    assert any(line.startswith("Số: 07/DS-MTTQ") for line in lines)


def test_where_there_is_no_paper_the_page_says_why(printable, as_user):
    client, plan = as_user(printable.cast.staff), printable.plan
    page = reverse("choose-document", args=[plan.pk])
    for kind, asked, error in (("missing", {"on": "2999-01-01"}, "id_on_error"), ("unit-report", {}, None)):
        response = client.get(address(plan, kind), asked, follow=True)
        assert response.redirect_chain[0][0].startswith(f"{page}?paper={kind}")
        assert texts(response, "//*[@class='document-files']/button") == []
        if error:
            assert texts(response, f"//*[@id='{error}' and normalize-space()]") != []


def test_papers_and_files_that_there_are_not(printable, as_user):
    client = as_user(printable.cast.staff)
    for name in ("poem.pdf", "summary.gif", "summary", "summary.pdf.exe", "SUMMARY.pdf", "summary."):
        assert client.get(f"/plans/{printable.plan.pk}/documents/{name}").status_code == 404


def test_an_address_that_makes_no_sense_prints_nothing(printable, as_user):
    client = as_user(printable.cast.staff)
    for name in ("on", "period", "kind"):
        for text in HOSTILE_NUMBERS:
            assert client.get(address(printable.plan, "missing"), {name: text}).status_code == 302


def test_a_stranger_gets_404_and_nothing_is_posted(cast, work, as_user):
    assert as_user(cast.outsider).get(address(work.plan, "recipients")).status_code == 404
    assert as_user(cast.staff).get("/plans/404/documents/recipients.pdf").status_code == 404
    assert as_user(cast.staff).post(address(work.plan, "summary")).status_code == 405
    asked = as_user(None).get(address(work.plan, "summary")).headers["Location"]
    assert asked == f"{reverse('sign-in')}?next={address(work.plan, 'summary')}"
