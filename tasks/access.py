"""Who may see and do what with tasks and assignments."""

from django.shortcuts import get_object_or_404

from tasks.models import Assignment, Task
from tasks.querysets import AssignmentQuerySet, TaskQuerySet
from units.access import may_manage_work, reads_everything, require
from units.models import User


def visible_tasks(user: User) -> TaskQuerySet:
    """An officer sees the tasks that the own unit has a part in."""
    tasks = Task.objects.all()
    return tasks if reads_everything(user) else tasks.of_unit(user.unit_id)


def visible_assignments(user: User) -> AssignmentQuerySet:
    """What is still to be done."""
    assignments = Assignment.objects.current().select_related("unit", "task")
    return assignments if reads_everything(user) else assignments.filter(unit=user.unit_id)


def own_part_of(user: User) -> AssignmentQuerySet | None:
    """What the person's own unit has to do; None for those who look at everybody's."""
    return None if reads_everything(user) else visible_assignments(user)


def readable_task(user: User, pk: int) -> Task:
    return get_object_or_404(visible_tasks(user).select_related("group__plan"), pk=pk)


def writable_task(user: User, pk: int) -> Task:
    task = readable_task(user, pk)
    require(may_manage_work(user))
    return task


def writable_assignment(user: User, pk: int) -> Assignment:
    assignment = get_object_or_404(visible_assignments(user).select_related("task__group__plan"), pk=pk)
    require(may_manage_work(user))
    return assignment
