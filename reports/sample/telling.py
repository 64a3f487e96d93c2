"""The acts on a report at times gone by, with the rows and the history that the pages would have left.

The product's own acts (`reports.actions`, the verbs of the report) know no other time than now.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum, auto
from uuid import UUID

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from reports.actions import write_content
from reports.models import (
    Answer,
    IndicatorValue,
    Obligation,
    Period,
    ProgressEntry,
    ProgressReport,
    Proposal,
)
from reports.reading.content import Content, EntryContent
from reports.writing.typed import typed_again
from tasks.models import Assignment
from units.models import Unit, User
from units.records import acting_as


class Fate(StrEnum):
    """How a report came, or that it did not."""

    IN_TIME = auto()
    IN_GRACE = auto()
    LATE = auto()
    MISSING = auto()
    MENDED = auto()
    REVISED = auto()
    EXTENDED = auto()


def start(
    obligation: Obligation, by: User, at: datetime, typed: dict[str, str] | None = None
) -> ProgressReport:
    """A draft, in which something may be typed already."""
    return started(obligation.period, obligation.unit, 1, by, at, typed)


def started(
    period: Period, unit: Unit, revision: int, by: User, at: datetime, typed: dict[str, str] | None = None
) -> ProgressReport:
    report = ProgressReport(
        plan=period.plan, unit=unit, period=period, revision=revision, started_by=by, started_at=at
    )
    if typed:
        report.typed, report.typed_by, report.typed_at, report.version = typed, by, at, 2
    with acting_as(by, at):
        report.save()
    return report


def submit(report: ProgressReport, content: Content, by: User, at: datetime) -> None:
    """Type the whole and send it."""
    assert report.period
    report.typed, report.typed_by, report.typed_at = typed_again(content), by, at
    report.version += 2
    is_new = report.first_submitted_at is None
    with acting_as(by, at):
        (write_new if is_new else write_content)(report, content)
        report.mark_submitted(by, min(timezone.localdate(at), report.period.cut_off_on), now=at)
        report.save()


def write_new(report: ProgressReport, content: Content) -> None:
    """What `write_content` does, in few writes: of a report that says nothing yet."""
    report.overview, report.difficulties = content.overview, content.difficulties
    report.next_steps = content.next_steps
    entries = [
        ProgressEntry(
            report=report,
            assignment=said.assignment,
            position=position,
            number=said.number,
            title=said.title,
            status=said.status,
            percent=said.percent or 0,
            result=said.result,
        )
        for position, said in enumerate(content.entries)
    ]
    bulk_create_with_history(entries, ProgressEntry)
    values = [
        IndicatorValue(entry=entry, indicator_id=indicator, value=value)
        for entry, said in zip(entries, content.entries, strict=True)
        for indicator, value in said.values.items()
    ]
    bulk_create_with_history(values, IndicatorValue)
    for position, said in enumerate(content.proposals):
        Proposal.objects.create(report=report, position=position, **said._asdict())


def send_back(
    report: ProgressReport, by: User, at: datetime, reason: str, reasons: Mapping[int, str]
) -> None:
    """Return it; `reasons` by the key of the assignment."""
    report.version += 1
    report.state, report.return_reason = report.State.RETURNED, reason
    report.returned_at, report.returned_by = at, by
    with acting_as(by, at):
        for entry in report.entries.filter(assignment__in=reasons):
            entry.return_reason = reasons[entry.assignment_id]
            entry.save()
        report.save()


def accept(report: ProgressReport, by: User, at: datetime) -> None:
    report.version += 1
    report.state, report.accepted_at, report.accepted_by = report.State.ACCEPTED, at, by
    with acting_as(by, at):
        report.save()


def revise(report: ProgressReport, by: User, at: datetime) -> ProgressReport:
    """A new revision of what was accepted, to be written."""
    assert report.period
    return started(report.period, report.unit, report.revision + 1, by, at)


def log(said: EntryContent, by: User, at: datetime, told_by: str, form_key: UUID) -> ProgressReport:
    """What staff heard of a unit, or what the own house has done; accepted at once."""
    assignment: Assignment = said.assignment
    report = ProgressReport(
        plan=assignment.task.group.plan,
        unit=assignment.unit,
        started_by=by,
        started_at=at,
        form_key=form_key,
        version=2,
    )
    day: date = timezone.localdate(at)
    with acting_as(by, at):
        report.save()
        write_new(report, Content(entries=[said]))
        report.mark_submitted(by, day, now=at)
        report.told_by = told_by
        report.state, report.accepted_at, report.accepted_by = report.State.ACCEPTED, at, by
        report.save()
    return report


def answer(proposal: Proposal, text: str, by: User, at: datetime) -> None:
    """What the city Front says to it; without words it has only taken it in hand."""
    state = Answer.State.ANSWERED if text else Answer.State.IN_HAND
    with acting_as(by, at):
        Answer.objects.create(proposal=proposal, state=state, text=text, answered_at=at, answered_by=by)
