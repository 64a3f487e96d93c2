"""Where pages end: papers of twenty lengths, so that a page ends between any two of their parts."""

from dataclasses import replace

import pypdfium2
import pytest

from reports.documents.content import Block, Column, Heading, Listing, Row, Table, Text, closed
from reports.documents.pdf.engine import render_pdf
from reports.documents.pdf.house import the_house
from tests.reports.documents.papers import CHART, SHORT

LENGTHS = range(6, 26)
END = ("Nơi nhận:", "- Như trên;", "- Lưu: MTTQ", "TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH", "Trần Thị Mẫu")
COLUMNS = (Column("STT", 1, "center"), Column("Nội dung", 4), Column("Kết quả", 4))
HEADS = "STT Nội dung Kết quả"


def numbered_row(number: int, words: int = 30) -> Row:
    return Row((number, f"đầu{number} " + "việc " * words + f"cuối{number}", "Đạt"))


def grouped_rows(count: int) -> tuple[Row, ...]:
    """A group before every third row, the total behind the last."""
    rows: list[Row] = []
    for number in range(count):
        if number % 3 == 0:
            rows.append(Row((f"Nhóm{number}",), "group"))
        rows.append(numbered_row(number))
    return (*rows, Row((None, "Cộng tất cả", "12"), "total"))


ROWS = 9
TABLE = Table("Việc", COLUMNS, grouped_rows(ROWS), "Bảng về các việc")
ENDINGS: dict[str, tuple[Block, ...]] = {
    "text": closed((Text("Câu cuối. " * 30),)),
    "list": closed((Listing("Nơi", ("việc thứ nhất " * 12, "việc cuối cùng " * 12)),)),
    "table": (TABLE,),
    "chart": (CHART,),
}


def lines_of(pdf: bytes) -> list[list[str]]:
    """Of each page, without its number."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_bounded().splitlines() for page in document]
    return [
        [line.strip() for line in lines if line.strip() and not line.strip().isdigit()] for lines in pages
    ]


def printed(ending: str, length: int) -> list[list[str]]:
    filler = tuple(Text(f"Đoạn thứ {number}.") for number in range(length))
    blocks = (*filler, Heading("II. PHẦN CUỐI"), *ENDINGS[ending])
    return lines_of(render_pdf(replace(SHORT, blocks=blocks)))


def page_of(pages: list[list[str]], start: str) -> int:
    (found,) = [number for number, lines in enumerate(pages) if any(line.startswith(start) for line in lines)]
    return found


def before_the_end(lines: list[str]) -> list[str]:
    """What stands above the end on its page; the file has the left column of the end first."""
    return lines[: min(place for place, line in enumerate(lines) if line.startswith(END))]


def ends_are_kept(pages: list[list[str]], least: int, words: tuple[str, ...]) -> bool:
    """The end is whole on the last page, below so many lines that belong to what comes before it."""
    last = len(pages) - 1
    with_it = [line for line in before_the_end(pages[last]) if any(word in line for word in words)]
    return all(page_of(pages, start) == last for start in END) and len(with_it) >= least


@pytest.fixture(scope="module", params=ENDINGS)
def papers(request) -> tuple[str, dict[int, list[list[str]]]]:
    return request.param, {length: printed(request.param, length) for length in LENGTHS}


def test_the_lengths_go_over_the_end_of_a_page(papers):
    _ending, pages = papers
    assert len(pages[LENGTHS[-1]]) > len(pages[LENGTHS[0]])


def test_the_end_is_whole_and_never_alone(papers):
    ending, by_length = papers
    least, words = {
        "text": (2, ("Câu cuối", "cuối.")),
        "list": (2, ("việc", "thứ nhất", "cuối cùng")),
        "table": (1, ("đầu",)),
        "chart": (1, ("Biểu đồ 1.",)),
    }[ending]
    alone = [length for length, pages in by_length.items() if not ends_are_kept(pages, least, words)]
    assert alone == []


def test_a_heading_is_never_the_last_of_a_page(papers):
    _ending, by_length = papers
    last = [length for length, pages in by_length.items() if any("PHẦN CUỐI" in p[-1] for p in pages)]
    assert last == []


@pytest.fixture(scope="module")
def tables() -> dict[int, list[list[str]]]:
    return {length: printed("table", length) for length in LENGTHS}


def test_captions_groups_and_totals_keep_to_their_rows(tables):
    for length, pages in tables.items():
        caption = page_of(pages, "Bảng về")
        assert any(line.startswith(HEADS) for line in pages[caption]), length
        assert any("đầu0" in line for line in pages[caption]), length
        assert not any(lines[-1].startswith("Nhóm") for lines in pages), length
        total = pages[page_of(pages, "Cộng tất cả")]
        assert any("đầu" in line for line in total[: total.index("Cộng tất cả 12")]), length


def test_rows_stay_whole_under_their_heads(tables):
    for length, pages in tables.items():
        for number in range(ROWS):
            holding = [
                [place for place, lines in enumerate(pages) if any(word in line.split() for line in lines)]
                for word in (f"đầu{number}", f"cuối{number}")
            ]
            assert len(holding[0]) == 1, (length, number)
            assert holding[0] == holding[1], (length, number)
        for lines in pages:
            if any("đầu" in line for line in lines):
                assert lines.count(HEADS) == 1, length


def test_only_a_row_of_more_than_half_a_page_goes_over_its_end():
    rows = (numbered_row(0, 300), numbered_row(1, 60), numbered_row(2, 300), numbered_row(3, 60))
    pages = lines_of(render_pdf(replace(SHORT, blocks=(replace(TABLE, rows=rows),))))
    split = [
        number
        for number in range(4)
        if [any(f"đầu{number}" in line for line in lines) for lines in pages]
        != [any(f"cuối{number}" in line for line in lines) for lines in pages]
    ]
    assert set(split) <= {0, 2}
    assert split != []
    assert all(lines.count(HEADS) == 1 for lines in pages[:-1])


def test_the_styles_load_without_a_warning(caplog):
    the_house.cache_clear()
    with caplog.at_level("WARNING", logger="weasyprint"):
        the_house()
    assert [record.getMessage() for record in caplog.records] == []
