"""Several plans side by side: the part that some units have in each."""

from __future__ import annotations

from dataclasses import dataclass, field

from plans.models import Plan
from reports.state.counts import Counts, count
from reports.state.indicators import Measured
from reports.state.register import Register
from reports.state.work import Work


@dataclass
class PlanPart:
    plan: Plan
    works: list[Work] = field(default_factory=list)
    measures: list[Measured] = field(default_factory=list)

    @property
    def counts(self) -> Counts:
        return count(self.works)


def parts_of_plans(register: Register, works: list[Work], measures: list[Measured]) -> list[PlanPart]:
    """In the order of the register; plans in which there is no work any more come with what was counted."""
    parts = {group.plan_id: PlanPart(group.plan) for group in register.groups}
    for work in works:
        parts[work.group.plan_id].works.append(work)
    for row in measures:
        if row.holders or row.values:
            parts[row.task.group.plan_id].measures.append(row)
    return [part for part in parts.values() if part.works or part.measures]
