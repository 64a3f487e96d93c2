from datetime import date

import pytest
from simple_history.utils import bulk_create_with_history

from reports.documents.choices import Choices, NothingToPrint
from reports.documents.content import Paper, Row
from reports.documents.freezing import freeze
from reports.documents.kinds import Kind, paper_of
from tasks.models import Assignment
from tests.factories import make_assignment, make_group, make_plan, make_task, make_unit
from tests.reports.telling import on
from units.models import Succession, Unit

DAY = date(2026, 9, 20)


def printed(plan, day: date = DAY, **chosen) -> Paper:
    return paper_of(Kind.ASSIGNMENTS, Choices(plan, day, **chosen))


def rows(paper: Paper) -> list[tuple]:
    return [row.cells for row in paper.blocks[0].rows]


def row(plan, place: int = 1, **chosen) -> tuple:
    return rows(printed(plan, **chosen))[place]


def test_it_is_an_appendix_of_the_plan(underway):
    underway.plan.number, underway.plan.issued_on = "05/KH-MTTQ-BTT", date(2026, 1, 5)
    underway.plan.save()
    paper = printed(underway.plan)
    assert (paper.kind, paper.title) == (
        "Phụ lục",
        ("Phân công nhiệm vụ", "thực hiện Kế hoạch số 05/KH-MTTQ-BTT"),
    )
    assert paper.reference == (
        "Kèm theo Kế hoạch số 05/KH-MTTQ-BTT ngày 05 tháng 01 năm 2026"
        " của Ủy ban MTTQ Việt Nam MTTQ thành phố"
    )
    assert (paper.head, paper.signature, paper.sent_to) == (None, None, ())
    assert (paper.landscape, paper.appendices) == (True, ())
    assert paper.stem == "Phu-luc-phan-cong-nhiem-vu-05-KH-MTTQ-BTT"


def test_a_row_for_each_task_under_its_group(underway):
    paper = printed(underway.plan)
    assert [column.head for column in paper.blocks[0].columns] == [
        "STT",
        "Nội dung nhiệm vụ",
        "Chủ trì",
        "Phối hợp",
        "Thực hiện",
        "Thời hạn",
        "Sản phẩm",
    ]
    due = "10/09/2026; riêng phường Đồi Thông: 01/09/2026"
    assert paper.blocks[0].rows == (
        Row(("1. Tuyên truyền, phổ biến",), "group"),
        Row(("1.1", "Tổ chức hội nghị học tập", "", "", "Phường Bãi Cát", None, "")),
        Row(("1.2", "Phát tài liệu", "Phường Đồi Thông", "", "Phường Bãi Cát", due, "")),
        Row(("1. Giám sát",), "group"),
        Row(
            (
                "2.1",
                "Giám sát cơ sở",
                "",
                "MTTQ thành phố",
                "Hội Nông dân",
                date(2026, 10, 1),
                "",
            )
        ),
    )


def test_what_the_text_names_and_nobody_was_given(underway):
    task = underway.task
    task.lead_named, task.support_named = "Ban Thường trực", "Ban Dân vận\nCác hội"
    task.product, task.ongoing = "Kế hoạch, báo cáo", True
    task.save()
    assert row(underway.plan)[2:] == (
        "Ban Thường trực",
        "Ban Dân vận; Các hội",
        "Phường Bãi Cát",
        "Thường xuyên",
        "Kế hoạch, báo cáo",
    )


@pytest.fixture
def wards(january, underway):
    """Twenty wards in all; the first has the task already."""
    with on("2026-02-01"):
        return [make_unit(f"phường Số {number:02d}") for number in range(1, 19)]


def give(underway, units, **fields) -> None:
    with on("2026-02-02"):
        for unit in units:
            make_assignment(underway.task, unit, **fields)


def test_all_of_a_kind_are_named_together(underway, cast, wards):
    give(underway, [cast.other_ward, *wards])
    assert row(underway.plan)[4] == "Các phường, xã (20 đơn vị)"


def test_few_that_are_left_out_are_named(underway, wards):
    give(underway, wards[:-2])
    assert row(underway.plan)[4] == "Các phường, xã, trừ phường Đồi Thông, phường Số 17, phường Số 18"


