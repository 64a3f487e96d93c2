"""Deadlines, doers, titles and kinds, sentence by sentence."""

from datetime import date

import pytest

from plans.importing.citations import find_citations
from plans.importing.deadlines import find_timing
from plans.importing.group_kinds import kind_of
from plans.importing.markers import find_marker
from plans.importing.titles import propose_title
from plans.importing.units import find_doers, split_units


@pytest.mark.parametrize(
    ("text", "due_on"),
    [
        ("Gửi trước ngày 30/6/2026.", date(2026, 6, 30)),
        ("Hoàn thành trong quý II/2026.", date(2026, 6, 30)),
        ("Xong trong tháng 02 năm 2024.", date(2024, 2, 29)),
        ("Làm trong 6 tháng đầu năm 2026.", date(2026, 6, 30)),
        ("Làm trong 9 tháng đầu năm 2026.", date(2026, 9, 30)),
        ("Vào cuối năm 2025.", date(2025, 12, 31)),
        ("Thực hiện trong năm 2025.", date(2025, 12, 31)),
        ("Chậm nhất 15/12/2025.", date(2025, 12, 15)),
        ("Trước tháng 6/2026.", date(2026, 5, 31)),
        ("Trước hết tháng 6/2026.", date(2026, 6, 30)),
        ("Thời gian thực hiện: Quý III/2024", date(2024, 9, 30)),
        ("Thời gian: từ tháng 3 đến tháng 5/2026", date(2026, 5, 31)),
        ("Thời gian hoàn thành: Quý II, III năm 2026", date(2026, 9, 30)),
        ("Họp tổng kết (tháng 11/2026).", date(2026, 11, 30)),
        ("Từ ngày 01/7/2025 thu phí mới.", None),
        ("Thực hiện Quyết định số 9-QĐ/TW, ngày 02/02/2018.", None),
        ("Kết luận số 10-KL/TU ngày 20/9/2021 trước đây.", None),
        ("Nghị quyết Đại hội nhiệm kỳ 2019 - 2024.", None),
        ("Đề án giai đoạn 2021 - 2025.", None),
        ("Phấn đấu đến năm 2030 có 90% hộ dùng nước sạch.", None),
        ("Theo số liệu tính đến ngày 14/6/2025.", None),
        ("Kết quả năm 2024 làm nền cho năm sau.", None),
        ("Hoàn thành trước ngày 31/02/2026.", None),
        ("Xong trước ngày 15/8.", None),
        ("Nộp danh sách trước 16 giờ 30 phút, ngày 12/6/2026.", date(2026, 6, 12)),
        ("Nộp chậm nhất 17h00 ngày 12 tháng 6 năm 2026.", date(2026, 6, 12)),
        ("Lấy ý kiến các hộ từ tháng 3 đến tháng 5/2026.", date(2026, 5, 31)),
        ("Tặng quà (từ 10/8 - 20/8/2026).", date(2026, 8, 20)),
        ("Thi cắm trại trong các ngày 7, 8 tháng 9 năm 2026.", date(2026, 9, 8)),
        ("Họp trong 02 ngày 7 và 8/9/2026.", date(2026, 9, 8)),
        ("Đào mương từ nay đến hết năm 2026.", date(2026, 12, 31)),
        ("Trực cứu nạn trong suốt năm 2026.", date(2026, 12, 31)),
        ("Hoàn thành đường bê tông vào năm 2028.", date(2028, 12, 31)),
        ("Xã lên phường vào năm 2028.", None),
        ("Nộp báo cáo trước ngày 30/06/26.", date(2026, 6, 30)),
        ("Trồng cây (T6/2026).", date(2026, 6, 30)),
        ("Khám bệnh trong quý ba năm 2026.", date(2026, 9, 30)),
        ("Lập quỹ từ năm 2026.", None),
        ("Thời hạn: 30 ngày kể từ ngày 01/6/2026.", None),
        ("Thời gian: từ tháng 6/2026.", None),
        ("Cắm trại từ 15 đến 20/4/2026.", date(2026, 4, 20)),
        ("Dọn chợ trong tháng 3/2026 và quý III/2026.", date(2026, 9, 30)),
        ("1.2- Thời gian: Quý I/2026", date(2026, 3, 31)),
        ("Thời gian: từ ngày 01/6/2026 đến ngày 10/6/2026.", date(2026, 6, 10)),
    ],
)
def test_deadlines(text, due_on):
    assert find_timing(text).due_on == due_on


@pytest.mark.parametrize(
    ("text", "ongoing"),
    [
        ("Thời gian: thường xuyên", True),
        ("Phát thanh hằng tuần.", True),
        ("Rà soát hàng năm.", True),
        ("Việc này thực hiện thường xuyên.", True),
        ("Thường xuyên nắm tình hình.", True),
        ("Là công tác không thường xuyên được chú ý của năm.", False),
        ("Báo cáo định kỳ gửi về phường.", False),
        ("Báo cáo định kỳ 6 tháng.", True),
        ("Thường xuyên kiểm tra, xong trước ngày 30/6/2026.", False),
    ],
)
def test_ongoing(text, ongoing):
    assert find_timing(text).ongoing is ongoing


