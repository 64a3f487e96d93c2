"""The tree of tags: everything printed is in it once, or is an artifact."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from reports.documents.content import Bar, Chart, Column, Heading, Row, Table
from reports.documents.pdf import render_pdf

COLUMNS = (Column("STT", 1), Column("Nội dung", 5))
ROWS = tuple(
    Row((f"Nhóm {n}",), "group") if n % 10 == 0 else Row((n, f"Nhiệm vụ thứ {n}")) for n in range(50)
)
CHART = Chart("Biểu đồ", ("Xong", "Chưa xong"), (Bar("Nhóm", (3, 1)),))


@pytest.fixture
def printed(make_paper) -> Iterator[pikepdf.Pdf]:
    blocks = (Heading("Mục", 2), Table("Bảng", COLUMNS, ROWS), CHART)
    with pikepdf.open(BytesIO(render_pdf(replace(make_paper(), blocks=blocks)))) as file:
        yield file


def tags(file: pikepdf.Pdf) -> list[pikepdf.Object]:
    found, waiting = [], [file.Root.StructTreeRoot.K[0]]
    while waiting:
        found.append(waiting.pop())
        kids = found[-1].K
        waiting += [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)]
    return found


def named(file: pikepdf.Pdf, name: str) -> list[pikepdf.Object]:
    return [tag for tag in tags(file) if name == tag.S]


def test_a_table_on_three_pages_is_one_with_one_head(printed):
    assert len(printed.pages) == 3
    assert [len(named(printed, name)) for name in ("/Table", "/THead", "/TR", "/TD")] == [1, 1, 51, 90]


def test_every_head_says_of_what(printed):
    scopes = [str(head.A.Scope) for head in named(printed, "/TH")]
    assert sorted(scopes) == ["/Column"] * 2 + ["/Row"] * 5


def test_every_mark_on_a_page_is_in_the_tree_once(printed):
    held = [(tag.Pg.objgen, int(kid)) for tag in tags(printed) for kid in tag.K if isinstance(kid, int)]
    drawn = [
        (page.obj.objgen, int(operands[1].MCID))
        for page in printed.pages
        for operands, operator in pikepdf.parse_content_stream(page)
        if str(operator) == "BDC"
    ]
    assert sorted(held) == sorted(drawn)


def test_every_mark_finds_its_tag(printed):
    numbers = printed.Root.StructTreeRoot.ParentTree.Nums
    by_page = dict(zip(map(int, list(numbers)[::2]), list(numbers)[1::2], strict=True))
    pages = {page.obj.objgen: int(page.obj.StructParents) for page in printed.pages}
    for tag in tags(printed):
        for kid in tag.K:
            if isinstance(kid, int):
                assert by_page[pages[tag.Pg.objgen]][kid].objgen == tag.objgen


def test_charts_are_figures_with_words(printed):
    words = [str(figure.Alt) for figure in named(printed, "/Figure") if "/Alt" in figure]
    assert "Nhóm: Xong 3 (75%); Chưa xong 1 (25%)." in words


def test_no_level_of_headings_is_left_out(printed):
    assert [len(named(printed, name)) for name in ("/H1", "/H2", "/H3")] == [1, 1, 0]


def test_a_paper_for_the_archive_is_accessible_too(make_paper):
    with pikepdf.open(BytesIO(render_pdf(make_paper(archival=True)))) as file:
        metadata = file.Root.Metadata.read_bytes()
        assert (b'pdfaid:part="2"' in metadata, b"<pdfuaid:part>1<" in metadata) == (True, True)
        assert metadata.count(b"</rdf:RDF>") == 1
        assert str(file.Root.OutputIntents[0].S) == "/GTS_PDFA1"
        assert file.Root.MarkInfo.Marked is True
