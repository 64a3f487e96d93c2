from datetime import date

import pytest

from reports.documents.choices import Choices
from reports.documents.content import Chart, Paper, Table, Text, shown
from reports.documents.kinds import Kind, paper_of
from reports.documents.pdf import render_pdf
from tests.factories import make_assignment, make_group, make_letterhead, make_task, make_unit
from tests.reports.documents.reading import pieces
from tests.reports.documents.telling import LAST_DAY, tell, told_office
from units.models import Unit

LONG = "Đẩy mạnh tuyên truyền, vận động các tầng lớp Nhân dân tích cực hưởng ứng, tham gia thực hiện "


@pytest.fixture
def office(january, cast, work):
    return told_office(january, cast, work)


def brief(office, day=LAST_DAY, **choices) -> Paper:
    return paper_of(Kind.BRIEF, Choices(office.plan, day, **choices))


def words(paper: Paper) -> list[str]:
    return [block.text for block in paper.blocks if isinstance(block, Text)]


def pages(paper: Paper) -> int:
    return max(piece.page for piece in pieces(render_pdf(paper)))


def test_the_whole_on_one_page(office):
    paper = brief(office, period=office.september)
    assert paper.title == (
        "Tóm tắt kết quả thực hiện Kế hoạch số 05/KH-MTTQ-BTT",
        "ngày 05 tháng 01 năm 2026 về thực hiện nghị quyết mẫu",
        "(Quý III năm 2026)",
    )
    assert paper.stem == "Bao-cao-tom-tat-05-KH-MTTQ-BTT-quy-III-2026"
    assert words(paper) == [
        "Kế hoạch có 2 nhiệm vụ thuộc 2 nhóm, giao 3 đơn vị thực hiện với 3 phần việc. Tính đến ngày"
        " 14/09/2026, đã"
        " hoàn thành 1/3 phần việc, đạt 33%. So với quý II năm 2026 (số liệu đến ngày 14/06/2026), số"
        " phần việc hoàn"
        " thành tăng 1 (từ 0 lên 1); số phần việc chưa hoàn thành, quá hạn tăng 1 (từ 0 lên 1).",
        "1. Chậm tiến độ: còn 1 phần việc chưa hoàn thành, quá hạn của 1 đơn vị, gồm: 1.1. Tổ chức"
        " hội nghị học"
        " tập (phường Đồi Thông, quá hạn 4 ngày).",
        "2. Chế độ báo cáo: 1/2 báo cáo quý III năm 2026 nộp đúng hạn, 1 báo cáo nộp muộn.",
        "3. Nhiệm vụ thời gian tới: đến ngày 14/10/2026 không có phần việc nào đến hạn.",
        "4. Khó khăn, vướng mắc: 2 nội dung do các đơn vị nêu, gồm: Kinh phí cấp chậm (2 đơn vị);"
        " Thiếu cán bộ (1"
        " đơn vị).",
        "5. Kiến nghị, đề xuất: 1 nội dung (1 chưa trả lời), gồm: Cấp thêm tài liệu (1 đơn vị kiến"
        " nghị với MTTQ"
        " thành phố)./.",
    ]
    (chart,) = [block for block in paper.blocks if isinstance(block, Chart)]
    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    assert chart.bars[0].numbers == (1, 0, 0, 1, 1)
    assert [tuple(map(shown, row.cells)) for row in table.rows] == [
        ("1. Tuyên truyền, phổ biến", "2", "1", "1", "50%"),
        ("2. Giám sát", "1", "0", "0", "0%"),
    ]
    assert pages(paper) == 1


def test_a_large_office_with_long_names_fits_one_page(office):
    """As long as its fields take, of everything more than there is room for."""
    make_letterhead(office.cast.city, signer_name="Trần Thị Mẫu", sent_to="Thường trực Thành ủy (b/c)\n" * 4)
    office.plan.refresh_from_db()
    office.plan.title = LONG * 10
    office.plan.save()
    for number in range(8):
        group = make_group(office.plan, number=str(number + 3), title=LONG * 5, position=number + 2)
        unit = make_unit((f"Liên hiệp các tổ chức {number} " * 5)[:80], Unit.Kind.MEMBER)
        late = make_task(group, title=(LONG * 3)[:200], due_on=date(2026, 9, number + 1))
        soon = make_task(group, title=(LONG * 3)[:200], due_on=date(2026, 10, number + 1), position=1)
        given = make_assignment(late, unit)
        make_assignment(soon, unit)
        asked = [((f"Sở {number} " + LONG * 3)[:200], f"{number} {LONG * 5}")]
        said = {given: ("in_progress", 20, LONG * 5)}
        tell(
            office, unit, office.september, "2026-09-14", said, {}, asked, difficulties=f"{number} {LONG * 9}"
        )
    office.clock.move_to("2026-09-30T02:00:00+00:00")
    paper = brief(office)
    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    assert [row.cells[0] for row in table.rows][2:] == ["8 nhóm khác"]
    assert words(paper)[1].startswith(
        "1. Chậm tiến độ: còn 9 phần việc chưa hoàn thành, quá hạn của 9 đơn vị"
    )
    assert pages(paper) == 1


@pytest.mark.parametrize("lines", [3, 29])
def test_many_whom_it_is_sent_to_leave_room_for_the_page(office, lines):
    names = [f"Ban Tổ chức, Ban Tuyên giáo thứ {number}" for number in range(lines)]
    make_letterhead(office.cast.city, sent_to="\n".join([*names, "Lưu: VT"]))
    office.plan.refresh_from_db()
    paper = brief(office)
    assert pages(paper) == 1
    assert paper.sent_to[0] == "- Ban Tổ chức, Ban Tuyên giáo thứ 0;"
    assert paper.sent_to[-1] == "- Lưu: VT."
    assert (len(paper.sent_to) == lines + 1) == ("- …;" not in paper.sent_to) == (lines == 3)


def test_a_plan_without_anything_is_told_of_in_words(work):
    work.assignment.delete()
    paper = paper_of(Kind.BRIEF, Choices(work.plan, date.today()))
    assert [type(block) for block in paper.blocks] == [Text] * 6
    assert words(paper)[1:3] == [
        "1. Chậm tiến độ: không có phần việc nào quá hạn.",
        "2. Chế độ báo cáo: chưa có kỳ báo cáo nào được mở.",
    ]


def test_nobody_is_accused_before_the_time_is_over(office):
    def reported(day: date, **choices) -> str:
        (line,) = [line for line in words(brief(office, day, **choices)) if "Chế độ báo cáo" in line]
        return line

    assert reported(date(2026, 9, 16)) == (
        "2. Chế độ báo cáo: 1/2 báo cáo quý III năm 2026 nộp đúng hạn, 1 đơn vị chưa nộp (còn trong thời"
        " hạn): phường Đồi Thông."
    )
    assert reported(date(2026, 9, 21)).endswith("đúng hạn, 1 đơn vị chưa nộp: phường Đồi Thông.")
    assert reported(LAST_DAY, kind_of_unit="member") == (
        "2. Chế độ báo cáo: kỳ báo cáo quý III năm 2026 không yêu cầu đơn vị nào thuộc phạm vi báo cáo này."
    )


def test_it_asks_as_much_as_the_summary(office, django_assert_num_queries):
    with django_assert_num_queries(34):
        brief(office)
