from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from simple_history.utils import bulk_create_with_history

from reports.documents.excel.sheets import Book, Sheet, render_xlsx
from tasks.models import Assignment
from tests.factories import bring_to, make_entry, make_period, make_plan, make_report, make_unit
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS

pytestmark = pytest.mark.usefixtures("underway")

HEADS = [
    "Số",
    "Nhiệm vụ",
    "Nhóm nhiệm vụ",
    "Đơn vị",
    "Vai trò",
    "Thời hạn",
    "Tình trạng",
    "Tỷ lệ",
    "Số liệu đến",
    "Báo cáo",
]


def read(response) -> Workbook:
    return load_workbook(BytesIO(response.content))


def table(page) -> list[list]:
    """The values of each row."""
    return [[cell.value for cell in row] for row in page.iter_rows()]


@pytest.fixture
def exported(as_user, underway):
    url = reverse("export-matrix", args=[underway.plan.pk])
    return lambda **asked: as_user(underway.leader).get(url, asked)


@pytest.fixture
def underway(underway, cast):
    underway.leader = cast.leader
    return underway


def test_it_is_a_file_named_as_an_office_names_it(underway, exported):
    underway.plan.number = "05/KH-MTTQ-BTT"
    underway.plan.save()
    answer = exported()
    name = "Ma-tran-05-KH-MTTQ-BTT-den-20-09-2026.xlsx"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert read(answer).sheetnames == ["Ma trận", "Danh sách"]


def test_the_first_sheet_is_the_matrix_with_its_sums(exported):
    assert table(read(exported())["Ma trận"]) == [
        ["Thực hiện nghị quyết mẫu", None, None, None, None, None],
        ["Số liệu tính đến 20/09/2026", None, None, None, None, None],
        [None] * 6,
        [
            "Đơn vị",
            "1.1 Tổ chức hội nghị học tập",
            "1.2 Phát tài liệu",
            "2.1 Giám sát cơ sở",
            "Hoàn thành",
            "Tổng số",
        ],
        ["MTTQ thành phố", None, None, "→ 40%", 0, 1],
        ["Hội Nông dân", None, None, "✓ đúng hạn", 1, 1],
        ["phường Bãi Cát", "– chưa", "✓ muộn", None, 1, 2],
        ["phường Đồi Thông", None, "! quá hạn (chủ trì)", None, 0, 1],
        ["Hoàn thành", 0, 1, 1, 2, None],
        ["Tổng số", 1, 2, 2, None, 5],
    ]


def test_the_second_sheet_has_a_row_of_each_with_real_numbers_and_days(exported):
    page = read(exported())["Danh sách"]
    first, last = "1. Tuyên truyền, phổ biến", "1. Giám sát"
    held, watched = datetime(2026, 9, 10), datetime(2026, 10, 1)
    assert table(page)[3:] == [
        HEADS,
        [
            "1.1",
            "Tổ chức hội nghị học tập",
            first,
            "phường Bãi Cát",
            "Thực hiện",
            None,
            "Chưa triển khai",
            None,
            None,
            None,
        ],
        [
            "1.2",
            "Phát tài liệu",
            first,
            "phường Đồi Thông",
            "Chủ trì",
            datetime(2026, 9, 1),
            "Chưa hoàn thành, quá hạn",
            None,
            None,
            None,
        ],
        [
            "1.2",
            "Phát tài liệu",
            first,
            "phường Bãi Cát",
            "Thực hiện",
            held,
            "Hoàn thành quá hạn",
            1,
            datetime(2026, 9, 12),
            "Ghi tiến độ",
        ],
        [
            "2.1",
            "Giám sát cơ sở",
            last,
            "MTTQ thành phố",
            "Phối hợp",
            watched,
            "Đang thực hiện, trong hạn",
            0.4,
            datetime(2026, 9, 15),
            "Ghi tiến độ",
        ],
        [
            "2.1",
            "Giám sát cơ sở",
            last,
            "Hội Nông dân",
            "Thực hiện",
            watched,
            "Hoàn thành đúng hạn",
            1,
            datetime(2026, 9, 15),
            "Ghi tiến độ",
        ],
    ]
    assert [page["F6"].number_format, page["H8"].number_format] == ["dd/mm/yyyy", "0%"]


def test_a_row_names_the_report_and_its_revision(cast, underway, exported):
    period = make_period(underway.plan)
    for revision in (1, 2):
        report = make_report(cast.other_ward, period, revision=revision)
        make_entry(report, underway.overdue)
        bring_to(report, "accepted", cast.staff, datetime(2026, 9, 16, revision, tzinfo=UTC))
    assert read(exported())["Danh sách"]["J6"].value == "Quý III/2026, bản 2"


