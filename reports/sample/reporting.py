"""Two quarters of reports on the sample plan, told from the day of loading.

Their words and figures are made up and say so; who has no account here sent them on paper to the city.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone

from plans.models import Plan
from reports.actions import (
    finish_log,
    open_period,
    start_log,
    start_report,
    submit_report,
    write_content,
)
from reports.forms.report import ReportForms
from reports.models import Obligation, Period, ProgressReport
from reports.owed.calendar import PeriodDates, preset
from reports.reading.content import EntryContent
from reports.sample import data
from reports.writing.typed import assignments_of, entry_prefix
from tasks.models import Assignment
from units.models import User
from units.records import acting_as

# Of the quarter before: who sent it when it was late, and who never did.
LATE, MISSING = "quang-dai", "quang-minh"
# Of this quarter: whose report waits, and whose was returned.
WAITS, RETURNED = "quang-tien", "bac-son"


def make_reports(today: date) -> None:
    staff = User.objects.get(username=data.STAFF)
    officers = {user.unit_id: user for user in User.objects.filter(role=User.Role.OFFICER)}
    before, now = quarters(today)
    with acting_as(staff):
        previous, current = open_quarter(before), open_quarter(now, soonest=today + timedelta(days=7))
    for place, obligation in enumerate(owed(previous)):
        if obligation.unit.code != MISSING:
            tell(obligation, officers.get(obligation.unit_id, staff), staff, place)
    log_own_work(staff, today)
    for place, obligation in enumerate(owed(current)):
        if obligation.unit.code in (WAITS, RETURNED):
            report = send(obligation, officers.get(obligation.unit_id, staff), place + 3)
            if obligation.unit.code == RETURNED:
                send_back(report, staff)


def log_own_work(staff: User, today: date) -> None:
    """The city reports to nobody here: staff log what it has done itself."""
    own = Assignment.objects.filter(unit=staff.unit).select_related("unit", "task__group__plan")
    for assignment, (status, result) in zip(own.order_by("pk"), data.OWN_ANSWERS, strict=False):
        percent = {"done": 100, "in_progress": 50}[status]
        said = EntryContent(assignment, "", assignment.task.title, status, percent, result)
        with acting_as(staff):
            finish_log(start_log(assignment, said, staff, uuid4()), staff, today, "")


def quarters(today: date) -> tuple[PeriodDates, PeriodDates]:
    """The last one of which even late reports have come by now, and the one after it."""
    numbers = [(year, number) for year in (today.year - 1, today.year) for number in range(1, 5)]
    known = [preset(Period.Kind.QUARTER, *number) for number in (*numbers, (today.year + 1, 1))]
    place = max(place for place, dates in enumerate(known) if dates.due_on + timedelta(days=8) < today)
    return known[place], known[place + 1]


def open_quarter(dates: PeriodDates, soonest: date = date.min) -> Period:
    period = Period(plan=Plan.objects.get(), **dates.initial())
    period.due_on = max(period.due_on, soonest)
    open_period(period)
    return period


def owed(period: Period) -> list[Obligation]:
    return list(period.obligations.select_related("unit", "period__plan").order_by("unit"))


def written(obligation: Obligation, by: User, place: int) -> ProgressReport:
    report = start_report(obligation, by)
    report.keep(words(report, place), by, report.version)
    return report


def words(report: ProgressReport, place: int) -> dict[str, str]:
    """What is typed on the report's page; `place` makes the units differ."""
    typed = {"overview": data.OVERVIEW, "difficulties": "", "next_steps": data.NEXT_STEPS}
    for number, assignment in enumerate(assignments_of(report)):
        status, result = data.ANSWERS[(number + place) % len(data.ANSWERS)]
        prefix = entry_prefix(assignment)
        typed[f"{prefix}-status"], typed[f"{prefix}-result"] = status, result
        typed[f"{prefix}-percent"] = str(30 + 10 * (place % 6)) if status == "in_progress" else ""
        for indicator in assignment.task.indicators.all():
            typed[f"{prefix}-i{indicator.pk}"] = str(1 + place % 3 if indicator.target else 40 + 10 * place)
    return typed


def send(obligation: Obligation, by: User, place: int) -> ProgressReport:
    with acting_as(by):
        report = written(obligation, by, place)
        submit_report(report, ReportForms(report, report.typed).content(), by, report.version)
    return report


def send_back(report: ProgressReport, reviewer: User) -> None:
    first = report.entries.values_list("pk", flat=True)[0]
    with acting_as(reviewer):
        report.send_back(reviewer, report.version, data.RETURN_REASON, {first: data.ENTRY_REASON})


def tell(obligation: Obligation, by: User, reviewer: User, place: int) -> None:
    """An accepted report of the quarter before, at the times of that quarter."""
    period = obligation.period
    late = obligation.unit.code == LATE
    day = period.last_day_in_time + timedelta(days=2) if late else period.due_on - timedelta(days=2)
    sent = timezone.make_aware(datetime.combine(day, time(9, 0)))
    report = ProgressReport(
        plan=period.plan, unit=obligation.unit, period=period, started_by=by, started_at=sent
    )
    with acting_as(by):
        report.typed, report.typed_by, report.typed_at = words(report, place), by, sent
        report.save()
        write_content(report, ReportForms(report, report.typed).content())
    with acting_as(reviewer):
        report.mark_submitted(by, period.cut_off_on, now=sent)
        report.accepted_at, report.accepted_by = sent + timedelta(days=1), reviewer
        report.state = report.State.ACCEPTED
        report.save()
