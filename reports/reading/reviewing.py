"""What a reviewer looks at: the queue, and one report entry by entry with what is new and what is odd."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.forms import BoundField
from django.http import QueryDict
from django.utils import timezone

from reports.forms.review import ReturnForm
from reports.models import Obligation, ProgressReport
from reports.owed.standing import Arrival, arrival_of
from reports.reading.differences import EntryDifference, Piece, word_pieces
from reports.reading.oddities import Odd, odd_as_a_whole, odd_in_entry, oddities
from reports.reading.reports import EntryReading, Reading, read_report, read_reports
from reports.reading.story import Act, story_of


@dataclass(frozen=True)
class Waiting:
    """A report in the queue."""

    reading: Reading
    odd: list[Odd]

    @property
    def report(self) -> ProgressReport:
        return self.reading.report

    @property
    def arrival(self) -> Arrival | None:
        return arrival_of(self.report)


def queue_of(reports: Iterable[ProgressReport]) -> list[Waiting]:
    """The number of queries does not grow with the reports."""
    return [Waiting(reading, oddities(reading)) for reading in read_reports(reports)]


@dataclass(frozen=True)
class EntryReview:
    """`returned_for` and `mended` are of the return that the report answers."""

    reading: EntryReading
    odd: list[Odd]
    field: BoundField
    returned_for: str
    mended: EntryDifference | None

    @property
    def pieces(self) -> list[Piece]:
        """The result beside last time's, word by word."""
        last = self.reading.previous.result if self.reading.previous else ""
        return word_pieces(last, self.reading.content.result)


@dataclass(frozen=True)
class Review:
    """`returned` is the return that the report answers, `submitted` the submission that waits; `locked` is
    the obligation of a unit that could not send it again."""

    reading: Reading
    form: ReturnForm
    odd: list[Odd]
    entries: list[EntryReview]
    returned: Act | None
    submitted: Act | None
    locked: Obligation | None


def review_of(report: ProgressReport, data: QueryDict | None = None) -> Review:
    """A fixed number of queries."""
    reading, story = read_report(report), story_of(report)
    returned, submitted = story.answered, story.last_submission
    reasons = {reason.assignment_id: reason.text for reason in returned.reasons} if returned else {}
    mended = submitted.differences.entries if returned and submitted and submitted.differences else {}
    stored = [(entry, entry.pk) for entry in reading.entries if entry.pk]
    form = ReturnForm(data, entries=[pk for _entry, pk in stored])
    entries = [
        EntryReview(
            reading=entry,
            odd=odd_in_entry(entry),
            field=form.of_entry(pk),
            returned_for=reasons.get(entry.content.assignment.pk, ""),
            mended=mended.get(entry.content.assignment.pk),
        )
        for entry, pk in stored
    ]
    return Review(reading, form, odd_as_a_whole(reading), entries, returned, submitted, locked_of(report))


def locked_of(report: ProgressReport) -> Obligation | None:
    """What the unit owed with this report, where it could not send it again today."""
    owed = Obligation.objects.select_related("period__plan").of_report(report)
    return next((each for each in owed if not each.may_submit(timezone.localdate())), None)
