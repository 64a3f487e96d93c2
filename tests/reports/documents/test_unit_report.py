from datetime import UTC, date, datetime

import pytest
import time_machine

from reports.documents.choices import Choices, NothingToPrint
from reports.documents.content import Head, Heading, Listing, Paper, Percent, Signature, Table, Text
from reports.documents.freezing import freeze
from reports.documents.kinds import Kind, paper_of
from reports.models import IndicatorValue, ProgressReport
from tests.factories import (
    bring_to,
    make_assignment,
    make_attachment,
    make_entry,
    make_letterhead,
    make_period,
    make_proposal,
    make_report,
    make_task,
    make_unit,
)
from tests.reports.acts import accept, keep, log, send_back, submit
from tests.reports.telling import on
from units.models import Letterhead, Succession

TODAY = date(2026, 9, 18)


def printed(report: ProgressReport, day: date = TODAY, **chosen) -> Paper:
    return paper_of(Kind.UNIT_REPORT, Choices(report.plan, day, report=report, **chosen))


def words(paper: Paper) -> list[str]:
    """What is read outside of tables."""
    found: list[str] = []
    for block in paper.blocks:
        match block:
            case Heading() | Text():
                found.append(block.text)
            case Listing():
                found += [f"- {line}" for line in block.lines]
    return found


def tables(paper: Paper) -> dict[str, list[tuple]]:
    return {
        block.name: [row.cells for row in block.rows] for block in paper.blocks if isinstance(block, Table)
    }


@pytest.fixture
def written(dated, september):
    """An accepted report of two tasks, with a figure, a proposal and evidence."""
    with on("2026-02-01"):
        dated.plan.number, dated.plan.issued_on = "05/KH-MTTQ-BTT", date(2026, 1, 5)
        dated.plan.issuer = "Ban Thường trực Ủy ban MTTQ thành phố Mẫu"
        dated.plan.save()
        dated.task.due_on = date(2026, 9, 30)
        dated.task.save()
        make_letterhead(
            dated.cast.ward,
            superior_name="ỦY BAN MTTQ VIỆT NAM THÀNH PHỐ MẪU",
            issuer_name="ỦY BAN MTTQ VIỆT NAM PHƯỜNG BÃI CÁT",
            symbol="MTTQ-BTT",
            place="Bãi Cát",
            signer_name="Lê Thị Mẫu",
            sent_to="Đảng ủy phường (b/c)\nLưu: VT",
        )
        second = make_task(dated.group, title="Thu thập ý kiến", position=1, ongoing=True)
        dated.second = make_assignment(second, dated.cast.ward)
        dated.period = make_period(dated.plan)
    with on("2026-09-15"):
        dated.report = make_report(
            dated.cast.ward,
            dated.period,
            overview="Tình hình ổn định",
            difficulties="Kinh phí ít.\nCán bộ kiêm nhiệm;",
            next_steps="Làm tiếp.",
        )
        entry = make_entry(dated.report, dated.assignment, result="Đã tổ chức 02 hội nghị")
        make_entry(
            dated.report,
            dated.second,
            number="1.2",
            position=1,
            status="done",
            percent=100,
            result="Đã thu thập.",
        )
        IndicatorValue.objects.create(entry=entry, indicator=dated.people, value="1250")
        make_proposal(dated.report)
        make_attachment(dated.report, dated.cast.owner, dated.assignment)
        bring_to(dated.report, "submitted", dated.cast.owner)
    with on("2026-09-16"):
        accept(dated.report, dated.cast.staff)
    return dated


def test_it_begins_and_ends_as_a_paper_of_the_unit(written):
    paper = printed(written.report)
    assert paper.kind == "BÁO CÁO"
    assert paper.title == ("Kết quả thực hiện Kế hoạch số 05/KH-MTTQ-BTT", "quý III năm 2026")
    assert paper.head == Head(
        superior=("ỦY BAN MTTQ VIỆT NAM", "THÀNH PHỐ MẪU"),
        issuer=("ỦY BAN MTTQ VIỆT NAM", "PHƯỜNG BÃI CÁT"),
        symbol="BC-MTTQ-BTT",
        place="Bãi Cát",
    )
    assert paper.signature == Signature(("TM. BAN THƯỜNG TRỰC",), "CHỦ TỊCH", "Lê Thị Mẫu")
    assert paper.sent_to == ("- Như trên;", "- Đảng ủy phường (b/c);", "- Lưu: VT.")
    assert paper.stem == "Bao-cao-phuong-Bai-Cat-quy-III-nam-2026-05-KH-MTTQ-BTT"
    assert paper.blocks[0] == Text("Kính gửi: Ban Thường trực Ủy ban MTTQ thành phố Mẫu", centered=True)


