"""What Word hides: automatic numbers, tracked changes, merged cells, text boxes, breaks, fields."""

from datetime import date

import pytest

from plans.importing import NotAPlan, read_file
from plans.importing.outline import Signer

from .docx_builder import (
    PACKAGE,
    W,
    archive,
    cell,
    deleted,
    docx,
    inserted,
    level,
    numbering,
    paragraph,
    paragraphs,
    run,
    styles,
    table,
)

HEAD = paragraphs("KẾ HOẠCH\nTrồng cây\n\n")
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
SIGNATURES = [
    "Nơi nhận:\tTM. BAN THƯỜNG VỤ\n- Huyện đoàn (b/c);\tBÍ THƯ\n- Lưu VP.\n\tThạch Văn Sơn",
    "Nơi nhận:            TM. BAN THƯỜNG VỤ\n- Huyện đoàn (b/c);        BÍ THƯ\n- Lưu VP.\n"
    "                          Thạch Văn Sơn",
    "Nơi nhận:\n- Huyện đoàn (b/c);\tTM. BAN THƯỜNG VỤ\n- Lưu VP.\tBÍ THƯ\n\tThạch Văn Sơn",
    "Nơi nhận:\tTM. BAN THƯỜNG VỤ\n- Huyện đoàn (b/c);\tBÍ THƯ\n- Lưu VP.\tThạch Văn Sơn",
    "Nơi nhận:\tTM. BAN THƯỜNG VỤ\n- Huyện đoàn (b/c);\n\tBÍ THƯ\n- Lưu VP.\n\t(Đã ký)\n\t\n\tThạch Văn Sơn",
    "\tTM. BAN THƯỜNG VỤ\nNơi nhận:\tBÍ THƯ\n- Huyện đoàn (b/c);\n- Lưu VP.\n\tThạch Văn Sơn",
]
LISTS = {
    1: [level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), level(2, "lowerLetter", "%3)")],
    2: [level(0, "bullet", "\uf0b7"), level(1, "bullet", "\uf02d")],
    3: [level(0, "decimal", "%1."), level(1, "decimal", "%1.%2.")],
}


def read(body, **parts):
    return read_file("plan.docx", docx(body, **parts))


def tasks(outline):
    return [(group.number, group.title, [task.text for task in group.tasks]) for group in outline.groups]


def test_numbers_and_bullets_are_printed_as_word_shows_them():
    body = HEAD + "".join(
        [
            paragraph("MỤC ĐÍCH", (1, 0)),
            paragraph("Có bóng mát.", (1, 1)),
            paragraph("NHIỆM VỤ", (1, 0)),
            paragraph("Tuyên truyền", (1, 1)),
            paragraph("Họp thôn.", (1, 2)),
            paragraph("Ký cam kết.", (1, 2)),
            paragraph("Theo từng hộ.", (2, 0)),
            paragraph("Giám sát", (1, 1)),
            paragraph("Đếm cây.", (1, 2)),
        ]
    )

    outline = read(body, numbering_xml=numbering(LISTS))

    assert [(section.number, section.title) for section in outline.sections] == [
        ("I", "MỤC ĐÍCH"),
        ("II", "NHIỆM VỤ"),
    ]
    assert tasks(outline) == [
        ("1", "Tuyên truyền", ["Họp thôn.", "Ký cam kết.\n• Theo từng hộ."]),
        ("2", "Giám sát", ["Đếm cây."]),
    ]
    assert outline.source[2:9] == [
        "I. MỤC ĐÍCH",
        "1. Có bóng mát.",
        "II. NHIỆM VỤ",
        "1. Tuyên truyền",
        "a) Họp thôn.",
        "b) Ký cam kết.",
        "• Theo từng hộ.",
    ]


def test_numbers_of_several_levels_and_from_a_style():
    heading = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId '
        'w:val="3"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="MucCon"><w:basedOn w:val="Muc"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = HEAD + paragraph("Nội dung", style="Muc") + paragraph("Kiểm tra chợ", style="MucCon")
    body += paragraph("- Đi ba chợ.") + paragraph("Tuyên truyền", style="MucCon") + paragraph("- Phát loa.")

    outline = read(body, numbering_xml=numbering(LISTS), styles_xml=styles(heading))

    assert tasks(outline) == [
        ("1.1", "Kiểm tra chợ", ["Đi ba chợ."]),
        ("1.2", "Tuyên truyền", ["Phát loa."]),
    ]