def test_few_are_named_and_a_part_is_told_in_a_list(underway, wards):
    give(underway, wards[:4])
    assert row(underway.plan)[4] == ("Phường Bãi Cát, phường Số 01, phường Số 02, phường Số 03, phường Số 04")
    assert len(printed(underway.plan).blocks) == 1
    give(underway, wards[4:5], due_on=date(2026, 8, 1))
    give(underway, wards[5:11], due_on=date(2026, 8, 2))
    _tasks, lists = printed(underway.plan).blocks
    assert row(underway.plan)[4:6] == (
        "12 phường, xã (danh sách kèm theo)",
        "riêng phường Số 05: 01/08/2026; 6 phường, xã (danh sách kèm theo): 02/08/2026",
    )
    assert lists.caption == "Danh sách đơn vị được giao nhiệm vụ"
    assert [row.cells[:2] for row in lists.rows] == [
        ("1.1 thực hiện", "12 phường, xã"),
        ("1.1 hạn riêng", "6 phường, xã"),
    ]
    assert lists.rows[1].cells[2] == (
        "phường Số 06, phường Số 07, phường Số 08, phường Số 09, phường Số 10, phường Số 11"
    )


def test_one_group_or_the_tasks_of_one_kind(underway):
    assert [cells[0] for cells in rows(printed(underway.plan, group=underway.second))] == [
        "1. Giám sát",
        "2.1",
    ]
    of_wards = printed(underway.plan, kind_of_unit=Unit.Kind.WARD)
    assert of_wards.title[0] == "Phân công nhiệm vụ cho các phường, xã"
    assert of_wards.stem.endswith("-phuong-xa")
    assert len(of_wards.sheets[1].rows) == 3
    assert [cells[0] for cells in rows(of_wards)] == [
        "1. Tuyên truyền, phổ biến",
        "1.1",
        "1.2",
    ]
    with pytest.raises(NothingToPrint, match=r"^Không có nhiệm vụ nào"):
        printed(underway.plan, kind_of_unit=Unit.Kind.PARTY)
    with pytest.raises(NothingToPrint, match=r"^Không có nhiệm vụ nào"):
        printed(make_plan(), date.today())


def test_before_the_plan_there_is_nothing_to_print(underway):
    with pytest.raises(NothingToPrint, match=r"^Vào ngày đó chưa có kế hoạch này"):
        printed(underway.plan, date(2025, 1, 1))


def test_of_a_part_the_title_says_of_which(underway):
    assert printed(underway.plan, group=underway.second, kind_of_unit=Unit.Kind.MEMBER).title == (
        "Phân công nhiệm vụ thuộc nhóm “Giám sát” cho các tổ chức thành viên",
        "thực hiện Kế hoạch thực hiện nghị quyết mẫu",
    )


def test_only_the_roles_of_the_chosen_tasks_have_columns(underway, cast):
    third = make_group(underway.plan, title="Tổng kết", position=2)
    make_assignment(make_task(third), cast.city, role="lead")
    heads = [column.head for column in printed(underway.plan, group=third).blocks[0].columns]
    assert heads == ["STT", "Nội dung nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm"]


def test_a_day_gone_by_stays_as_it_was(underway, cast):
    before = freeze(printed(underway.plan))
    with on("2026-09-21"):
        underway.plan.title, underway.task.title = "Tên mới", "Việc mới"
        underway.plan.save()
        underway.task.save()
        underway.held.due_on = date(2027, 1, 1)
        underway.held.save()
        make_assignment(underway.task, cast.other_ward)
        underway.soon.remove()
        cast.city.name = "Ủy ban MTTQ Việt Nam thành phố Mới"
        cast.city.save()
        new = make_unit("phường Gộp")
        Succession.objects.create(predecessor=cast.ward, successor=new, effective_on=date(2026, 9, 21))
        assert freeze(printed(underway.plan)) == before
        after = rows(printed(underway.plan, date(2026, 9, 21)))
    assert after[1][1:5] == ("Việc mới", "", "", "Các phường, xã (2 đơn vị)")


def test_the_book_has_a_row_for_each_part(underway):
    paper = printed(underway.plan)
    assert [(table.name, len(table.rows)) for table in paper.sheets] == [
        ("Phân công nhiệm vụ", 5),
        ("Theo đơn vị", 5),
    ]
    assert paper.sheets[1].rows[1].cells == (
        "1.2",
        "Phát tài liệu",
        "phường Đồi Thông",
        "phường, xã",
        "Chủ trì",
        date(2026, 9, 1),
    )


@pytest.mark.parametrize("size", [1, 60])
def test_queries_do_not_grow_with_the_plan(size, underway, django_assert_num_queries):
    with on("2026-02-01"):
        tasks = [underway.task, *(make_task(underway.group, title="Việc") for _place in range(size))]
        units = [make_unit() for _place in range(size)]
        given = [Assignment(task=task, unit=unit) for task in tasks for unit in units]
        bulk_create_with_history(given, Assignment)
    with django_assert_num_queries(10):
        assert len(rows(printed(underway.plan))) == 5 + size
