"""The sample: the Front of Sầm Sơn as it stood in 2023, and one plan of that year.

Bodies, numbers and dates are public facts; the wording of the plan is our own. What the plan does not say
(its number and date, who signed it) is not made up here either, with one exception: without deadlines there
would be nothing late to look at, so some tasks have one, counted from the day of loading, and say that it
is the sample's. What units report is all made up, and says so.
"""

from datetime import date
from typing import Any

from plans.models import Recipient, TaskGroup
from reports.sample.telling import Fate
from tasks.models import Assignment
from units.models import Unit, User

STAFF = "canbo"
ADMIN: dict[str, Any] = {"username": "admin", "role": User.Role.ADMIN, "full_name": "Tài khoản mẫu: quản trị"}
# (username, role, who it is, code of the unit)
ACCOUNTS = [
    (STAFF, User.Role.STAFF, "cán bộ thành phố", "mttq-sam-son"),
    ("lanhdao", User.Role.LEADER, "lãnh đạo", "mttq-sam-son"),
    ("truongson", User.Role.OFFICER, "cán bộ phường Trường Sơn", "truong-son"),
    ("bacson", User.Role.OFFICER, "cán bộ phường Bắc Sơn", "bac-son"),
]

CITY: dict[str, Any] = {
    "kind": Unit.Kind.CITY,
    "code": "mttq-sam-son",
    "name": "Ủy ban MTTQ Việt Nam thành phố Sầm Sơn",
    "short_name": "MTTQ thành phố Sầm Sơn",
    "aliases": "Ủy ban MTTQ thành phố",
}
BODIES: list[dict[str, Any]] = [
    {
        "kind": Unit.Kind.SUPERIOR,
        "code": "mttq-thanh-hoa",
        "name": "Ủy ban MTTQ Việt Nam tỉnh Thanh Hóa",
        "short_name": "MTTQ tỉnh Thanh Hóa",
        "aliases": "Ủy ban MTTQ tỉnh",
    },
    {
        "kind": Unit.Kind.SUPERIOR,
        "code": "tuyen-giao-mttq-thanh-hoa",
        "name": "Ban Tuyên giáo Ủy ban MTTQ Việt Nam tỉnh Thanh Hóa",
        "short_name": "Ban Tuyên giáo MTTQ tỉnh",
    },
    {
        "kind": Unit.Kind.PARTY,
        "code": "thuong-truc-thanh-uy",
        "name": "Thường trực Thành ủy Sầm Sơn",
        "short_name": "Thường trực Thành ủy",
    },
    {
        "kind": Unit.Kind.PARTY,
        "code": "tuyen-giao-thanh-uy",
        "name": "Ban Tuyên giáo Thành ủy Sầm Sơn",
        "short_name": "Ban Tuyên giáo Thành ủy",
    },
    {
        "kind": Unit.Kind.PARTY,
        "code": "dan-van-thanh-uy",
        "name": "Ban Dân vận Thành ủy Sầm Sơn",
        "short_name": "Ban Dân vận Thành ủy",
    },
]
# (name, code, other names)
MEMBERS = [
    ("Liên đoàn Lao động", "lien-doan-lao-dong", "LĐLĐ thành phố"),
    ("Hội Nông dân", "hoi-nong-dan", "HND thành phố"),
    ("Hội Liên hiệp Phụ nữ", "hoi-lhpn", "Hội LHPN thành phố"),
    ("Đoàn TNCS Hồ Chí Minh", "thanh-doan", "Thành đoàn\nĐoàn Thanh niên Cộng sản Hồ Chí Minh thành phố"),
    ("Hội Cựu chiến binh", "hoi-ccb", "Hội CCB thành phố"),
    ("Hội Chữ thập đỏ", "hoi-chu-thap-do", "Hội CTĐ thành phố"),
    ("Hội Người cao tuổi", "hoi-nguoi-cao-tuoi", "Hội NCT thành phố"),
]
# (kind of place, name, code)
WARDS = [
    ("phường", "Bắc Sơn", "bac-son"),
    ("phường", "Quảng Châu", "quang-chau"),
    ("phường", "Quảng Cư", "quang-cu"),
    ("phường", "Quảng Thọ", "quang-tho"),
    ("phường", "Quảng Tiến", "quang-tien"),
    ("phường", "Quảng Vinh", "quang-vinh"),
    ("phường", "Trung Sơn", "trung-son"),
    ("phường", "Trường Sơn", "truong-son"),
    ("xã", "Quảng Đại", "quang-dai"),
    ("xã", "Quảng Hùng", "quang-hung"),
    ("xã", "Quảng Minh", "quang-minh"),
]

