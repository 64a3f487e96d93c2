"""Who receives a plan and who signs it, in the many ways that offices set them."""

import pytest

from plans.importing import read_text
from plans.importing.outline import Signer

BODY = "KẾ HOẠCH\nTrồng cây\n\nI. MỤC ĐÍCH\n- Xanh.\nII. NHIỆM VỤ\n- Trồng cây.\n- Tưới cây.\n\n"


def signer(block: str) -> Signer | None:
    return read_text(f"{BODY}Nơi nhận:\n- Huyện đoàn (b/c);\n- Lưu: VP.\n\n{block}").signer


def recipients(block: str) -> list[tuple[str, str | None]]:
    found = read_text(f"{BODY}{block}\n\nTM. BAN THƯỜNG VỤ\nBÍ THƯ\nThạch Văn Sơn").recipients
    return [(recipient.name, recipient.purpose) for recipient in found]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("PGS.TS Lưu Bích Hà", "PGS.TS Lưu Bích Hà"),
        ("ThS. Thạch Văn Sơn", "ThS. Thạch Văn Sơn"),
        ("BS.CKI Sơn Thị Ngà", "BS.CKI Sơn Thị Ngà"),
        ("Thượng tá, ThS. Bế Văn Hạ", "Thượng tá, ThS. Bế Văn Hạ"),
        ("Thượng tọa Thích Minh Đạo", "Thượng tọa Thích Minh Đạo"),
        ("(Đã ký) Thạch Văn Sơn", "Thạch Văn Sơn"),
        ("Thạch Văn Sơn (đã ký)", "Thạch Văn Sơn"),
        ("(đã ký)\nThạch Văn Sơn", "Thạch Văn Sơn"),
        ("H’ Linh Mlô", "H’ Linh Mlô"),
        ("K’Thu", "K’Thu"),
        ("Y Khoa Ayŭn", "Y Khoa Ayŭn"),
        ("Bùi-Đình Ân", "Bùi-Đình Ân"),
        ("LÝ THỊ MÙI", "LÝ THỊ MÙI"),
    ],
)
def test_names(printed, name):
    assert signer(f"TM. BAN THƯỜNG VỤ\nBÍ THƯ\n{printed}") == Signer("TM. BAN THƯỜNG VỤ", "BÍ THƯ", name)


@pytest.mark.parametrize(
    ("block", "authority", "position"),
    [
        ("TM. BAN THƯỜNG VỤ\nQ. BÍ THƯ", "TM. BAN THƯỜNG VỤ", "Q. BÍ THƯ"),
        ("TM. BAN THƯỜNG VỤ PHÓ BÍ THƯ", "TM. BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"),
        ("TM. BAN CHỦ NHIỆM\nCHỦ NHIỆM", "TM. BAN CHỦ NHIỆM", "CHỦ NHIỆM"),
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("TM. Ban Thường vụ\nBí thư", "TM. Ban Thường vụ", "Bí thư"),
        ("TM. Ban Thường Vụ\nBí Thư", "TM. Ban Thường Vụ", "Bí Thư"),
        ("Trưởng ban", None, "Trưởng ban"),
    ],
)
def test_offices(block, authority, position):
    assert signer(f"{block}\n\nThạch Văn Sơn") == Signer(authority, position, "Thạch Văn Sơn")


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (
            "Nơi nhận:\nBáo cáo:\n- Tỉnh đoàn;\n- Huyện ủy;\nThực hiện:\n- Các chi đoàn;\n- Lưu: VP.",
            [("Tỉnh đoàn", "b/c"), ("Huyện ủy", "b/c"), ("Các chi đoàn", "t/h"), ("VP", "lưu")],
        ),
        (
            "Nơi nhận:\n* Để báo cáo:\n- Tỉnh đoàn;\n* Để phối hợp:\n- Phòng Y tế (t/h);\n* Lưu: VP.",
            [("Tỉnh đoàn", "b/c"), ("Phòng Y tế", "t/h"), ("VP", "lưu")],
        ),
        (
            "Nơi nhận:\n- Để báo cáo: Tỉnh đoàn, Huyện ủy;\n- Để thực hiện: các chi đoàn;\n- Lưu.",
            [("Tỉnh đoàn, Huyện ủy", "b/c"), ("các chi đoàn", "t/h"), ("Lưu", "lưu")],
        ),
        (
            "Nơi nhận: Tỉnh đoàn (b/c), Huyện ủy (b/c), các thôn, bản (t/h), lưu VP.",
            [("Tỉnh đoàn", "b/c"), ("Huyện ủy", "b/c"), ("các thôn, bản", "t/h"), ("VP", "lưu")],
        ),
    ],
)
def test_recipients(block, expected):
    assert recipients(block) == expected


def test_a_list_without_recipients_is_told():
    outline = read_text(f"{BODY}Nơi nhận:\n\nTM. BAN THƯỜNG VỤ\nBÍ THƯ\nThạch Văn Sơn")

    assert outline.recipients == []
    assert [warning.line for warning in outline.warnings if "No recipients" in warning.message] == [10]