def test_a_list_that_is_started_anew():
    again = (
        '<w:num w:numId="9"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = HEAD + paragraph("I. MỤC TIÊU") + paragraph("Xanh", (3, 0)) + paragraph("Sạch", (3, 0))
    body += paragraph("II. NHIỆM VỤ") + paragraph("Tuyên truyền", (9, 0)) + paragraph("- Phát loa.")

    outline = read(body, numbering_xml=numbering(LISTS, again))

    assert tasks(outline) == [("1", "Tuyên truyền", ["Phát loa."])]


def test_insertions_stay_and_deletions_go():
    changed = run("- Trồng ") + deleted("100") + inserted("200") + run(" cây.")
    moved = f'<w:moveFrom w:id="5">{run("- Việc đã dời.")}</w:moveFrom>'
    joined = '<w:p><w:pPr><w:rPr><w:del w:id="7"/></w:rPr></w:pPr>' + run("- Tưới") + "</w:p>"
    body = HEAD + paragraph("I. NHIỆM VỤ") + paragraph(inner=changed) + paragraph(inner=moved)
    body += joined + paragraph(" cây.")

    assert tasks(read(body)) == [("I", "NHIỆM VỤ", ["Trồng 200 cây.", "Tưới cây."])]


def test_breaks_fields_controls_and_hidden_text():
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('Mua giống')}</w:sdtContent></w:sdt>"
    link = f"<w:hyperlink>{run(' cây')}</w:hyperlink>"
    hidden = run("bí mật", "<w:rPr><w:vanish/></w:rPr>")
    end = run("28") + "<w:r><w:noBreakHyphen/></w:r>" + run("NQ/TW")
    line = run("- ") + field + control + link + hidden + run(" theo Nghị quyết số ") + end
    body = HEAD + paragraph("I. NHIỆM VỤ") + paragraph(inner=line + "<w:r><w:br/></w:r>" + run("+ Cây xoài"))

    outline = read(body)

    assert tasks(outline) == [("I", "NHIỆM VỤ", ["Mua giống cây theo Nghị quyết số 28-NQ/TW\n+ Cây xoài"])]
    assert (outline.groups[0].tasks[0].line, outline.groups[0].tasks[0].end_line) == (4, 5)


def test_a_text_box_is_read_once():
    box = f"<w:txbxContent>{paragraph('Số: 12/KH-HCTĐ')}</w:txbxContent>"
    drawn = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    body = paragraph(inner=run("HỘI CHỮ THẬP ĐỎ") + drawn) + HEAD + paragraphs("I. NHIỆM VỤ\n- Hiến máu.")

    outline = read(body)

    assert (outline.number, outline.issuer) == ("12/KH-HCTĐ", "HỘI CHỮ THẬP ĐỎ")
    assert outline.source.count("Số: 12/KH-HCTĐ") == 1


def test_head_and_signature_set_in_tables():
    head = table(
        [
            ["ĐẢNG BỘ XÃ ĐỒNG TÂM\nCHI BỘ THÔN 4", "ĐẢNG CỘNG SẢN VIỆT NAM"],
            ["Số 02 - KH/CB", "Đồng Tâm, ngày 09 tháng 5 năm 2026"],
        ]
    )
    tail = table([["Nơi nhận:\n- Đảng ủy (b/c);\n- Lưu CB.", "T/M CHI BỘ\nBÍ THƯ\n\nKiều Văn Lực"]])

    outline = read(head + HEAD + paragraphs("I. NHIỆM VỤ\n- Họp chi bộ hằng tháng.") + tail)

    assert (outline.number, outline.issued_on, outline.place, outline.issuer) == (
        "02-KH/CB",
        date(2026, 5, 9),
        "Đồng Tâm",
        "CHI BỘ THÔN 4",
    )
    assert [(recipient.name, recipient.purpose) for recipient in outline.recipients] == [
        ("Đảng ủy", "b/c"),
        ("CB", "lưu"),
    ]
    assert (outline.signer.authority, outline.signer.position, outline.signer.name) == (
        "T/M CHI BỘ",
        "BÍ THƯ",
        "Kiều Văn Lực",
    )
    assert outline.groups[0].tasks[0].ongoing is True


