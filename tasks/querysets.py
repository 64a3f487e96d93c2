from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models, transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from units.searching import Searched

if TYPE_CHECKING:
    from tasks.models import Assignment, Task  # noqa: F401 - named in strings below
    from units.models import Unit


class Assigned(NamedTuple):
    """How many assignments were made, changed, and left as they were."""

    created: int
    changed: int
    existing: int


class TaskQuerySet(Searched["Task"]):
    def of_plan(self, plan) -> TaskQuerySet:
        return self.filter(group__plan=plan)

    def fold_again(self) -> None:
        """Let them be found by what their groups are called now."""
        for task in self.select_related("group"):
            if task.folded != (folded := task.searchable()):
                self.filter(pk=task.pk).update(folded=folded)

    def of_unit(self, unit_id: int | None) -> TaskQuerySet:
        if unit_id is None:
            return self.none()
        parts = self.filter(assignments__unit=unit_id, assignments__ended_on__isnull=True)
        return self.filter(pk__in=parts.values("pk"))


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def current(self) -> AssignmentQuerySet:
        """Without those that have ended."""
        return self.filter(ended_on__isnull=True)

    def of_plan(self, plan) -> AssignmentQuerySet:
        return self.filter(task__group__plan=plan)

    @transaction.atomic
    def assign(
        self,
        tasks: Iterable[Task],
        units: Iterable[Unit],
        role: str,
        due_on: date | None = None,
        overwrite: bool = False,
    ) -> Assigned:
        """Give every task to every unit. What a unit already has stays as it is, unless `overwrite`
        asks for this role and deadline there too; what had ended begins again."""
        tasks, units = list(dict.fromkeys(tasks)), list(dict.fromkeys(units))
        # The second of two people who give the same tasks waits here and then finds them given.
        rows: Any = self.model._meta.get_field("task").related_model
        list(
            rows.objects.select_for_update()
            .filter(pk__in=[task.pk for task in tasks])
            .order_by("pk")
            .values("pk")
        )
        there = {(each.task_id, each.unit_id): each for each in self.filter(task__in=tasks, unit__in=units)}
        missing = [
            self.model(task=task, unit=unit, role=role, due_on=due_on)
            for task in tasks
            for unit in units
            if (task.pk, unit.pk) not in there
        ]
        bulk_create_with_history(missing, self.model)
        revived = [each for each in there.values() if each.ended_on]
        changed = [
            each
            for each in there.values()
            if overwrite and not each.ended_on and (each.role, each.due_on) != (role, due_on)
        ]
        for each in (*revived, *changed):
            each.role, each.due_on, each.ended_on = role, due_on, None
        bulk_update_with_history([*revived, *changed], self.model, ["role", "due_on", "ended_on"])
        kept = len(there) - len(revived) - len(changed)
        return Assigned(len(missing) + len(revived), len(changed), kept)