SIGNED_FOR = "TM. BAN THƯỜNG TRỰC"
# Offices are those that any Front has; who holds them is not said here.
SYMBOL = "MTTQ-BTT"
CHAIR = "CHỦ TỊCH"
DEPUTY: dict[str, Any] = {"authority": f"{SIGNED_FOR}\nKT. CHỦ TỊCH", "position": "PHÓ CHỦ TỊCH"}
ARCHIVE_LINE = "Lưu: VT"
CITY_LETTERHEAD: dict[str, Any] = {
    "superior_name": "ỦY BAN MTTQ VIỆT NAM TỈNH THANH HÓA",
    "issuer_name": "ỦY BAN MTTQ VIỆT NAM\nTHÀNH PHỐ SẦM SƠN\nBAN THƯỜNG TRỰC",
    "place": "Sầm Sơn",
    "symbol": SYMBOL,
    "signing_authority": SIGNED_FOR,
    "signer_position": CHAIR,
    "sent_to": f"Ban Thường trực UBMTTQ tỉnh (b/c)\nThường trực Thành ủy (b/c)\n{ARCHIVE_LINE}",
}
WARD_SENT_TO = f"Ban Thường trực UBMTTQ thành phố (b/c)\n{ARCHIVE_LINE}"
WARD_SUPERIOR = "ỦY BAN MTTQ VIỆT NAM THÀNH PHỐ SẦM SƠN"

PLAN: dict[str, Any] = {
    "title": "Triển khai Nghị quyết 28-NQ/TW ở Mặt trận các cấp của thành phố Sầm Sơn",
    "issuer": "Ban Thường trực Ủy ban MTTQ thành phố Sầm Sơn",
    "term": "nhiệm kỳ 2019 – 2024",
}
# (number, date, text)
LEGAL_BASES = [
    (
        "28-NQ/TW",
        date(2022, 11, 17),
        "Nghị quyết số 28-NQ/TW ngày 17/11/2022 của Trung ương Đảng",
    ),
    (
        "617/KH-MTTQ-BTT",
        date(2023, 6, 2),
        "Kế hoạch số 617/KH-MTTQ-BTT ngày 02/6/2023 của Mặt trận tỉnh Thanh Hóa",
    ),
    ("155-KH/TU", date(2022, 12, 30), "Kế hoạch số 155-KH/TU ngày 30/12/2022 của Thành ủy Sầm Sơn"),
]

