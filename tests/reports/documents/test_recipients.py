from datetime import date
from itertools import pairwise

import pytest
from django.utils import translation

from plans.models import Plan
from reports.documents.choices import Choices
from reports.documents.content import Heading, Listing, Paper, Text, file_name
from reports.documents.kinds import Kind, paper_of
from tests.factories import make_plan, make_recipient, make_unit

pytestmark = pytest.mark.django_db


def recipients_paper(plan: Plan, *, expanded: bool = False) -> Paper:
    return paper_of(Kind.RECIPIENTS, Choices(plan, date(2023, 12, 1), expanded=expanded))


def lines_of(paper: Paper) -> tuple[str, ...]:
    return paper.blocks[1].items


def note_of(paper: Paper) -> str:
    return " ".join(block.text for block in paper.blocks if isinstance(block, Text) and block.italic)


def expansions_of(paper: Paper) -> list[tuple[str, tuple[str, ...]]]:
    """The heading and the units of each."""
    return [
        (heading.text, units.items)
        for heading, units in pairwise(paper.blocks)
        if isinstance(heading, Heading) and isinstance(units, Listing)
    ]


def paper_with(*rows, **fields):
    plan = make_plan(**fields)
    for position, (name, purpose) in enumerate(rows):
        make_recipient(plan, name=name, purpose=purpose, position=position)
    return recipients_paper(plan)


def test_the_list_in_order_and_the_archive_apart(issued_plan):
    paper = recipients_paper(issued_plan)
    assert lines_of(paper) == (
        "Thường trực Thành ủy (b/c)",
        "Hội Nông dân thành phố (p/h)",
        "Các phường, xã (t/h)",
    )
    assert paper.sent_to == ("- Như trên;", "- Lưu: MTTQ thành phố.")
    assert note_of(paper) == "Ghi chú: (b/c): để báo cáo; (p/h): để phối hợp; (t/h): để thực hiện./."
    assert expansions_of(paper) == []


def test_it_names_the_plan_and_leaves_its_own_number_and_day_open(issued_plan):
    paper = recipients_paper(issued_plan)
    assert paper.title == (
        "Kế hoạch số 05/KH-MTTQ-BTT ngày 05 tháng 9 năm 2023",
        "về thực hiện nghị quyết mẫu",
    )
    assert (paper.head.number, paper.head.dated) == ("", None)
    assert paper.subject == (
        "Danh sách nơi nhận Kế hoạch số 05/KH-MTTQ-BTT ngày 05 tháng 9 năm 2023 về thực hiện nghị quyết mẫu"
    )


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Về việc Tổ chức hội nghị.", "về tổ chức hội nghị"),
        ("MTTQ tham gia xây dựng Đảng", "về MTTQ tham gia xây dựng Đảng"),
        ("Sầm Sơn sáng, xanh, sạch", "về Sầm Sơn sáng, xanh, sạch"),
        ("THỰC HIỆN NGHỊ QUYẾT", "về THỰC HIỆN NGHỊ QUYẾT"),
        ("Đẩy mạnh\n tuyên\u00a0truyền", "về đẩy mạnh tuyên truyền"),
    ],
)
def test_the_title_goes_on_after_ve(title, line):
    assert paper_with(title=title).title[1] == line


def test_an_unknown_plan_number_and_day_stay_gaps():
    assert paper_with().title[0].split() == ["Kế", "hoạch", "số", "ngày", "tháng", "năm", "20"]


@pytest.mark.parametrize(
    "name", ["Thường trực Thành ủy", "- Thường trực Thành ủy (b/c);", "Thường trực Thành ủy (để b/c)"]
)
def test_a_mark_or_dash_kept_in_the_name_is_not_printed_twice(name):
    assert lines_of(paper_with((name, "b/c"))) == ("Thường trực Thành ủy (b/c)",)


def test_a_line_without_a_purpose_has_no_mark_and_needs_no_note():
    paper = paper_with(("Các tổ chức thành viên", ""))
    assert (lines_of(paper), note_of(paper)) == (("Các tổ chức thành viên",), "")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Lưu: VT, BTT.", "- Lưu: VT, BTT."),
        ("lưu MTTQ thành phố", "- Lưu: MTTQ thành phố."),
        ("- Lưu", "- Lưu: VT."),
        ("Văn phòng", "- Lưu: Văn phòng."),
    ],
)
def test_the_archive_line(name, line):
    assert paper_with(("Thành ủy", ""), (name, "lưu")).sent_to == ("- Như trên;", line)


