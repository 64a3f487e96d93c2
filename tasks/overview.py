"""A plan's groups with their tasks and who has them, ready to be shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Prefetch

from plans.models import Plan, TaskGroup
from tasks.models import Assignment, Task
from tasks.querysets import AssignmentQuerySet, TaskQuerySet
from units.models import Unit


@dataclass(frozen=True)
class GroupOverview:
    group: TaskGroup
    tasks: list[TaskOverview]


@dataclass(frozen=True)
class TaskOverview:
    """`number` is the task's place as papers count it ("2.1"); units that do not lead are counted."""

    number: str
    task: Task
    leads: list[Unit]
    wards: int
    members: int
    others: int

    @property
    def assigned(self) -> bool:
        return bool(self.leads or self.wards or self.members or self.others)


def groups_with_tasks(
    plan: Plan, tasks: TaskQuerySet, assignments: AssignmentQuerySet
) -> list[GroupOverview]:
    """All groups of the plan with those of `tasks` and `assignments` that are theirs; four queries."""
    given = Prefetch("assignments", assignments.select_related("unit"))
    groups = plan.groups.prefetch_related(Prefetch("tasks", Task.objects.prefetch_related(given)))
    visible = set(tasks.of_plan(plan).values_list("pk", flat=True))
    return [
        GroupOverview(
            group,
            [
                task_overview(f"{group_place}.{place}", task)
                for place, task in enumerate(group.tasks.all(), 1)
                if task.pk in visible
            ],
        )
        for group_place, group in enumerate(groups, 1)
    ]


def task_overview(number: str, task: Task) -> TaskOverview:
    assignments = list(task.assignments.all())
    leads = [each.unit for each in assignments if each.role == Assignment.Role.LEAD]
    kinds = Counter(each.unit.kind for each in assignments if each.role != Assignment.Role.LEAD)
    wards, members = kinds.pop(Unit.Kind.WARD, 0), kinds.pop(Unit.Kind.MEMBER, 0)
    return TaskOverview(number, task, leads, wards, members, others=kinds.total())
