"""What an officer's unit has to do about its reports, as cards of its first page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from reports.models import Obligation, ProgressEntry, ProgressReport
from reports.standing import ObligationStanding, standings
from units.models import User

State = ProgressReport.State


class Step(TextChoices):
    """What is to be done next; the most urgent first."""

    MEND = "mend"
    WRITE = "write"
    START = "start"
    WAIT = "wait"
    MISSED = "missed"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Card:
    """`reasons` are those that were given for single entries of a returned report."""

    standing: ObligationStanding
    reasons: list[ProgressEntry]

    @property
    def obligation(self) -> Obligation:
        return self.standing.obligation

    @property
    def report(self) -> ProgressReport | None:
        return self.standing.report

    @property
    def is_open(self) -> bool:
        return self.obligation.may_submit(self.standing.on)

    @property
    def step(self) -> Step:
        match self.report.state if self.report else None:
            case State.ACCEPTED:
                return Step.NOTHING
            case State.SUBMITTED:
                return Step.WAIT
            case _ if not self.is_open:
                return Step.MISSED
            case State.RETURNED:
                return Step.MEND
            case State.DRAFT:
                return Step.WRITE
        return Step.START

    @property
    def last_day(self) -> date:
        """The last day in time, or of the unit's own exception."""
        return max(self.obligation.extended_to or date.min, self.obligation.period.due_on)


ACTS = ("submitted_by", "returned_by", "accepted_by")


def name_people(reports: list[ProgressReport]) -> None:
    """Load those who acted on the reports, each once."""
    people = User.objects.in_bulk(
        {getattr(report, f"{act}_id") for report in reports for act in ACTS} - {None}
    )
    for report in reports:
        for act in ACTS:
            setattr(report, act, people.get(getattr(report, f"{act}_id")))


@dataclass(frozen=True)
class Due:
    """`cards` of what is not settled yet, the most urgent first; `answered` are those accepted last."""

    cards: list[Card]
    answered: list[Card]


def due(obligations: Iterable[Obligation], on: date, most_answered: int = 3) -> Due:
    """Four queries, however many are owed."""
    found = standings(obligations, on)
    newest = [told.report for told in found if told.report]
    name_people(newest)
    returned = [report.pk for report in newest if report.state == State.RETURNED]
    reasons: dict[int, list[ProgressEntry]] = {}
    for entry in ProgressEntry.objects.filter(report__in=returned).exclude(return_reason=""):
        reasons.setdefault(entry.report_id, []).append(entry)
    cards = [Card(told, reasons.get(told.report.pk, []) if told.report else []) for told in found]
    places = {step: place for place, step in enumerate(Step)}
    cards.sort(key=lambda card: (places[card.step], card.last_day))
    answered = [card for card in cards if card.step == Step.NOTHING]
    answered.sort(key=lambda card: (card.obligation.period.due_on, card.obligation.pk), reverse=True)
    return Due([card for card in cards if card.step != Step.NOTHING], answered[:most_answered])
