"""How papers speak of the plan that they belong to, as it stood at the moment that they tell of."""

from __future__ import annotations

from dataclasses import replace

from plans.models import Plan
from reports.documents.choices import Choices
from reports.documents.letterheads import issuer_of
from reports.documents.texts import GAP, tidy, topic_of, written_date
from reports.state.register import known_plan


def as_of_day(choices: Choices) -> Choices:
    """With the plan as it stood when the day ended; raises LookupError as `known_plan` does."""
    return replace(choices, plan=known_plan(choices.plan, choices.day))


def named(plan: Plan) -> str:
    """ "Kế hoạch số 05/KH-MTTQ-BTT", or by its topic where it has no number."""
    number = tidy(plan.number)
    return f"Kế hoạch số {number}" if number else f"Kế hoạch {topic_of(plan.title)}"


def named_whole(plan: Plan) -> str:
    """With its day, who issued it and its topic, as far as they are known."""
    issuer, number = tidy(issuer_of(plan)), tidy(plan.number)
    day = f" {written_date(plan.issued_on)}" if plan.issued_on else ""
    whose = f" của {issuer}" if issuer else ""
    topic = topic_of(plan.title)
    if not number:
        return f"Kế hoạch{day}{whose} về {topic}"
    return f"Kế hoạch số {number}{day}{whose} về {topic}"


def reference_to(plan: Plan) -> str:
    """Of what a paper is an appendix (Annex I, IV): unknown parts stay gaps, as they stay in the plan."""
    issuer = tidy(issuer_of(plan)) or "…" * 10
    number = tidy(plan.number) or f"{GAP * 10}/KH-{'…' * 4}"
    return f"Kèm theo Kế hoạch số {number} {written_date(plan.issued_on)} của {issuer}"


def stem_of(plan: Plan) -> str:
    return tidy(plan.number) or f"kế hoạch {plan.pk}"
