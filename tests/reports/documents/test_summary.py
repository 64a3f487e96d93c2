from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from django.utils import timezone

from reports.documents.choices import Choices, NothingToPrint
from reports.documents.content import Chart, Heading, Listing, Paper, Percent, Table, Text, shown
from reports.documents.kinds import Kind, paper_of
from reports.documents.papers.summary import appendices, said
from reports.documents.texts import written_date
from reports.state.dashboard import dashboard
from reports.state.work import Progress
from tests.factories import (
    make_answer,
    make_assignment,
    make_group,
    make_obligation,
    make_period,
    make_plan,
    make_task,
    make_unit,
)
from tests.reports.acts import log
from tests.reports.documents.telling import LAST_DAY, make_office, tell, told_office
from tests.reports.telling import on
from tests.reports.telling import tell as tell_of
from units.models import Succession, Unit


@pytest.fixture
def office(january, cast, work):
    return told_office(january, cast, work)


def summary(office, day=LAST_DAY, **choices) -> Paper:
    return paper_of(Kind.SUMMARY, Choices(office.plan, day, **choices))


def words(paper: Paper) -> list[str]:
    """What the body says, a line each."""
    found: list[str] = []
    for block in paper.blocks:
        if isinstance(block, Heading | Text):
            found.append(block.text)
        elif isinstance(block, Listing):
            found += block.lines
    return found


def part(paper: Paper, start: str) -> list[str]:
    """What stands under the heading that begins so, until the next one of its kind."""
    said = words(paper)
    first = next(place for place, line in enumerate(said) if line.startswith(start))
    rest = said[first + 1 :]
    ends = [place for place, line in enumerate(rest) if line.split(".")[0].isupper() or line[:1].isdigit()]
    return rest[: ends[0]] if ends else rest


def table(paper: Paper, name: str) -> list[tuple[str, ...]]:
    blocks = (*paper.blocks, *(block for appendix in paper.appendices for block in appendix.blocks))
    (found,) = [block for block in blocks if isinstance(block, Table) and block.name == name]
    return [tuple(map(shown, row.cells)) for row in found.rows]


def test_the_head_the_title_and_the_name_of_the_file(office):
    of_day, of_period = summary(office), summary(office, period=office.september)
    assert of_day.kind == "BÁO CÁO"
    assert of_day.title == (
        "Kết quả thực hiện Kế hoạch số 05/KH-MTTQ-BTT",
        "ngày 05 tháng 01 năm 2026 về thực hiện nghị quyết mẫu",
        "(số liệu tính đến ngày 30 tháng 9 năm 2026)",
    )
    assert of_period.title[-1] == "(Quý III năm 2026)"
    assert of_day.stem == "Bao-cao-tong-hop-05-KH-MTTQ-BTT-den-30-09-2026"
    assert of_period.stem == "Bao-cao-tong-hop-05-KH-MTTQ-BTT-quy-III-2026"
    of_wards = summary(office, kind_of_unit=Unit.Kind.WARD)
    assert of_wards.stem == "Bao-cao-tong-hop-05-KH-MTTQ-BTT-den-30-09-2026-phuong-xa"
    assert summary(office, title="Sơ kết 9 tháng").title == ("Sơ kết 9 tháng",)
    assert of_period.blocks[0] == Text(
        "Căn cứ Kế hoạch số 05/KH-MTTQ-BTT ngày 05 tháng 01 năm 2026 của Ban Thường trực MTTQ Mẫu về"
        " thực hiện"
        " nghị quyết mẫu, Ban Thường trực MTTQ Mẫu báo cáo kết quả thực hiện quý III năm 2026 như sau:"
    )
    assert of_period.blocks[-1].text.endswith("Kế hoạch số 05/KH-MTTQ-BTT quý III năm 2026./.")


