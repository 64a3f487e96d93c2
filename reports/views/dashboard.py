"""Where a plan stands, at a glance."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.access import plan_with_state
from reports.forms.state import DayForm
from reports.state.counts import count
from reports.state.work import works_of_plans
from tasks.views.plans import show_content
from units.access import reads_everything


@require_safe
def show_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The state of the plan; an officer is shown what it asks of the own unit."""
    if not reads_everything(request.user):
        return show_content(request, pk)
    plan = plan_with_state(request.user, pk)
    form = DayForm(request.GET)
    context = {"plan": plan, "form": form, "counts": count(works_of_plans([plan], form.day))}
    return render(request, "reports/show_plan.html", context)
