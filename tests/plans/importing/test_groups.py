"""Which lines are groups and which are their tasks, under headings of any name."""

import pytest

from plans.importing import read_text

PLAN = """KẾ HOẠCH
Phòng cháy mùa khô

I. MỤC ĐÍCH
- An toàn.
II. {heading}
{body}
{after}
III. TỔ CHỨC THỰC HIỆN
1. Các thôn làm theo.
- Báo tin.
"""
NUMBERED = "1. Tuyên truyền\n- Phát loa.\n- Treo biển.\n2. Kiểm tra\n- Đi từng kho."
GROUPS = [("1", "Tuyên truyền", ["Phát loa.", "Treo biển."]), ("2", "Kiểm tra", ["Đi từng kho."])]


def groups(body=NUMBERED, heading="NỘI DUNG", after=""):
    outline = read_text(PLAN.format(body=body, heading=heading, after=after))
    return [(group.number, group.title, [task.text for task in group.tasks]) for group in outline.groups]


@pytest.mark.parametrize(
    "heading",
    [
        "NỘI DUNG VÀ HÌNH THỨC TUYÊN TRUYỀN",
        "HÌNH THỨC, NỘI DUNG",
        "PHẠM VI, NỘI DUNG KIỂM TRA",
        "CÁC MẶT CÔNG TÁC",
        "CHƯƠNG TRÌNH CÔNG TÁC",
        "TRIỂN KHAI THỰC HIỆN",
        "TIẾN ĐỘ THỰC HIỆN",
        "LỘ TRÌNH",
        "PHÂN CÔNG NHIỆM VỤ",
        "TRÁCH NHIỆM CỦA CÁC BÊN",
        "ĐÔI LỜI VỚI BÀ CON",
    ],
)
def test_numbered_items_with_dashes_are_groups_under_any_heading(heading):
    assert groups(heading=heading) == GROUPS


def test_sections_of_other_names_are_groups_themselves():
    found = groups(
        heading="TUYÊN TRUYỀN", body="1. Phát loa.\n2. Treo biển.", after="III. KIỂM TRA\n- Đi từng kho."
    )

    assert found == [
        ("II", "TUYÊN TRUYỀN", ["Phát loa.", "Treo biển."]),
        ("III", "KIỂM TRA", ["Đi từng kho."]),
    ]


@pytest.mark.parametrize(("colon"), ["", ":"])
def test_unnumbered_titles_over_bullets_are_groups(colon):
    body = f"Tuyên truyền{colon}\n- Phát loa.\n- Treo biển.\nKiểm tra{colon}\n- Đi từng kho."

    assert groups(body) == [(None, title, tasks) for _, title, tasks in GROUPS]


def test_a_sentence_that_introduces_a_list_is_no_group():
    body = "Làm những việc sau:\n- Phát loa.\n- Treo biển.\nThời gian:\n- Cả mùa khô."

    assert [title for _, title, _ in groups(body)] == ["NỘI DUNG"]


@pytest.mark.parametrize("mark", ["{}, ", "{}) ", "{}. "])
def test_lettered_tasks(mark):
    a, b = mark.format("a"), mark.format("b")

    assert groups(f"1. Tuyên truyền\n{a}Phát loa.\n{b}Treo biển.\n2. Kiểm tra\n{a}Đi từng kho.") == GROUPS


def test_a_title_that_ends_with_a_small_word_goes_on_below():
    found = groups("1. Tuyên truyền về mùa khô của\nHội đồng khu rừng\n- Phát loa.")

    assert found == [("1", "Tuyên truyền về mùa khô của Hội đồng khu rừng", ["Phát loa."])]


def test_a_sentence_below_a_title_stays_apart():
    body = (
        "1. Thực hiện các quy định phòng cháy của cấp trên đã ban hành\nCác thôn tự lo.\n"
        "- Phát loa ba lần mỗi tuần trong suốt mùa khô năm nay ở thôn.\n"
        "- Treo biển cấm lửa ở mọi cửa rừng, mọi kho thóc, mọi chợ.\n"
        "- Kiểm tra bình chữa cháy ở trụ sở, ở trường học và ở chợ.\n"
        "- Dọn cỏ khô quanh kho, quanh trường học và quanh trụ sở."
    )

    assert groups(body)[0][1] == "Thực hiện các quy định phòng cháy của cấp trên đã ban hành"


def test_a_section_that_is_not_read_is_told():
    text = PLAN.format(heading="NHIỆM VỤ", body=NUMBERED, after="III. CÁC BƯỚC TIẾN HÀNH\nBước 1: Họp thôn.")

    warnings = [warning for warning in read_text(text).warnings if "not read as tasks" in warning.message]
    assert [(warning.line, "CÁC BƯỚC TIẾN HÀNH" in warning.message) for warning in warnings] == [(12, True)]


@pytest.mark.parametrize("word", ["Bước", "Đợt", "Giai đoạn"])
def test_steps(word):
    assert groups(f"{word} 1: Tuyên truyền\n- Phát loa.\n{word} 2: Kiểm tra\n- Đi từng kho.") == [
        (f"{word} 1", "Tuyên truyền", ["Phát loa."]),
        (f"{word} 2", "Kiểm tra", ["Đi từng kho."]),
    ]
