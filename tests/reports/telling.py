"""Reports that were accepted on days gone by, with all their rows dated then."""

from datetime import UTC, date, datetime, time

import time_machine

from reports.models import IndicatorValue, Period, ProgressReport
from tasks.models import Assignment, Indicator
from tests.factories import bring_to, make_attachment, make_entry, make_report
from units.models import User


def on(day: str) -> time_machine.travel:
    """Nine o'clock of the day, in Vietnam."""
    return time_machine.travel(datetime.combine(date.fromisoformat(day), time(2), tzinfo=UTC), tick=False)


def tell(
    assignment: Assignment,
    day: str,
    by: User,
    values: dict[Indicator, str] | None = None,
    period: Period | None = None,
    files: int = 0,
    told_by: str = "",
    revision: int = 1,
    **entry,
) -> ProgressReport:
    """Of one assignment; without a period it is a log."""
    with on(day):
        report = make_report(
            assignment.unit, period, plan=assignment.task.group.plan, told_by=told_by, revision=revision
        )
        said = make_entry(report, assignment, **entry)
        for indicator, value in (values or {}).items():
            IndicatorValue.objects.create(entry=said, indicator=indicator, value=value)
        for number in range(files):
            make_attachment(report, by, assignment, f"%PDF {number}".encode(), name=f"anh-{number}.pdf")
        return bring_to(report, "accepted", by)
