from datetime import date

import pytest

from reports.documents.choices import Choices, NothingToPrint
from reports.documents.content import Paper, Row, Table, Text
from reports.documents.freezing import freeze
from reports.documents.kinds import Kind, paper_of
from tests.factories import (
    bring_to,
    make_letterhead,
    make_obligation,
    make_period,
    make_plan,
    make_report,
    make_unit,
    make_user,
)
from tests.reports.telling import on
from units.models import Succession, Unit

LATE = date(2026, 9, 25)


def printed(plan, day: date = LATE, **chosen) -> Paper:
    return paper_of(Kind.MISSING, Choices(plan, day, **chosen))


@pytest.fixture
def silent(dated):
    """A ward whose officers are known and an organisation with an exception have sent nothing."""
    with on("2026-02-01"):
        dated.plan.number = "05/KH-MTTQ-BTT"
        dated.plan.save()
        make_letterhead(dated.cast.city, sent_to="Thường trực Thành ủy (b/c)\nLưu: VT")
        dated.cast.owner.phone = "0912 345 678"
        dated.cast.owner.save()
        make_user("officer", dated.cast.ward, full_name="Lê Văn Hai")
        make_user("officer", dated.cast.ward, full_name="Người đã nghỉ", is_active=False)
        dated.member = make_unit("Hội Nông dân", Unit.Kind.MEMBER)
        dated.period = make_period(dated.plan)
        for unit in (dated.cast.ward, dated.cast.other_ward):
            make_obligation(dated.period, unit)
        make_obligation(
            dated.period, dated.member, extended_to=date(2026, 9, 30), extension_reason="Đang đại hội."
        )
    with on("2026-09-19"):
        bring_to(make_report(dated.cast.other_ward, dated.period), "submitted", dated.cast.outsider)
    return dated


def test_it_is_a_paper_of_the_plans_unit(silent):
    paper = printed(silent.plan)
    assert (paper.kind, paper.title) == (
        "DANH SÁCH",
        ("Đơn vị chưa gửi báo cáo", "kết quả thực hiện Kế hoạch số 05/KH-MTTQ-BTT quý III năm 2026"),
    )
    assert paper.head.issuer == ("ỦY BAN MTTQ VIỆT NAM", "THÀNH PHỐ MẪU")
    assert paper.signature.office == ("TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH")
    assert paper.sent_to == ("- Thường trực Thành ủy (b/c);", "- Lưu: VT.")
    assert paper.stem == "Danh-sach-chua-bao-cao-quy-III-nam-2026-05-KH-MTTQ-BTT-den-25-09-2026"


def test_who_is_silent_since_when_and_how_to_reach_them(silent):
    said, table = printed(silent.plan).blocks
    assert said.text == (
        "Đến hết ngày 25 tháng 9 năm 2026, còn 2/3 đơn vị chưa gửi báo cáo quý III năm 2026"
        " (hạn nộp 20/09/2026), gồm:"
    )
    due = date(2026, 9, 20)
    assert table.rows == (
        Row(("Tổ chức thành viên (1 đơn vị)",), "group"),
        Row((1, "Hội Nông dân", due, 5, date(2026, 9, 30), "")),
        Row(("Phường, xã (1 đơn vị)",), "group"),
        Row(
            (2, "Phường Bãi Cát", due, 5, None, "Cán bộ phường Bãi Cát, 0912 345 678; Lê Văn Hai"),
        ),
    )


def test_before_it_is_late_nobody_is_overdue(silent):
    silent.period.grace_days = 3
    with on("2026-02-02"):
        silent.period.save()
    said, table = printed(silent.plan, date(2026, 9, 23)).blocks
    assert "(hạn nộp 20/09/2026, được gửi chậm đến 23/09/2026)" in said.text
    assert [row.cells[3] for row in table.rows if not row.look] == [None, None]
    assert printed(silent.plan, date(2026, 9, 24)).blocks[1].rows[1].cells[3] == 4


def test_one_kind_of_units(silent):
    paper = printed(silent.plan, kind_of_unit="ward")
    said, table = paper.blocks
    assert paper.title[0] == "Phường, xã chưa gửi báo cáo"
    assert "còn 1/2 phường, xã chưa gửi báo cáo" in said.text
    assert [row.cells[1] for row in table.rows if not row.look] == ["Phường Bãi Cát"]
    assert [column.head for column in table.columns] == [
        "STT",
        "Đơn vị",
        "Hạn nộp",
        "Quá hạn (ngày)",
        "Liên hệ",
    ]


def test_when_all_have_reported(silent):
    with on("2026-09-24"):
        for unit in (silent.cast.ward, silent.member):
            bring_to(make_report(unit, silent.period), "submitted", silent.cast.staff)
    text = "Đến hết ngày 25 tháng 9 năm 2026, tất cả 3 đơn vị đã gửi báo cáo quý III năm 2026./."
    assert printed(silent.plan).blocks == (Text(text),)
    assert isinstance(printed(silent.plan, date(2026, 9, 23)).blocks[1], Table)


def test_when_nobody_was_asked(silent):
    text = "Đến hết ngày 25 tháng 9 năm 2026, chưa có đơn vị nào được yêu cầu báo cáo quý II./."
    assert printed(silent.plan, period=silent.spring).blocks == (Text(text),)


def test_without_a_period_there_is_nothing_to_print(silent):
    with pytest.raises(NothingToPrint, match=r"^Vào ngày này chưa có kỳ báo cáo"):
        printed(make_plan(), date.today())
    with pytest.raises(NothingToPrint, match=r"^Vào ngày này chưa có kỳ báo cáo"):
        printed(silent.plan, date(2026, 1, 31), period=silent.period)
    with pytest.raises(NothingToPrint, match=r"^Vào ngày đó chưa có kế hoạch này"):
        printed(silent.plan, date(2025, 1, 1))


def test_a_day_gone_by_stays_as_it_was(silent):
    before = freeze(printed(silent.plan))
    with on("2026-10-01"):
        new = make_unit("phường Gộp")
        Succession.objects.create(predecessor=silent.cast.ward, successor=new, effective_on=date(2026, 10, 1))
        silent.period.name, silent.plan.number, silent.cast.owner.phone = "Kỳ mới", "9/KH", "0"
        for row in (silent.period, silent.plan, silent.cast.owner):
            row.save()
        bring_to(make_report(silent.cast.ward, silent.period), "submitted", silent.cast.owner)
        silent.cast.city.name = "Ủy ban MTTQ Việt Nam thành phố Mới"
        silent.cast.city.save()
        assert freeze(printed(silent.plan)) == before
    assert printed(silent.plan, date(2026, 10, 1)).title[1] == "kết quả thực hiện Kế hoạch số 9/KH kỳ mới"


def test_a_unit_that_goes_on_in_another_is_named_with_it(silent):
    with on("2026-09-24"):
        new = make_unit("phường Gộp")
        Succession.objects.create(predecessor=silent.cast.ward, successor=new, effective_on=date(2026, 9, 24))
    assert printed(silent.plan).blocks[1].rows[3].cells[1] == "Phường Bãi Cát (nay là phường Gộp)"


@pytest.mark.parametrize("size", [1, 100])
def test_queries_do_not_grow_with_the_units(size, silent, django_assert_num_queries):
    with on("2026-02-01"):
        for _place in range(size):
            make_obligation(silent.period, make_unit())
    with django_assert_num_queries(9):
        paper = printed(silent.plan)
    assert len(paper.blocks[1].rows) == 4 + size
