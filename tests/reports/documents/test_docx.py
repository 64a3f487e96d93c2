"""The Word file itself: built as a clerk builds it, of styles, and of nothing that is not ours."""

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from reports.documents.content import Listing, Row, Table, Text
from reports.documents.formats import Format
from reports.documents.rendering import render
from tests.reports.documents.papers import (
    APPENDED,
    COMPACT,
    LONG,
    SENTENCE,
    SHORT,
    TASKS,
    TURNED,
    UNITS,
    WHAT_EACH_UNIT_DID,
)

MM = 1440 / 25.4
RULED = "Bảng kẻ ô"
# The schema's order; Word calls a file damaged that has another.
ORDER = {
    "pPr": "pStyle keepNext keepLines widowControl numPr pBdr shd spacing ind jc outlineLvl sectPr",
    "rPr": "rFonts b bCs i iCs color kern sz szCs bdr shd lang",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblDescription",
    "tcPr": "tcW gridSpan shd tcMar vAlign",
    "sectPr": "headerReference type pgSz pgMar cols titlePg",
}


def word(paper) -> bytes:
    return render(paper, Format.DOCX)


def opened(paper):
    return Document(BytesIO(word(paper)))


def parts(paper) -> dict[str, bytes]:
    with ZipFile(BytesIO(word(paper))) as file:
        return {name: file.read(name) for name in file.namelist()}


def value(element, path: str) -> str | None:
    found = element.xpath(path)
    return found[0] if found else None


def rows_of(table) -> list:
    return table._tbl.findall(qn("w:tr"))


@pytest.fixture(scope="module")
def long():
    return opened(LONG)


def test_the_file_has_our_parts_alone():
    assert list(parts(LONG)) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/_rels/document.xml.rels",
        "docProps/core.xml",
        "word/styles.xml",
        "word/numbering.xml",
        "word/settings.xml",
        "word/fontTable.xml",
        "word/header1.xml",
        "word/document.xml",
    ]


def test_nothing_outside_is_named_and_nothing_is_run():
    everything = b"".join(parts(LONG).values()).decode()
    assert "TargetMode" not in everything
    assert re.findall(r"<w:instrText[^>]*>([^<]*)<", everything) == [" PAGE "]
    assert not {"fldSimple", "altChunk", "object", "attachedTemplate"} & set(
        re.findall(r"w:(\w+)", everything)
    )


