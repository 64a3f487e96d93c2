"""Long papers as a summary's appendix makes them: seven columns, short and long texts, groups and a total."""

from datetime import date, timedelta
from random import Random

from reports.documents.content import (
    Appendix,
    Block,
    Column,
    Head,
    Heading,
    Marked,
    Paper,
    Percent,
    Row,
    Signature,
    Table,
    Text,
)

SENTENCE = (
    "Ủy ban Mặt trận Tổ quốc Việt Nam phường xã tuyên truyền nghị quyết hội viên đoàn viên nhân dân trên địa "
    "bàn thành phố kết quả thực hiện giám sát phản biện xã hội khu dân cư vận động ủng hộ quỹ người nghèo, "
    "05/KH-MTTQ-BTT 12/2024 (đã duyệt) 155-KH/TU 1.250.000 đồng; đưa vào quy ước, hương ước"
)
WORDS = SENTENCE.split()
COLUMNS = (
    Column("STT", 5, "center"),
    Column("Nội dung nhiệm vụ", 24),
    Column("Đơn vị", 14),
    Column("Trạng thái", 11),
    Column("Kết quả", 26),
    Column("Tỷ lệ", 7),
    Column("Thời hạn", 13, "center"),
)
GROUP = 40


def words(random: Random, least: int, most: int) -> str:
    return " ".join(random.choice(WORDS) for _ in range(random.randint(least, most)))


def long_rows(count: int, random: Random) -> tuple[Row, ...]:
    """So many rows with their number first, a group row before every fortieth, a total at the end."""
    rows = []
    for number in range(count):
        if number % GROUP == 0:
            rows.append(Row((f"Nhóm {number // GROUP + 1}: {words(random, 4, 30)}",), "group"))
        rows.append(
            Row(
                (
                    number + 1,
                    words(random, 4, 20),
                    words(random, 2, 5),
                    Marked("Đang thực hiện", "info"),
                    words(random, 0, 35),
                    Percent(random.randint(0, 100)),
                    date(2024, 1, 1) + timedelta(days=number % 360),
                )
            )
        )
    return (*rows, Row(("", "Cộng", "", "", f"{count} nhiệm vụ", "", ""), "total"))


def long_paper(rows: int, landscape: bool = True, after: tuple[Block, ...] = (), seed: int = 1) -> Paper:
    """A report of two pages and a table of so many rows as its appendix."""
    random = Random(seed)
    table = Table("Kết quả", COLUMNS, long_rows(rows, random), "Kết quả từng nhiệm vụ")
    return Paper(
        kind="BÁO CÁO",
        title=("Kết quả thực hiện Kế hoạch số 05/KH-MTTQ-BTT",),
        blocks=(Heading("I. KẾT QUẢ"), *(Text(f"{words(random, 60, 60)}.") for _ in range(6))),
        stem="Bao-cao",
        head=Head(("ỦY BAN MTTQ VIỆT NAM",), ("ỦY BAN MTTQ VIỆT NAM", "THÀNH PHỐ MẪU"), place="Mẫu"),
        signature=Signature(("TM. BAN THƯỜNG TRỰC",), "CHỦ TỊCH", "Trần Thị Mẫu"),
        sent_to=("- Như trên;", "- Lưu: MTTQ thành phố."),
        appendices=(Appendix(("Kết quả từng nhiệm vụ",), "Kèm theo Báo cáo", (table, *after), landscape),),
    )