def test_a_time_without_year_takes_the_year_of_the_plan_only():
    assert find_timing("Xong trong quý II.").without_year == ["quý II"]
    assert find_timing("Xong trong quý II.", 2027).due_on == date(2027, 6, 30)


@pytest.mark.parametrize(
    ("text", "due_on", "past"),
    [
        ("Thăm người đi bộ đội trước ngày 30/4/1975.", None, "30/4/1975"),
        ("Thăm lại lớp học mở trong quý IV/2025.", None, "quý IV/2025"),
        ("Thăm hộ giữ rừng trước năm 1975.", None, "năm 1975"),
        ("Thời gian: tháng 02/2025", date(2025, 2, 28), "tháng 02/2025"),
        ("Thăm người đi bộ đội trước ngày 30/4/1975, xong trong quý II/2026.", date(2026, 6, 30), None),
        ("Xong trong tháng 3/2026.", date(2026, 3, 31), None),
    ],
)
def test_a_day_before_the_plan_is_a_deadline_only_where_a_label_says_so(text, due_on, past):
    timing = find_timing(text, earliest=date(2026, 3, 12))
    assert (timing.due_on, timing.past) == (due_on, past)


@pytest.mark.parametrize(
    ("text", "lead", "support"),
    [
        ("Đơn vị chủ trì: Hội Phụ nữ; đơn vị phối hợp: Ban A, Ban B.", "Hội Phụ nữ", ["Ban A", "Ban B"]),
        ("Giao Ban Tuyên giáo chủ trì.", "Ban Tuyên giáo", []),
        ("Mở lớp do Hội Nông dân chủ trì thực hiện.", "Hội Nông dân", []),
        ("Tổ chức hội thi, Ban Phong trào chủ trì.", "Ban Phong trào", []),
        (
            "Công an xã chủ trì, phối hợp với Đoàn Thanh niên và các thôn tuần tra ban đêm.",
            "Công an xã",
            ["Đoàn Thanh niên", "các thôn"],
        ),
        ("Chủ trì, phối hợp với Trạm Y tế khám bệnh.", None, ["Trạm Y tế"]),
        ("Đơn vị chủ trì, phối hợp: Chủ trì: Ban A; phối hợp: Ban B", "Ban A", ["Ban B"]),
        ("Vận động các hộ dân giữ vệ sinh.", None, []),
        (
            "Ủy ban nhân dân huyện chủ trì, phối hợp với Tòa án nhân dân xét xử.",
            "Ủy ban nhân dân huyện",
            ["Tòa án nhân dân"],
        ),
        ("Trồng rừng (giao Uỷ ban nhân dân các xã chủ trì).", "Uỷ ban nhân dân các xã", []),
        (
            "Phòng Giáo dục và Đào tạo chủ trì, phối hợp với Huyện đoàn mở trại hè.",
            "Phòng Giáo dục và Đào tạo",
            ["Huyện đoàn"],
        ),
        (
            "Đề nghị Công an huyện chủ trì, phối hợp Hội Chữ thập đỏ tuần tra.",
            "Công an huyện",
            ["Hội Chữ thập đỏ"],
        ),
        ("Khám bệnh: Phòng Y tế chủ trì; Hội Đông y phối hợp.", "Phòng Y tế", ["Hội Đông y"]),
        (
            "Tập huấn (Ban Kinh tế - Xã hội chủ trì, Văn phòng phối hợp).",
            "Ban Kinh tế - Xã hội",
            ["Văn phòng"],
        ),
        ("Dọn chợ. Phân công thực hiện: Hội Người mù chủ trì", "Hội Người mù", []),
        ("Hội Làm vườn, Hội Khuyến học đồng chủ trì.", "Hội Làm vườn, Hội Khuyến học", []),
        ("Dọn chợ, do Tổ vệ sinh chợ chủ trì.", "Tổ vệ sinh chợ", []),
        (
            "Phối hợp với Đồn Biên phòng Cửa Lạch, Hạt Kiểm lâm trồng cây.",
            None,
            ["Đồn Biên phòng Cửa Lạch", "Hạt Kiểm lâm"],
        ),
        (
            "Phối hợp với Hội đồng nhân dân, Viện kiểm sát nhân dân giám sát.",
            None,
            ["Hội đồng nhân dân", "Viện kiểm sát nhân dân"],
        ),
        ("Phối hợp với các tổ chức thành viên tổ chức hội thi.", None, ["các tổ chức thành viên"]),
        ("Phối hợp với các tổ chức, đoàn thể xã phát quà.", None, ["các tổ chức, đoàn thể xã"]),
        ("Phối hợp với phường Đông Vệ tổ chức lễ hội.", None, ["phường Đông Vệ"]),
        (
            "Phối hợp với Ban quản lý chợ, Hội CCB, LHPN xã thu gom rác.",
            None,
            ["Ban quản lý chợ", "Hội CCB", "LHPN xã"],
        ),
        ("Phối hợp: Không", None, []),
        (
            "Phối hợp tốt với Trạm Y tế huyện, Trung tâm Dịch vụ nông nghiệp mở lớp.",
            None,
            ["Trạm Y tế huyện", "Trung tâm Dịch vụ nông nghiệp"],
        ),
        (
            "Đơn vị phối hợp: các sở, ban, ngành, UBND các huyện, thị xã, thành phố",
            None,
            ["các sở, ban, ngành", "UBND các huyện, thị xã, thành phố"],
        ),
        ("Phối hợp với Hội Cựu Chiến binh thăm hỏi.", None, ["Hội Cựu Chiến binh"]),
    ],
)
def test_doers(text, lead, support):
    doers = find_doers(text)
    assert (doers.lead, doers.support) == (lead, support)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        (
            "Ban Tuyên giáo và Dân vận; Hội Liên hiệp Phụ nữ",
            ["Ban Tuyên giáo và Dân vận", "Hội Liên hiệp Phụ nữ"],
        ),
        (
            "Sở Văn hóa, Thể thao và Du lịch, Sở Giáo dục và Đào tạo và Hội Khuyến học",
            ["Sở Văn hóa, Thể thao và Du lịch", "Sở Giáo dục và Đào tạo", "Hội Khuyến học"],
        ),
        ("UBND các phường, xã", ["UBND các phường, xã"]),
        ("Các tổ chức thành viên (Hội A, Hội B)", ["Các tổ chức thành viên (Hội A, Hội B)"]),
    ],
)
def test_split_units(text, units):
    assert split_units(text) == units


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Tổ chức tuyên truyền, phổ biến Nghị quyết", "propaganda"),
        ("Giám sát, kiểm tra chéo việc triển khai thực hiện Nghị quyết", "supervision"),
        ("Thực hiện tốt Chỉ thị, Kết luận mới", "directives"),
        ("Triển khai thực hiện Chỉ thị về công tác kiểm tra", "directives"),
        ("NÂNG CAO NHẬN THỨC", "propaganda"),
        ("Phản biện xã hội", "supervision"),
        ("Chăm lo đời sống", "other"),
    ],
)
def test_kinds(title, kind):
    assert kind_of(title) == kind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("số 163- KH/TU, ngày 30/12/2021", [("163-KH/TU", date(2021, 12, 30))]),
        ("Quyết định số 417 -QĐ/TW ngày 12-12-2019", [("417-QĐ/TW", date(2019, 12, 12))]),
        ("Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020", [("30/2020/NĐ-CP", date(2020, 3, 5))]),
        ("số 28-NQ/TW - Hội nghị", [("28-NQ/TW", None)]),
        ("ngày 30/6/2026, nhiệm kỳ 2019 - 2024", []),
    ],
)
def test_citations(text, found):
    assert [(citation.number, citation.date) for citation in find_citations(text)] == found


