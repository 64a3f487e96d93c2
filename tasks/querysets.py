from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.db import models, transaction
from simple_history.utils import bulk_create_with_history

if TYPE_CHECKING:
    from tasks.models import Assignment, Task  # noqa: F401 - named in strings below
    from units.models import Unit


class Assigned(NamedTuple):
    created: int
    existing: int


class TaskQuerySet(models.QuerySet["Task"]):
    def of_plan(self, plan) -> TaskQuerySet:
        return self.filter(group__plan=plan)

    def of_unit(self, unit_id: int | None) -> TaskQuerySet:
        if unit_id is None:
            return self.none()
        return self.filter(pk__in=self.filter(assignments__unit=unit_id).values("pk"))

    def unassigned(self) -> TaskQuerySet:
        return self.filter(assignments__isnull=True)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def by_role(self) -> AssignmentQuerySet:
        """Lead first, then support, then those that carry out; each by the unit's name."""
        places = [models.When(role=role, then=place) for place, role in enumerate(self.model.Role.values)]
        return self.select_related("unit").order_by(models.Case(*places), "unit__folded", "pk")

    def with_plan(self) -> AssignmentQuerySet:
        """In the order of the plans' own lists, newest plan first."""
        return self.select_related("unit", "task__group__plan").order_by(
            "-task__group__plan_id", "task__group__position", "task__position", "pk"
        )

    @transaction.atomic
    def assign(
        self, tasks: Iterable[Task], units: Iterable[Unit], role: str, due_on: date | None = None
    ) -> Assigned:
        """Give every task to every unit; what a unit already has stays as it is."""
        units = list(units)
        pairs = [(task.pk, unit.pk) for task in tasks for unit in units]
        there = set(
            self.filter(task__in={task for task, _ in pairs}, unit__in={unit for _, unit in pairs})
            .values_list("task", "unit")
        )  # fmt: skip
        missing = [
            self.model(task_id=task, unit_id=unit, role=role, due_on=due_on)
            for task, unit in pairs
            if (task, unit) not in there
        ]
        bulk_create_with_history(missing, self.model)
        return Assigned(created=len(missing), existing=len(pairs) - len(missing))