def test_it_says_all_that_was_reported(written):
    assert words(printed(written.report))[1:] == [
        "Thực hiện Kế hoạch số 05/KH-MTTQ-BTT ngày 05 tháng 01 năm 2026 của Ban Thường trực Ủy ban MTTQ thành"
        " phố Mẫu về thực hiện nghị quyết mẫu, Ủy ban MTTQ Việt Nam phường Bãi Cát báo cáo kết quả thực hiện"
        " quý III năm 2026 (số liệu tính đến ngày 15 tháng 9 năm 2026) như sau:",
        "I. KẾT QUẢ THỰC HIỆN",
        "Tình hình ổn định.",
        "Trong 2 nhiệm vụ được giao: 1 nhiệm vụ hoàn thành, 1 nhiệm vụ đang thực hiện.",
        "1. Tuyên truyền, phổ biến",
        "1.1. Tổ chức hội nghị học tập",
        "Đang thực hiện (50%). Đã tổ chức 02 hội nghị.",
        "- Người dự: 1.250 lượt trong kỳ, lũy kế 1.250/100 lượt (đạt 1250%).",
        "1.2. Thu thập ý kiến",
        "Hoàn thành. Đã thu thập.",
        "II. KHÓ KHĂN, VƯỚNG MẮC VÀ NGUYÊN NHÂN",
        "Kinh phí ít.",
        "Cán bộ kiêm nhiệm.",
        "III. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI",
        "Làm tiếp.",
        "IV. KIẾN NGHỊ, ĐỀ XUẤT",
        "1. Đối với MTTQ thành phố",
        "Cấp thêm tài liệu.",
        "Tài liệu minh chứng kèm theo:",
        "- bien-ban.pdf.",
        "Trên đây là báo cáo của Ủy ban MTTQ Việt Nam phường Bãi Cát./.",
    ]


def test_its_tables_hold_numbers_and_days(written):
    assert tables(printed(written.report)) == {
        "Nhiệm vụ": [
            ("1.1", "Tổ chức hội nghị học tập", date(2026, 9, 30), "Đang thực hiện", Percent(50)),
            ("1.2", "Thu thập ý kiến", "Thường xuyên", "Hoàn thành", Percent(100)),
        ],
        "Chỉ tiêu": [("1.1 Người dự", "lượt", 1250, 1250, 100, Percent(1250))],
    }
    names = [(table.name, len(table.rows)) for table in printed(written.report).sheets]
    assert names == [("Nhiệm vụ", 2), ("Chỉ tiêu", 1), ("Kiến nghị", 1)]


def test_a_target_of_nothing_is_none(written):
    with on("2026-09-15"):
        written.people.target = 0
        written.people.save()
    assert "- Người dự: 1.250 lượt trong kỳ." in words(printed(written.report))


def test_amounts_of_earlier_periods_are_added(written):
    with on("2026-06-01"):
        spring = make_report(written.cast.ward, written.spring)
        entry = make_entry(spring, written.assignment)
        IndicatorValue.objects.create(entry=entry, indicator=written.people, value="50")
        bring_to(spring, "accepted", written.cast.staff)
    assert tables(printed(written.report))["Chỉ tiêu"] == [
        ("1.1 Người dự", "lượt", 1250, 1300, 100, Percent(1300))
    ]


