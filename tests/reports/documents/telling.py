"""A plan whose units reported two periods, for papers that tell of it."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from django.utils import timezone

from reports.models import IndicatorValue, ProgressReport
from tests.factories import (
    make_assignment,
    make_entry,
    make_group,
    make_obligation,
    make_period,
    make_proposal,
    make_report,
    make_task,
    make_unit,
)
from tests.reports.acts import log
from units.models import Unit

LAST_DAY = date(2026, 9, 30)


def tell(office, unit, period, day, said, values=None, proposals=(), **texts) -> ProgressReport:
    """Accepted on the day, as of the cut-off at the latest; `said` is status, percent and result of each."""
    at = datetime.combine(date.fromisoformat(day), datetime.min.time(), tzinfo=UTC)
    office.clock.move_to(at)
    report = make_report(unit, period, **texts)
    for assignment, (status, percent, result) in said.items():
        entry = make_entry(report, assignment, status=status, percent=percent, result=result)
        for indicator, value in (values or {}).items():
            IndicatorValue.objects.create(entry=entry, indicator=indicator, value=value)
    for place, (addressee, text) in enumerate(proposals):
        make_proposal(report, position=place, addressee=addressee, text=text)
    report.mark_submitted(office.cast.staff, min(timezone.localdate(at), period.cut_off_on), now=at)
    report.state, report.accepted_at, report.accepted_by = "accepted", at, office.cast.staff
    report.save()
    return report


def make_office(clock, cast, work) -> SimpleNamespace:
    """Three parts of two tasks; it is the last day of September 2026."""
    plan = work.plan
    plan.number, plan.issued_on, plan.issuer = "05/KH-MTTQ-BTT", date(2026, 1, 5), "Ban Thường trực MTTQ Mẫu"
    plan.save()
    work.task.due_on = date(2026, 9, 10)
    work.task.save()
    second = make_group(plan, kind="supervision", title="Giám sát", number="2", position=1)
    watched = make_task(second, title="Giám sát cơ sở", ongoing=True)
    member = make_unit("Hội Nông dân", Unit.Kind.MEMBER)
    office = SimpleNamespace(
        clock=clock,
        cast=cast,
        second=second,
        watched=watched,
        member=member,
        people=work.task.indicators.create(name="người dự", measure="lượt", target="100"),
        other=make_assignment(work.task, cast.other_ward),
        watching=make_assignment(watched, member),
        june=make_period(
            plan,
            name="Quý II/2026",
            figures_from=date(2026, 3, 15),
            figures_to=date(2026, 6, 14),
            due_on=date(2026, 6, 20),
        ),
        september=make_period(plan),
        **vars(work),
    )
    for period in (office.june, office.september):
        for unit in (cast.ward, cast.other_ward):
            make_obligation(period, unit)
    return office


def told_office(clock, cast, work) -> SimpleNamespace:
    office = make_office(clock, cast, work)
    ward, other = cast.ward, cast.other_ward
    tell(
        office,
        ward,
        office.june,
        "2026-06-18",
        {office.assignment: ("in_progress", 40, "Đã mở 1 lớp.")},
        {office.people: "30"},
        difficulties="Mưa bão kéo dài.",
    )
    tell(
        office,
        ward,
        office.september,
        "2026-09-08",
        {office.assignment: ("done", 100, "Đã tổ chức 02 hội nghị.")},
        {office.people: "1200"},
        [("MTTQ thành phố", "Cấp thêm tài liệu.")],
        difficulties="- Kinh phí cấp chậm.\n- Thiếu cán bộ;",
        next_steps="Mở thêm lớp.",
    )
    tell(
        office,
        other,
        office.september,
        "2026-09-24",
        {office.other: ("in_progress", 60, "Đang làm.")},
        difficulties="Kinh phí cấp chậm",
        next_steps="Không có.",
    )
    log(office.watching, cast.staff, "in_progress", date(2026, 9, 18), 40, result="Đã đi 3 xã.")
    clock.move_to(datetime(2026, 9, 30, 2, tzinfo=UTC))
    return office
