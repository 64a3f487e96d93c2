"""Whatever a field holds, it is printed as text: nothing is loaded, run or broken."""

import logging
import socket
from datetime import date
from io import BytesIO

import pdfplumber
import pytest

from reports.documents.choices import Choices
from reports.documents.kinds import Kind, paper_of
from reports.documents.pdf import render_pdf
from reports.documents.pdf.fetching import TypefaceFetcher
from tests.factories import make_letterhead, make_plan, make_recipient, make_unit
from tests.reports.documents.reading import MM, flowing, pieces, texts

HOSTILE = [
    '<img src="http://evil.test/x.png"><link rel=stylesheet href=http://evil.test/x.css>',
    "<img src=file:///etc/passwd><object data=file:///etc/passwd>",
    "</style></title><script>alert(1)</script><style>@import url(http://evil.test)",
    "{{ paper.head }}{% include 'base.html' %}{# x #}",
    "@font-face{src:url(http://evil.test/f.otf)} url(data:text/css,*{color:red})",
    '" onload="x" \'&amp;&lt;&#60;img&#62;',
    "-->]]><!--<svg><image href='http://evil.test'/></svg>",
]
UNUSUAL = {
    "unbroken": "W" * 80,
    "right to left": "שלום \u202eעולם\u202c مرحبا",
    "controls": "a\x01\x08\x0c\x1b[31mb\u200f\u2066c",
    "piled marks": "a" + "\u0301" * 60,
    "blank": "\u200b \u00a0",
}


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """Every address asked for while the test runs; a socket that is opened fails the test."""
    addresses: list[str] = []

    def fetch(self, url, headers=None):
        addresses.append(url)
        raise ValueError(url)

    def connect(self, address):
        pytest.fail(f"connected to {address}")

    monkeypatch.setattr(TypefaceFetcher, "fetch", fetch)
    monkeypatch.setattr(socket.socket, "connect", connect)
    return addresses


def paper_full_of(text: str):
    """A plan whose every printed field is `text`, cut to the field."""
    unit = make_unit(text[:80], "city", name=text[:200])
    make_letterhead(
        unit,
        superior_name=text[:200],
        issuer_name=text,
        place=text[:80],
        signing_authority=text[:120],
        signer_position=text[:120],
        signer_name=text[:120],
    )
    plan = make_plan(number=text[:60], issued_on=date(2023, 9, 5), title=text, issuing_unit=unit)
    make_recipient(plan, (unit, make_unit()), name=text, purpose="b/c")
    make_recipient(plan, name=text, purpose="lưu", position=1)
    return paper_of(Kind.RECIPIENTS, Choices(plan, date(2023, 12, 1), expanded=True))


@pytest.fixture(autouse=True)
def _warm(make_paper):
    """The typeface is loaded once a process, before these tests close the doors."""
    render_pdf(make_paper())


@pytest.mark.django_db
@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_printed_as_it_stands_and_loads_nothing(text, asked):
    printed = flowing(render_pdf(paper_full_of(text)))
    assert asked == []
    assert "".join(text.split()) in "".join(printed.split())
    assert printed.count("Nơi nhận:") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("text", UNUSUAL.values(), ids=UNUSUAL)
def test_unusual_text_keeps_the_page_intact(text, asked):
    pdf = render_pdf(paper_full_of(text))
    assert asked == []
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in flowing(pdf)
    printed = [piece for piece in pieces(pdf) if piece.text.strip()]
    assert min(piece.left for piece in printed) >= 29.9 * MM
    assert max(piece.right for piece in printed) <= 192.1 * MM


@pytest.mark.django_db
def test_letters_that_no_face_has_leave_the_rest_of_the_page():
    pdf = render_pdf(paper_full_of("😀 中文 𝔘"))
    with pdfplumber.open(BytesIO(pdf)) as document:
        assert document.metadata["Title"].endswith("về 😀 中文 𝔘")
        assert len(document.pages) == 1
    assert "Nơi nhận:" in texts(pdf)


@pytest.mark.django_db
def test_control_characters_are_not_in_the_file():
    paper = paper_full_of(UNUSUAL["controls"])
    assert "1. a [31mbc (b/c)." in flowing(render_pdf(paper))


@pytest.mark.parametrize(
    "url",
    [
        "http://evil.test/",
        "https://evil.test/",
        "ftp://evil.test/",
        "file:///etc/passwd",
        "data:text/css,*{}",
        "typeface:../../secret",
        "typeface:/etc/passwd",
        "typeface:texgyretermes-regular.otf?x",
        "paper.css",
        "",
    ],
)
def test_the_fetcher_refuses_every_other_address(url):
    with pytest.raises(ValueError, match="loads nothing but its typeface"):
        TypefaceFetcher().fetch(url)


def test_the_fetcher_serves_the_four_faces():
    faces = ["bold", "bolditalic", "italic", "regular"]
    assert sorted(TypefaceFetcher().files) == [f"typeface:texgyretermes-{face}.otf" for face in faces]
    assert TypefaceFetcher().fetch("typeface:texgyretermes-bold.otf").read()[:4] == b"OTTO"


def test_rendering_complains_of_nothing(make_paper, caplog):
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        render_pdf(make_paper())
    assert caplog.messages == []
