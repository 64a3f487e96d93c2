"""Appendices behind a paper: turned pages, their margins and numbers, and what stands at their head."""

from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest

from reports.documents.content import Appendix, Text
from reports.documents.pdf.engine import render_pdf
from tests.reports.documents.papers import APPENDED, SENTENCE, SHORT, WHO_DOES_WHAT, task_rows
from tests.reports.documents.reading import MM, Piece, pieces

TURNED = (297, 210)
UPRIGHT = (210, 297)


@pytest.fixture(scope="module")
def appended() -> bytes:
    """A page, a turned appendix of several, an upright one of one."""
    turned, upright = APPENDED.appendices
    (table,) = turned.blocks
    table = replace(table, columns=WHO_DOES_WHAT, rows=task_rows(40))
    return render_pdf(replace(APPENDED, appendices=(replace(turned, blocks=(table,)), upright)))


@pytest.fixture(scope="module")
def by_page(appended) -> list[tuple[tuple[int, ...], list[Piece]]]:
    """Of each page its width and height in mm, and what is printed on it."""
    everything = pieces(appended)
    with pdfplumber.open(BytesIO(appended)) as document:
        return [
            (
                (round(page.width / MM), round(page.height / MM)),
                [piece for piece in everything if piece.page == page.page_number],
            )
            for page in document.pages
        ]


def test_the_page_boxes(by_page):
    sizes = [size for size, _printed in by_page]
    assert sizes == [UPRIGHT, *[TURNED] * (len(sizes) - 2), UPRIGHT]
    assert len(sizes) > 4


def test_a_turned_page_keeps_the_margins(by_page):
    for (width, height), printed in by_page[1:]:
        body = [piece for piece in printed if piece.top > 25 * MM]
        assert 30 <= min(piece.left for piece in body) / MM < 35
        assert width - max(piece.right for piece in body) / MM >= 15
        assert height - max(piece.bottom for piece in body) / MM >= 20
    with_tables = [printed for size, printed in by_page if size == TURNED]
    assert max(piece.right for printed in with_tables for piece in printed) > 260 * MM


def test_numbers_go_on_in_the_middle_above(by_page):
    for number, ((width, _height), printed) in enumerate(by_page, start=1):
        above = [piece for piece in printed if piece.bottom < 25 * MM]
        assert [piece.text for piece in above] == ([] if number == 1 else [str(number)])
        for piece in above:
            assert piece.look == (14, "regular")
            assert piece.centre / MM == pytest.approx((30 + width - 18) / 2, abs=0.5)


def test_heads_of_the_table_stand_on_each_of_its_pages(by_page):
    for size, printed in by_page:
        assert [piece.text for piece in printed].count("Chủ trì") == (size == TURNED)


def test_the_head_of_an_appendix(by_page):
    kind, title, reference = [piece for piece in by_page[-1][1] if piece.top > 25 * MM][:3]
    assert (kind.text, kind.look) == ("Phụ lục II", (14, "bold"))
    assert (title.text, title.look) == ("GHI CHÚ", (14, "bold"))
    assert (reference.text, reference.look) == ("(kèm theo Báo cáo số 7/BC-MTTQ)", (14, "italic"))
    for piece in (kind, title, reference):
        assert piece.centre / MM == pytest.approx(30 + 81, abs=0.5)


@pytest.mark.parametrize(
    ("count", "heads"),
    [
        (1, ["Phụ lục"]),
        (2, ["Phụ lục I", "Phụ lục II"]),
        (4, ["Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV"]),
    ],
)
def test_several_appendices_are_numbered_one_is_not(count, heads):
    appendix = Appendix(("Ghi chú",), "kèm theo Báo cáo", (Text(SENTENCE),), landscape=False)
    printed = pieces(render_pdf(replace(SHORT, appendices=(appendix,) * count)))
    assert [piece.text for piece in printed if piece.text.startswith("Phụ lục")] == heads