def test_two_archive_lines_are_printed_as_one():
    paper = paper_with(("Lưu: VT", "lưu"), ("Thành ủy", ""), ("Lưu: Văn phòng", "lưu"), ("Lưu: VT", "lưu"))
    assert paper.sent_to == ("- Như trên;", "- Lưu: VT, Văn phòng.")


def test_an_empty_list_says_so():
    assert paper_with().blocks == (Text("Kế hoạch này chưa có nơi nhận./."),)


def test_without_an_archive_line_the_clerk_archives():
    assert paper_with(("Thành ủy", "")).sent_to == ("- Như trên;", "- Lưu: VT.")
    assert paper_with().sent_to == ("- Lưu: VT.",)


def test_expansions_name_the_units_of_each_line(issued_plan):
    paper = recipients_paper(issued_plan, expanded=True)
    wards = ("Ủy ban MTTQ Việt Nam phường Bãi Cát", "Ủy ban MTTQ Việt Nam phường Đồi Thông")
    assert expansions_of(paper) == [("Mục 3. Các phường, xã gồm 2 đơn vị:", wards)]


def test_a_line_that_stands_for_one_unit_is_not_expanded():
    plan = make_plan()
    make_recipient(plan, (make_unit("Hội Nông dân"),), name="Hội nông dân;")
    make_recipient(plan, (make_unit("phường Một"),), name="Các phường", position=1)
    wards = (make_unit("phường Hai", name="Phường Hai"), make_unit("phường Ba", name="Phường Ba"))
    make_recipient(plan, wards, name="Hai phường kia", position=2)
    assert expansions_of(recipients_paper(plan, expanded=True)) == [
        ("Mục 3. Hai phường kia gồm 2 đơn vị:", ("Phường Ba", "Phường Hai"))
    ]


@pytest.mark.parametrize("size", [1, 30])
def test_queries_do_not_grow_with_the_list(size, django_assert_num_queries, issued_plan):
    for position in range(size):
        make_recipient(issued_plan, (make_unit(), make_unit()), position=position)
    plan = Plan.objects.get(pk=issued_plan.pk)
    with django_assert_num_queries(4):
        recipients_paper(plan, expanded=True)
    loaded = Plan.objects.select_related("issuing_unit__letterhead").get(pk=issued_plan.pk)
    with django_assert_num_queries(1):
        recipients_paper(loaded)


def test_the_file_is_named_after_the_plan(issued_plan):
    assert file_name(recipients_paper(issued_plan).stem, "pdf") == "Noi-nhan-05-KH-MTTQ-BTT.pdf"
    assert file_name(recipients_paper(issued_plan, expanded=True).stem, "pdf") == (
        "Noi-nhan-kem-don-vi-05-KH-MTTQ-BTT.pdf"
    )
    unnumbered = make_plan(issued_on=date(2024, 1, 1))
    assert file_name(recipients_paper(unnumbered).stem, "pdf") == f"Noi-nhan-ke-hoach-{unnumbered.pk}.pdf"


def test_a_paper_is_vietnamese_whatever_the_screen_is(issued_plan):
    vietnamese = recipients_paper(issued_plan, expanded=True)
    with translation.override("en"):
        assert recipients_paper(issued_plan, expanded=True) == vietnamese


def test_the_book_has_a_row_for_each_line_and_each_unit(issued_plan):
    (lines,) = recipients_paper(issued_plan).sheets
    assert [row.cells for row in lines.rows] == [
        (1, "Thường trực Thành ủy", "để báo cáo"),
        (2, "Hội Nông dân thành phố", "để phối hợp"),
        (3, "Các phường, xã", "để thực hiện"),
    ]
    lines, units = recipients_paper(issued_plan, expanded=True).sheets
    wards = ("Ủy ban MTTQ Việt Nam phường Bãi Cát", "Ủy ban MTTQ Việt Nam phường Đồi Thông")
    assert [row.cells for row in units.rows] == [
        (3, "Các phường, xã", "để thực hiện", ward, "phường, xã") for ward in wards
    ]
    assert paper_with().sheets == ()
