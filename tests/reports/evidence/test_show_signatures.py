"""Digitally signed PDFs: what is read when they come, and what is found when they are looked at again."""

from datetime import UTC, datetime

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from lxml import html

from reports.evidence.storage import name_of
from reports.models import Attachment
from tests.factories import make_attachment
from tests.pages import in_english
from tests.reports.evidence import signing
from tests.reports.evidence.files import pdf

SIGNER = {
    "signer": "Nguyễn Văn Mẫu",
    "organisation": "Ủy ban MTTQ phường Mẫu",
    "issuer": "Nơi cấp chứng thư mẫu",
    "stamped": False,
}


@pytest.fixture
def trusted(tmp_path, settings):
    """A folder with the certificate of the authority, and one file that is none."""
    (tmp_path / "authority.pem").write_bytes(signing.authority_pem())
    (tmp_path / "broken.crt").write_text("no certificate")
    settings.SIGNATURE_ROOTS = str(tmp_path)


def url(attachment) -> str:
    return reverse("show-signatures", args=[attachment.pk])


def facts(attachment) -> list[dict]:
    """Without the times, which the clock makes."""
    return [
        {name: fact for name, fact in row.items() if name != "signed_at"} for row in attachment.signatures
    ]


def sent(send, content: bytes) -> Attachment:
    assert send("Biên bản.pdf", content).status_code == 200
    return Attachment.objects.get()


def told(response) -> list[str]:
    page = html.fromstring(response.content.decode())
    return [" ".join(part.text_content().split()) for part in page.xpath("//*[@class='signature-facts']/p")]


@pytest.mark.usefixtures("trusted")
def test_who_signed_is_read_when_the_file_comes(send):
    assert facts(sent(send, signing.signed_pdf())) == [{**SIGNER, "content": "whole", "trusted": True}]


@pytest.mark.usefixtures("trusted")
def test_a_second_signature_leaves_the_first_as_it_is(send):
    twice = signing.signed_pdf("Trần Thị Thử", "MTTQ thành phố", on=signing.signed_pdf())
    assert [(row["signer"], row["content"], row["trusted"]) for row in sent(send, twice).signatures] == [
        ("Nguyễn Văn Mẫu", "added", True),
        ("Trần Thị Thử", "whole", True),
    ]


def test_without_certificates_to_trust_nothing_is_said_of_trust(send):
    assert facts(sent(send, signing.signed_pdf())) == [{**SIGNER, "content": "whole", "trusted": None}]


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("change", "content"),
    [
        (signing.with_a_page_more, "changed"),
        (signing.tampered, "broken"),
        (signing.saved_anew, "broken"),
    ],
)
def test_a_file_that_was_changed_since_says_so(change, content, send):
    (row,) = sent(send, change(signing.signed_pdf())).signatures
    assert (row["signer"], row["content"]) == ("Nguyễn Văn Mẫu", content)


def test_the_certificate_of_somebody_else_is_not_trusted(send, tmp_path, settings):
    _key, other = signing.certificate("Nơi khác", "Nơi khác")
    (tmp_path / "other.pem").write_bytes(other.public_bytes(signing.serialization.Encoding.PEM))
    settings.SIGNATURE_ROOTS = str(tmp_path)
    assert facts(sent(send, signing.signed_pdf())) == [{**SIGNER, "content": "whole", "trusted": False}]


@pytest.mark.usefixtures("trusted")
def test_only_the_stamp_of_a_trusted_authority_gives_the_time(send):
    at = datetime(2021, 5, 5, 8, tzinfo=UTC)
    (row,) = sent(send, signing.signed_pdf(stamped_by=signing.stamper(at, signing.authority()))).signatures
    assert (row["stamped"], row["signed_at"]) == (True, "2021-05-05T08:00:00+00:00")


@pytest.mark.usefixtures("trusted")
def test_a_stamp_made_at_home_gives_no_time(send):
    own = signing.stamper(datetime(2021, 5, 5, 8, tzinfo=UTC))
    (row,) = sent(send, signing.signed_pdf(stamped_by=own)).signatures
    assert (row["stamped"], row["signed_at"][:4]) == (False, str(datetime.now(UTC).year))


def test_an_unsigned_file_has_none(send):
    assert sent(send, pdf()).signatures == []


def test_a_signature_that_is_none_is_told_as_unreadable(send):
    content = signing.signed_pdf()
    start = content.index(b"/Contents <") + len(b"/Contents <")
    garbled = content[:start] + b"00" * 40 + content[start + 80 :]
    assert sent(send, garbled).signatures == [{"content": "unreadable"}]


def test_the_report_shows_it_below_the_file(cast, work, report, send, as_user):
    send("Biên bản.pdf", signing.signed_pdf(), assignment=work.assignment.pk)
    response = as_user(cast.owner).get(reverse("edit-report", args=[report.pk]))
    who, content, trust = told(response)
    assert who.startswith("Ký số: Nguyễn Văn Mẫu, Ủy ban MTTQ phường Mẫu · ")
    assert content == "Tệp không bị thay đổi từ khi ký"
    assert trust == (
        "Chứng thư số do Nơi cấp chứng thư mẫu cấp; hệ thống chưa khai báo nơi cấp được tin cậy."
    )


@pytest.mark.parametrize("reader", ["owner", "staff"])
def test_the_page_reads_the_file_again_with_what_is_trusted_now(reader, cast, send, as_user, trusted):
    attachment = sent(send, signing.signed_pdf())
    attachment.signatures = []
    attachment.save()
    assert told(as_user(getattr(cast, reader)).get(url(attachment)))[1:] == [
        "Tệp không bị thay đổi từ khi ký",
        "Chứng thư số do Nơi cấp chứng thư mẫu cấp, được tin cậy.",
    ]


def test_a_stranger_gets_404(cast, send, as_user):
    assert as_user(cast.outsider).get(url(sent(send, pdf()))).status_code == 404


@pytest.mark.parametrize("kind", ["application/pdf", "application/msword"])
def test_a_file_without_signatures_says_so(kind, cast, report, as_user):
    attachment = make_attachment(report, cast.owner, content=pdf(), media_type=kind)
    assert "Tệp này không có chữ ký số." in as_user(cast.owner).get(url(attachment)).content.decode()


def test_a_file_that_is_gone_says_so(cast, send, as_user):
    attachment = sent(send, pdf())
    storages["evidence"].delete(name_of(attachment.digest))
    response = as_user(cast.owner).get(url(attachment))
    assert response.status_code == 410
    assert "Hiện không đọc được tệp. Đề nghị báo cho quản trị." in response.content.decode()


def test_english(cast, send, as_user):
    attachment = sent(send, signing.signed_pdf())
    assert told(in_english(as_user(cast.owner)).get(url(attachment)))[1:] == [
        "The file is unchanged since it was signed",
        "Certificate issued by Nơi cấp chứng thư mẫu; whether to trust it has not been set up here.",
    ]
