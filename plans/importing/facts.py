"""Who does each task and until when, read from its text; and what is doubtful about it."""

from django.utils.translation import gettext as _

from .deadlines import Timing, find_timing
from .head import plan_start, plan_year
from .labels import PRODUCT, find_facts
from .outline import Outline, Task, Warning
from .units import find_doers


def add_facts(tasks: list[Task], shared: str, outline: Outline) -> None:
    """Set lead, support, deadline and product of each task from its text.

    ``shared`` is what the group states for all its tasks.
    """
    year, earliest = plan_year(outline), plan_start(outline)
    common = find_doers(shared)
    for task in tasks:
        doers = find_doers(task.text)
        task.lead = doers.lead or common.lead
        task.support = [unit for unit in doers.support or common.support if unit != task.lead]
        products = [fact.value for fact in find_facts(task.text) if fact.name == PRODUCT]
        task.product = products[0] if products and products[0] else None
        timing = find_timing(task.text, year, earliest)
        if shared and not timing.due_on and not timing.ongoing:
            timing = find_timing(shared, year, earliest)
        set_timing(task, timing, outline)
        if doers.doubtful:
            message = _(
                "Several units are named to carry out the task: “%(units)s”. Choose the one in the lead."
            )
            outline.warnings.append(Warning(task.line, message % {"units": doers.lead}))


def set_timing(task: Task, timing: Timing, outline: Outline) -> None:
    """Set the deadline of the task, and warn where it was not plain."""
    task.due_on, task.ongoing = timing.due_on, timing.ongoing and timing.due_on is None
    for message in _doubts(timing):
        outline.warnings.append(Warning(task.line, message))


def _doubts(timing: Timing) -> list[str]:
    doubts = []
    if timing.without_year:
        message = _("The time “%(time)s” has no year, so no deadline is set; set it yourself.")
        doubts.append(message % {"time": timing.without_year[0]})
    if timing.assumed_year and timing.due_on:
        message = _("The deadline has no year; %(year)d is taken from the title of the plan. Check it.")
        doubts.append(message % {"year": timing.due_on.year})
    if timing.past and timing.due_on:
        doubts.append(_("The deadline lies before the plan itself. Check it."))
    elif timing.past and not timing.ongoing:
        message = _("The time “%(time)s” lies before the plan, so no deadline is set; check it.")
        doubts.append(message % {"time": timing.past})
    if timing.several and timing.due_on:
        message = _("The task names several times; the latest, %(date)s, is taken as its deadline. Check it.")
        doubts.append(message % {"date": timing.due_on.strftime("%d/%m/%Y")})
    if timing.uncued and timing.due_on:
        message = _("The task names %(date)s without calling it a deadline; it is taken as one. Check it.")
        doubts.append(message % {"date": timing.due_on.strftime("%d/%m/%Y")})
    if timing.doubtful and timing.due_on:
        doubts.append(_("The deadline says “đầu” or “giữa”; the end of the period is taken. Check it."))
    if timing.doubtful and timing.ongoing:
        doubts.append(_("The task is taken as ongoing because its text calls it “thường xuyên”. Check it."))
    return doubts
