"""Tables behind the end of a plan: whose heading their tasks stand under."""

import pytest

from plans.importing import read_file

from .docx_builder import docx, paragraphs, table

PLAN = """HỘI LÀM VƯỜN XÃ LỘC AN
KẾ HOẠCH
Trồng cây
I. MỤC ĐÍCH
Xanh.
II. TỔ CHỨC THỰC HIỆN
1. Ban Chấp hành xã
Theo dõi chung.
2. Các chi hội
Theo bảng dưới đây.
"""
SIGNED = """TM. BAN CHẤP HÀNH
CHỦ TỊCH
Thạch Văn Sơn
"""
ROWS = table([["TT", "Nội dung", "Chủ trì"], ["1", "Ươm cây", "Chi hội 1"], ["2", "Tưới cây", "Chi hội 2"]])


@pytest.mark.parametrize(
    ("between", "title"),
    [
        (SIGNED, "Tasks of the table"),
        ("PHỤ LỤC", "Tasks of the table"),
        (SIGNED + "PHỤ LỤC", "Tasks of the table"),
        (SIGNED + "PHỤ LỤC\nViệc của các chi hội", "Việc của các chi hội"),
        (SIGNED + "BẢNG VIỆC CỦA CHI HỘI\n(Kèm theo Kế hoạch)", "BẢNG VIỆC CỦA CHI HỘI"),
    ],
)
def test_a_table_takes_its_caption_and_no_heading_of_the_text(between, title):
    outline = read_file("plan.docx", docx(paragraphs(PLAN + between) + ROWS))

    group = outline.groups[-1]
    assert (group.title, [task.lead for task in group.tasks]) == (title, ["Chi hội 1", "Chi hội 2"])
    assert outline.signer is None or outline.signer.name == "Thạch Văn Sơn"
