from datetime import date

import pytest

from reports.documents.texts import (
    ascii_name,
    broken,
    paragraphs,
    sentence,
    tidy,
    tidy_lines,
    title_lines,
    topic_of,
    written_date,
    written_number,
    written_period,
)


@pytest.mark.parametrize(
    ("untidy", "clean"),
    [
        ("  Số\u00a0 155- KH/TU \n", "Số 155- KH/TU"),
        ("U\u0309y ban", "Ủy ban"),
        ("a\u202eb\u200b\u00ad\ufeff\x00\x07c", "abc"),
        ("\uf0b7 Các phường", "Các phường"),
        ("\ud800x\uffff", "x"),
        ("một\u2028hai\x0bba", "một hai ba"),
        ("\u200b", ""),
    ],
)
def test_tidy(untidy, clean):
    assert tidy(untidy) == clean


def test_tidy_lines_drops_empty_ones():
    assert tidy_lines("ỦY BAN\r\n\n  THÀNH  PHỐ ") == ("ỦY BAN", "THÀNH PHỐ")


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2023, 9, 5), "ngày 05 tháng 9 năm 2023"),
        (date(2023, 1, 10), "ngày 10 tháng 01 năm 2023"),
        (date(2024, 2, 29), "ngày 29 tháng 02 năm 2024"),
        (date(2024, 3, 1), "ngày 01 tháng 3 năm 2024"),
        (date(2024, 12, 31), "ngày 31 tháng 12 năm 2024"),
        (None, "ngày      tháng      năm 20    ".replace("  ", "\u00a0\u00a0")),
    ],
)
def test_written_date(day, text):
    assert written_date(day) == text


def test_written_number():
    assert written_number("05/KH-MTTQ-BTT") == "Số: 05/KH-MTTQ-BTT"
    assert written_number("") == "Số:" + "\u00a0" * 10 + "/…………"


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("", ()),
        ("THÀNH ỦY SẦM SƠN", ("THÀNH ỦY SẦM SƠN",)),
        ("ỦY BAN MTTQ VIỆT NAM TỈNH THANH HÓA", ("ỦY BAN MTTQ VIỆT NAM", "TỈNH THANH HÓA")),
        (
            "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM THÀNH PHỐ MẪU",
            ("ỦY BAN MẶT TRẬN", "TỔ QUỐC VIỆT NAM", "THÀNH PHỐ MẪU"),
        ),
        ("HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM", ("HỘI LIÊN HIỆP", "PHỤ NỮ VIỆT NAM")),
        ("BAN THƯỜNG TRỰC ỦY BAN MTTQ THÀNH PHỐ", ("BAN THƯỜNG TRỰC", "ỦY BAN MTTQ THÀNH PHỐ")),
        ("X" * 30, ("X" * 15, "X" * 15)),
    ],
)
def test_broken(name, lines):
    assert broken(name, 24) == lines


def test_ascii_name():
    assert ascii_name("Nơi nhận 05/KH-MTTQ-ĐĐ") == "Noi-nhan-05-KH-MTTQ-DD"
    assert ascii_name('../"\r\nx: y') == "x-y"
    assert len(ascii_name("a " * 200)) == 79


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Quý III/2026", "quý III năm 2026"),
        ("Tháng 9 / 2026", "tháng 9 năm 2026"),
        ("6 tháng đầu năm 2026", "6 tháng đầu năm 2026"),
        ("Năm 2026", "năm 2026"),
        ("Sầm Sơn sáng, xanh", "Sầm Sơn sáng, xanh"),
        ("Đột xuất 9/2026", "đột xuất 9 năm 2026"),
        ("", ""),
    ],
)
def test_written_period(name, written):
    assert written_period(name) == written


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Đã làm", "Đã làm."),
        ("Đã làm ;", "Đã làm."),
        ("Đã làm.", "Đã làm."),
        ("Vì sao?", "Vì sao?"),
        ("Gồm:", "Gồm:"),
        (" \u200b", ""),
    ],
)
def test_sentence(text, whole):
    assert sentence(text) == whole


def test_paragraphs_are_whole_sentences():
    assert paragraphs("Một\r\n\n hai;\n") == ["Một.", "hai."]


def test_topic_of():
    assert topic_of("V/v  Tổ chức hội nghị.") == "tổ chức hội nghị"
    assert topic_of("MTTQ giám sát") == "MTTQ giám sát"
    for title in ("Kế hoạch triển khai Nghị quyết 155", "Kế hoạch về việc Triển khai Nghị quyết 155"):
        assert topic_of(title) == "triển khai Nghị quyết 155"
    assert topic_of("Kế hoạch hóa gia đình") == "kế hoạch hóa gia đình"
    assert topic_of("Kế hoạch") == "kế hoạch"


def test_a_title_breaks_before_a_word_that_links_and_leaves_no_word_alone():
    assert title_lines(
        "về triển khai Nghị quyết 28-NQ/TW ở Mặt trận các cấp của thành phố Sầm Sơn", "Quý III"
    ) == ("về triển khai Nghị quyết 28-NQ/TW", "ở Mặt trận các cấp của thành phố Sầm Sơn", "Quý III")
    assert title_lines(
        "Kết quả thực hiện Kế hoạch số 05/KH-MTTQ-BTT ngày 05 tháng 9 năm 2026 của phường"
    ) == (
        "Kết quả thực hiện Kế hoạch số 05/KH-MTTQ-BTT",
        "ngày 05 tháng 9 năm 2026 của phường",
    )


def test_a_word_longer_than_a_line_of_a_title_stays_whole():
    assert title_lines("Về " + "x" * 80) == ("Về", "x" * 80)
    assert title_lines("") == ("",)