APPENDIX = [
    [
        cell("STT", merge="restart"),
        cell("Nội dung", merge="restart"),
        cell("Đơn vị thực hiện", 2),
        cell("Thời gian hoàn thành", merge="restart"),
        cell("Sản phẩm", merge="restart"),
    ],
    [
        cell("", merge="continue"),
        cell("", merge="continue"),
        "Chủ trì",
        "Phối hợp",
        cell("", merge="continue"),
        cell("", merge="continue"),
    ],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
    [cell("I. Tuyên truyền", 6)],
    ["1", "In áp phích", cell("Ban Tuyên giáo", merge="restart"), "Ban A; Ban B", "Quý I/2026", "Áp phích"],
    ["2", "Chiếu phim", cell("", merge="continue"), "-nt-", "như trên", "Buổi chiếu"],
    [cell("II. Giám sát", 6)],
    ["3", "Giám sát bếp ăn", "Ban Pháp luật", "", "Thường xuyên", ""],
    ["", "tại các trường mầm non", "", "Trạm Y tế", "", ""],
]


def test_a_table_of_tasks_with_merged_cells():
    body = HEAD + paragraphs("I. MỤC ĐÍCH\nKhỏe.\nPHỤ LỤC") + table(APPENDIX)

    outline = read(body)

    assert [(group.number, group.title, group.kind) for group in outline.groups] == [
        ("I", "Tuyên truyền", "propaganda"),
        ("II", "Giám sát", "supervision"),
    ]
    found = [task for group in outline.groups for task in group.tasks]
    assert [
        (task.text, task.lead, task.support, task.due_on, task.ongoing, task.product) for task in found
    ] == [
        ("In áp phích", "Ban Tuyên giáo", ["Ban A", "Ban B"], date(2026, 3, 31), False, "Áp phích"),
        ("Chiếu phim", "Ban Tuyên giáo", ["Ban A", "Ban B"], date(2026, 3, 31), False, "Buổi chiếu"),
        ("Giám sát bếp ăn\ntại các trường mầm non", "Ban Pháp luật", ["Trạm Y tế"], None, True, None),
    ]


def test_a_column_that_names_the_group_of_each_row():
    rows = [
        ["Nhóm nhiệm vụ", "Nội dung", "Chủ trì", "Thời gian"],
        [cell("1. Tuyên truyền", merge="restart"), "In áp phích", "Ban A", "Quý I/2026"],
        [cell("", merge="continue"), "Chiếu phim", cell("Ban B", merge="restart"), "Quý II/2026"],
        ["2. Giám sát", "Giám sát bếp ăn", cell("", merge="continue"), "Quý III/2026"],
        ["", "Giám sát chợ", "Ban D", "Không"],
    ]

    outline = read(HEAD + paragraphs("I. MỤC ĐÍCH\nKhỏe.\nPHỤ LỤC\nBảng việc") + table(rows))

    assert tasks(outline) == [
        ("1", "Tuyên truyền", ["In áp phích", "Chiếu phim"]),
        ("2", "Giám sát", ["Giám sát bếp ăn", "Giám sát chợ"]),
    ]
    assert [task.lead for group in outline.groups for task in group.tasks] == [
        "Ban A",
        "Ban B",
        "Ban B",
        "Ban D",
    ]


def test_a_table_that_goes_on_without_its_header():
    first = table([["STT", "Nội dung", "Chủ trì", "Phối hợp"], ["1", "In áp phích", "Ban A", "Ban B"]])
    second = table([["2", "Chiếu phim", "Ban C", "Không"], ["3", "Dọn chợ", "Ban D", "x"]])
    other = paragraphs("Bảng việc của thôn") + table([["1", "Quét đường", "Ban E", ""]])

    outline = read(HEAD + paragraphs("I. MỤC ĐÍCH\nKhỏe.\nPHỤ LỤC\nBảng việc") + first + second + other)

    assert tasks(outline) == [
        (None, "Bảng việc", ["In áp phích", "Chiếu phim", "Dọn chợ"]),
        (None, "Bảng việc của thôn", ["Quét đường"]),
    ]
    assert [task.support for task in outline.groups[0].tasks] == [["Ban B"], [], []]


