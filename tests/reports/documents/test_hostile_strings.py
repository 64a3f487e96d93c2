"""Two hundred hostile texts, each in every printed field of a paper and in every kind of block."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pikepdf
import pytest
from lxml import html

from reports.documents.cleaning import cleaned
from reports.documents.content import (
    Appendix,
    Bar,
    Chart,
    Column,
    Head,
    Heading,
    Listing,
    Marked,
    Paper,
    Percent,
    Row,
    Signature,
    Table,
    Text,
)
from reports.documents.formats import Format
from reports.documents.pdf.fetching import TypefaceFetcher
from reports.documents.rendering import render
from reports.documents.texts import tidy
from tests.reports.documents.hostile import HOSTILE_STRINGS
from tests.reports.documents.reading import MM

COLUMNS = (Column("cột", 3), Column("cột", 1, "center"), Column("cột", 1), Column("cột", 1, "right"))
ROWS = (
    Row(("nhóm",), "group"),
    Row(("chữ", Marked("dấu", "good"), 12, Decimal("1.5"))),
    Row(("chữ", Percent(40), date(2023, 9, 5), None), "total"),
)
BLOCKS = (
    Heading("đề mục"),
    Text("đoạn văn"),
    Listing("danh sách", ("mục", "mục")),
    Listing("gạch đầu dòng", ("mục",), numbered=False),
    Chart("biểu đồ", ("phần", "phần"), (Bar("thanh", (3, 4)),)),
    Table("bảng", COLUMNS, ROWS, caption="tên bảng"),
    Text("đoạn cuối", italic=True),
)
FRAME = Paper(
    head=Head(("cấp trên",), ("cơ quan",), number="số", place="nơi", dated=date(2023, 9, 5)),
    kind="loại",
    title=("trích yếu",),
    blocks=(Listing("danh sách", ("mục",)),),
    signature=Signature(("thay mặt",), "chức vụ", "họ tên"),
    sent_to=("- nơi nhận;", "- lưu."),
    stem="van-ban",
)
BATCH = 20
BATCHES = [HOSTILE_STRINGS[start : start + BATCH] for start in range(0, len(HOSTILE_STRINGS), BATCH)]
# What chooses a look and is none of the texts.
WORDS_OF_OURS = {"across", "look", "stem", "symbol"}


def filled(part: Any, text: str) -> Any:
    """The same with the text wherever there is one."""
    if isinstance(part, str):
        return text
    if is_dataclass(part) and not isinstance(part, type):
        told = {field.name: getattr(part, field.name) for field in fields(part)}
        return replace(part, **filled_fields(told, text))
    if hasattr(part, "_fields"):
        return part._replace(**filled_fields(part._asdict(), text))
    return tuple(filled(each, text) for each in part) if isinstance(part, tuple) else part


def filled_fields(told: dict[str, Any], text: str) -> dict[str, Any]:
    return {name: value if name in WORDS_OF_OURS else filled(value, text) for name, value in told.items()}


@pytest.fixture(autouse=True)
def asked(monkeypatch) -> list[str]:
    """Every address asked for while a paper is made; a socket that is opened fails the test."""
    render(FRAME, Format.PDF)
    addresses: list[str] = []

    def fetch(self, url, headers=None):
        addresses.append(url)
        raise ValueError(url)

    def connect(self, address):
        pytest.fail(f"connected to {address}")

    monkeypatch.setattr(TypefaceFetcher, "fetch", fetch)
    monkeypatch.setattr(socket.socket, "connect", connect)
    return addresses


def squeezed(text: str) -> str:
    return "".join(tidy(text).split())


@pytest.mark.parametrize("text", HOSTILE_STRINGS, ids=range(len(HOSTILE_STRINGS)))
def test_it_stays_text_at_the_head_and_the_end(text, asked):
    check(filled(FRAME, text), [text])
    assert asked == []


@pytest.mark.parametrize("texts", BATCHES, ids=range(len(BATCHES)))
def test_it_stays_text_in_every_kind_of_block(texts, asked):
    blocks = tuple(block for text in texts for block in filled(BLOCKS, text))
    appendix = Appendix(("phụ lục",), "kèm theo", tuple(filled(BLOCKS, texts[0])))
    check(replace(FRAME, blocks=blocks, appendices=(appendix,)), texts)
    assert asked == []


def check(hostile: Paper, texts: Sequence[str]) -> None:
    paper = cleaned(hostile)
    check_pdf(render(paper, Format.PDF))
    check_word(render(paper, Format.DOCX), texts)
    check_book(render(paper, Format.XLSX))


def check_pdf(content: bytes) -> None:
    """The pages are whole: everything stands between the margins, and ours stands where it should.

    Read by poppler: pdfminer knows none of the encodings that letters without a glyph are given.
    """
    read = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True)
    pages = html.fromstring(read.stdout.decode(errors="replace")).xpath("//page")
    sizes = {tuple(round(float(page.get(edge)) / MM) for edge in ("width", "height")) for page in pages}
    assert sizes <= {(210, 297), (297, 210)}
    first = pages[0].xpath(".//word")
    told = " ".join(word.text_content() for page in pages for word in page.xpath(".//word"))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in told
    assert "Nơi nhận:" in told
    assert min(float(word.get("xmin")) for word in first) >= 29.9 * MM
    assert max(float(word.get("xmax")) for word in first) <= 192.1 * MM
    with pikepdf.open(BytesIO(content)) as document:
        assert not [page for page in document.pages if "/Annots" in page]
        assert not {"/Names", "/AcroForm", "/OpenAction"} & set(document.Root.keys())


def check_word(content: bytes, texts: Sequence[str]) -> None:
    document = docx.Document(BytesIO(content))
    assert not [part for part in document.part.rels.values() if part.is_external]
    body = document.element.body
    told = squeezed("".join(body.itertext()))
    assert [text for text in texts if squeezed(text) not in told] == []
    fields = " ".join(body.xpath(".//w:instrText/text() | .//w:fldSimple/@w:instr"))
    assert set(fields.split()) <= {"PAGE"}
    assert not body.xpath(".//w:altChunk | .//w:object")


def check_book(content: bytes) -> None:
    book = openpyxl.load_workbook(BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert not [cell for cell in cells if cell.hyperlink]