def test_what_was_accepted_prints_the_same_for_ever(written):
    before = freeze(printed(written.report))
    with on("2026-10-01"):
        ward, letterhead = written.cast.ward, Letterhead.objects.get(unit=written.cast.ward)
        ward.name, ward.short_name = "Ủy ban MTTQ Việt Nam phường Mới", "phường Mới"
        ward.save()
        letterhead.place, letterhead.signer_name, letterhead.sent_to = "Nơi mới", "Người mới", "Lưu: Mới"
        letterhead.save()
        for row, fields in (
            (written.plan, {"title": "Tên mới", "number": "9/KH", "issuer": "Cơ quan mới"}),
            (written.period, {"name": "Kỳ mới", "cut_off_on": date(2026, 9, 1)}),
            (written.group, {"title": "Nhóm mới"}),
            (written.task, {"title": "Việc mới", "due_on": date(2027, 1, 1)}),
            (written.people, {"name": "Chỉ tiêu mới", "target": 7, "measure": "mới", "sum": "last"}),
            (written.assignment, {"due_on": date(2027, 2, 2)}),
        ):
            for name, value in fields.items():
                setattr(row, name, value)
            row.save()
        written.task.indicators.create(name="Thêm sau")
        log(written.assignment, written.cast.staff, "done", date(2026, 10, 1), result="Ghi thêm.")
    with on("2026-11-01"):
        new = make_unit("phường Gộp")
        Succession.objects.create(
            predecessor=written.cast.ward, successor=new, effective_on=date(2026, 11, 1)
        )
        Letterhead.objects.get(unit=written.cast.ward).delete()
        revision = make_report(written.cast.ward, written.period, revision=2)
        bring_to(revision, "accepted", written.cast.staff)
    report = ProgressReport.objects.get(pk=written.report.pk)
    assert freeze(printed(report, date(2026, 12, 1))) == before
    assert freeze(printed(report, date(2027, 12, 1))) == before


def test_who_issued_the_plan_keeps_the_name_of_then(written):
    with on("2026-09-15"):
        city = written.plan.issuing_unit
        written.plan.issuer = ""
        written.plan.save()
    before = freeze(printed(written.report))
    with on("2026-09-17"):
        city.name = "Ủy ban MTTQ Việt Nam thành phố Mới"
        city.save()
    assert freeze(printed(ProgressReport.objects.get(pk=written.report.pk))) == before
    assert printed(written.report).blocks[0].text == "Kính gửi: Ủy ban MTTQ Việt Nam MTTQ thành phố"


def test_the_newest_accepted_one_that_was_known_on_the_day(written):
    def chosen(day: date, **fields) -> Paper:
        asked = {"unit": written.cast.ward, "period": written.period, **fields}
        return paper_of(Kind.UNIT_REPORT, Choices(written.plan, day, **asked))

    with on("2026-10-01"):
        second = make_report(written.cast.ward, written.period, revision=2, overview="Đính chính.")
        bring_to(second, "accepted", written.cast.staff)
    assert chosen(date(2026, 9, 30)) == printed(written.report)
    assert chosen(date(2026, 10, 1)) == printed(second)
    assert printed(second).stem == "Bao-cao-phuong-Bai-Cat-quy-III-nam-2026-05-KH-MTTQ-BTT-ban-2"
    for none in (
        {"day": date(2026, 9, 15)},
        {"day": TODAY, "unit": written.cast.other_ward},
        {"day": TODAY, "period": None},
        {"day": TODAY, "period": written.spring},
    ):
        with pytest.raises(NothingToPrint, match=r"^Chưa có báo cáo nào"):
            chosen(**none)


def test_what_was_sent_prints_before_it_is_accepted(sent):
    paper = printed(sent.report)
    assert paper.title == ("Kết quả thực hiện Kế hoạch thực hiện nghị quyết mẫu", "quý III năm 2026")
    assert "Đã tổ chức 02 hội nghị." in " ".join(words(paper))


def test_what_is_being_written_says_that_it_is_a_draft(september, typed):
    paper = printed(typed.report, as_typed=True)
    assert paper.title[-1] == "(Dự thảo)"
    assert words(paper)[2:9] == [
        "I. KẾT QUẢ THỰC HIỆN",
        "Tình hình ổn định.",
        "Trong 2 nhiệm vụ được giao: 1 nhiệm vụ hoàn thành, 1 nhiệm vụ đang thực hiện.",
        "1. Tuyên truyền, phổ biến",
        "1.1. Tổ chức hội nghị học tập",
        "Hoàn thành. Đã tổ chức 02 hội nghị.",
        "1.2. Phát tài liệu tuyên truyền",
    ]


def test_what_was_returned_is_a_draft_again(sent):
    send_back(sent.report, sent.cast.staff, "Thiếu số liệu.")
    keep(sent.report, sent.cast.owner, {"overview": "Đang viết lại."})
    assert [printed(sent.report, as_typed=as_typed).title[-1] for as_typed in (False, True)] == [
        "(Dự thảo)"
    ] * 2
    assert "Tình hình ổn định." in words(printed(sent.report))
    assert "Đang viết lại." in words(printed(sent.report, as_typed=True))


