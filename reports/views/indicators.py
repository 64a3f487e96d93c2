"""What is counted for a plan's tasks, against what is wanted."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from plans.models import Plan
from reports.access import plan_with_state
from reports.forms.indicators import IndicatorFilter
from reports.state.indicators import of_groups, overlapping
from reports.state.measuring import measured
from reports.state.register import Register
from units.keeping import from_kept, render_kept


@require_safe
@from_kept
def show_indicators(request: HttpRequest, pk: int) -> HttpResponse:
    """All indicators by group and task, or one of them by unit."""
    plan = plan_with_state(request.user, pk)
    return render_kept(request, "reports/show_indicators.html", partial(indicator_context, plan, request.GET))


def indicator_context(plan: Plan, asked: QueryDict) -> dict[str, Any]:
    form = IndicatorFilter(asked, lambda day: measured(Register.of_plans([plan], day)))
    chosen = form.chosen
    return {
        "plan": plan,
        "form": form,
        "one": chosen[0] if form.one and chosen else None,
        "groups": of_groups(chosen),
        "columns": form.measures[0].columns if form.measures else [],
        "overlapping": overlapping(form.measures[0].columns) if form.measures else [],
    }
