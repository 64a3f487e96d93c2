"""What a unit's report says and of what, as all of it was at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from plans.models import Plan, TaskGroup
from reports.documents.content import Percent, Row, Value
from reports.documents.texts import tidy
from reports.forms.report import ReportForms
from reports.models import Period, ProgressReport
from reports.reading.content import Content, EntryContent
from reports.reading.reports import Totals, stored_content, totals_before
from reports.state.register import with_issuer
from reports.targets import Against
from tasks.models import Assignment, Indicator, Task
from units.models import Unit
from units.past import rows_as_of, rows_known


@dataclass(frozen=True)
class Reached(Against):
    total: Decimal | None
    target: Decimal | None


@dataclass
class Item:
    """What is said of one task; `figures` have name, measure, value, total, target and share."""

    said: EntryContent
    group: str
    due: Value
    figures: list[Row] = field(default_factory=list)

    @property
    def number(self) -> str:
        return tidy(self.said.number)

    @property
    def title(self) -> str:
        return tidy(self.said.title)


@dataclass
class Account:
    unit: Unit
    plan: Plan
    period: Period
    reported_on: date | None
    content: Content
    items: list[Item]
    evidence: tuple[str, ...]


def account_of(report: ProgressReport, moment: datetime, as_typed: bool = False) -> Account:
    """A fixed number of queries."""
    content = _content(report, as_typed)
    files = report.attachments.order_by("pk").values_list("name", flat=True)
    period = rows_known(Period, moment, [report.period_id or 0])[report.period_id or 0]
    return Account(
        unit=rows_known(Unit, moment, [report.unit_id])[report.unit_id],
        plan=with_issuer(rows_known(Plan, moment, [report.plan_id])[report.plan_id], moment),
        period=period,
        reported_on=report.reported_on or period.cut_off_on,
        content=content,
        items=_items(content, totals_before(report), moment),
        evidence=tuple(dict.fromkeys(map(tidy, files))),
    )


def _content(report: ProgressReport, as_typed: bool) -> Content:
    if as_typed and report.is_writable:
        return ReportForms(report, report.typed).content()
    return stored_content(report)


def _items(content: Content, totals: Totals, moment: datetime) -> list[Item]:
    known = rows_known(Assignment, moment, (said.assignment.pk for said in content.entries))
    tasks = rows_known(Task, moment, (row.task_id for row in known.values()))
    groups = rows_known(TaskGroup, moment, (task.group_id for task in tasks.values()))
    indicators = _indicators(content, list(tasks), moment)
    items = []
    for said in content.entries:
        assignment = known[said.assignment.pk]
        task = tasks[assignment.task_id]
        items.append(
            Item(
                said,
                tidy(str(groups[task.group_id])),
                assignment.due_on or task.due_on or ("Thường xuyên" if task.ongoing else None),
                [_figure(row, said, totals) for row in indicators.get(task.pk, [])],
            )
        )
    return items


def _indicators(content: Content, tasks: list[int], moment: datetime) -> dict[int, list[Indicator]]:
    """By the key of the task: those that it had then, and those of which the report has a value."""
    rows = {row.pk: row for row in rows_as_of(Indicator, moment, task_id__in=tasks)}
    told = {key for said in content.entries for key in said.values} - rows.keys()
    rows |= rows_known(Indicator, moment, told) if told else {}
    found: dict[int, list[Indicator]] = {}
    for row in sorted(rows.values(), key=lambda row: (row.position, row.pk)):
        found.setdefault(row.task_id, []).append(row)
    return found


def _figure(indicator: Indicator, said: EntryContent, totals: Mapping[tuple[int, int], Decimal]) -> Row:
    value = said.values.get(indicator.pk)
    total = value
    if indicator.sum != Indicator.Sum.LAST:
        before = totals.get((said.assignment.pk, indicator.pk))
        total = value if before is None else before + (value or 0)
    share = Reached(total, indicator.target).share
    name, measure = tidy(indicator.name), tidy(indicator.measure)
    reached = None if share is None else Percent(share)
    return Row((name, measure, value, total, indicator.target, reached))
