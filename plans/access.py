"""Who may see and do what with plans."""

from django.shortcuts import get_object_or_404

from plans.models import ImportDraft, Plan
from plans.querysets import ImportDraftQuerySet, PlanQuerySet
from units.access import may_manage_work, reads_everything, require
from units.models import User


def visible_plans(user: User) -> PlanQuerySet:
    """An officer sees the plans that give the own unit work or were sent to it."""
    plans = Plan.objects.all()
    return plans if reads_everything(user) else plans.concerning(user.unit_id)


def overseen_plans(user: User) -> PlanQuerySet:
    """Those in force of which the person sees how everybody's work stands."""
    plans = visible_plans(user)
    return plans.in_force() if reads_everything(user) else plans.none()


def readable_plan(user: User, pk: int) -> Plan:
    return get_object_or_404(visible_plans(user).select_related("issuing_unit__letterhead", "parent"), pk=pk)


def writable_plan(user: User, pk: int) -> Plan:
    plan = readable_plan(user, pk)
    require(may_manage_work(user))
    return plan


def import_drafts(user: User) -> ImportDraftQuerySet:
    require(may_manage_work(user))
    return ImportDraft.objects.select_related("created_by")


def writable_import(user: User, pk: int) -> ImportDraft:
    return get_object_or_404(import_drafts(user), pk=pk)
