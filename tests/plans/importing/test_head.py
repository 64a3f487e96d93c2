"""The head of a plan: whose it is, its number, its place and date, the rule below its title."""

from datetime import date

import pytest

from plans.importing import read_text
from plans.importing.outline import Signer

PLAN = "{head}\n\nKẾ HOẠCH\n{title}\n\nI. MỤC ĐÍCH\n- Xanh.\nII. NHIỆM VỤ\n- Trồng cây.\n- Tưới cây."


def read(head="HỘI LÀM VƯỜN XÃ LỘC AN", title="Trồng cây"):
    return read_text(PLAN.format(head=head, title=title))


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        ("HỘI LÀM VƯỜN HUYỆN LỘC\nHỘI LÀM VƯỜN XÃ AN", "HỘI LÀM VƯỜN XÃ AN"),
        ("HỘI LÀM VƯỜN HUYỆN LỘC\nHỘI LÀM VƯỜN XÃ AN\nBAN CHẤP HÀNH", "BAN CHẤP HÀNH HỘI LÀM VƯỜN XÃ AN"),
        (
            "ỦY BAN MTTQ VIỆT NAM\nXÃ LỘC AN\nBAN THƯỜNG TRỰC",
            "BAN THƯỜNG TRỰC ỦY BAN MTTQ VIỆT NAM XÃ LỘC AN",
        ),
        ("XÃ ĐOÀN LỘC AN\nBTV", "BTV XÃ ĐOÀN LỘC AN"),
        ("BAN CHẤP HÀNH", "BAN CHẤP HÀNH"),
        ("ĐẢNG ỦY XÃ AN\nBAN CHỈ ĐẠO 389", "BAN CHỈ ĐẠO 389"),
        ("BAN CÔNG TÁC MẶT TRẬN\nTHÔN ĐÔNG", "BAN CÔNG TÁC MẶT TRẬN THÔN ĐÔNG"),
        ("ỦY BAN MTTQ XÃ AN\nTHÔN ĐÔNG", "THÔN ĐÔNG"),
        ("CÔNG ĐOÀN\nCƠ QUAN THUẾ", "CÔNG ĐOÀN CƠ QUAN THUẾ"),
        (
            "TRƯỜNG THCS LỘC AN\nĐOÀN TNCS HỒ CHÍ MINH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "ĐOÀN TNCS HỒ CHÍ MINH",
        ),
        ("TRƯỜNG THCS LỘC AN\nĐOÀN TNCS HỒ CHÍ MINH", "ĐOÀN TNCS HỒ CHÍ MINH"),
        ("BCH TỈNH LỘC AN\nĐOÀN TNCS HỒ CHÍ MINH", "BCH TỈNH LỘC AN"),
        ("XÃ ĐOÀN LỘC AN\nĐOÀN TNCS HỒ CHÍ MINH", "XÃ ĐOÀN LỘC AN"),
    ],
)
def test_the_issuer_says_whose_it_is(head, issuer):
    assert read(head).issuer == issuer


@pytest.mark.parametrize(
    "line",
    ["Lộc An, ngày05 tháng 9 năm 2026", "Lộc An, ngày05tháng9năm2026", "(Lộc An, ngày 05 tháng 9 năm 2026)"],
)
def test_place_and_date(line):
    outline = read(f"HỘI LÀM VƯỜN\n{line}")

    assert (outline.place, outline.issued_on) == ("Lộc An", date(2026, 9, 5))


@pytest.mark.parametrize(
    ("head", "issued_on"),
    [
        ("HỘI LÀM VƯỜN", date(2026, 9, 5)),
        ("HỘI LÀM VƯỜN\nXuân Hòa, ngày 01 tháng 8 năm 2026", date(2026, 8, 1)),
    ],
)
@pytest.mark.parametrize("above", ["", "Nơi nhận:\n- Huyện đoàn (b/c);\n- Lưu: VP.\n"])
def test_place_and_date_above_the_signature(head, issued_on, above):
    foot = "Lộc An, ngày 05 tháng 9 năm 2026\nTM. BAN CHẤP HÀNH\nCHỦ TỊCH\n\nThạch Văn Sơn"
    outline = read_text(f"{PLAN.format(head=head, title='Trồng cây')}\n\n{above}{foot}")

    assert outline.issued_on == issued_on
    assert outline.groups[-1].tasks[-1].text == "Tưới cây."
    assert outline.signer == Signer("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "Thạch Văn Sơn")
    assert [recipient.name for recipient in outline.recipients] == (["Huyện đoàn", "VP"] if above else [])


@pytest.mark.parametrize(
    ("line", "number"),
    [("Số:05 KH/HLV", "05 KH/HLV"), ("Số:05/KH-HLV", "05/KH-HLV"), ("Số 05 -KH/HLV", "05-KH/HLV")],
)
def test_number(line, number):
    assert read(f"HỘI LÀM VƯỜN\n{line}").number == number


@pytest.mark.parametrize("rule", ["∗∗∗", "────", "………", "***", "-----***-----", "o0o"])
def test_a_rule_below_the_title_is_no_part_of_it(rule):
    assert read(title=f"Trồng cây\n{rule}").title == "Trồng cây"
