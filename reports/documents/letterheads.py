"""How a unit's papers begin and end: from its letterhead, and from what was chosen for the one paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from plans.models import Plan
from reports.documents.choices import Choices
from reports.documents.content import Head, Signature
from reports.documents.texts import broken, completed, tidy, tidy_lines
from units.models import Letterhead, Signer, Unit
from units.past import records_of, rows_as_of
from units.texts import is_archive, recipient_lines

# The left head is 66 mm wide: so many bold capitals of 12 pt fit on one line of it.
WIDEST_NAME = 24
UNKNOWN_ISSUER = "…" * 10


@dataclass(frozen=True)
class Frame:
    """What a paper gets from the letterhead of who issues it."""

    head: Head
    signature: Signature
    sent_to: tuple[str, ...]


def frame_of_plan(choices: Choices, abbreviation: str) -> Frame:
    """For papers of the plan's issuing unit; `abbreviation` is the kind's in numbers ("BC")."""
    plan = choices.plan
    known = letterhead_of(plan)
    letterhead = known or Letterhead(issuer_name=issuer_of(plan), place=plan.place)
    return framed(letterhead, choices, abbreviation)


def frame_of_unit(unit: Unit, choices: Choices, abbreviation: str, moment: datetime) -> Frame:
    """As the letterhead stood at the moment, or as it was first written down after it: a paper prints the
    same for ever once there is a letterhead."""
    letterhead = letterhead_at(unit, moment) or Letterhead(issuer_name=unit.name)
    return framed(letterhead, choices, abbreviation)


def framed(letterhead: Letterhead, choices: Choices, abbreviation: str) -> Frame:
    symbol = f"{abbreviation}-{tidy(letterhead.symbol)}" if tidy(letterhead.symbol) else ""
    head = Head(
        superior=_name_lines(letterhead.superior_name),
        issuer=_name_lines(letterhead.issuer_name) or (UNKNOWN_ISSUER,),
        number=completed(tidy(choices.number), symbol),
        symbol=symbol,
        place=tidy(letterhead.place),
        dated=choices.dated,
    )
    return Frame(head, _signature(letterhead, choices.signer), _sent_to(letterhead))


def letterhead_at(unit: Unit, moment: datetime) -> Letterhead | None:
    """As it stood at the moment, or as it was first written down after it; one that was removed before the
    moment is none."""
    known = rows_as_of(Letterhead, moment, unit_id=unit.pk)
    if known:
        return known[0]
    later = records_of(Letterhead).filter(unit_id=unit.pk, history_date__gte=moment)
    first = later.order_by("history_date", "history_id").first()
    return first.instance if first else None


def letterhead_of(plan: Plan) -> Letterhead | None:
    return getattr(plan.issuing_unit, "letterhead", None)


def signature_of(plan: Plan, signer: Signer | None = None) -> Signature:
    """Of who was chosen, else of the plan's own signer; the letterhead completes that one unless it names
    another person or office."""
    if signer:
        return _signature(Letterhead(), signer)
    letterhead = letterhead_of(plan) or Letterhead()
    authority = _capitals(plan.signing_authority) or _capitals(letterhead.signing_authority)
    position, name = tidy(plan.signer_position).upper(), tidy(plan.signer_name)
    usual_position, usual_name = tidy(letterhead.signer_position).upper(), tidy(letterhead.signer_name)
    if _differ(position, usual_position) or _differ(name, usual_name):
        return Signature(authority, position, name)
    return Signature(authority, position or usual_position, name or usual_name)


def _signature(letterhead: Letterhead, signer: Signer | None) -> Signature:
    if signer is None:
        authority, position, name = (
            letterhead.signing_authority,
            letterhead.signer_position,
            letterhead.signer_name,
        )
    else:
        authority, position, name = signer.authority, signer.position, signer.name
    return Signature(_capitals(authority), tidy(position).upper(), tidy(name))


def as_above(sent_to: tuple[str, ...]) -> tuple[str, ...]:
    """For a paper that says at its beginning to whom it goes (Annex I, II.9): they are not named again."""
    named = [line for line in sent_to if not line.startswith(("- …", "- Như trên"))]
    return ("- Như trên;", *named)


def _sent_to(letterhead: Letterhead) -> tuple[str, ...]:
    """The letterhead's lines with dashes and stops: a gap for whom nobody named, the archive last."""
    lines = list(recipient_lines(letterhead.sent_to)) or ["…" * 8]
    if not is_archive(lines[-1]):
        lines.append("Lưu: VT")
    return tuple(f"- {line}{'.' if place == len(lines) else ';'}" for place, line in enumerate(lines, 1))


def issuer_of(plan: Plan) -> str:
    return plan.issuer or (plan.issuing_unit.name if plan.issuing_unit else "")


def _capitals(text: str) -> tuple[str, ...]:
    return tuple(line.upper() for line in tidy_lines(text))


def _name_lines(text: str) -> tuple[str, ...]:
    return tuple(part for line in tidy_lines(text) for part in broken(line.upper(), WIDEST_NAME))


def _differ(own: str, usual: str) -> bool:
    return bool(own and usual and own != usual)