LEAD, SUPPORT, CARRY_OUT = Assignment.Role.LEAD, Assignment.Role.SUPPORT, Assignment.Role.CARRY_OUT
CITY_FRONT = {LEAD: "MTTQ thành phố Sầm Sơn"}
CITY_AND_WARDS = {**CITY_FRONT, CARRY_OUT: "các phường, xã"}
POLITICAL = (
    "Liên đoàn Lao động, Hội Nông dân, Hội Liên hiệp Phụ nữ, Đoàn TNCS Hồ Chí Minh, Hội Cựu chiến binh"
)
# Groups with their tasks; `units` names who has a part in the task, by role. A deadline of the sample is so
# many days from loading, or DAYS_AFTER_QUARTER after the figures of one of its quarters.
GROUPS: list[dict[str, Any]] = [
    {
        "kind": TaskGroup.Kind.PROPAGANDA,
        "title": "Tuyên truyền về Nghị quyết",
        "tasks": [
            {
                "title": "Học tập, quán triệt Nghị quyết 28-NQ/TW",
                "text": "Hướng dẫn Mặt trận từng cấp học Nghị quyết 28-NQ/TW cùng Kế hoạch 102-KH/TU "
                "(23/12/2022) của tỉnh; giới thiệu những điểm chính cho hội viên và người dân.",
                "due_after_quarter": 2,
                "units": CITY_AND_WARDS,
                "indicators": [
                    {"name": "Hội nghị", "measure": "cuộc", "target": 2},
                    {"name": "Người dự", "measure": "lượt"},
                ],
            },
            {
                "title": "Phổ biến pháp luật ở cơ sở",
                "text": "Giới thiệu luật và chính sách mới cho bà con, nhất là ở nông thôn, "
                "kèm tư vấn và hòa giải tại chỗ.",
                "due_in_days": 20,
                "units": CITY_AND_WARDS,
                "indicators": [{"name": "Buổi tuyên truyền", "measure": "buổi", "target": 4}],
            },
            {
                "title": "Vận động phòng, chống tham nhũng",
                "text": "Vận động mọi người phát hiện và lên tiếng về tham nhũng; tin báo nhận được "
                "phải chuyển đúng quy trình.",
                "due_in_days": 150,
                "units": {**CITY_FRONT, SUPPORT: POLITICAL},
            },
            {
                "title": "Bồi dưỡng người làm tuyên truyền",
                "text": "Mở lớp tập huấn kỹ năng cho những người làm tuyên truyền, "
                "từ thành phố đến từng khu dân cư.",
                "due_after_quarter": 3,
                "units": CITY_FRONT,
            },
        ],
    },
    {
        "kind": TaskGroup.Kind.DIRECTIVES,
        "title": "Thực hiện nghị quyết, kết luận của cấp trên",
        "tasks": [
            {
                "title": "Thực hiện Kết luận 610-KL/TU",
                "text": "Làm tiếp Kết luận 610-KL/TU (20/9/2021) của tỉnh về Nghị quyết 02-NQ/TU: "
                "gần khu dân cư, giám sát và phản biện có chất lượng.",
                "units": CITY_FRONT,
            },
            {
                "title": "Tổng kết Quyết định 217, 218 và sơ kết Quy định 124",
                "text": "Góp phần tổng kết mười năm hai Quyết định 217-QĐ/TW, 218-QĐ/TW (12/12/2013) "
                "và sơ kết năm năm Quy định 124-QĐ/TW (02/02/2018).",
                "due_after_quarter": 2,
                "units": CITY_FRONT,
            },
        ],
    },
    {
        "kind": TaskGroup.Kind.SUPERVISION,
        "title": "Kiểm tra, giám sát",
        "tasks": [
            {
                "title": "Nắm đời sống và nguyện vọng của người dân",
                "text": "Gặp gỡ, lắng nghe người dân; ý kiến nào cần giải quyết thì chuyển sớm "
                "đến nơi có trách nhiệm và theo đến cùng.",
                "ongoing": True,
                "units": {**CITY_AND_WARDS, SUPPORT: POLITICAL},
            },
            {
                "title": "Kiểm tra việc thực hiện Nghị quyết",
                "text": "Xem từng đơn vị đã làm được gì theo Nghị quyết 28-NQ/TW và còn vướng ở đâu.",
                "due_in_days": 25,
                "units": CITY_FRONT,
            },
        ],
    },
]

REPORT, UNMARKED, ARCHIVE = Recipient.Purpose.REPORT, "", Recipient.Purpose.ARCHIVE
# (name as printed, purpose)
RECIPIENTS = [
    ("Ban Thường trực UBMTTQ tỉnh", REPORT),
    ("Ban Tuyên giáo UBMTTQ tỉnh", REPORT),
    ("Thường trực Thành ủy", REPORT),
    ("Ban Tuyên giáo, Ban Dân vận Thành ủy", UNMARKED),
    ("Ban Thường trực UB MTTQ thành phố", UNMARKED),
    ("Các tổ chức thành viên", UNMARKED),
    ("Ban Thường trực UBMTTQ các phường, xã", UNMARKED),
    ("Lưu MTTQ thành phố", ARCHIVE),
]

