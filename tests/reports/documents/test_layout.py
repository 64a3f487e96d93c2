"""Places, sizes and rules of a printed paper, measured against Decree 30/2020/ND-CP, Annex I."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pdfplumber
import pytest

from reports.documents.pdf import render_pdf
from tests.reports.documents.reading import MM, find, pieces, rules, texts

LONG_NAME = "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức thành viên của phường, xã số"


@pytest.fixture
def printed(make_paper) -> bytes:
    return render_pdf(make_paper())


def test_the_page_is_a4(printed):
    with pdfplumber.open(BytesIO(printed)) as document:
        (page,) = document.pages
        assert [round(edge / MM, 1) for edge in page.bbox] == [0, 0, 210, 297]


def test_all_text_stays_inside_the_margins(make_paper):
    long_list = (*[LONG_NAME] * 5, *["Thành ủy"] * 60)
    everything = pieces(render_pdf(make_paper(lines=long_list)))
    body = [piece for piece in everything if piece.top > 25 * MM]
    assert min(piece.left for piece in body) / MM == pytest.approx(30, abs=0.1)
    assert 210 - max(piece.right for piece in body) / MM == pytest.approx(18, abs=0.1)
    assert 25 <= min(piece.top for piece in body) / MM < 27
    assert 20 <= 297 - max(piece.bottom for piece in body) / MM < 29


@pytest.mark.parametrize(
    ("start", "look"),
    [
        ("TỈNH MẪU", (12, "regular")),
        ("THÀNH PHỐ MẪU", (12, "bold")),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, "bold")),
        ("Độc lập - Tự do - Hạnh phúc", (13, "bold")),
        ("Số:", (13, "regular")),
        ("Mẫu, ngày", (13, "italic")),
        ("DANH SÁCH NƠI NHẬN", (14, "bold")),
        ("Kế hoạch số 05/KH-MTTQ-BTT", (14, "bold")),
        ("về thực hiện", (14, "bold")),
        ("Kế hoạch này", (14, "regular")),
        ("1. Thường trực", (14, "regular")),
        ("Ghi chú:", (14, "italic")),
        ("TM. BAN THƯỜNG TRỰC", (14, "bold")),
        ("CHỦ TỊCH", (14, "bold")),
        ("Trần Thị Mẫu", (14, "bold")),
        ("Nơi nhận:", (12, "bold italic")),
        ("- Như trên;", (11, "regular")),
        ("- Lưu:", (11, "regular")),
    ],
)
def test_face_and_size_of_each_part(printed, start, look):
    assert find(printed, start).look == look


def test_the_parts_follow_each_other(printed):
    assert texts(printed) == [
        "ỦY BAN MTTQ VIỆT NAM",
        "TỈNH MẪU",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "ỦY BAN MTTQ VIỆT NAM",
        "THÀNH PHỐ MẪU",
        "Độc lập - Tự do - Hạnh phúc",
        "Số:          /…………",
        "Mẫu, ngày      tháng      năm 20    ",
        "DANH SÁCH NƠI NHẬN",
        "Kế hoạch số 05/KH-MTTQ-BTT ngày 05 tháng 9 năm 2023",
        "về thực hiện nghị quyết mẫu",
        "Kế hoạch này được gửi đến các cơ quan, đơn vị sau:",
        "1. Thường trực Thành ủy (b/c);",
        "2. Các phường, xã (t/h).",
        "Ghi chú: (b/c): để báo cáo; (t/h): để thực hiện./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: MTTQ thành phố.",
        "TM. BAN THƯỜNG TRỰC",
        "CHỦ TỊCH",
        "Trần Thị Mẫu",
    ]


def test_the_three_rules(printed):
    under_motto, under_issuer, under_title = rules(printed)
    motto, issuer = find(printed, "Độc lập"), find(printed, "THÀNH PHỐ MẪU")
    title = find(printed, "Kế hoạch số")
    assert under_motto[1] - under_motto[0] == pytest.approx(motto.width, abs=1)
    for (left, right, top), text in ((under_issuer, issuer), (under_title, title)):
        assert 1 / 3 <= (right - left) / text.width <= 1 / 2
        assert (left + right) / 2 == pytest.approx(text.centre, abs=1)
        assert top > text.bottom - 3


def test_a_wrapped_title_keeps_its_rule_between_a_third_and_a_half(make_paper):
    for words in range(8, 40, 3):
        pdf = render_pdf(make_paper(title=("Kế hoạch", "về " + "nghị quyết " * words)))
        widest = max(piece.width for piece in pieces(pdf) if piece.look == (14, "bold") and piece.top < 400)
        left, right, _top = rules(pdf)[-1]
        assert 1 / 3 <= (right - left) / widest <= 1 / 2


def test_the_two_halves_of_the_head(printed):
    number, dated = find(printed, "Số:"), find(printed, "Mẫu, ngày")
    nation, superior = find(printed, "CỘNG HÒA"), find(printed, "TỈNH MẪU")
    assert number.top == pytest.approx(dated.top, abs=1)
    assert nation.top == pytest.approx(pieces(printed)[0].top, abs=2)
    assert nation.centre == pytest.approx(find(printed, "Độc lập").centre, abs=1)
    assert nation.left - superior.right > 4 * MM


def test_a_known_number_and_day(make_paper):
    paper = make_paper()
    pdf = render_pdf(replace(paper, head=replace(paper.head, number="7/DS-MTTQ", dated=date(2024, 2, 1))))
    assert find(pdf, "Số: 7/DS-MTTQ").look == (13, "regular")
    assert find(pdf, "Mẫu, ngày 01 tháng 02 năm 2024").look == (13, "italic")


def test_paragraphs_are_indented_and_apart(make_paper):
    pdf = render_pdf(make_paper(lines=(f"{LONG_NAME} 1", "Thành ủy")))
    first, second = find(pdf, "1. "), find(pdf, "2. ")
    wrapped = next(piece for piece in pieces(pdf) if piece.top > first.top + 5)
    assert round((first.left - 30 * MM) / MM, 1) == 12.7
    assert round(wrapped.left / MM, 1) == 30
    line_height, to_next = wrapped.top - first.top, second.top - wrapped.top
    assert line_height == pytest.approx(14 * 1.3, abs=0.2)
    assert to_next - line_height == pytest.approx(6, abs=0.2)


def test_recipients_stand_level_with_the_signature(printed):
    sent_to, authority = find(printed, "Nơi nhận:"), find(printed, "TM. BAN THƯỜNG TRỰC")
    assert sent_to.top == pytest.approx(authority.top, abs=2)
    assert round(sent_to.left / MM, 1) == 30
    assert authority.left > 105 * MM
    assert find(printed, "Trần Thị Mẫu").top - find(printed, "CHỦ TỊCH").bottom > 25 * MM


def test_pages_are_numbered_from_the_second_centred_at_the_top(make_paper):
    pdf = render_pdf(make_paper(lines=tuple(f"Đơn vị {number}" for number in range(60))))
    above = [piece for piece in pieces(pdf) if piece.top < 25 * MM]
    assert [(piece.page, piece.text, piece.look) for piece in above] == [
        (2, "2", (14, "regular")),
        (3, "3", (14, "regular")),
    ]
    assert {round(piece.centre / MM) for piece in above} == {30 + (210 - 30 - 18) // 2}


def test_a_long_name_never_runs_into_the_right_head(make_paper):
    paper = make_paper()
    names = ("ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM THÀNH PHỐ TRỰC THUỘC TRUNG ƯƠNG", "W" * 60)
    pdf = render_pdf(replace(paper, head=replace(paper.head, superior=names, issuer=names)))
    nation = find(pdf, "CỘNG HÒA")
    left = [piece for piece in pieces(pdf) if piece.size == 12 and piece.top < 250 and piece != nation]
    assert max(piece.right for piece in left if "Nơi nhận" not in piece.text) < nation.left
