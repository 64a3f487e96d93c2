"""What people do with a report, without the pages."""

from datetime import date, datetime

from django.utils import timezone

from reports import actions
from reports.forms.report import ReportForms
from reports.models import ProgressReport
from tasks.models import Assignment
from tests.factories import bring_to, make_entry, make_report
from units.models import User
from units.records import acting_as


def keep(report: ProgressReport, by: User, typed: dict[str, str]) -> None:
    report.refresh_from_db()
    report.keep(typed, by, report.version)


def submit(report: ProgressReport, by: User, typed: dict[str, str] | None = None) -> ProgressReport:
    """Type what is given, and send the whole."""
    keep(report, by, typed or {})
    report.refresh_from_db()
    content = ReportForms(report, report.typed).content()
    with acting_as(by):
        actions.submit_report(report, content, by, report.version)
    return report


def send_back(
    report: ProgressReport, by: User, reason: str = "", reasons: dict[int, str] | None = None
) -> None:
    """Return it; `reasons` by the key of the assignment."""
    report.refresh_from_db()
    entries = {entry.assignment_id: entry.pk for entry in report.entries.all()}
    of_entries = {entries[assignment]: text for assignment, text in (reasons or {}).items()}
    with acting_as(by):
        report.send_back(by, report.version, reason, of_entries)


def accept(report: ProgressReport, by: User) -> None:
    report.refresh_from_db()
    with acting_as(by):
        report.accept(by, report.version)


def withdraw(report: ProgressReport, by: User) -> None:
    report.refresh_from_db()
    with acting_as(by):
        report.withdraw(report.version)


def log(
    assignment: Assignment, by: User, status: str, day: date, percent: int = 0, **entry
) -> ProgressReport:
    """What staff heard of one assignment, known from nine o'clock of the day that it speaks of."""
    at = timezone.make_aware(datetime(day.year, day.month, day.day, 9))
    made = make_report(assignment.unit, plan=assignment.task.group.plan)
    make_entry(made, assignment, status=status, percent=100 if status == "done" else percent, **entry)
    return bring_to(made, "accepted", by, at)