DAYS_AFTER_QUARTER = 15
DEADLINE_SAID = "(Thời hạn trong hệ thống là dữ liệu mẫu.)"

PAST_QUARTERS = 3
# What reports of the sample say: made up, and said to be so.
OVERVIEW = "Báo cáo mẫu để làm quen; số liệu không có thật."
NEXT_STEPS = "Tiếp tục thực hiện kế hoạch (nội dung mẫu)."
# How many percent were done in each quarter, the present one last.
PATHS = [(40, 100, 100, 100), (0, 50, 100, 100), (0, 30, 70, 90), (0, 0, 0, 20)]
# (from how many percent, result)
RESULTS = [
    (100, "Nội dung mẫu: đã làm xong phần việc được giao."),
    (50, "Nội dung mẫu: đang làm, còn một số khu dân cư."),
    (1, "Nội dung mẫu: đã lên lịch và bắt đầu ở cơ sở."),
    (0, ""),
]
# By the code of the unit and the quarter, from 0; all others came in time.
FATES = {
    ("quang-vinh", 0): Fate.IN_GRACE,
    ("quang-minh", 0): Fate.LATE,
    ("quang-chau", 1): Fate.MENDED,
    ("quang-tho", 1): Fate.REVISED,
    ("hoi-ccb", 1): Fate.MISSING,
    ("quang-dai", 2): Fate.LATE,
    ("quang-minh", 2): Fate.MISSING,
}
# Of this quarter: whose report waits, and whose was returned.
WAITS, RETURNED = "quang-tien", "bac-son"
DIFFICULTIES = {
    ("quang-hung", 1): "Nội dung mẫu: mưa bão làm hoãn một số buổi sinh hoạt.",
    ("quang-tho", 2): "Nội dung mẫu: cán bộ kiêm nhiệm, ít thời gian xuống khu dân cư.",
    ("bac-son", 2): "Nội dung mẫu: nhà văn hóa đang sửa, chưa có chỗ họp.",
    ("hoi-nong-dan", 2): "Nội dung mẫu: kinh phí cấp chậm.",
    ("quang-tien", 3): "Nội dung mẫu: nhiều hộ đi làm xa nên khó gặp.",
}
PROPOSALS = {
    ("quang-chau", 1): ("MTTQ thành phố", "Nội dung mẫu: mở lớp tập huấn vào buổi tối."),
    ("quang-tho", 2): ("MTTQ thành phố", "Nội dung mẫu: cấp thêm tài liệu cho khu dân cư."),
    ("hoi-lhpn", 2): ("MTTQ thành phố", "Nội dung mẫu: cùng tổ chức hội thi cho hội viên."),
    ("quang-tien", 3): ("MTTQ thành phố", "Nội dung mẫu: cử báo cáo viên về cùng."),
}
# What the city said to some proposals a week later; without words it took them in hand.
ANSWERS = {
    ("quang-chau", 1): "Nội dung mẫu: thành phố sẽ mở lớp vào tháng sau.",
    ("quang-tho", 2): "",
}
RETURN_REASON = "Mẫu: đề nghị ghi rõ kết quả ở từng khu dân cư."
ENTRY_REASON = "Mẫu: bổ sung số người dự hội nghị."
MENDED = "Nội dung mẫu: đã ghi rõ kết quả ở từng khu dân cư."
REVISED = "Nội dung mẫu: sửa lại sau khi rà soát số liệu."
# What staff logged: (code of the unit, place of the task in the plan from 0, quarter, percent, who told it)
CALLER = "Người mẫu, gọi điện"
LOGS = [
    ("mttq-sam-son", 0, 0, 50, ""),
    ("mttq-sam-son", 0, 1, 100, ""),
    ("mttq-sam-son", 4, 1, 40, ""),
    ("mttq-sam-son", 2, 2, 30, ""),
    ("mttq-sam-son", 3, 2, 100, ""),
    ("mttq-sam-son", 5, 2, 100, ""),
    ("mttq-sam-son", 6, 3, 50, ""),
    ("mttq-sam-son", 1, 3, 60, ""),
    ("quang-tho", 6, 3, 60, CALLER),
]
