"""Where a plan stands, at a glance."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from plans.models import Plan
from reports.access import plan_with_state
from reports.forms.state import DayForm
from reports.state.dashboard import dashboard, lines
from reports.state.remarks import Reply, remarks
from tasks.views.plans import show_content
from units.access import reads_everything
from units.keeping import from_kept, render_kept

# The rest is one press away.
FIRST_ROWS = 5


@require_safe
@from_kept
def show_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The state of the plan; an officer is shown what it asks of the own unit."""
    if not reads_everything(request.user):
        return show_content(request, pk)
    plan = plan_with_state(request.user, pk)
    return render_kept(request, "reports/show_plan.html", partial(state_context, plan, request.GET))


def state_context(plan: Plan, asked: QueryDict) -> dict[str, Any]:
    form = DayForm(asked)
    state = dashboard(plan, form.day)
    current = [remark for remark in remarks(plan, form.day) if remark.is_current]
    return {
        "plan": plan,
        "form": form,
        "state": state,
        "overdue": lines(state.overdue)[:FIRST_ROWS],
        "due_soon": lines(state.due_soon)[:FIRST_ROWS],
        "remarks": current[:FIRST_ROWS],
        "remark_count": len(current),
        "unanswered": sum(remark.reply == Reply.NONE for remark in current),
        "in_hand": sum(remark.reply == Reply.IN_HAND for remark in current),
    }
