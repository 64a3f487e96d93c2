"""The head and the signature of a plan's papers, from its issuing unit's letterhead and its own words."""

from datetime import date

from plans.models import Plan
from reports.documents.content import Head, Signature
from reports.documents.texts import broken, tidy, tidy_lines
from units.models import Letterhead

# The left head is 66 mm wide: so many bold capitals of 12 pt fit on one line of it.
WIDEST_NAME = 24
UNKNOWN_ISSUER = "…" * 10


def letterhead_of(plan: Plan) -> Letterhead | None:
    return getattr(plan.issuing_unit, "letterhead", None)


def head_of(plan: Plan, *, number: str = "", dated: date | None = None) -> Head:
    """Names and place from the letterhead; without one, from the plan; unknown ones are gaps."""
    letterhead = letterhead_of(plan)
    if letterhead is None:
        issuer = plan.issuer or (plan.issuing_unit.name if plan.issuing_unit else "")
        return Head((), _name_lines(issuer) or (UNKNOWN_ISSUER,), number, tidy(plan.place), dated)
    return Head(
        superior=_name_lines(letterhead.superior_name),
        issuer=_name_lines(letterhead.issuer_name),
        number=number,
        place=tidy(letterhead.place),
        dated=dated,
    )


def signature_of(plan: Plan) -> Signature:
    """The plan's own signer; the letterhead completes it unless it names another person or office."""
    letterhead = letterhead_of(plan) or Letterhead()
    authority = tidy(plan.signing_authority or letterhead.signing_authority).upper()
    position, name = tidy(plan.signer_position).upper(), tidy(plan.signer_name)
    usual_position, usual_name = tidy(letterhead.signer_position).upper(), tidy(letterhead.signer_name)
    if _differ(position, usual_position) or _differ(name, usual_name):
        return Signature(authority, position, name)
    return Signature(authority, position or usual_position, name or usual_name)


def _name_lines(text: str) -> tuple[str, ...]:
    return tuple(part for line in tidy_lines(text) for part in broken(line.upper(), WIDEST_NAME))


def _differ(own: str, usual: str) -> bool:
    return bool(own and usual and own != usual)
