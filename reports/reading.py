"""A report ready to be read: each entry beside what was accepted before it, its evidence and its targets."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum

from reports.content import Content, EntryContent, ProposalContent
from reports.models import Attachment, IndicatorValue, ProgressEntry, ProgressReport
from reports.previous import last_accepted
from tasks.models import Indicator


@dataclass(frozen=True)
class ValueReading:
    """An indicator's value beside the last one; `total` is what counts against the target."""

    indicator: Indicator
    value: Decimal | None
    previous: Decimal | None
    total: Decimal | None


@dataclass
class EntryReading:
    content: EntryContent
    previous: ProgressEntry | None
    values: list[ValueReading]
    attachments: list[Attachment] = field(default_factory=list)
    pk: int | None = None
    return_reason: str = ""

    @property
    def status(self) -> str:
        """The status in words; nothing for one that has not been chosen yet."""
        return str(ProgressEntry.Status(self.content.status).label) if self.content.status else ""

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from what was accepted last; true where nothing was."""
        said, last = self.content, self.previous
        return last is None or (said.status, said.percent, said.result) != (
            last.status,
            last.percent,
            last.result,
        )


@dataclass
class Reading:
    report: ProgressReport
    content: Content
    entries: list[EntryReading]
    attachments: list[Attachment]


def content_of(report: ProgressReport) -> Content:
    """What the report's rows say."""
    entries = report.entries.select_related("assignment__task__group").prefetch_related(
        "values", "assignment__task__indicators"
    )
    return Content(
        entries=[
            EntryContent(
                assignment=entry.assignment,
                number=entry.number,
                title=entry.title,
                status=entry.status,
                percent=entry.percent,
                result=entry.result,
                values={value.indicator_id: value.value for value in entry.values.all()},
            )
            for entry in entries
        ],
        proposals=[ProposalContent(said.addressee, said.text) for said in report.proposals.all()],
        overview=report.overview,
        difficulties=report.difficulties,
        next_steps=report.next_steps,
    )


def read_report(report: ProgressReport, content: Content | None = None) -> Reading:
    """The report as submitted, or with `content` as it is being written. A fixed number of queries."""
    content = content or content_of(report)
    assignments = [said.assignment for said in content.entries]
    previous = last_accepted(assignments, before=report)
    totals = totals_before(report)
    rows = {entry.assignment_id: entry for entry in report.entries.all()}
    files: dict[int | None, list[Attachment]] = {}
    for attachment in report.attachments.select_related("added_by"):
        files.setdefault(attachment.assignment_id, []).append(attachment)
    entries = []
    for said in content.entries:
        key = said.assignment.pk
        row, last = rows.get(key), previous.get(key)
        entries.append(
            EntryReading(
                content=said,
                previous=last,
                values=read_values(said, last, totals),
                attachments=files.get(key, []),
                pk=row.pk if row else None,
                return_reason=row.return_reason if row else "",
            )
        )
    return Reading(report, content, entries, files.get(None, []))


def read_values(
    said: EntryContent, last: ProgressEntry | None, totals: dict[tuple[int, int], Decimal]
) -> list[ValueReading]:
    before = {value.indicator_id: value.value for value in last.values.all()} if last else {}
    return [
        ValueReading(
            indicator,
            value := said.values.get(indicator.pk),
            before.get(indicator.pk),
            value
            if indicator.sum == Indicator.Sum.LAST
            else (value or Decimal(0)) + totals.get((said.assignment.pk, indicator.pk), Decimal(0)),
        )
        for indicator in said.assignment.task.indicators.all()
    ]


def totals_before(report: ProgressReport) -> dict[tuple[int, int], Decimal]:
    """Sums of what stands for the unit apart from this report's own period, by assignment and indicator."""
    counted = ProgressReport.objects.standing().filter(unit=report.unit_id, plan=report.plan_id)
    counted = counted.exclude(pk=report.pk)
    if report.period_id:
        counted = counted.exclude(period=report.period_id)
    if report.accepted_at:
        counted = counted.filter(accepted_at__lt=report.accepted_at)
    values = IndicatorValue.objects.filter(entry__report__in=counted).order_by()
    sums = values.values_list("entry__assignment", "indicator").annotate(total=Sum("value"))
    return {(assignment, indicator): total for assignment, indicator, total in sums}
