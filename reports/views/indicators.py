"""What is counted for a plan's tasks, against what is wanted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.access import plan_with_state
from reports.forms.indicators import IndicatorFilter
from reports.state.indicators import of_groups, overlapping
from reports.state.measuring import measured
from reports.state.register import Register


@require_safe
def show_indicators(request: HttpRequest, pk: int) -> HttpResponse:
    """All indicators by group and task, or one of them by unit."""
    plan = plan_with_state(request.user, pk)
    form = IndicatorFilter(request.GET, lambda day: measured(Register.of_plans([plan], day)))
    chosen = form.chosen
    context = {
        "plan": plan,
        "form": form,
        "one": chosen[0] if form.one and chosen else None,
        "groups": of_groups(chosen),
        "columns": form.measures[0].columns if form.measures else [],
        "overlapping": overlapping(form.measures[0].columns) if form.measures else [],
    }
    return render(request, "reports/show_indicators.html", context)