def test_a_period_counts_what_was_reported_for_its_days_alone(office):
    assert part(summary(office, period=office.september), "1. Tiến độ thực hiện") == [
        "Kế hoạch có 2 nhiệm vụ thuộc 2 nhóm, giao 3 đơn vị thực hiện với 3 phần việc.",
        "Tính đến ngày 14/09/2026, đã hoàn thành 1/3 phần việc, đạt 33%, cụ thể:",
        "Hoàn thành đúng hạn: 1 phần việc (33%);",
        "Hoàn thành quá hạn: 0 phần việc (0%);",
        "Đang thực hiện trong hạn: 0 phần việc (0%);",
        "Chưa hoàn thành, quá hạn: 1 phần việc (33%);",
        "Chưa triển khai: 1 phần việc (33%).",
        "So với quý II năm 2026 (số liệu đến ngày 14/06/2026), số phần việc hoàn thành tăng 1 (từ 0 lên 1);"
        " số phần việc chưa hoàn thành, quá hạn tăng 1 (từ 0 lên 1).",
    ]


def test_as_of_a_day_all_counts_that_was_known(office):
    said = part(summary(office), "1. Tiến độ thực hiện")
    assert said[1] == "Tính đến ngày 30/09/2026, đã hoàn thành 1/3 phần việc, đạt 33%, cụ thể:"
    assert said[4] == "Đang thực hiện trong hạn: 1 phần việc (33%);"
    assert said[7] == (
        "So với ngày 20/06/2026 (hết hạn báo cáo quý II năm 2026), số phần việc hoàn thành tăng 1 (từ"
        " 0 lên 1);"
        " số phần việc chưa hoàn thành, quá hạn tăng 1 (từ 0 lên 1)."
    )


def test_a_report_of_a_period_counts_though_its_cut_off_is_later_than_its_figures(office):
    period = office.september
    period.cut_off_on = date(2026, 9, 20)
    period.save()
    ward = make_unit("phường Mới")
    late = make_assignment(office.watched, ward)
    make_obligation(period, ward)
    tell(office, ward, period, "2026-09-25", {late: ("done", 100, "Xong.")})
    assert "đã hoàn thành 2/4 phần việc" in part(summary(office, period=period), "1. Tiến độ")[1]


def test_until_the_cut_off_nothing_counts_but_the_reports_of_the_period(office):
    """Figures and states alike: what was logged after the end of the figures is of the next period."""
    period = office.september
    period.cut_off_on = date(2026, 9, 20)
    period.save()
    log(office.watching, office.cast.staff, "done", date(2026, 9, 17), result="Xong sau kỳ.")
    tell_of(office.other, "2026-09-18", office.cast.staff, {office.people: "50"})
    paper = summary(office, period=period)
    assert part(paper, "1. Tiến độ")[1].startswith("Tính đến ngày 14/09/2026, đã hoàn thành 1/3 phần việc")
    assert "2.1. Giám sát cơ sở: Hội Nông dân chưa triển khai." in words(paper)
    assert table(paper, "Chỉ tiêu")[1][4:6] == ("1.200", "1.230")


def test_a_period_is_compared_with_one_that_was_over_before_it(office):
    with on("2026-07-01"):
        last = make_period(
            office.plan,
            name="Quý IV/2026",
            figures_from=date(2026, 9, 15),
            figures_to=date(2026, 12, 14),
            due_on=date(2026, 12, 20),
        )
    (since,) = changes(summary(office, date(2026, 9, 5), period=last))
    assert since.startswith("So với quý II năm 2026 (số liệu đến ngày 14/06/2026)")
    with on("2026-07-02"):
        office.june.cut_off_on, office.june.due_on = date(2026, 9, 25), date(2026, 9, 26)
        office.june.save()
    assert changes(summary(office, date(2026, 9, 5), period=last)) == []
    assert changes(summary(office, period=office.september)) == []


def changes(paper) -> list[str]:
    return [line for line in words(paper) if line.startswith("So với")]


def test_the_words_of_a_task_that_came_from_another_plan_come_with_its_figures(office):
    other = make_plan(title="Kế hoạch hai")
    group = make_group(other, title="Nhóm hai")
    with on("2026-09-26"):
        office.task.group = group
        office.task.save()
    with on("2026-02-01"):
        period = make_period(other)
    paper = paper_of(Kind.SUMMARY, Choices(other, LAST_DAY, period=period))
    (line,) = [line for line in words(paper) if line.startswith("1.1.")]
    assert "trong kỳ 1.200 lượt" in line
    assert "Đã tổ chức 02 hội nghị (phường Bãi Cát)" in line


