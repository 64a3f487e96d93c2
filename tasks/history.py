from plans.history import parts_timeline
from plans.models import Plan, TaskGroup
from tasks.models import Assignment, Indicator, Task
from units.history import Timeline


def facts_timeline(task: Task) -> Timeline:
    """Changes of the task and of what is counted for it, removed indicators included."""
    return Timeline(Task.history.filter(id=task.pk), Indicator.history.filter(task_id=task.pk))


def task_timeline(task: Task) -> Timeline:
    """Changes of the task, of what is counted and of who has it, removed assignments included."""
    return Timeline(*facts_timeline(task).sources, Assignment.history.filter(task_id=task.pk))


def plan_timeline(plan: Plan) -> Timeline:
    """Changes of the plan, its parts, its tasks and of who has them, those removed included."""
    groups = TaskGroup.history.filter(plan_id=plan.pk)
    tasks = Task.history.filter(group_id__in=groups.values("id"))
    of_tasks = [model.history.filter(task_id__in=tasks.values("id")) for model in (Indicator, Assignment)]
    return Timeline(*parts_timeline(plan).sources, tasks, *of_tasks)
