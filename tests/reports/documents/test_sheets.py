from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from reports.documents.content import Appendix, Column, Listing, Marked, Paper, Percent, Row, Table, Text
from reports.documents.excel.sheets import Book, Sheet, number_format, render_xlsx
from reports.documents.formats import Format
from reports.documents.rendering import render
from reports.documents.texts import GAP
from tests.reports.telling import on

COLUMNS = (Column("STT", 10, "center"), Column("Nội dung", 60), Column("Hạn", 30))


def made(*blocks, **fields) -> Paper:
    return Paper(kind="DANH SÁCH", title=("Việc cần làm", "năm 2026"), blocks=blocks, stem="Viec", **fields)


def opened(paper: Paper):
    return load_workbook(BytesIO(render(paper, Format.XLSX)))


def values(page) -> list[tuple]:
    return list(page.iter_rows(values_only=True))


def table(*rows: Row, name: str = "Việc", **fields) -> Table:
    return Table(name, COLUMNS, rows, **fields)


def test_a_sheet_for_each_table_and_list():
    appendix = Appendix(("Kèm",), "", (table(name="Thêm"),))
    paper = made(
        Text("Lời."), table(), Listing("Nơi nhận", ("Thành ủy", "Các phường")), appendices=(appendix,)
    )
    book = opened(paper)
    assert book.sheetnames == ["Việc", "Nơi nhận", "Thêm"]
    assert values(book["Nơi nhận"]) == [
        ("Danh sách Việc cần làm năm 2026", None),
        (None, None),
        ("STT", "Nơi nhận"),
        (1, "Thành ủy"),
        (2, "Các phường"),
    ]
    assert (book.properties.title, book.properties.creator) == ("Danh sách Việc cần làm năm 2026", "Bám Sát")


def test_a_paper_names_the_sheets_of_its_book_itself():
    assert opened(made(table(), sheets=(table(name="Một"), table(name="Hai")))).sheetnames == ["Một", "Hai"]


def test_a_paper_of_words_alone_has_a_book_too():
    assert values(opened(made(Text("Lời.")))["Nội dung"])[2:] == [("Nội dung",), ("Lời.",)]


def test_groups_become_a_column_and_totals_stay_out_of_the_filter():
    page = opened(
        made(
            table(
                Row(("Nhóm A",), "group"),
                Row((1, "a", None)),
                Row((2, "b", None)),
                Row(("Nhóm B",), "group"),
                Row((3, "c", None)),
                Row((None, "Tổng số", 3), "total"),
            )
        )
    )["Việc"]
    assert values(page)[2:] == [
        ("Nhóm", "STT", "Nội dung", "Hạn"),
        ("Nhóm A", 1, "a", None),
        ("Nhóm A", 2, "b", None),
        ("Nhóm B", 3, "c", None),
        (None, None, "Tổng số", 3),
    ]
    assert page.auto_filter.ref == "A3:D6"
    assert (page["C6"].font.bold, page["C7"].font.bold) == (False, True)
    assert [str(cells) for cells in page.merged_cells.ranges] == ["A1:D1"]


def test_days_and_numbers_are_real_ones():
    cells = (1250000, Decimal("1234.50"), date(2026, 9, 5))
    page = opened(made(table(Row(cells), Row((Percent(45), Marked("Quá hạn", "bad"), Decimal("7.00"))))))[
        "Việc"
    ]
    assert [(cell.value, cell.number_format) for cell in page[4]] == [
        (1250000, "#,##0"),
        (1234.5, "#,##0.0"),
        (page["C4"].value, "dd/mm/yyyy"),
    ]
    assert (page["C4"].value.date(), page["C4"].is_date) == (date(2026, 9, 5), True)
    assert [(cell.value, cell.number_format) for cell in page[5]] == [
        (0.45, "0%"),
        ("Quá hạn", "General"),
        (7, "#,##0"),
    ]
    assert (page["B5"].fill.start_color.rgb, page["A4"].alignment.horizontal) == ("00FBEAEA", "center")


def test_the_same_paper_gives_the_same_file():
    paper = made(table(Row((1, "a", date(2026, 9, 5)))))
    with on("2026-09-05"):
        first = render(paper, Format.XLSX)
    with on("2026-10-05"):
        assert render(paper, Format.XLSX) == first


@pytest.mark.parametrize(
    ("value", "format"),
    [
        (0, "#,##0"),
        (-3, "#,##0"),
        (Decimal("100"), "#,##0"),
        (Decimal("0.25"), "#,##0.00"),
        ("1", "General"),
        (None, "General"),
    ],
)
def test_number_formats(value, format):
    assert number_format(value) == format


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "=cmd|' /C calc'!A0", "＝1+1", "\u200b=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_stays_text(text):
    page = opened(made(table(Row((text, text, text)), caption=text)))["Việc"]
    for cell in (*page[5], page["A2"]):
        assert (cell.value, cell.data_type, cell.quotePrefix) == (
            text.strip().replace("\u200b", ""),
            "s",
            True,
        )


def test_what_looks_like_the_number_of_a_character_stays_as_it_is():
    answer = render_xlsx(Book("x", "y", (Sheet("Bảng", (), ("a",), [["_x003D_1+1 _x0D_"]], (10,)),)))
    stored = load_workbook(BytesIO(answer))["Bảng"]["A3"].value
    assert (stored, unescape(stored)) == ("_x005F_x003D_1+1 _x0D_", "_x003D_1+1 _x0D_")


@pytest.mark.parametrize(
    ("names", "sheets"),
    [
        (("Mục", "mục", "Mục"), ["Mục", "mục 2", "Mục 3"]),
        (("[Mục]: a/b\\c*?",), ["Mục a b c"]),
        (("x" * 40, "x" * 40), ["x" * 31, f"{'x' * 29} 2"]),
        (("History", "'a'", "", f"a{GAP}b"), ["History 2", "a", "Bảng", "a b"]),
    ],
)
def test_names_of_sheets_are_those_that_excel_takes(names, sheets):
    assert opened(made(*(table(name=name) for name in names))).sheetnames == sheets


def test_gaps_of_the_title_stay_gaps():
    paper = made(table(), reference=f"Kèm theo Kế hoạch số {GAP * 10}/KH ngày{GAP * 6}tháng")
    assert opened(paper)["Việc"]["A2"].value == "(Kèm theo Kế hoạch số …… /KH ngày …… tháng)"


def test_the_page_is_ready_to_be_printed():
    page = opened(made(table(Row((1, "a " * 100, date(2026, 9, 5)))), landscape=True))["Việc"]
    assert (page.freeze_panes, page.print_title_rows) == ("A4", "$3:$3")
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.sheet_properties.pageSetUpPr.fitToPage, page.page_setup.fitToHeight) == (True, 0)
    assert [page.column_dimensions[letter].width for letter in "ABC"] == [13, 78, 39]
    assert page.row_dimensions[4].height == 48
    assert opened(made(table()))["Việc"].page_setup.orientation == "portrait"


def test_a_narrow_column_has_room_for_its_days():
    columns = (Column("A", 90), Column("Hạn", 5), Column("Số", 5))
    rows = (Row(("a", date(2026, 9, 5), 1250000000)),)
    page = opened(made(Table("Việc", columns, rows)))["Việc"]
    assert [page.column_dimensions[letter].width for letter in "ABC"] == [77, 12, 15]
