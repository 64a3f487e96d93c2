"""The names of a report page's fields, and what they hold when a report is begun."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from reports.models import ProgressEntry, ProgressReport
from reports.reading.content import Content, EntryContent
from reports.reading.previous import last_accepted
from tasks.models import Assignment, Indicator
from tasks.querysets import AssignmentQuerySet

HEADS = ("overview", "difficulties", "next_steps")
FIELD = re.compile(
    r"overview|difficulties|next_steps"
    r"|e[0-9]{1,18}-(?:status|percent|result|i[0-9]{1,18})"
    r"|p1?[0-9]-(?:addressee|text)"
)
# As many as FIELD has places for.
MOST_PROPOSALS = 20


def entry_prefix(assignment: Assignment) -> str:
    return f"e{assignment.pk}"


def proposal_prefix(place: int) -> str:
    return f"p{place}"


def assignments_of(report: ProgressReport) -> AssignmentQuerySet:
    """What the report speaks of: all that the unit has in the plan, in the plan's order."""
    assignments = Assignment.objects.of_plan(report.plan_id).current().filter(unit=report.unit_id)
    return (
        assignments.select_related("task__group")
        .prefetch_related("task__indicators")
        .order_by("task__group__position", "task__group", "task__position", "task")
    )


def typed_in(data: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The page's own fields among what was posted; PostgreSQL's JSON holds no NUL."""
    return {
        name: value.replace("\r\n", "\n").replace("\0", "") for name, value in data if FIELD.fullmatch(name)
    }


def typed_of(report: ProgressReport) -> dict[str, str]:
    """What a new report starts with: what was accepted last of each of its assignments."""
    assignments = list(assignments_of(report))
    last = last_accepted(assignments)
    typed: dict[str, str] = {}
    for assignment in assignments:
        if entry := last.get(assignment.pk):
            typed |= {
                f"{entry_prefix(assignment)}-{name}": text
                for name, text in typed_entry(entry, assignment).items()
            }
    return typed


def typed_entry(entry: ProgressEntry, assignment: Assignment) -> dict[str, str]:
    """An amount that is added up over the periods starts anew; a last value goes on."""
    goes_on = {
        indicator.pk for indicator in assignment.task.indicators.all() if indicator.sum == Indicator.Sum.LAST
    }
    values = {value.indicator_id: value.value for value in entry.values.all()}
    return typed_facts(entry, {key: value for key, value in values.items() if key in goes_on})


def typed_again(content: Content) -> dict[str, str]:
    """What a correction starts with: all that was accepted."""
    typed = {name: getattr(content, name) for name in HEADS}
    for said in content.entries:
        prefix = entry_prefix(said.assignment)
        typed |= {f"{prefix}-{name}": text for name, text in typed_facts(said, said.values).items()}
    for place, proposal in enumerate(content.proposals):
        typed |= {f"{proposal_prefix(place)}-{name}": text for name, text in proposal._asdict().items()}
    return typed


def typed_facts(said: ProgressEntry | EntryContent, values: Mapping[int, Decimal]) -> dict[str, str]:
    percent = str(said.percent) if said.status == ProgressEntry.Status.IN_PROGRESS else ""
    amounts = {f"i{indicator}": f"{value.normalize():f}" for indicator, value in values.items()}
    return {"status": said.status, "percent": percent, "result": said.result, **amounts}
