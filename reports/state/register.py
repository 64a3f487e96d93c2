"""What the plans asked of whom on a day: their groups, tasks and assignments as they stood when it ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from plans.models import Plan, TaskGroup
from reports.state.days import end_of
from reports.state.succession import KnownUnits, known_units
from tasks.models import Assignment, Task
from units.folding import fold
from units.keeping import kept
from units.models import Unit
from units.past import rows_as_of, rows_known


@dataclass
class Register:
    """Rows of that day, in the order of the plan; `ended` are assignments that had ended by then.

    A task has its `number` as papers count it ("2.1"). Rows of a plan, group, task or unit that was not
    known are left out.
    """

    day: date
    groups: list[TaskGroup]
    tasks: list[Task]
    assignments: list[Assignment] = field(default_factory=list)
    ended: list[Assignment] = field(default_factory=list)
    known: KnownUnits = field(default_factory=KnownUnits)

    @classmethod
    def of_plans(cls, plans: Iterable[Plan], day: date) -> Register:
        moment = end_of(day)
        register = cls.structure(plans_known((plan.pk for plan in plans), moment), day)
        keys = [task.pk for task in register.tasks]
        return register.with_assignments(rows_as_of(Assignment, moment, task_id__in=keys))

    @classmethod
    @kept
    def of_task(cls, pk: int, day: date) -> Register:
        """Without a task where it was not there yet; numbered in the plan that it was in then."""
        moment = end_of(day)
        register = cls.structure(plans_around(rows_as_of(Task, moment, id=pk), moment), day)
        register.tasks = [known for known in register.tasks if known.pk == pk]
        if not register.tasks:
            return register
        return register.with_assignments(rows_as_of(Assignment, moment, task_id=pk))

    @classmethod
    @kept
    def of_assignment(cls, pk: int, day: date) -> Register:
        """Of that one alone; of none where it was not given yet, or was taken back again."""
        moment = end_of(day)
        rows = rows_as_of(Assignment, moment, id=pk)
        tasks = rows_as_of(Task, moment, id__in=[row.task_id for row in rows])
        return cls.structure(plans_around(tasks, moment), day).with_assignments(rows)

    @classmethod
    def of_units(cls, units: Iterable[Unit], day: date) -> Register:
        """Of all plans, the newest first; tasks have no `number`, as those of others are not read."""
        moment = end_of(day)
        rows = rows_as_of(Assignment, moment, unit_id__in=[unit.pk for unit in units])
        tasks = rows_as_of(Task, moment, id__in={row.task_id for row in rows})
        groups = rows_as_of(TaskGroup, moment, id__in={task.group_id for task in tasks})
        return cls.assembled(day, plans_of(groups, moment), groups, tasks).with_assignments(rows)

    @classmethod
    def structure(cls, plans: dict[int, Plan], day: date) -> Register:
        """Groups and numbered tasks alone."""
        moment = end_of(day)
        groups = rows_as_of(TaskGroup, moment, plan_id__in=list(plans))
        tasks = rows_as_of(Task, moment, group_id__in=[group.pk for group in groups])
        register = cls.assembled(day, plans, groups, tasks)
        places: Counter[Any] = Counter()
        for group in register.groups:
            places[group.plan_id] += 1
            group.place = places[group.plan_id]  # type: ignore[attr-defined]
        for task in register.tasks:
            places[task.group] += 1
            task.number = f"{task.group.place}.{places[task.group]}"  # type: ignore[attr-defined]
        return register

    @classmethod
    def assembled(
        cls, day: date, plans: dict[int, Plan], groups: list[TaskGroup], tasks: list[Task]
    ) -> Register:
        groups = [group for group in groups if group.plan_id in plans]
        groups.sort(key=lambda group: (-group.plan_id, group.position, group.pk))
        for group in groups:
            group.plan = plans[group.plan_id]
        by_key = {group.pk: (place, group) for place, group in enumerate(groups)}
        tasks = [task for task in tasks if task.group_id in by_key]
        tasks.sort(key=lambda task: (by_key[task.group_id][0], task.position, task.pk))
        for task in tasks:
            task.group, task.number = by_key[task.group_id][1], ""  # type: ignore[attr-defined]
        return cls(day, groups, tasks)

    def with_assignments(self, rows: list[Assignment]) -> Register:
        """Those of the register's tasks, in their order; of one task the leads first."""
        tasks = {task.pk: (place, task) for place, task in enumerate(self.tasks)}
        rows = [row for row in rows if row.task_id in tasks]
        self.known = known_units((row.unit_id for row in rows), self.day)
        rows = self.known.rows(rows)
        for row in rows:
            row.task = tasks[row.task_id][1]
        roles = {role: place for place, role in enumerate(Assignment.Role.values)}
        names = {pk: fold(unit.short_name) for pk, unit in self.known.units.items()}
        rows.sort(key=lambda row: (tasks[row.task_id][0], roles[row.role], names[row.unit_id], row.unit_id))
        self.assignments = [row for row in rows if row.ended_on is None]
        self.ended = [row for row in rows if row.ended_on is not None]
        return self

    def of_group(self, group: int) -> Register:
        """What that one holds; its tasks keep their numbers."""
        return replace(
            self,
            groups=[row for row in self.groups if row.pk == group],
            tasks=[row for row in self.tasks if row.group_id == group],
            assignments=[row for row in self.assignments if row.task.group_id == group],
            ended=[row for row in self.ended if row.task.group_id == group],
        )

    def carrier(self, unit: Unit) -> Unit:
        return self.known.carrier(unit)


def plans_around(tasks: Iterable[Task], moment: datetime) -> dict[int, Plan]:
    return plans_of(rows_as_of(TaskGroup, moment, id__in={task.group_id for task in tasks}), moment)


def plans_of(groups: Iterable[TaskGroup], moment: datetime) -> dict[int, Plan]:
    return plans_known((group.plan_id for group in groups), moment)


def plans_known(keys: Iterable[int], moment: datetime) -> dict[int, Plan]:
    """As they were then, also those that were removed since."""
    return {plan.pk: plan for plan in rows_as_of(Plan, moment, id__in=set(keys))}


def known_plan(plan: Plan, day: date) -> Plan:
    """As it stood when the day ended, with who issued it; two queries.

    Raises LookupError, with words for the person, where it was not there yet.
    """
    moment = end_of(day)
    known = plans_known([plan.pk], moment).get(plan.pk)
    if known is None:
        raise LookupError(_("The plan was not there yet on that day."))
    return with_issuer(known, moment)


def with_issuer(plan: Plan, moment: datetime) -> Plan:
    """With the unit as it stood then, or as it was first written down after it."""
    key = plan.issuing_unit_id
    plan.issuing_unit = rows_known(Unit, moment, [key]).get(key) if key else None
    return plan