@pytest.mark.parametrize("day", [date(2026, 1, 5), date(2026, 6, 18), date(2026, 9, 11), LAST_DAY])
def test_figures_of_a_day_are_those_of_the_dashboard(office, day):
    paper, seen = summary(office, day), dashboard(office.plan, day)
    (chart,) = [block for block in paper.blocks if isinstance(block, Chart)]
    (groups,) = [
        block for block in paper.blocks if isinstance(block, Table) and block.name.startswith("Theo nhóm")
    ]
    *rows, total = [row.cells for row in groups.rows]
    assert [row[1:] for row in rows] == [
        (group.size, group.counts.total, *group.counts.classes.values(), Percent(group.counts.share_done))
        for group in seen.groups
    ]
    assert total[2:] == (seen.counts.total, *seen.counts.classes.values(), Percent(seen.counts.share_done))
    assert [bar.numbers for bar in chart.bars] == [
        tuple(group.counts.classes.values()) for group in seen.groups
    ]
    assert f"{seen.counts.classes[Progress.OVERDUE]} phần việc" in part(paper, "1. Tiến độ")[5]


def test_who_reported_in_time(office):
    assert part(summary(office), "2. Thực hiện chế độ") == [
        "Kỳ báo cáo quý III năm 2026 yêu cầu 2 báo cáo; tính đến ngày 30/09/2026, có 1 báo cáo nộp"
        " đúng hạn (50%),"
        " 1 báo cáo nộp muộn."
    ]
    assert part(summary(office, date(2026, 9, 22)), "2. Đơn vị chưa nộp") == [
        "Còn 1 đơn vị chưa nộp báo cáo quý III năm 2026: phường Đồi Thông."
    ]


def test_units_with_one_name_are_two(office):
    with on("2026-02-01"):
        for unit in (make_unit("phường Trùng"), make_unit("phường Trùng 2")):
            unit.short_name = "phường Trùng"
            unit.save()
            make_assignment(office.task, unit)
            make_obligation(office.september, unit)
    assert part(summary(office), "2. Đơn vị chưa nộp") == [
        "Còn 2 đơn vị chưa nộp báo cáo quý III năm 2026: phường Trùng, phường Trùng."
    ]


def test_a_unit_that_merged_is_silent_under_both_names(office):
    heir = make_unit("phường Hợp Nhất")
    Succession.objects.create(
        predecessor=office.cast.other_ward, successor=heir, effective_on=date(2026, 9, 26)
    )
    assert part(summary(office, period=office.june), "2. Đơn vị chưa nộp") == [
        "Còn 1 đơn vị chưa nộp báo cáo quý II năm 2026: phường Đồi Thông (nay là phường Hợp Nhất)."
    ]


def test_nobody_within_the_scope_was_asked(office):
    narrow = summary(office, kind_of_unit="member", period=office.september)
    said = "Kỳ báo cáo quý III năm 2026 không yêu cầu đơn vị nào thuộc phạm vi báo cáo này."
    assert part(narrow, "2. Thực hiện chế độ") == part(narrow, "2. Đơn vị chưa nộp") == [said]
    with on("2026-02-01"):
        period = make_period(office.plan, name="Quý I/2026", figures_from=date(2026, 1, 1))
    assert part(summary(office, period=period), "2. Thực hiện chế độ") == [
        "Kỳ báo cáo quý I năm 2026 không yêu cầu đơn vị nào báo cáo."
    ]


def test_tasks_that_nobody_was_given_are_counted(db):
    plan = make_plan()
    group = make_group(plan)
    for place in range(11):
        make_task(group, title=f"Việc {place}", position=place)
    said = words(paper_of(Kind.SUMMARY, Choices(plan, timezone.localdate())))
    assert "Còn 3 nhiệm vụ khác chưa giao đơn vị thực hiện." in said


def test_results_by_task_with_figures_and_the_units_own_words(office):
    assert part(summary(office, period=office.september), "1. Tuyên truyền, phổ biến")[:1] == []
    said = words(summary(office, period=office.september))
    assert (
        "1.1. Tổ chức hội nghị học tập: 1/2 phần việc hoàn thành (50%); 1 chưa hoàn thành, quá hạn."
        " Số liệu: Người"
        " dự trong kỳ 1.200 lượt, lũy kế 1.230/200 lượt (đạt 615%). Theo báo cáo: Đã tổ chức 02 hội"
        " nghị (phường"
        " Bãi Cát); Đang làm (phường Đồi Thông)."
    ) in said
    assert "2.1. Giám sát cơ sở: Hội Nông dân chưa triển khai." in said
    assert "2.1. Giám sát cơ sở: Hội Nông dân đang thực hiện. Kết quả: Đã đi 3 xã." in words(summary(office))


