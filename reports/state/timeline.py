"""What accepted reports said of the work until the end of a day, newest first, also what was replaced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Subquery

from reports.models import Attachment, Period, ProgressEntry, ProgressReport
from reports.querysets import ProgressEntryQuerySet, ProgressReportQuerySet
from reports.state.days import end_of
from tasks.models import Indicator
from units.models import Unit
from units.past import rows_as_of


@dataclass
class Told:
    """An entry of an accepted report; the report's unit and period and the indicators are as of the day."""

    entry: ProgressEntry
    values: list[tuple[Indicator, Decimal]]
    attachments: list[Attachment]

    @property
    def replaced_by(self) -> int | None:
        """The revision that counts in its place."""
        return self.entry.replaced_by  # type: ignore[attr-defined]

    @property
    def report(self) -> ProgressReport:
        return self.entry.report

    def get_absolute_url(self) -> str:
        return f"{self.report.get_absolute_url()}#entry-{self.entry.assignment_id}"


class Timeline(Sequence):
    """Slicing it gives what was told; seven queries for any number of it. Works with Django's Paginator.

    `reports` are those that the reader may see, `where` says of which entries.
    """

    def __init__(self, reports: ProgressReportQuerySet, day: date, **where: Any) -> None:
        self.reports, self.day, self.where = reports, day, where

    @cached_property
    def entries(self) -> ProgressEntryQuerySet:
        known = ProgressReport.objects.accepted(before=end_of(self.day))
        newest = known.later_than("report__").order_by("-revision").values("revision")[:1]
        visible = self.reports.accepted(before=end_of(self.day)).order_by().values("pk")
        said = ProgressEntry.objects.filter(report__in=visible, **self.where)
        return said.annotate(replaced_by=Subquery(newest)).newest_first()

    def __len__(self) -> int:
        return self.entries.count()

    def count(self, value: Any = None) -> int:
        return len(self)

    def __getitem__(self, key: Any) -> Any:
        people = ("submitted_by", "accepted_by")
        found = self.entries.select_related("assignment", *(f"report__{name}" for name in people))
        return self.told(list(found.defer("report__typed").prefetch_related("values")[key]))

    def told(self, entries: list[ProgressEntry]) -> list[Told]:
        moment = end_of(self.day)
        reports = [entry.report for entry in entries]
        units = by_key(rows_as_of(Unit, moment, id__in={report.unit_id for report in reports}))
        periods = by_key(rows_as_of(Period, moment, id__in={report.period_id for report in reports} - {None}))
        named = {value.indicator_id for entry in entries for value in entry.values.all()}
        indicators = by_key(rows_as_of(Indicator, moment, id__in=named))
        files = files_of(entries)
        found = []
        for entry in entries:
            report = entry.report
            report.unit = units.get(report.unit_id) or report.unit
            report.period = periods.get(report.period_id) or report.period
            values = [
                (indicators[value.indicator_id], value.value)
                for value in entry.values.all()
                if value.indicator_id in indicators
            ]
            found.append(Told(entry, values, files[entry.report_id, entry.assignment_id]))
        return found


def by_key(rows: Iterable[Any]) -> dict[int | None, Any]:
    return {row.pk: row for row in rows}


def files_of(entries: list[ProgressEntry]) -> dict[tuple[int, int | None], list[Attachment]]:
    """By the keys of report and assignment."""
    found: dict[tuple[int, int | None], list[Attachment]] = defaultdict(list)
    reports = {entry.report_id for entry in entries}
    stored = Attachment.objects.filter(report__in=reports, assignment__isnull=False)
    for attachment in stored.select_related("added_by").order_by("pk"):
        found[attachment.report_id, attachment.assignment_id].append(attachment)
    return found
