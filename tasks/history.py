from tasks.models import Assignment, Task
from units.history import Timeline


def task_timeline(task: Task) -> Timeline:
    """Changes of the task and of who has it, removed assignments included."""
    return Timeline(Task.history.filter(id=task.pk), Assignment.history.filter(task_id=task.pk))
