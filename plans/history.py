from plans.models import LegalBasis, Plan, Recipient, TaskGroup
from units.history import Timeline


def parts_timeline(plan: Plan) -> Timeline:
    """Changes of the plan and of its legal bases, groups and recipients, those removed included."""
    parts = [model.history.filter(plan_id=plan.pk) for model in (LegalBasis, TaskGroup, Recipient)]
    return Timeline(Plan.history.filter(id=plan.pk), *parts)