@pytest.mark.parametrize(
    ("text", "style", "label"),
    [
        ("I.MỤC ĐÍCH", "roman", "I"),
        ("II/ Nội dung", "roman", "II"),
        ("IV- Tổ chức", "roman", "IV"),
        ("II.1. Việc", "roman.decimal", "II.1"),
        ("1.2. Việc", "decimal2", "1.2"),
        ("1.2 Việc", "decimal2", "1.2"),
        ("3 - Việc", "decimal1", "3"),
        ("2) Việc", "decimal1)", "2"),
        ("(3) Việc", "(1)", "3"),
        ("đ) Việc", "letter", "đ"),
        ("Phần thứ nhất", "part", "Phần thứ nhất"),
        ("Hai là, làm", "word", "Hai là"),
        ("– Việc", "dash", "-"),
    ],
)
def test_markers(text, style, label):
    marker = find_marker(text)
    assert (marker.style, marker.label) == (style, label)


@pytest.mark.parametrize(
    "text",
    [
        "V/v góp ý",
        "30/6/2026",
        "2.5 triệu đồng",
        "T/M BAN",
        "-----",
        "6 tháng đầu năm",
        "2025.",
        "Phần lớn hộ",
    ],
)
def test_no_markers(text):
    assert find_marker(text) is None


def test_a_title_is_not_cut_inside_a_reference():
    text = (
        "Tiếp tục học tập, quán triệt và tổ chức thực hiện nghiêm túc, đồng bộ Nghị quyết số 88-NQ/TW "
        "ngày 17/11/2021 của cấp trên"
    )
    assert propose_title(text) == "Tiếp tục học tập, quán triệt và tổ chức thực hiện nghiêm túc"
