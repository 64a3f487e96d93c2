"""Doers and deadlines that stand side by side in one sentence."""

from datetime import date

import pytest

from plans.importing.deadlines import find_timing
from plans.importing.units import find_doers, split_units

JUNE = date(2026, 6, 15)
SUMMER = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("text", "lead", "support", "due_on", "ongoing"),
    [
        ("Chủ trì: Phòng Y tế; xong trước 15/6/2026.", "Phòng Y tế", [], JUNE, False),
        ("Mở trại (Chủ trì: Ban Văn hóa; quý II/2026)", "Ban Văn hóa", [], SUMMER, False),
        ("Nạo mương (Chủ trì: Hội Nông dân; thực hiện thường xuyên)", "Hội Nông dân", [], None, True),
        ("Chủ trì: Đoàn phường, hoàn thành trước 15/6/2026", "Đoàn phường", [], JUNE, False),
        (
            "Mở lớp (chủ trì: Trạm Y tế; phối hợp: Chi hội 2; hoàn thành trước 15/6/2026).",
            "Trạm Y tế",
            ["Chi hội 2"],
            JUNE,
            False,
        ),
        ("Phối hợp: Hội Người mù, hoàn thành quý II/2026", None, ["Hội Người mù"], SUMMER, False),
        (
            "Đơn vị chủ trì: Phòng Y tế; phối hợp với Phòng Nội vụ.",
            "Phòng Y tế",
            ["Phòng Nội vụ"],
            None,
            False,
        ),
        ("Chủ trì: Phòng Y tế; Hội Đông y phối hợp.", "Phòng Y tế", ["Hội Đông y"], None, False),
        ("Trách nhiệm: Phòng Y tế; phối hợp với Hội Đông y.", "Phòng Y tế", ["Hội Đông y"], None, False),
        ("Phân công: Phòng Y tế; trong tháng 6/2026", "Phòng Y tế", [], SUMMER, False),
    ],
)
def test_a_name_ends_before_the_deadline_and_the_helpers(text, lead, support, due_on, ongoing):
    doers, timing = find_doers(text), find_timing(text)
    assert (doers.lead, doers.support, doers.doubtful) == (lead, support, False)
    assert (timing.due_on, timing.ongoing) == (due_on, ongoing)


def test_a_remark_in_brackets_stays_in_the_name():
    assert (
        find_doers("Chủ trì: Ban Dân vận (cả năm; thường trực)").lead == "Ban Dân vận (cả năm; thường trực)"
    )


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Sở Nông nghiệp và Môi trường", ["Sở Nông nghiệp và Môi trường"]),
        (
            "Sở Y tế, Phòng Nông nghiệp và Môi trường và Sở Nội vụ",
            ["Sở Y tế", "Phòng Nông nghiệp và Môi trường", "Sở Nội vụ"],
        ),
        (
            "Ban Sáng tạo và Khởi nghiệp; Bản Mới",
            ["Ban Sáng tạo và Khởi nghiệp", "Bản Mới"],
        ),
        ("Phòng Y tế và Hội Đông y", ["Phòng Y tế", "Hội Đông y"]),
        ("Sở Nội vụ và Quân sự xã", ["Sở Nội vụ", "Quân sự xã"]),
        ("Sở Nội vụ và mọi nhà trường", ["Sở Nội vụ", "mọi nhà trường"]),
    ],
)
def test_and_before_a_word_that_is_no_body_goes_on_with_the_name(text, units):
    assert split_units(text) == units


def test_one_ministry_of_two_fields_is_no_several_units():
    doers = find_doers("Trồng rừng, Phòng Nông nghiệp và Môi trường chủ trì, phối hợp với Hội Làm vườn.")
    assert (doers.lead, doers.doubtful) == ("Phòng Nông nghiệp và Môi trường", False)


@pytest.mark.parametrize(
    ("text", "ongoing"),
    [
        ("Gác rừng ban đêm, thường xuyên.", True),
        ("Gác rừng ban đêm; thường xuyên", True),
        ("Gác rừng ban đêm, thường xuyên ghi sổ.", False),
        ("Gác rừng, thường xuyên; xong trước 15/6/2026.", False),
    ],
)
def test_often_at_the_end_is_ongoing(text, ongoing):
    assert find_timing(text).ongoing is ongoing


@pytest.mark.parametrize(
    ("text", "due_on"),
    [
        ("Đăng bản tin nội bộ quý III/2026.", date(2026, 9, 30)),
        ("In lịch công ích quý III năm 2026", date(2026, 9, 30)),
        ("Họp tổ tháng 6/2026.", SUMMER),
        ("Sơ kết 6 tháng đầu năm 2026.", SUMMER),
        ("Tổng kết công tác 6 tháng cuối năm 2026.", date(2026, 12, 31)),
        ("Dọn chợ quý II/2026 bằng xe của tổ.", None),
        ("Triển khai Kế hoạch chăm chợ quý III/2026.", None),
        ("Viết báo cáo tình hình tháng 6/2026.", None),
        ("Nhân rộng cách làm đã có tháng 6/2026.", None),
        ("Phát động đợt thi đua quý III/2026.", None),
        ("In nội dung “Sổ tay tháng 6/2026”.", None),
        ("Họp tổ tháng 6.", None),
        ("Chia quà của tổ quý II/2026.", SUMMER),
        ("Chia quà của quý II/2026.", None),
        ("Xong trước 15/6/2026, chuẩn bị cho lễ hội tháng 9/2026.", JUNE),
        ("Dọn cỏ từ tháng 6/2026.", None),
    ],
)
def test_a_period_that_ends_the_sentence(text, due_on):
    timing = find_timing(text)
    assert timing.due_on == due_on
    assert timing.uncued == (due_on is not None and due_on != JUNE)


@pytest.mark.parametrize(
    ("text", "lead", "support"),
    [
        ("Dựng sân khấu (Ban Văn nghệ phụ trách).", "Ban Văn nghệ", []),
        ("Dựng sân khấu (Ban Văn nghệ phụ trách, Đoàn xã phối hợp)", "Ban Văn nghệ", ["Đoàn xã"]),
        ("Mời họp (cán bộ phụ trách, hội viên).", None, []),
        ("Chọn người phụ trách.", None, []),
    ],
)
def test_who_is_in_charge_in_brackets_is_the_lead(text, lead, support):
    doers = find_doers(text)
    assert (doers.lead, doers.support) == (lead, support)