def test_indicators_of_a_period_and_until_its_end(office):
    group = ("1.1. Tổ chức hội nghị học tập",)
    assert table(summary(office, period=office.june), "Chỉ tiêu") == [
        group,
        ("1", "Người dự", "lượt", "200", "30", "30", "15%"),
    ]
    assert table(summary(office), "Chỉ tiêu") == [group, ("1", "Người dự", "lượt", "200", "1.230", "615%")]
    assert part(summary(office), "III.")[0] == "Trong 1 chỉ tiêu có mục tiêu, đã đạt 1 chỉ tiêu (100%)."


def test_what_is_late_and_what_stands_in_the_way(office):
    paper = summary(office, period=office.september)
    assert part(paper, "1. Nhiệm vụ chậm tiến độ") == [
        "Tính đến ngày 14/09/2026, còn 1 phần việc chưa hoàn thành, quá hạn của 1 đơn vị:",
        "Nhiệm vụ 1.1. Tổ chức hội nghị học tập (thời hạn 10/09/2026, quá hạn 4 ngày): phường Đồi Thông.",
    ]
    assert part(paper, "3. Khó khăn") == [
        "Kinh phí cấp chậm (phường Bãi Cát, phường Đồi Thông);",
        "Thiếu cán bộ (phường Bãi Cát).",
    ]
    assert part(summary(office, period=office.june), "3. Khó khăn") == ["Mưa bão kéo dài (phường Bãi Cát)."]


def test_what_comes_next(office):
    assert part(summary(office, period=office.september), "2. Phương hướng") == [
        "Mở thêm lớp (phường Bãi Cát)."
    ]
    assert part(summary(office, date(2026, 8, 20)), "1. Nhiệm vụ trọng tâm") == [
        "Đôn đốc các đơn vị triển khai 2 phần việc chưa được triển khai.",
        "Trong 30 ngày tiếp theo (đến ngày 19/09/2026) có 2 phần việc đến hạn, gồm:",
        "Nhiệm vụ 1.1. Tổ chức hội nghị học tập (thời hạn 10/09/2026): phường Bãi Cát, phường Đồi Thông.",
    ]


def test_proposals_by_whom_they_are_for_with_the_answer(office):
    (proposal,) = [each for report in office.plan.reports.all() for each in report.proposals.all()]
    assert part(summary(office), "VI.") == ["Các đơn vị có 1 kiến nghị, đề xuất: 1 chưa trả lời."]
    assert "Cấp thêm tài liệu (phường Bãi Cát) – chưa trả lời." in words(summary(office))
    make_answer(proposal, office.cast.staff)
    assert "Cấp thêm tài liệu (phường Bãi Cát) – đã trả lời: Đã cấp 100 bộ." in words(summary(office))
    assert part(summary(office, period=office.june), "VI.")[0] == "Các đơn vị không có kiến nghị, đề xuất."


def test_many_results_are_an_appendix_only_where_asked_for(office, monkeypatch):
    whole = summary(office)
    monkeypatch.setattr(appendices, "MOST_RESULTS", 1)
    short = summary(office)
    assert [name.title for name in short.appendices] == [whole.appendices[0].title]
    assert "Kết quả cụ thể của từng đơn vị nêu tại Phụ lục II." in words(whole)
    assert not [line for line in words(short) if "Phụ lục" in line]
    assert summary(office, expanded=True) == whole


