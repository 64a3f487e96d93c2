"""What reports said at times gone by, read from the history of their rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from reports.models import Attachment, IndicatorValue, ProgressEntry, ProgressReport, Proposal
from reports.reading.content import Content, EntryContent, ProposalContent
from tasks.models import Assignment


class Past:
    """The history of some reports' parts; six queries for any number of reports and times.

    The parts of a report are written before the report itself, in one transaction: as of a history row of
    the report they are complete.
    """

    def __init__(self, reports: Iterable[ProgressReport]) -> None:
        keys = [report.pk for report in reports]
        self.entries = rows(ProgressEntry.history.filter(report_id__in=keys), "report_id")
        entries = {row.id for of_report in self.entries.values() for row in of_report}
        self.values = rows(IndicatorValue.history.filter(entry_id__in=entries), "entry_id")
        self.proposals = rows(Proposal.history.filter(report_id__in=keys), "report_id")
        self.attachments = rows(Attachment.history.filter(report_id__in=keys), "report_id")
        assigned = {row.assignment_id for of_report in self.entries.values() for row in of_report}
        known = Assignment.objects.select_related("task").prefetch_related("task__indicators")
        self.assignments = known.in_bulk(assigned)

    def content(self, report: Any) -> Content:
        """What the report said; `report` is a row of its history."""
        at = report.history_date
        return Content(
            entries=[
                EntryContent(
                    assignment=self.assignments[entry.assignment_id],
                    number=entry.number,
                    title=entry.title,
                    status=entry.status,
                    percent=entry.percent,
                    result=entry.result,
                    values={value.indicator_id: value.value for value in there(self.values[entry.id], at)},
                )
                for entry in self.entries_at(report)
            ],
            proposals=[
                ProposalContent(row.addressee, row.text)
                for row in sorted(there(self.proposals[report.id], at), key=lambda row: row.position)
            ],
            overview=report.overview,
            difficulties=report.difficulties,
            next_steps=report.next_steps,
        )

    def entries_at(self, report: Any) -> list[Any]:
        """Those whose assignment still exists; one can only go when no report speaks of it any more."""
        found = there(self.entries[report.id], report.history_date)
        known = [entry for entry in found if entry.assignment_id in self.assignments]
        return sorted(known, key=lambda entry: (entry.position, entry.id))

    def files_at(self, report: Any) -> dict[str, str]:
        """Names of the evidence by its digest."""
        return {row.digest: row.name for row in there(self.attachments[report.id], report.history_date)}


def rows(history: Any, key: str) -> dict[int, list[Any]]:
    """History rows by what they belong to, oldest first."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in history.order_by("history_date", "history_id"):
        found[getattr(row, key)].append(row)
    return found


def there(history: list[Any], at: datetime) -> list[Any]:
    """The rows that existed at the time, as they were."""
    found = {row.id: row for row in history if row.history_date <= at}
    return [row for row in found.values() if row.history_type != "-"]
