from reports.models import (
    Answer,
    Attachment,
    IndicatorValue,
    Obligation,
    Period,
    ProgressEntry,
    ProgressReport,
    Proposal,
)
from units.history import Timeline


def period_timeline(period: Period) -> Timeline:
    """Changes of the period and of who owes its report, with the exceptions that were made."""
    return Timeline(Period.history.filter(id=period.pk), Obligation.history.filter(period_id=period.pk))


def report_timeline(report: ProgressReport) -> Timeline:
    """Changes of the report and of all its parts, those removed included, and what was answered to it."""
    entries = ProgressEntry.history.filter(report_id=report.pk)
    proposals = Proposal.history.filter(report_id=report.pk)
    return Timeline(
        ProgressReport.history.filter(id=report.pk),
        entries,
        IndicatorValue.history.filter(entry_id__in=entries.order_by().values("id")),
        proposals,
        Attachment.history.filter(report_id=report.pk),
        Answer.history.filter(proposal_id__in=proposals.order_by().values("id")),
    )