def test_the_appendices(office):
    paper = summary(office, period=office.september)
    assert [appendix.title for appendix in paper.appendices] == [
        ("TỔNG HỢP KẾT QUẢ THỰC HIỆN THEO ĐƠN VỊ",),
        ("KẾT QUẢ THỰC HIỆN CỦA TỪNG ĐƠN VỊ",),
    ]
    assert table(paper, "Theo đơn vị") == [
        ("Tổ chức thành viên",),
        ("1", "Hội Nông dân", "1", "0", "0", "0", "0", "1", "0%", ""),
        ("MTTQ phường, xã",),
        ("2", "Phường Bãi Cát", "1", "1", "0", "0", "0", "0", "100%", "Đúng hạn"),
        ("3", "Phường Đồi Thông", "1", "0", "0", "0", "1", "0", "0%", "Muộn"),
        ("", "Tổng cộng", "3", "1", "0", "0", "1", "1", "33%", ""),
    ]
    assert table(paper, "Kết quả từng đơn vị")[:2] == [
        ("1.1. Tổ chức hội nghị học tập (đã hoàn thành 1/2 phần việc, đạt 50%)",),
        (
            "1",
            "Phường Bãi Cát",
            "Đã tổ chức 02 hội nghị.",
            "100%",
            "Hoàn thành đúng hạn",
            "10/09/2026",
            "08/09/2026",
        ),
    ]


def test_one_group_and_one_kind_of_units_alone(office):
    of_group = summary(office, group=office.second)
    assert "Báo cáo này chỉ nêu kết quả của nhóm nhiệm vụ “Giám sát”." in words(of_group)
    assert "nhóm nhiệm vụ “Giám sát”" in " ".join(of_group.title)
    assert "Nhóm nhiệm vụ có 1 nhiệm vụ, giao 1 đơn vị thực hiện với 1 phần việc." in words(of_group)
    assert part(of_group, "3. Khó khăn") == ["Các đơn vị không nêu khó khăn, vướng mắc."]
    assert [row[1] for row in table(of_group, "Theo đơn vị")[1:]] == ["Hội Nông dân", "Tổng cộng"]
    of_wards = summary(office, kind_of_unit=Unit.Kind.WARD)
    assert "Báo cáo này chỉ nêu kết quả của khối Mặt trận Tổ quốc phường, xã." in words(of_wards)
    assert " ".join(of_wards.title).endswith("2026; khối Mặt trận Tổ quốc phường, xã)")
    assert [row[:3] for row in table(of_wards, "Theo nhóm nhiệm vụ")] == [
        ("1. Tuyên truyền, phổ biến", "1", "2")
    ]
    assert "Phường Bãi Cát" not in str(table(summary(office, kind_of_unit="member"), "Theo đơn vị"))


def test_a_unit_that_merged_is_told_of_as_the_one_that_it_goes_on_in(office):
    ward, other = office.cast.ward, office.cast.other_ward
    Succession.objects.create(predecessor=ward, successor=other, effective_on=LAST_DAY)
    assert ("2", "Phường Đồi Thông", "2", "1", "0", "0", "1", "0", "50%", "Đã nộp 2/2") in table(
        summary(office), "Theo đơn vị"
    )
    assert (
        table(summary(office), "Kết quả từng đơn vị")[1][1]
        == "Phường Đồi Thông (tiếp nhận từ phường Bãi Cát)"
    )
    assert len(table(summary(office, date(2026, 9, 29)), "Theo đơn vị")) == 6


@pytest.mark.parametrize("of_period", [False, True])
def test_the_same_choices_give_the_same_paper_for_ever(office, of_period):
    period = office.september if of_period else None
    before = summary(office, period=period)
    office.clock.move_to(datetime(2026, 11, 2, 2, tzinfo=UTC))
    office.plan.title, office.plan.number = "Tên khác", "99/KH"
    office.september.name, office.september.figures_to = "Kỳ khác", date(2026, 10, 14)
    office.task.title, office.task.due_on = "Việc khác", date(2027, 1, 1)
    office.cast.ward.short_name = "phường Khác"
    office.people.target = 7
    office.second.title = "Nhóm khác"
    rows = (office.plan, office.september, office.task, office.cast.ward, office.people, office.second)
    for row in rows:
        row.save()
    Succession.objects.create(
        predecessor=office.cast.ward, successor=office.cast.other_ward, effective_on=date(2026, 7, 1)
    )
    log(office.watching, office.cast.staff, "done", date(2026, 11, 2))
    for report in office.plan.reports.exclude(difficulties=""):
        for proposal in report.proposals.all():
            make_answer(proposal, office.cast.staff)
    assert summary(office, period=period) == before
    assert summary(office, date(2026, 11, 2), period=period) != before