def test_the_file_of_a_day_gone_by_is_for_ever_the_same(cast, underway, exported):
    period = make_period(underway.plan)
    report = make_report(cast.other_ward, period)
    make_entry(report, underway.overdue)
    bring_to(report, "accepted", cast.staff, datetime(2026, 9, 16, tzinfo=UTC))

    def said(day):
        answer = exported(on=day)
        pages = read(answer)
        return answer["Content-Disposition"], pages["Ma trận"]["A1"].value, pages["Danh sách"]["J6"].value

    with time_machine.travel(datetime(2026, 9, 21, 3, tzinfo=UTC)):
        period.name, underway.plan.title, underway.plan.number = "Kỳ mới", "Tên mới", "7/KH"
        period.save()
        underway.plan.save()
        assert said("2026-09-20") == (
            f'attachment; filename="Ma-tran-ke-hoach-{underway.plan.pk}-den-20-09-2026.xlsx"',
            "Thực hiện nghị quyết mẫu",
            "Quý III/2026",
        )
        assert said("2026-09-21") == (
            'attachment; filename="Ma-tran-7-KH-den-21-09-2026.xlsx"',
            "Tên mới",
            "Kỳ mới",
        )


def test_it_holds_what_the_page_shows(exported):
    book = read(exported(role="carry_out", kind="ward", on="2026-09-13", turned="1"))
    assert table(book["Ma trận"]) == [
        ["Thực hiện nghị quyết mẫu", None, None, None, None],
        ["Số liệu tính đến 13/09/2026", None, None, None, None],
        ["Bộ lọc: Loại đơn vị: MTTQ phường, xã; Vai trò: Thực hiện", None, None, None, None],
        [None] * 5,
        ["Đơn vị", "1.1 Tổ chức hội nghị học tập", "1.2 Phát tài liệu", "Hoàn thành", "Tổng số"],
        ["phường Bãi Cát", "– chưa", "✓ muộn", 1, 2],
        ["Hoàn thành", 0, 1, 1, None],
        ["Tổng số", 1, 1, None, 2],
    ]
    assert len(table(book["Danh sách"])) == 7


def test_papers_are_vietnamese_whatever_the_page_speaks(as_user, underway):
    client = as_user(underway.leader)
    client.cookies["django_language"] = "en"
    book = read(client.get(reverse("export-matrix", args=[underway.plan.pk]), {"role": "lead"}))
    assert book["Ma trận"]["A3"].value == "Bộ lọc: Vai trò: Chủ trì"
    assert book["Danh sách"]["G6"].value == "Chưa hoàn thành, quá hạn"


def test_heads_stay_in_sight_and_come_again_on_each_page(exported):
    page = read(exported())["Ma trận"]
    assert (page.freeze_panes, page.print_title_rows) == ("B5", "$4:$4")
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
    assert page["B7"].fill.start_color.rgb == "00EDEAE5"


def test_nothing_chosen_is_a_table_without_rows(exported):
    book = read(exported(role="support", kind="member"))
    assert table(book["Ma trận"])[4:] == [
        ["Nhiệm vụ", "Hoàn thành", "Tổng số"],
        ["Hoàn thành", 0, None],
        ["Tổng số", None, 0],
    ]


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", '=HYPERLINK("x")']


def test_text_stays_text(cast, underway, exported):
    for text in FORMULAS:
        underway.member.short_name = text
        underway.member.save()
        page = read(exported())["Ma trận"]
        cell = next(cell for row in page.iter_rows() for cell in row if cell.value == text.strip())
        assert (cell.data_type, cell.quotePrefix) == ("s", True), text


def test_what_no_file_may_hold_is_left_out():
    page = Sheet(
        "Bảng", ("a\x00b\x1f\u202ec\ufffe",), ("x\x0by",), [["dòng 1\r\ndòng 2"], ["x" * 40_000]], (10,)
    )
    book = load_workbook(BytesIO(render_xlsx(Book("x", "y", (page,)))))
    values = [row[0] for row in table(book["Bảng"])]
    assert values[:4] == ["ab c", None, "x\ny", "dòng 1\ndòng 2"]
    assert len(values[4]) == 32_767


@pytest.mark.parametrize("break_", ["\x0b", "\x01", "\ufffe"])
def test_a_title_copied_from_a_word_file_breaks_no_file(break_, underway, exported):
    underway.plan.title = f"Kế hoạch{break_}mẫu"
    underway.plan.save()
    assert read(exported()).properties.title in ("Ma trận: Kế hoạch mẫu", "Ma trận: Kế hoạchmẫu")


def test_hostile_addresses_give_the_whole(exported):
    names = ("group", "task", "kind", "unit", "role", "standing", "on", "turned")
    for value in (*HOSTILE_NUMBERS, *HOSTILE_TEXTS):
        assert read(exported(**dict.fromkeys(names, value)))["Danh sách"].max_row == 9, value


def test_a_plan_that_gives_nothing_has_a_file_too(cast, as_user):
    book = read(as_user(cast.leader).get(reverse("export-matrix", args=[make_plan().pk])))
    assert book["Danh sách"].max_row == 4


@pytest.mark.parametrize("units", [11, 200])
def test_many_units_ask_no_more_than_few(cast, underway, as_user, django_assert_num_queries, units):
    with time_machine.travel(datetime(2026, 9, 19, tzinfo=UTC)):
        rows = [Assignment(task=underway.task, unit=make_unit()) for _number in range(units)]
        bulk_create_with_history(rows, Assignment)
    client = as_user(cast.leader)
    with django_assert_num_queries(13):
        answer = client.get(reverse("export-matrix", args=[underway.plan.pk]))
    assert read(answer)["Danh sách"].max_row == 9 + units


def test_days_are_days(exported):
    assert read(exported())["Danh sách"]["F6"].value.date() == date(2026, 9, 1)
