"""A plan's groups with their tasks and who has them, ready to be shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count

from plans.models import Plan, TaskGroup
from tasks.models import Assignment, Task
from tasks.querysets import AssignmentQuerySet, TaskQuerySet
from units.models import Unit


@dataclass(frozen=True)
class GroupOverview:
    group: TaskGroup
    tasks: list[TaskOverview]


@dataclass
class TaskOverview:
    """`number` is the task's place as papers count it ("2.1"). An officer is shown the `own` assignment;
    everybody else the leads, and how many other units there are of each kind."""

    number: str
    task: Task
    own: Assignment | None = None
    leads: list[Unit] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def wards(self) -> int:
        return self.counts[Unit.Kind.WARD]

    @property
    def members(self) -> int:
        return self.counts[Unit.Kind.MEMBER]

    @property
    def others(self) -> int:
        return self.counts.total() - self.wards - self.members

    @property
    def assigned(self) -> bool:
        return bool(self.leads or self.counts)


def groups_with_tasks(
    plan: Plan,
    tasks: TaskQuerySet,
    assignments: AssignmentQuerySet,
    own: AssignmentQuerySet | None = None,
) -> list[GroupOverview]:
    """All groups of the plan with those of `tasks` and `assignments` that are theirs.

    With `own` (an officer's assignments) each task shows that one, and groups without any are left out.
    """
    visible = set(tasks.of_plan(plan).values_list("pk", flat=True))
    groups = [
        GroupOverview(
            group,
            [
                TaskOverview(f"{group_place}.{place}", task)
                for place, task in enumerate(group.tasks.all(), 1)
                if task.pk in visible
            ],
        )
        for group_place, group in enumerate(plan.groups.prefetch_related("tasks"), 1)
    ]
    items = {item.task.pk: item for group in groups for item in group.tasks}
    if own is None:
        fill_assignees(items, assignments)
        return groups
    for assignment in own.filter(task__in=items):
        items[assignment.task_id].own = assignment
    return [group for group in groups if group.tasks]


def task_numbers(plan: Plan) -> dict[int, str]:
    """The place of every task of the plan as papers count it ("2.1"), by the task's key; one query."""
    in_order = plan.groups.order_by("position", "pk", "tasks__position", "tasks__pk")
    pairs = list(in_order.values_list("pk", "tasks__pk"))
    # A group without tasks has its number too.
    places = {group: place for place, group in enumerate(dict.fromkeys(group for group, _task in pairs), 1)}
    counted: Counter[int] = Counter()
    numbers = {}
    for group, task in pairs:
        if task is not None:
            counted[group] += 1
            numbers[task] = f"{places[group]}.{counted[group]}"
    return numbers


def fill_assignees(by_task: dict[int, TaskOverview], assignments: AssignmentQuerySet) -> None:
    """Leads by name, the others as counts of the database: a plan may have thousands of assignments."""
    given = assignments.filter(task__in=by_task).order_by()
    for assignment in given.filter(role=Assignment.Role.LEAD).select_related("unit").order_by("unit__folded"):
        by_task[assignment.task_id].leads.append(assignment.unit)
    others = given.exclude(role=Assignment.Role.LEAD).values_list("task", "unit__kind")
    for task_id, kind, count in others.annotate(count=Count("pk")):
        by_task[task_id].counts[kind] = count
