"""A report ready to be read: each entry beside what was accepted before it, its evidence and its targets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.models import Attachment, IndicatorValue, ProgressEntry, ProgressReport, Proposal
from reports.reading.content import Content, EntryContent, ProposalContent
from reports.reading.previous import accepted_before, last_accepted
from reports.targets import Against
from tasks.models import Indicator

# Amounts by the keys of assignment and indicator.
Totals = Mapping[tuple[int, int], Decimal]


@dataclass(frozen=True)
class ValueReading(Against):
    """An indicator's value beside the last one; `total` is what counts against the target.

    `corrects`: the last one is of the same period, so that an equal amount is the same one.
    """

    indicator: Indicator
    value: Decimal | None
    previous: Decimal | None
    total: Decimal | None
    corrects: bool = False

    @property
    def is_news(self) -> bool:
        """An amount that is added up begins at nothing in every period; a last value goes on."""
        if self.corrects or self.indicator.sum == Indicator.Sum.LAST:
            return self.value != self.previous
        return bool(self.value)

    @property
    def before(self) -> Decimal | None:
        """What was reported before it: of all periods together, or the last value."""
        if self.indicator.sum == Indicator.Sum.LAST:
            return self.previous
        return (self.total or Decimal(0)) - (self.value or Decimal(0))

    @property
    def target(self) -> Decimal | None:  # type: ignore[override]
        return self.indicator.target


@dataclass
class EntryReading:
    """`source` says where the previous account stands; `corrects`: in an earlier revision of this report."""

    content: EntryContent
    previous: ProgressEntry | None
    values: list[ValueReading]
    source: str = ""
    corrects: bool = False
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
        if last is None or any(value.is_news for value in self.values):
            return True
        return (said.status, said.percent, said.result) != (last.status, last.percent, last.result)


@dataclass
class Reading:
    report: ProgressReport
    content: Content
    entries: list[EntryReading]
    attachments: list[Attachment]

    @property
    def changed(self) -> int:
        return sum(entry.is_changed for entry in self.entries)

    @property
    def returned(self) -> list[EntryReading]:
        return [entry for entry in self.entries if entry.return_reason]


@dataclass
class Rows:
    """What is stored of one report."""

    entries: list[ProgressEntry] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)


def rows_of(reports: Iterable[ProgressReport]) -> dict[int, Rows]:
    """By the key of the report; five queries for any number of them."""
    rows = {report.pk: Rows() for report in reports}
    entries = ProgressEntry.objects.filter(report__in=rows).order_by("position", "pk")
    entries = entries.select_related("assignment__task").prefetch_related(
        "values", "assignment__task__indicators"
    )
    for entry in entries:
        rows[entry.report_id].entries.append(entry)
    for proposal in Proposal.objects.filter(report__in=rows).order_by("position", "pk"):
        rows[proposal.report_id].proposals.append(proposal)
    for attachment in Attachment.objects.filter(report__in=rows).select_related("added_by").order_by("pk"):
        rows[attachment.report_id].attachments.append(attachment)
    return rows


def content_of(report: ProgressReport, rows: Rows) -> Content:
    """What the report's rows say."""
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
            for entry in rows.entries
        ],
        proposals=[ProposalContent(said.addressee, said.text) for said in rows.proposals],
        overview=report.overview,
        difficulties=report.difficulties,
        next_steps=report.next_steps,
    )


def stored_content(report: ProgressReport) -> Content:
    return content_of(report, rows_of([report])[report.pk])


def read_report(report: ProgressReport, content: Content | None = None) -> Reading:
    """The report as submitted, or with `content` as it is being written. A fixed number of queries."""
    totals = totals_before(report)
    if content is None:
        return read_stored([report], {report.pk: totals})[0]
    files = report.attachments.select_related("added_by").order_by("pk")
    rows = Rows(entries=list(report.entries.all()), attachments=list(files))
    previous = last_accepted([said.assignment for said in content.entries])
    return reading_of(report, content, rows, previous, totals)


def read_reports(reports: Iterable[ProgressReport]) -> list[Reading]:
    """Reports as submitted, in their order, without totals. The number of queries does not grow."""
    return read_stored(list(reports), {})


def read_stored(reports: list[ProgressReport], totals: Mapping[int, Totals]) -> list[Reading]:
    rows = rows_of(reports)
    before = accepted_before(reports)
    readings = []
    for report in reports:
        own = rows[report.pk]
        previous = {row.assignment_id: before[row.pk] for row in own.entries if row.pk in before}
        content = content_of(report, own)
        readings.append(reading_of(report, content, own, previous, totals.get(report.pk, {})))
    return readings


def reading_of(
    report: ProgressReport,
    content: Content,
    rows: Rows,
    previous: Mapping[int, ProgressEntry],
    totals: Totals,
) -> Reading:
    stored = {entry.assignment_id: entry for entry in rows.entries}
    files: dict[int | None, list[Attachment]] = defaultdict(list)
    for attachment in rows.attachments:
        files[attachment.assignment_id].append(attachment)
    entries = []
    for said in content.entries:
        key = said.assignment.pk
        row, last = stored.get(key), previous.get(key)
        entries.append(
            EntryReading(
                content=said,
                previous=last,
                values=read_values(report, said, last, totals),
                source=source_of(last.report, report) if last else "",
                corrects=corrects(report, last),
                attachments=files.pop(key, []),
                pk=row.pk if row else None,
                return_reason=row.return_reason if row and report.is_to_be_mended else "",
            )
        )
    # Evidence of a task that the report no longer speaks of is shown with that of the whole.
    return Reading(report, content, entries, [file for group in files.values() for file in group])


def corrects(report: ProgressReport, last: ProgressEntry | None) -> bool:
    return last is not None and last.report.period_id == report.period_id


def source_of(earlier: ProgressReport, report: ProgressReport) -> str:
    if earlier.period is None:
        return _("the log of %(day)s") % {
            "day": date_format(earlier.reported_on or earlier.started_at, "SHORT_DATE_FORMAT")
        }
    if earlier.period_id == report.period_id:
        return _("revision %(number)s") % {"number": earlier.revision}
    return str(earlier.period)


def read_values(
    report: ProgressReport, said: EntryContent, last: ProgressEntry | None, totals: Totals
) -> list[ValueReading]:
    """Those of the task's indicators; what staff log in one sentence is not asked for all of them."""
    before = {value.indicator_id: value.value for value in last.values.all()} if last else {}
    return [
        ValueReading(
            indicator,
            value,
            before.get(indicator.pk),
            value
            if indicator.sum == Indicator.Sum.LAST
            else (value or Decimal(0)) + totals.get((said.assignment.pk, indicator.pk), Decimal(0)),
            corrects(report, last),
        )
        for indicator in said.assignment.task.indicators.all()
        if (value := said.values.get(indicator.pk)) is not None or not report.is_log
    ]


def totals_before(report: ProgressReport) -> dict[tuple[int, int], Decimal]:
    """Sums of what the unit's reports of other periods said by then, by assignment and indicator.

    What was reported of a task counts wherever it is moved: the plan of the report is no matter.
    """
    until = None if report.is_writable else report.reported_on
    counted = ProgressReport.objects.standing(before=report.accepted_at, until=until)
    counted = counted.filter(unit=report.unit_id).exclude(pk=report.pk)
    if report.period_id:
        counted = counted.exclude(period=report.period_id)
    values = IndicatorValue.objects.filter(entry__report__in=counted).order_by()
    sums = values.values_list("entry__assignment", "indicator").annotate(total=Sum("value"))
    return {(assignment, indicator): total for assignment, indicator, total in sums}