def test_the_same_content_gives_the_same_bytes():
    assert word(APPENDED) == word(APPENDED)
    with ZipFile(BytesIO(word(APPENDED))) as file:
        assert {part.date_time for part in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_title_author_and_language():
    properties = opened(SHORT).core_properties
    assert (properties.title, properties.author, properties.language) == (
        "Báo cáo Kết quả thực hiện Kế hoạch số 05/KH-MTTQ-BTT của Ban Thường trực Ủy ban MTTQ thành phố",
        "ỦY BAN MTTQ VIỆT NAM THÀNH PHỐ MẪU",
        "vi-VN",
    )
    assert properties.created is None


def test_word_opens_it_in_its_own_mode():
    settings = etree.fromstring(parts(SHORT)["word/settings.xml"])
    setting = settings.find(f".//{qn('w:compatSetting')}[@{qn('w:name')}='compatibilityMode']")
    assert setting.get(qn("w:val")) == "15"


@pytest.mark.parametrize("paper", [LONG, APPENDED, TURNED, COMPACT])
def test_properties_stand_in_the_order_of_the_schema(paper):
    for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml"):
        for element in etree.fromstring(parts(paper)[name]).iter():
            order = ORDER.get(etree.QName(element).localname)
            if order:
                names = [etree.QName(child).localname for child in element]
                assert names == sorted(names, key=order.split().index)


def test_every_style_that_is_used_is_there(long):
    used = set(long.element.xpath("//w:pStyle/@w:val | //w:tblStyle/@w:val"))
    assert used - {style.style_id for style in long.styles} == set()


@pytest.mark.parametrize(
    ("style", "size", "bold", "italic", "line"),
    [
        ("Body Text", 14, None, None, 18.2),
        ("Ghi chú", 14, None, True, 18.2),
        ("Heading 1", 14, True, None, 18.2),
        ("Heading 3", 14, True, True, 18.2),
        ("Title", 14, True, None, 18.2),
        ("Subtitle", 14, True, None, 18.2),
        ("Cơ quan chủ quản", 12, None, None, 15),
        ("Cơ quan ban hành", 12, True, None, 15),
        ("Quốc hiệu", 12, True, None, 15),
        ("Tiêu ngữ", 13, True, None, 16.25),
        ("Số, ký hiệu", 13, None, None, 16.25),
        ("Địa danh, ngày tháng", 13, None, True, 16.25),
        ("Quyền hạn, chức vụ", 14, True, None, 18.2),
        ("Họ tên người ký", 14, True, None, 18.2),
        ("Nơi nhận", 12, True, True, 17.7),
        ("Dòng nơi nhận", 11, None, None, 13.75),
        ("Ô bảng", 12, None, None, 14.4),
        ("Header", 14, None, None, 18.2),
    ],
)
def test_face_and_size_of_each_part(long, style, size, bold, italic, line):
    family = [long.styles[style]]
    while family[-1].base_style:
        family.append(family[-1].base_style)

    def inherited(of):
        return next((found for found in map(of, family) if found is not None), None)

    default = long.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:sz/@w:val")[0]
    assert (inherited(lambda each: each.font.size) or int(default) / 2 * 12700) / 12700 == size
    assert (inherited(lambda each: each.font.bold), inherited(lambda each: each.font.italic)) == (
        bold,
        italic,
    )
    default = long.styles.element.xpath("w:docDefaults/w:pPrDefault/w:pPr/w:spacing/@w:line")[0]
    spacing = inherited(lambda each: each.paragraph_format.line_spacing)
    assert (spacing.pt if spacing else int(default) / 20) == line


def test_one_face_for_all_letters_in_vietnamese(long):
    (fonts,) = long.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:rFonts")
    assert {fonts.get(qn(f"w:{of}")) for of in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}
    assert long.styles.element.xpath("//w:lang/@w:val") == ["vi-VN"]
    assert long.element.xpath("//w:rFonts | //w:sz") == []


def test_the_page_is_that_of_the_decree(long):
    (section,) = long.sections
    lengths = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(length.mm, 1) for length in lengths] == [210, 297, 25, 20]
    assert [round(length.mm, 1) for length in (section.left_margin, section.right_margin)] == [30, 18]


def test_the_number_of_the_page_is_above_every_page_but_the_first(long):
    (section,) = long.sections
    assert section.different_first_page_header_footer is True
    assert section.header.paragraphs[0].style.name == "Header"
    assert section.first_page_header.is_linked_to_previous


def test_wide_tables_turn_their_pages_and_numbers_go_on():
    first, turned, last = opened(APPENDED).sections
    assert [section.orientation for section in (first, turned, last)] == [0, 1, 0]
    assert (round(turned.page_width.mm), round(turned.page_height.mm)) == (297, 210)
    assert [section.different_first_page_header_footer for section in (first, turned, last)] == [
        True,
        False,
        False,
    ]
    assert [section._sectPr.xpath("w:pgNumType") for section in (first, turned, last)] == [[], [], []]


def test_paragraphs_are_of_styles_and_nothing_else(long):
    words = [
        (paragraph.style.name, paragraph.text)
        for paragraph in long.paragraphs
        if paragraph.text.startswith(("I. KẾT", "1. Công", "1.1.", "Trên đây"))
    ]
    assert words == [
        ("Heading 1", "I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ"),
        *[("Heading 2", "1. Công tác tuyên truyền"), ("Heading 3", "1.1. Về cơ sở")] * 3,
        ("Body Text", "Trên đây là báo cáo kết quả./."),
    ]
    body = next(paragraph for paragraph in long.paragraphs if paragraph.text == SENTENCE)
    assert [child.tag for child in body._p.pPr] == [qn("w:pStyle")]
    form = long.styles["Body Text"].paragraph_format
    assert (round(form.first_line_indent.mm, 1), form.space_before.pt, form.alignment) == (12.7, 6, 3)


