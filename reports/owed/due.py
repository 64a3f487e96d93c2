"""What an officer's unit has to do about its reports, as cards of its first page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reports.models import Obligation, ProgressEntry, ProgressReport
from reports.owed.standing import ObligationStanding, Step, standings
from units.models import User


@dataclass(frozen=True)
class Card:
    """`reasons` are those that were given for single entries of a returned report."""

    standing: ObligationStanding
    reasons: list[ProgressEntry]


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
    name_people(newest + [told.accepted for told in found if told.revision and told.accepted])
    returned = [report.pk for report in newest if report.is_to_be_mended]
    reasons: dict[int, list[ProgressEntry]] = {}
    for entry in ProgressEntry.objects.filter(report__in=returned).exclude(return_reason=""):
        reasons.setdefault(entry.report_id, []).append(entry)
    cards = [Card(told, reasons.get(told.report.pk, []) if told.report else []) for told in found]
    places = {step: place for place, step in enumerate(Step)}
    cards.sort(key=lambda card: (places[card.standing.step], card.standing.last_day))
    answered = [card for card in cards if card.standing.step == Step.NOTHING]
    answered.sort(key=due_day, reverse=True)
    return Due([card for card in cards if card.standing.step != Step.NOTHING], answered[:most_answered])


def due_day(card: Card) -> tuple[date, int]:
    return card.standing.obligation.period.due_on, card.standing.obligation.pk