def test_a_report_in_which_nothing_is_chosen_yet_prints(september, begun):
    paper = printed(begun.report, as_typed=True)
    assert words(paper)[3:7] == [
        "Trong 2 nhiệm vụ được giao: chưa báo cáo nhiệm vụ nào.",
        "1. Tuyên truyền, phổ biến",
        "1.1. Tổ chức hội nghị học tập",
        "Chưa báo cáo.",
    ]
    assert words(paper)[-5:] == [
        "II. KHÓ KHĂN, VƯỚNG MẮC VÀ NGUYÊN NHÂN",
        "Không có.",
        "III. KIẾN NGHỊ, ĐỀ XUẤT",
        "Không có.",
        "Trên đây là báo cáo của Ủy ban MTTQ Việt Nam phường Bãi Cát./.",
    ]


def test_what_staff_logged_is_no_paper(cast, work):
    report = log(work.assignment, cast.staff, "done", date(2026, 9, 1))
    with pytest.raises(NothingToPrint, match=r"^Ghi tiến độ không phải"):
        printed(report)


def test_without_a_letterhead_the_unit_lends_its_name(sent):
    paper = printed(sent.report)
    assert paper.head.issuer == ("ỦY BAN MTTQ VIỆT NAM", "PHƯỜNG BÃI CÁT")
    assert paper.sent_to == ("- Như trên;", "- Lưu: VT.")
    assert paper.blocks[0].text == "Kính gửi: Ủy ban MTTQ Việt Nam MTTQ thành phố"


def test_who_issued_the_plan_reports_to_nobody_by_name(cast, work):
    make_letterhead(cast.city, sent_to="Thường trực Thành ủy (b/c)\nLưu: VT")
    report = make_report(cast.city, make_period(work.plan), "submitted")
    paper = printed(report, date(2027, 1, 1))
    assert paper.blocks[0].text.startswith("Thực hiện Kế hoạch của Ủy ban MTTQ Việt Nam MTTQ thành phố về ")
    assert paper.sent_to == ("- Thường trực Thành ủy (b/c);", "- Lưu: VT.")


def test_names_that_were_written_down_after_the_acceptance_are_the_first_ones(cast, work):
    """As in an import of old reports, whose units, plans and tasks came into the books later."""
    period = make_period(work.plan)
    report = make_report(cast.ward, period, overview="Báo cáo cũ.")
    entry = make_entry(report, work.assignment, status="done", percent=100, result="Xong.")
    counted = work.task.indicators.create(name="Hội nghị")
    IndicatorValue.objects.create(entry=entry, indicator=counted, value="2")
    make_letterhead(cast.ward, place="Nơi đầu")
    bring_to(report, "accepted", cast.staff, datetime(2024, 1, 5, tzinfo=UTC))
    before = freeze(printed(report))
    for row in (cast.ward, work.plan, work.task, period, counted, cast.ward.letterhead):
        for name in ("name", "title", "place"):
            if hasattr(row, name):
                setattr(row, name, "Tên mới")
        row.save()
    report = ProgressReport.objects.get(pk=report.pk)
    assert freeze(printed(report)) == before
    assert printed(report).head.place == "Nơi đầu"
    assert "- Hội nghị: 2 trong kỳ." in words(printed(report))


def test_its_own_title_number_and_day_are_printed(written):
    paper = printed(written.report, title="Kết quả quý", number="7/BC", dated=TODAY)
    assert (paper.title, paper.head.number, paper.head.dated) == (("Kết quả quý",), "7/BC", TODAY)


@pytest.mark.parametrize("size", [1, 30])
def test_queries_do_not_grow_with_the_report(size, september, typed, django_assert_num_queries):
    make_letterhead(typed.cast.ward)
    filled = dict(typed.typed)
    for position in range(size):
        task = make_task(typed.group, title="Việc", position=2 + position)
        indicator = task.indicators.create(name="Số", target=3)
        prefix = f"e{make_assignment(task, typed.cast.ward).pk}"
        filled |= {f"{prefix}-status": "done", f"{prefix}-result": "Xong.", f"{prefix}-i{indicator.pk}": "2"}
    with time_machine.travel(datetime(2026, 9, 18, 3, tzinfo=UTC)):
        submit(typed.report, typed.cast.owner, filled)
    with time_machine.travel(datetime(2026, 9, 18, 4, tzinfo=UTC)):
        accept(typed.report, typed.cast.staff)
    report = ProgressReport.objects.get(pk=typed.report.pk)
    with django_assert_num_queries(16):
        paper = paper_of(Kind.UNIT_REPORT, Choices(typed.plan, TODAY, report=report))
    assert len(tables(paper)["Chỉ tiêu"]) == size
