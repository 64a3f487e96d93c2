"""One list of tasks from the body and from the tables, without the same task twice."""

import re

from django.utils.translation import gettext as _

from .folding import fold
from .outline import Group, Outline, Task, Warning

ALIKE = 0.6
MOST_PAIRS = 40_000


def merge(told: list[Group], listed: list[Group], outline: Outline) -> list[Group]:
    """The groups of the body (``told``) and of the tables (``listed``) as one list.

    Where the table repeats the tasks of the body, the body's stay and take who and when from the table.
    Where the body only describes the work, the table's tasks stand alone. Where both name doers or
    deadlines, both are kept.
    """
    if not told or not listed:
        return told or listed
    body_tasks = [task for group in told for task in group.tasks]
    table_tasks = [task for group in listed for task in group.tasks]
    pairs = _pairs(body_tasks, table_tasks)
    first = table_tasks[0].line
    if 2 * len(pairs) >= len(table_tasks):
        for body, table in pairs:
            _complete(body, table)
        _warn(
            outline,
            first,
            _(
                "The table repeats tasks of the text; each is read once, with the doers and dates of the "
                "table."
            ),
        )
        return told + _without({id(table) for _body, table in pairs}, listed)
    if any(_is_assigned(task) for task in body_tasks):
        _warn(
            outline,
            first,
            _("Both the text and the table give tasks; all are kept. Delete those that are double."),
        )
        return told + listed
    _warn(
        outline,
        first,
        _("The tasks are taken from the table; what the text describes is not listed as tasks again."),
    )
    return listed


def _warn(outline: Outline, line: int, message: str) -> None:
    outline.warnings.append(Warning(line, message))


def _is_assigned(task: Task) -> bool:
    return bool(task.lead or task.due_on)


def _pairs(body: list[Task], table: list[Task]) -> list[tuple[Task, Task]]:
    if len(body) * len(table) > MOST_PAIRS:
        return []
    words = [(task, _words(task.text)) for task in body]
    pairs, used = [], set()
    for row in table:
        wanted = _words(row.text)
        free = [
            (len(wanted & have) / max(1, min(len(wanted), len(have))), task)
            for task, have in words
            if id(task) not in used
        ]
        score, best = max(free, key=lambda item: item[0], default=(0.0, row))
        if score >= ALIKE:
            used.add(id(best))
            pairs.append((best, row))
    return pairs


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", fold(text)) if len(word) > 1}


def _complete(body: Task, table: Task) -> None:
    body.lead, body.support = table.lead or body.lead, table.support or body.support
    body.product = table.product or body.product
    if table.due_on or table.ongoing:
        body.due_on, body.ongoing = table.due_on, table.ongoing


def _without(used: set[int], groups: list[Group]) -> list[Group]:
    for group in groups:
        group.tasks = [task for task in group.tasks if id(task) not in used]
    return [group for group in groups if group.tasks]
