"""The story of a unit's report of a period, over all its revisions: every act on it, by whom, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from reports.models import Answer, Obligation, ProgressReport
from reports.reading.content import Content
from reports.reading.differences import Differences, differences
from reports.reading.past import Past
from units.models import User

State = ProgressReport.State


class Kind(StrEnum):
    STARTED = "started"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    LOGGED = "logged"
    EXTENDED = "extended"
    TAKEN_UP = "taken_up"
    ANSWERED = "answered"


class Reason(NamedTuple):
    """Why one entry was returned."""

    assignment_id: int
    number: str
    title: str
    text: str


@dataclass(frozen=True)
class Act:
    """`differences` and the names of evidence are those against what was submitted before, or what was
    returned where an answer to it was taken back; `is_again` where that was the same revision. `proposal`
    is what was taken up or answered, with the `reason` as the answer's words.
    """

    kind: Kind
    when: datetime
    who: str
    revision: int = 0
    reason: str = ""
    reasons: list[Reason] = field(default_factory=list)
    differences: Differences | None = None
    files_added: list[str] = field(default_factory=list)
    files_removed: list[str] = field(default_factory=list)
    is_again: bool = False
    until: date | None = None
    proposal: str = ""

    @property
    def is_unchanged(self) -> bool:
        """Submitted again as it was."""
        nothing = self.differences is not None and not self.differences
        return nothing and not self.files_added and not self.files_removed


@dataclass(frozen=True)
class Story:
    acts: list[Act]

    @property
    def last_submission(self) -> Act | None:
        return next((act for act in reversed(self.acts) if act.kind == Kind.SUBMITTED), None)

    @property
    def answered(self) -> Act | None:
        """The return that the newest submission answers."""
        found = returned = None
        for act in self.acts:
            match act.kind:
                case Kind.RETURNED:
                    returned = act
                case Kind.SUBMITTED:
                    found, returned = returned, None
                case Kind.WITHDRAWN:
                    found, returned = None, found
        return found


def story_of(report: ProgressReport) -> Story:
    """A fixed number of queries, however long the story is."""
    reports = [report] if report.is_log else list(report.revisions())
    history: dict[int, list[Any]] = {each.pk: [] for each in reports}
    for row in ProgressReport.history.filter(id__in=history).order_by("history_date", "history_id"):
        history[row.id].append(row)
    teller = Teller(Past(reports), [row for rows in history.values() for row in rows])
    acts = [act for each in reports for act in teller.acts(history[each.pk])]
    if not report.is_log:
        acts += exceptions(report)
    acts += answers(reports)
    return Story(sorted(acts, key=lambda act: act.when))


class Said(NamedTuple):
    """What was submitted, with the names of its evidence by digest; nothing yet."""

    content: Content | None = None
    files: Mapping[str, str] = MappingProxyType({})
    revision: int = 0


class Teller:
    """Goes through the histories of the revisions in their order and knows what the next is compared with."""

    def __init__(self, past: Past, rows: list[Any]) -> None:
        self.past = past
        self.said = Said()
        self.returned: Said | None = None
        self.people = User.objects.in_bulk({key for row in rows for key in doers(row).values() if key})

    def acts(self, rows: list[Any]) -> Iterator[Act]:
        state = None
        for row in rows:
            for kind in kinds_of(state, row):
                yield self.act(kind, row)
            state = row.state

    def act(self, kind: Kind, row: Any) -> Act:
        facts: dict[str, Any] = {}
        if kind == Kind.SUBMITTED:
            facts = self.since_last(row)
        elif kind == Kind.RETURNED:
            self.returned = self.said
            facts = {"reason": row.return_reason, "reasons": self.reasons(row)}
        elif kind == Kind.ACCEPTED:
            self.returned = None
        elif kind == Kind.WITHDRAWN:
            self.said = self.returned or self.said
        doer = self.people.get(doers(row)[kind] or row.history_user_id)
        who = str(doer) if doer else _("the system")
        return Act(kind, times(row)[kind], who, row.revision, **facts)

    def since_last(self, row: Any) -> dict[str, Any]:
        """What is new in this submission; nothing of the very first one, which is new as a whole."""
        content = self.past.content(row)
        before, now = self.said, Said(content, self.past.files_at(row), row.revision)
        self.said = now
        if before.content is None:
            return {}
        return {
            "is_again": before.revision == now.revision,
            "differences": differences(before.content, content),
            "files_added": [name for digest, name in now.files.items() if digest not in before.files],
            "files_removed": [name for digest, name in before.files.items() if digest not in now.files],
        }

    def reasons(self, row: Any) -> list[Reason]:
        return [
            Reason(entry.assignment_id, entry.number, entry.title, entry.return_reason)
            for entry in self.past.entries_at(row)
            if entry.return_reason
        ]


def doers(row: Any) -> dict[Kind, int | None]:
    """Who did what led to the row, by the kind of act."""
    return {
        Kind.STARTED: row.started_by_id,
        Kind.SUBMITTED: row.submitted_by_id,
        Kind.WITHDRAWN: row.history_user_id,
        Kind.RETURNED: row.returned_by_id,
        Kind.ACCEPTED: row.accepted_by_id,
        Kind.LOGGED: row.accepted_by_id,
    }


def times(row: Any) -> dict[Kind, datetime]:
    return {
        Kind.STARTED: row.started_at,
        Kind.SUBMITTED: row.submitted_at,
        Kind.WITHDRAWN: row.history_date,
        Kind.RETURNED: row.returned_at,
        Kind.ACCEPTED: row.accepted_at,
        Kind.LOGGED: row.accepted_at,
    }


def kinds_of(before: str | None, row: Any) -> list[Kind]:
    """The acts that made the row; none where the state stayed. Who brings in an old report does several."""
    if row.period_id is None:
        return [Kind.LOGGED] if before != row.state == State.ACCEPTED else []
    if row.state == before:
        return []
    if row.state == State.DRAFT:
        return [Kind.STARTED if before is None else Kind.WITHDRAWN]
    started = [Kind.STARTED] if before is None else []
    submitted = [Kind.SUBMITTED] if before != State.SUBMITTED else []
    answered = {State.RETURNED.value: [Kind.RETURNED], State.ACCEPTED.value: [Kind.ACCEPTED]}
    return [*started, *submitted, *answered.get(row.state, [])]


def exceptions(report: ProgressReport) -> Iterator[Act]:
    """The days that staff gave the unit after the lock; a day that was taken back has no `until`."""
    history = Obligation.history.filter(period_id=report.period_id, unit_id=report.unit_id)
    until = None
    for row in history.select_related("history_user").order_by("history_date", "history_id"):
        if row.extended_to != until:
            until = row.extended_to
            who = str(row.history_user) if row.history_user else _("the system")
            yield Act(Kind.EXTENDED, row.history_date, who, reason=row.extension_reason, until=until)


def answers(reports: list[ProgressReport]) -> Iterator[Act]:
    """What was done about the proposals of any of the revisions."""
    history = Answer.history.filter(proposal__report__in=reports).select_related("proposal", "answered_by")
    for row in history.order_by("history_date", "history_id"):
        kind = Kind.ANSWERED if row.state == Answer.State.ANSWERED else Kind.TAKEN_UP
        said = row.proposal.text
        yield Act(kind, row.answered_at, str(row.answered_by), reason=row.text, proposal=said)