def test_what_was_not_there_yet_cannot_be_told_of(office):
    office.clock.move_to(datetime(2026, 10, 5, 2, tzinfo=UTC))
    period, group = make_period(office.plan, name="Quý IV/2026"), make_group(office.plan, number="3")
    with pytest.raises(NothingToPrint, match="Vào ngày đó chưa có kế hoạch này"):
        summary(office, date(2025, 12, 31))
    with pytest.raises(NothingToPrint, match="Vào ngày đó chưa có kỳ báo cáo này"):
        summary(office, period=period)
    with pytest.raises(NothingToPrint, match="Vào ngày đó chưa có nhóm nhiệm vụ này"):
        summary(office, group=group)


def test_a_plan_without_anything_says_so(db):
    plan = make_plan(title="Tổ chức Tết trồng cây")
    paper = paper_of(Kind.SUMMARY, Choices(plan, timezone.localdate()))
    assert paper.appendices == ()
    assert [block for block in paper.blocks if not isinstance(block, Heading | Text)] == []
    said = words(paper)
    assert said[0] == (
        "Căn cứ Kế hoạch về tổ chức Tết trồng cây, kết quả thực hiện tính đến "
        f"{written_date(timezone.localdate())} như sau:"
    )
    for sentence in (
        "Kế hoạch chưa có nhiệm vụ nào được xác định.",
        "Đến nay chưa có kỳ báo cáo nào được mở.",
        "Không có nội dung báo cáo.",
        "Không có chỉ tiêu định lượng.",
        "Các đơn vị không nêu khó khăn, vướng mắc.",
        "Các đơn vị không có kiến nghị, đề xuất.",
    ):
        assert sentence in said


def test_a_plan_that_nobody_reported_on(january, cast, work):
    office = make_office(january, cast, work)
    paper = summary(office, date(2026, 1, 5))
    assert (
        part(paper, "1. Tiến độ")[1]
        == "Tính đến ngày 05/01/2026, đã hoàn thành 0/3 phần việc, đạt 0%, cụ thể:"
    )
    assert "1.1. Tổ chức hội nghị học tập: 0/2 phần việc hoàn thành (0%); 2 chưa triển khai." in words(paper)
    assert table(paper, "Chỉ tiêu")[1] == ("1", "Người dự", "lượt", "200", "", "0%")


def make_larger(office, size):
    """So many more units, with all that a paper tells of."""
    for number in range(size):
        unit = make_unit(f"xã {number}")
        given = make_assignment(office.task, unit)
        make_obligation(office.september, unit)
        task = make_task(office.second, title=f"Việc {number}", due_on=date(2026, 10, 5))
        task.indicators.create(name="Hộ", target="5")
        make_assignment(task, unit)
        said = {given: ("in_progress", 50, f"Đã làm {number}.")}
        asked = [(f"Cơ quan {number}", f"Việc {number}.")]
        tell(office, unit, office.september, "2026-09-14", said, {}, asked, difficulties=f"Khó {number}")
    office.clock.move_to(datetime(2026, 9, 30, 2, tzinfo=UTC))


def test_what_the_units_say_is_put_together_once(office):
    with patch.object(said, "voices", wraps=said.voices) as put_together:
        summary(office)
    assert put_together.call_count == 2


@pytest.mark.parametrize("size", [0, 25])
def test_queries_do_not_grow_with_the_plan(size, office, django_assert_num_queries):
    make_larger(office, size)
    with django_assert_num_queries(34):
        summary(office)
    with django_assert_num_queries(28):
        summary(office, period=office.september)


def test_what_does_not_fit_the_body_is_in_an_appendix(office):
    make_larger(office, 25)
    paper = summary(office)
    assert [appendix.title[0] for appendix in paper.appendices][2:] == [
        "KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU",
        "Ý KIẾN CỦA CÁC ĐƠN VỊ",
    ]
    assert part(paper, "III.")[-1] == "Số liệu cụ thể nêu tại Phụ lục III."
    assert "21 ý kiến khác nêu tại Phụ lục IV." in words(paper)
    assert "Kết quả của 18 nhiệm vụ còn lại nêu tại Phụ lục II." in words(paper)
    assert len(table(paper, "Khó khăn, vướng mắc")) == 27
    assert len(words(paper)) < 90
