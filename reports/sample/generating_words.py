"""Names and wordings of the generated sample: combinations of our own, and where they state something said
to be a sample."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from plans.models import TaskGroup
from tasks.models import Indicator
from units.folding import fold

SAMPLE = "Nội dung mẫu: "

FIRST = (
    "An Bình Cẩm Diên Đại Gia Hà Hải Hòa Hoằng Hồng Hưng Kim Lam Long Lương Minh Mỹ Nam Nga Ngọc Nguyệt Phú "
    "Phúc Quang Tân Tây Thanh Thiên Thiệu Thịnh Thọ Thuận Trung Tùng Vân Vĩnh Xuân Yên"
)
SECOND = (
    "Bắc Châu Cát Cường Dương Điền Giang Hậu Khê Lạc Lâm Lĩnh Lộc Lợi Nghĩa Ninh Phong Phượng Sơn Thạch "
    "Thành Thắng Thủy Tiến Trạch Trường Vinh Xá"
)
THIRD = ("Đông", "Đoài", "Nội", "Ngoại", "Thượng", "Hạ")

BODIES = ("Hội", "Câu lạc bộ", "Liên hiệp hội", "Hiệp hội")
TRADES = (
    "Người làm vườn",
    "Khuyến học",
    "Sinh vật cảnh",
    "Nuôi ong",
    "Cựu giáo chức",
    "Đông y",
    "Làng nghề",
    "Nước mắm",
    "Thợ thủ công",
    "Du lịch cộng đồng",
    "Văn học, nghệ thuật",
    "Khoa học và kỹ thuật, sáng tạo trẻ và đổi mới",
    "Chủ thuyền",
    "Nuôi trồng thủy sản",
    "Người khuyết tật và trẻ em có hoàn cảnh đặc biệt",
    "Thể thao quần chúng",
    "Tiểu thương các chợ",
    "Vận tải",
    "Doanh nghiệp trẻ",
    "Bảo vệ người tiêu dùng",
    "Cờ tướng",
    "Thư pháp",
    "Làm muối",
    "Trồng rừng",
    "Dân ca",
)

GROUPS: list[dict[str, Any]] = [
    {
        "kind": TaskGroup.Kind.PROPAGANDA,
        "title": "Tuyên truyền, vận động (mẫu)",
        "acts": (
            "Nói chuyện về",
            "Phát tờ gấp về",
            "Tọa đàm về",
            "Phát thanh về",
            "Thi tìm hiểu về",
            "Vận động mọi nhà về",
        ),
        "matters": (
            "phân loại rác tại nhà",
            "an toàn giao thông",
            "phòng cháy ở khu chợ",
            "dạy bơi cho trẻ",
            "nếp sống nơi công cộng",
            "dịch vụ công trực tuyến",
            "tiết kiệm điện, nước",
        ),
    },
    {
        "kind": TaskGroup.Kind.DIRECTIVES,
        "title": "Thực hiện văn bản của cấp trên (mẫu)",
        "acts": (
            "Rà soát việc thực hiện chỉ thị về",
            "Sơ kết kết luận về",
            "Lập chương trình phối hợp về",
            "Góp ý dự thảo về",
            "Tập huấn văn bản mới về",
            "Đăng ký mô hình điểm về",
        ),
        "matters": (
            "chăm sóc người cao tuổi",
            "hòa giải ở cơ sở",
            "đường làng sạch đẹp",
            "nhà văn hóa",
            "khuyến học",
            "giữ gìn bãi biển",
            "chuyển đổi số",
        ),
    },
    {
        "kind": TaskGroup.Kind.SUPERVISION,
        "title": "Kiểm tra, giám sát (mẫu)",
        "acts": (
            "Giám sát việc",
            "Kiểm tra việc",
            "Khảo sát việc",
            "Lấy ý kiến nhân dân về việc",
            "Gặp gỡ, đối thoại về việc",
            "Theo dõi giải quyết kiến nghị về việc",
        ),
        "matters": (
            "chi trả trợ cấp",
            "sửa đường ngõ",
            "thu các khoản đóng góp",
            "cấp nước sạch",
            "quản lý chợ",
            "trả kết quả thủ tục",
            "chiếu sáng công cộng",
        ),
    },
]
LONGER = ", bảo đảm mọi tổ dân phố và khu dân cư đều được biết, được bàn và cùng tham gia thực hiện"

Sum = Indicator.Sum
INDICATORS: list[dict[str, Any]] = [
    {"name": "Buổi tổ chức", "measure": "buổi", "target": Decimal(8), "sum": Sum.ADDED},
    {"name": "Lượt người dự", "measure": "lượt", "target": None, "sum": Sum.ADDED},
    {"name": "Hộ đang tham gia", "measure": "hộ", "target": Decimal(90), "sum": Sum.LAST},
    {"name": "Mô hình đang duy trì", "measure": "mô hình", "target": None, "sum": Sum.LAST},
]

DOING = (
    "đã làm ở một số tổ dân phố, đang làm tiếp.",
    "đã họp bàn, phân công và bắt đầu làm.",
    "đã làm xong đợt một, chuẩn bị đợt hai.",
    "đang thu thập danh sách từ các khu dân cư.",
    "đã phối hợp với trường học và đoàn thể trên địa bàn.",
    "đã làm được hơn nửa; phần còn lại chờ kinh phí.",
    "đã đến từng hộ ở hai khu dân cư, các khu khác sẽ làm trong thời gian tới cùng với đợt sinh hoạt chung.",
)
DONE = (
    "đã làm xong phần việc được giao.",
    "đã hoàn thành ở tất cả khu dân cư.",
    "đã tổng kết và gửi hồ sơ về thành phố.",
)
BACK = "rà soát lại thấy còn việc chưa xong, đang làm tiếp."
OVERVIEWS = (
    "tình hình ổn định, nhân dân đồng tình.",
    "các phần việc làm theo kế hoạch.",
    "đơn vị có thay đổi nhân sự nhưng công việc vẫn được tiếp tục.",
)
DIFFICULTIES = (
    "kinh phí cấp chậm nên việc in tài liệu bị lùi lại.",
    "cán bộ kiêm nhiệm nhiều việc, ít thời gian xuống cơ sở.",
    "mưa bão kéo dài làm hoãn nhiều buổi sinh hoạt.",
    "một số hộ đi làm ăn xa nên khó gặp.",
    "chưa có hướng dẫn thống nhất nên mỗi nơi làm một cách; số liệu khó tổng hợp và phải hỏi lại nhiều lần.",
)
NEXT_STEPS = ("tiếp tục các phần việc chưa xong.", "hoàn thành trước kỳ báo cáo sau.")
# (to whom, what)
PROPOSALS = (
    ("MTTQ thành phố Mẫu", "cấp thêm tờ gấp cho các khu dân cư."),
    ("MTTQ thành phố Mẫu", "mở lớp tập huấn vào buổi tối."),
    ("Ủy ban nhân dân thành phố Mẫu", "sớm sửa nhà văn hóa đã xuống cấp."),
    ("Công an thành phố Mẫu", "cử người cùng đi đến các khu chợ."),
)
ANSWER = "đã ghi nhận; thành phố sẽ bố trí trong kỳ tới."
RETURN_REASONS = ("đề nghị ghi rõ số liệu.", "kết quả chưa khớp với chỉ tiêu, đề nghị xem lại.")
REVISED = "báo cáo lại sau khi rà soát số liệu."
TOLD_BY = "Người mẫu, gọi điện"
EXTENSION = "Mẫu: đơn vị bị ngập sau bão."


def sample(text: str) -> str:
    return SAMPLE + text


def ward_names(count: int, rng: Random) -> list[str]:
    """As lists show them, short ones and long ones; none twice, also without marks."""
    found: dict[str, str] = {}
    first, second = FIRST.split(), SECOND.split()
    while len(found) < count:
        place = "phường" if rng.random() < 0.6 else "xã"
        words = [rng.choice(first), rng.choice(second)]
        if rng.random() < 0.15:
            words.append(rng.choice(THIRD))
        if rng.random() < 0.05:
            words += ["–", rng.choice(first), rng.choice(second)]
        found.setdefault(fold(" ".join(words)), f"{place} {' '.join(words)}")
    return list(found.values())


def member_names(count: int, rng: Random) -> list[str]:
    return rng.sample([f"{body} {trade}" for body in BODIES for trade in TRADES], count)


def task_titles(group: dict[str, Any], count: int, rng: Random) -> list[str]:
    """Every tenth is long."""
    titles = [f"{act} {matter}" for act in group["acts"] for matter in group["matters"]]
    rng.shuffle(titles)
    return [title + LONGER if place % 10 == 5 else title for place, title in enumerate(titles[:count])]
