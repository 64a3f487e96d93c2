"""Acts that write several models at once."""

from django.db import transaction
from django.utils import timezone

from plans.models import ImportDraft, Plan
from tasks.drafting import PlanDraft
from tasks.models import Assignment, Task
from units.matching import UnitNames
from units.models import Unit


@transaction.atomic
def create_plan(draft: PlanDraft) -> Plan:
    """Store a whole plan, and give its tasks to the units that the document itself names."""
    plan = draft.plan
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


def assign_named_units(tasks: list[Task]) -> None:
    names = UnitNames(Unit.objects.valid_on(timezone.localdate()))
    for task in tasks:
        lead = names.find(task.lead_named)
        support = [unit for name in task.support_named.splitlines() for unit in names.find(name)]
        Assignment.objects.assign([task], lead, Assignment.Role.LEAD)
        Assignment.objects.assign([task], support, Assignment.Role.SUPPORT)


@transaction.atomic
def confirm_import(pk: int, draft: PlanDraft) -> Plan:
    """Make the import a plan, once: a second confirm gives the plan of the first."""
    waiting = ImportDraft.objects.select_for_update().get(pk=pk)
    if waiting.plan is None:
        waiting.plan = create_plan(draft)
        waiting.discarded = False
        waiting.save()
    return waiting.plan