def test_a_table_with_its_caption_behind_the_signature():
    tail = paragraphs(SIGNATURES[0] + "\n\nBIỂU PHÂN VIỆC\n(Kèm theo Kế hoạch)")
    rows = table([["Nội dung", "Chủ trì"], ["In áp phích", "Ban A"]])

    outline = read(HEAD + paragraphs("I. MỤC ĐÍCH\nKhỏe.\nII. NỘI DUNG\nCó biểu kèm theo.") + tail + rows)

    assert tasks(outline) == [(None, "BIỂU PHÂN VIỆC", ["In áp phích"])]
    assert outline.signer == Signer("TM. BAN THƯỜNG VỤ", "BÍ THƯ", "Thạch Văn Sơn")


def test_a_plan_without_tasks_is_refused():
    with pytest.raises(NotAPlan, match="No tasks"):
        read(HEAD + paragraphs("I. MỤC ĐÍCH\nKhỏe."))


@pytest.mark.parametrize("tail", SIGNATURES)
@pytest.mark.parametrize("soft", [False, True])
def test_recipients_and_signature_set_side_by_side(tail, soft):
    text = run(tail).replace("\n", '</w:t></w:r><w:r><w:br/></w:r><w:r><w:t xml:space="preserve">')
    end = paragraph(inner=text) if soft else paragraphs(tail)

    outline = read(HEAD + paragraphs("I. MỤC ĐÍCH\n- Xanh.\nII. NHIỆM VỤ\n- Trồng cây.\n- Tưới.") + end)

    assert [(item.name, item.purpose) for item in outline.recipients] == [
        ("Huyện đoàn", "b/c"),
        ("VP", "lưu"),
    ]
    assert outline.signer == Signer("TM. BAN THƯỜNG VỤ", "BÍ THƯ", "Thạch Văn Sơn")


def test_a_document_typed_with_a_return_at_each_line_end():
    text = (
        "Căn cứ Điều lệ Hội khóa IX và Hướng dẫn số 14-HD/HU, ngày 20/3/2026;\n"
        "Luật Phòng, chống thiên tai ngày 19/6/2013; Chương trình số 27-\n"
        "CTr/HU, ngày 05/5/2026 của Huyện ủy về trồng rừng phòng hộ ven\n"
        "biển, Ban Chấp hành Hội xây dựng kế hoạch trồng cây như sau:\n"
        "I. NHIỆM VỤ\n- Trồng một nghìn cây phi lao dọc bờ biển từ thôn Đông đến\n"
        "thôn Đoài, xong trước ngày 30 tháng 9 năm 2026.\n"
        "- Chăm sóc, tỉa cành, thay những cây chết trong ba tháng đầu và\nbáo cáo hằng tháng."
    )

    outline = read(HEAD + paragraphs(text))

    assert [(basis.number, basis.date) for basis in outline.legal_bases] == [
        ("14-HD/HU", date(2026, 3, 20)),
        (None, date(2013, 6, 19)),
        ("27-CTr/HU", date(2026, 5, 5)),
    ]
    assert [task.due_on for task in outline.groups[0].tasks] == [date(2026, 9, 30), None]


def test_a_strict_document():
    text = paragraphs("KẾ HOẠCH\nTrồng cây\nI. MỤC ĐÍCH\n- Xanh.\nII. NHIỆM VỤ") + paragraph(
        "Trồng cây.", (2, 0)
    )
    strict = [
        part.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", STRICT)
        for part in (W, numbering(LISTS))
    ]
    files = {
        "word/document.xml": f"<w:document {strict[0]}><w:body>{text}</w:body></w:document>",
        "word/numbering.xml": strict[1],
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="n" Type='
        '"http://purl.oclc.org/ooxml/officeDocument/relationships/numbering" Target="numbering.xml"/>'
        "</Relationships>",
    }

    assert tasks(read_file("plan.docx", archive(files))) == [("II", "NHIỆM VỤ", ["Trồng cây."])]
