"""The acts on a report at times gone by, with the rows and the history that the pages would have left.

The product's own acts (`reports.actions`, the verbs of the report) know no other time than now, and write
every row by itself. Nothing told here is stored until its book is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum, auto
from uuid import UUID

from django.utils import timezone

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
from reports.sample.book import Book
from reports.writing.typed import typed_again
from tasks.models import Assignment
from units.folding import searchable
from units.models import Unit, User


class Fate(StrEnum):
    """How a report came, or that it did not."""

    IN_TIME = auto()
    IN_GRACE = auto()
    LATE = auto()
    MISSING = auto()
    MENDED = auto()
    REVISED = auto()
    EXTENDED = auto()


class Told:
    """A report and what it says; `entries` by the key of the assignment, `values` by those of the entry and
    the indicator."""

    def __init__(self, book: Book, report: ProgressReport, by: User, at: datetime) -> None:
        self.book, self.report = book, report
        self.entries: dict[int, ProgressEntry] = {}
        self.values: dict[tuple[int, int], IndicatorValue] = {}
        self.proposals: list[Proposal] = []
        report.folded = searchable(report.names)
        book.save(report, by, at)

    def submit(self, content: Content, by: User, at: datetime) -> None:
        """Type the whole and send it."""
        report = self.report
        assert report.period
        report.typed, report.typed_by, report.typed_at = typed_again(content), by, at
        report.version += 2
        self.say(content, by, at)
        self.mark_submitted(by, min(timezone.localdate(at), report.period.cut_off_on), at)
        self.book.save(report, by, at)

    def mark_submitted(self, by: User, reported_on: date, at: datetime) -> None:
        said = [text for entry in self.entries.values() for text in (entry.title, entry.result)]
        self.report.mark_submitted(by, reported_on, at, said)

    def say(self, content: Content, by: User, at: datetime) -> None:
        """What `write_content` does, of a content that always has the same assignments."""
        report = self.report
        report.overview, report.difficulties = content.overview, content.difficulties
        report.next_steps = content.next_steps
        for position, said in enumerate(content.entries):
            key = said.assignment.pk
            entry = self.entries.get(key) or ProgressEntry(report_id=report.pk, assignment_id=key)
            self.entries[key] = entry
            facts = {"number": said.number, "title": said.title, "status": said.status, "result": said.result}
            self.book.put(entry, by, at, position=position, percent=said.percent or 0, **facts)
            self.measure(entry, said.values, by, at)
        for position, asked in enumerate(content.proposals):
            if position == len(self.proposals):
                self.proposals.append(Proposal(report=report))
            proposal = self.proposals[position]
            self.book.put(proposal, by, at, position=position, **asked._asdict())
            proposal.folded = proposal.searchable()

    def measure(self, entry: ProgressEntry, amounts: dict[int, Decimal], by: User, at: datetime) -> None:
        for indicator, amount in amounts.items():
            key = entry.pk, indicator
            value = self.values.get(key) or IndicatorValue(entry_id=entry.pk, indicator_id=indicator)
            self.values[key] = value
            self.book.put(value, by, at, value=amount)
        for key in [key for key in self.values if key[0] == entry.pk and key[1] not in amounts]:
            self.book.delete(self.values.pop(key), by, at)

    def send_back(self, by: User, at: datetime, reason: str, reasons: Mapping[int, str]) -> None:
        """Return it; `reasons` by the key of the assignment."""
        report = self.report
        report.version += 1
        report.state, report.return_reason = report.State.RETURNED, reason
        report.returned_at, report.returned_by = at, by
        for assignment, said in reasons.items():
            self.book.put(self.entries[assignment], by, at, return_reason=said)
        self.book.save(report, by, at)

    def accept(self, by: User, at: datetime) -> None:
        report = self.report
        report.version += 1
        report.state, report.accepted_at, report.accepted_by = report.State.ACCEPTED, at, by
        self.book.save(report, by, at)

    def revise(self, by: User, at: datetime) -> Told:
        """A new revision of what was accepted, to be written."""
        report = self.report
        assert report.period
        return started(self.book, report.period, report.unit, report.revision + 1, by, at)


def start(
    book: Book, obligation: Obligation, by: User, at: datetime, typed: dict[str, str] | None = None
) -> Told:
    """A draft, in which something may be typed already."""
    return started(book, obligation.period, obligation.unit, 1, by, at, typed)


def started(
    book: Book,
    period: Period,
    unit: Unit,
    revision: int,
    by: User,
    at: datetime,
    typed: dict[str, str] | None = None,
) -> Told:
    report = ProgressReport(
        plan=period.plan, unit=unit, period=period, revision=revision, started_by=by, started_at=at
    )
    if typed:
        report.typed, report.typed_by, report.typed_at, report.version = typed, by, at, 2
    return Told(book, report, by, at)


def log(book: Book, said: EntryContent, by: User, at: datetime, told_by: str, form_key: UUID) -> None:
    """What staff heard of a unit, or what the own house has done; accepted at once."""
    assignment: Assignment = said.assignment
    report = ProgressReport(
        plan=assignment.task.group.plan,
        unit=assignment.unit,
        started_by=by,
        started_at=at,
        form_key=form_key,
    )
    told = Told(book, report, by, at)
    told.say(Content(entries=[said]), by, at)
    told.mark_submitted(by, timezone.localdate(at), at)
    report.told_by = told_by
    report.state, report.accepted_at, report.accepted_by = report.State.ACCEPTED, at, by
    book.save(report, by, at)


def answer(book: Book, proposal: Proposal, text: str, by: User, at: datetime) -> None:
    """What the city Front says to it; without words it has only taken it in hand."""
    state = Answer.State.ANSWERED if text else Answer.State.IN_HAND
    book.save(Answer(proposal=proposal, state=state, text=text, answered_at=at, answered_by=by), by, at)
