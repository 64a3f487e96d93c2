"""Acts that write several models at once."""

from django.db import transaction
from django.utils import timezone

from plans.models import ImportDraft, Plan
from tasks.drafting import PlanDraft
from tasks.forms.indicators import TaskForms
from tasks.models import Assignment, Task
from units.matching import UnitNames
from units.models import Unit


@transaction.atomic
def create_plan(draft: PlanDraft) -> Plan:
    """Store a whole plan, and give its tasks to the units that the document itself names.

    Raises ValidationError for a value that no form would take.
    """
    plan = draft.plan
    for row in (*draft.bases, *draft.groups, *draft.recipients, *draft.tasks):
        row.instance.full_clean(exclude=["plan", "group"])
    plan.full_clean()
    plan.save()
    for rows in (draft.bases, draft.groups, draft.recipients):
        for position, row in enumerate(rows):
            row.instance.plan, row.instance.position = plan, position
            row.instance.save()
    for recipient in draft.recipients:
        if recipient.units:
            recipient.instance.units.set(recipient.units)
    for position, row in enumerate(draft.tasks):
        row.instance.group, row.instance.position = draft.groups[row.group].instance, position
        row.instance.save()
    assign_named_units([row.instance for row in draft.tasks])
    return plan


@transaction.atomic
def add_to_plan(forms: TaskForms) -> Task:
    """Store a task that a person typed, and give it to the units that it names."""
    task = forms.save()
    assign_named_units([task])
    return task


def assign_named_units(tasks: list[Task]) -> None:
    """Tasks that name the same units are given together: few writes for a long plan."""
    names = UnitNames(Unit.objects.valid_on(timezone.localdate()))
    parts: dict[tuple[str, Unit], list[Task]] = {}
    for task in tasks:
        for unit in names.find(task.lead_named):
            parts.setdefault((Assignment.Role.LEAD, unit), []).append(task)
        for unit in (unit for name in task.support_named.splitlines() for unit in names.find(name)):
            parts.setdefault((Assignment.Role.SUPPORT, unit), []).append(task)
    for (role, unit), given in sorted(parts.items(), key=lambda part: part[0][0]):
        Assignment.objects.assign(given, [unit], role)


@transaction.atomic
def confirm_import(pk: int, draft: PlanDraft) -> tuple[Plan, bool]:
    """Make the import a plan, once; False with the plan of the first confirm says that this was none."""
    waiting = ImportDraft.objects.select_for_update().get(pk=pk)
    if waiting.plan:
        return waiting.plan, False
    waiting.plan, waiting.discarded = create_plan(draft), False
    waiting.save()
    return waiting.plan, True