def test_every_numbered_list_begins_with_one():
    lists = tuple(Listing("Việc", (f"Việc {letter}", "Việc khác")) for letter in "ab")
    document = opened(replace(SHORT, blocks=(*lists, Listing("Nơi", ("Nơi này",), numbered=False))))
    numbers = document.element.xpath("//w:p[w:pPr/w:numPr]/w:pPr/w:numPr/w:numId/@w:val")
    assert numbers == ["2", "2", "3", "3"]
    numbering = document.part.numbering_part.element
    assert numbering.xpath("w:num/@w:numId") == ["1", "2", "3"]
    assert numbering.xpath("w:num/w:lvlOverride/w:startOverride/@w:val") == ["1", "1"]
    assert [p.style.name for p in document.paragraphs if p.text == "Nơi này."] == ["List Bullet"]


def test_a_table_has_its_head_on_every_page_and_whole_rows(long):
    table = next(table for table in long.tables if table.style.name == RULED)
    head, group, first, *_, before, total = rows_of(table)
    assert [bool(row.xpath("w:trPr/w:tblHeader")) for row in (head, group, first)] == [True, False, False]
    assert all(row.xpath("w:trPr/w:cantSplit") for row in rows_of(table))
    assert value(group, "w:tc/w:tcPr/w:gridSpan/@w:val") == "5"
    assert long.styles["Dòng nhóm"].paragraph_format.keep_with_next is True
    assert [bool(row.xpath(".//w:keepNext")) for row in (first, before, total)] == [False, True, False]
    assert first.xpath("w:tc//w:pStyle/@w:val") == [
        "CellCentre",
        "Cell",
        "CellRight",
        "CellCentre",
        "CellCentre",
    ]
    assert first.xpath("w:tc/w:p/w:r/w:t/text()") == [
        "1",
        "Ủy ban MTTQ Việt Nam phường 1 và các tổ chức thành viên",
        "700",
        "1%",
        "02/01/2024",
    ]
    assert [bool(row.xpath(".//w:b")) for row in (first, total)] == [False, True]
    assert table._tbl.xpath("w:tblPr/w:tblLayout/@w:type") == ["fixed"]


def test_the_columns_fill_the_page():
    for paper, width in ((LONG, 162), (TURNED, 249)):
        table = next(table for table in opened(paper).tables if table.style.name == RULED)
        columns = [int(column) for column in table._tbl.xpath("w:tblGrid/w:gridCol/@w:w")]
        assert round(sum(columns) / MM) == width
        assert [int(each) for each in rows_of(table)[0].xpath("w:tc/w:tcPr/w:tcW/@w:w")] == columns


def test_a_row_of_more_than_half_a_page_may_be_split():
    rows = (Row((1, SENTENCE * 12, 1, 1, 1)), Row((2, "ngắn", 1, 1, 1)))
    document = opened(replace(SHORT, blocks=(Table("Dài", WHAT_EACH_UNIT_DID, rows),)))
    _head, tall, low = rows_of(document.tables[1])
    assert [bool(row.xpath("w:trPr/w:cantSplit")) for row in (tall, low)] == [False, True]


def test_a_chart_is_a_row_of_shaded_cells_with_its_numbers(long):
    whole, part = (table for table in long.tables if len(rows_of(table)) == 1 and table.style.name == RULED)
    assert [cell.text for cell in whole.rows[0].cells] == ["50 (63%)", "3", "20 (25%)", "7"]
    assert [cell.text for cell in part.rows[0].cells] == ["10 (48%)", "10 (48%)", "1"]
    assert whole._tbl.xpath(".//w:tcPr/w:shd/@w:fill") == ["404040", "BFBFBF", "FFFFFF", "FFFFFF"]
    assert whole._tbl.xpath("w:tblPr/w:tblDescription/@w:val") == [
        "Toàn thành phố: Đúng hạn 50; Quá hạn 3; Đang làm 20; Chưa làm 7."
    ]
    (legend,) = [p for p in long.paragraphs if p.style.name == "Chú giải biểu đồ"]
    assert [words for words in legend.text.split("\N{NO-BREAK SPACE}") if words] == [
        "Đúng hạn",
        "Quá hạn",
        "Đang làm",
        "Chưa làm",
    ]


