"""Papers made without the database, that show what a file of several pages must keep."""

from dataclasses import replace
from datetime import date

from reports.documents.content import (
    Appendix,
    Bar,
    Chart,
    Column,
    Head,
    Heading,
    Listing,
    Paper,
    Percent,
    Row,
    Signature,
    Table,
    Text,
    closed,
)

SENTENCE = (
    "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam thành phố đã phối hợp với các tổ chức thành viên "
    "tuyên truyền, vận động các tầng lớp nhân dân thực hiện nghị quyết, đạt 95,5% kế hoạch năm; còn "
    "12 nhiệm vụ đang được thực hiện trong hạn."
)
WHAT_EACH_UNIT_DID = (
    Column("STT", 1, "center"),
    Column("Đơn vị", 5),
    Column("Hoàn thành", 2),
    Column("Tỷ lệ", 2),
    Column("Thời hạn", 2),
)
WHO_DOES_WHAT = (
    Column("STT", 1, "center"),
    Column("Nội dung nhiệm vụ", 9),
    Column("Chủ trì", 3),
    Column("Phối hợp", 3),
    Column("Thời hạn", 2),
    Column("Sản phẩm", 3),
)


def unit_rows(units: int) -> tuple[Row, ...]:
    """A group before every tenth unit, a sum at the end."""
    rows = []
    for number in range(1, units + 1):
        if number % 10 == 1:
            rows.append(Row((f"Nhóm thứ {number // 10 + 1}",), "group"))
        name = f"Ủy ban MTTQ Việt Nam phường {number}{' và các tổ chức thành viên' if number % 3 else ''}"
        rows.append(Row((number, name, number * 700, Percent(number % 101), date(2024, 1, number % 28 + 1))))
    return (*rows, Row((None, "Cộng", 120, Percent(50), None), "total"))


def task_rows(tasks: int) -> tuple[Row, ...]:
    rows = []
    for number in range(1, tasks + 1):
        if number % 12 == 1:
            rows.append(Row((f"{number // 12 + 1}. Nhóm nhiệm vụ tuyên truyền, vận động",), "group"))
        deadline = date(2024, 3, number % 28 + 1) if number % 4 else "Thường xuyên"
        task = SENTENCE[: 41 + number * 29 % 140]
        rows.append(Row((number, task, "Ban Thường trực", "Các phường, xã", deadline, "Báo cáo")))
    return tuple(rows)


UNITS = Table("Đơn vị", WHAT_EACH_UNIT_DID, unit_rows(18), "Bảng 1. Kết quả theo đơn vị")
TASKS = Table("Phân công", WHO_DOES_WHAT, task_rows(120))
CHART = Chart(
    "Biểu đồ 1. Tình hình thực hiện",
    ("Đúng hạn", "Quá hạn", "Đang làm", "Chưa làm"),
    (Bar("Toàn thành phố", (50, 3, 20, 7)), Bar("Phường, xã", (10, 0, 10, 1))),
)
SHORT = Paper(
    head=Head(
        ("ỦY BAN MTTQ VIỆT NAM", "TỈNH MẪU"),
        ("ỦY BAN MTTQ VIỆT NAM", "THÀNH PHỐ MẪU"),
        number="7/BC-MTTQ",
        place="Mẫu",
        dated=date(2024, 2, 1),
    ),
    kind="BÁO CÁO",
    title=("Kết quả thực hiện Kế hoạch số 05/KH-MTTQ-BTT", "của Ban Thường trực Ủy ban MTTQ thành phố"),
    blocks=closed(
        (
            Text("Kính gửi: Thường trực Thành ủy", centered=True),
            Text(SENTENCE),
            Listing("Nơi nhận", ("Thường trực Thành ủy (b/c)", "Các phường, xã (t/h)")),
            Text("Ghi chú: (b/c): để báo cáo.", italic=True),
        )
    ),
    signature=Signature(("TM. BAN THƯỜNG TRỰC",), "CHỦ TỊCH", "Trần Thị Mẫu"),
    sent_to=("- Như trên;", "- Thường trực Thành ủy (b/c);", "- Lưu: MTTQ thành phố."),
    stem="Bao-cao",
)


def chapter(number: str) -> tuple:
    return (
        Heading(f"{number}. KẾT QUẢ THỰC HIỆN NHIỆM VỤ"),
        Text(SENTENCE),
        Heading("1. Công tác tuyên truyền", 2),
        Text(f"{SENTENCE} {SENTENCE}"),
        Listing("Việc", tuple(SENTENCE[:length] for length in (60, 80, 100))),
        Heading("1.1. Về cơ sở", 3),
        Listing("Nơi", (SENTENCE[:-1], SENTENCE[:80]), numbered=False),
    )


LONG = replace(
    SHORT,
    blocks=closed(
        (*chapter("I"), *chapter("II"), UNITS, CHART, *chapter("III"), Text("Trên đây là báo cáo kết quả."))
    ),
)
APPENDED = replace(
    SHORT,
    appendices=(
        Appendix(("Phân công nhiệm vụ",), "kèm theo Báo cáo số 7/BC-MTTQ", (TASKS,)),
        Appendix(("Ghi chú",), "kèm theo Báo cáo số 7/BC-MTTQ", (Text(SENTENCE),), landscape=False),
    ),
)
TURNED = Paper(
    kind="PHỤ LỤC",
    title=("Phân công nhiệm vụ",),
    blocks=(TASKS,),
    stem="Phu-luc",
    reference="kèm theo Kế hoạch số 05/KH-MTTQ-BTT",
    landscape=True,
)
COMPACT = replace(
    SHORT,
    blocks=(
        Text(SENTENCE),
        CHART,
        replace(UNITS, rows=unit_rows(6), caption=""),
        Text("Trên đây là báo cáo./."),
    ),
    compact=True,
)
# The end does not fit on the first page, so the last words go with it.
OVERFULL = replace(
    SHORT, blocks=closed((Text(SENTENCE), Listing("Đơn vị", tuple(f"Đơn vị thứ {n}" for n in range(1, 16)))))
)