def test_the_end_is_whole_and_never_without_words(long):
    *_before, table = long.tables
    (row,) = rows_of(table)
    assert row.xpath("w:trPr/w:cantSplit")
    left, right = table.rows[0].cells
    assert [(p.style.name, p.text) for p in left.paragraphs] == [
        ("Nơi nhận", "Nơi nhận:"),
        ("Dòng nơi nhận", "- Như trên;"),
        ("Dòng nơi nhận", "- Thường trực Thành ủy (b/c);"),
        ("Dòng nơi nhận", "- Lưu: MTTQ thành phố."),
    ]
    assert [p.text for p in right.paragraphs] == ["TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH", "Trần Thị Mẫu"]
    assert round(long.styles["Họ tên người ký"].paragraph_format.space_before.mm) == 28
    *_words, item, last, gap, _closing = long.paragraphs
    assert [paragraph.paragraph_format.keep_with_next for paragraph in (item, last, gap)] == [
        True,
        True,
        True,
    ]


@pytest.mark.parametrize("block", [Text(SENTENCE), UNITS])
def test_long_words_or_a_table_go_with_the_end_alone(block):
    document = opened(replace(SHORT, blocks=(Text("Trước."), Text(SENTENCE), block)))
    before, last, _end = [item for item in document.element.body if item.xpath(".//w:t")][-3:]
    kept = "self::w:p/w:pPr/w:keepNext | w:tr[last()]//w:keepNext"
    assert [bool(item.xpath(kept)) for item in (before, last)] == [False, True]


def test_a_long_nơi_nhận_may_go_on_to_the_next_page():
    sent_to = (*(f"- Đơn vị nhận thứ {n};" for n in range(1, 91)), "- Lưu: VT.")
    (row,) = rows_of(opened(replace(SHORT, sent_to=sent_to)).tables[-1])
    assert not row.xpath("w:trPr/w:cantSplit")


def test_a_compact_paper_has_the_smaller_sizes():
    styles = etree.fromstring(parts(COMPACT)["word/styles.xml"])
    assert styles.xpath(
        "//w:rPrDefault//w:sz/@w:val | //w:pPrDefault//w:spacing/@w:line | "
        "//w:style[@w:styleId='Cell']//@w:line | //w:style[@w:styleId='Cell']//w:sz/@w:val",
        namespaces=styles.nsmap,
    ) == ["26", "312", "264", "22"]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a\x00\x08\x0b\x1f\ufffe\ud800b", "ab"),
        ("]]> <w:p/> &amp; <!-- x -->", "]]> <w:p/> &amp; <!-- x -->"),
        ("{{ paper.head }}{% now 'Y' %}", "{{ paper.head }}{% now 'Y' %}"),
        ('{ DDEAUTO c:\\\\cmd.exe "/k calc" }', '{ DDEAUTO c:\\\\cmd.exe "/k calc" }'),
        ("a\u0300\t b\n\n c", "à b c"),
        ("😀 𝔘 \u202eabc", "😀 𝔘 \u202eabc"),
    ],
)
def test_whatever_a_text_holds_it_is_text(text, printed):
    paper = replace(SHORT, blocks=(Text(text), replace(UNITS, caption=text)), title=(text,), kind=text)
    document = opened(paper)
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:4] == [printed, printed, "", printed]
    assert "".join(document.core_properties.title.split()).endswith("".join(printed.split()))


def test_thousands_of_rows_take_a_second_or_so():
    table = replace(TASKS, rows=TASKS.rows * 20)
    document = opened(replace(TURNED, blocks=(table,)))
    assert len(rows_of(document.tables[0])) == 2601
