"""Which units sent the reports of which periods, in time or not."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from plans.models import Plan
from reports.access import plan_with_state
from reports.forms.reporting import ReportingFilter
from reports.state.reporting import reporting
from units.keeping import from_kept, render_kept

# All units of one period, as a rule.
ROWS_A_PAGE = 250


@require_safe
@from_kept
def show_reporting(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_with_state(request.user, pk)
    return render_kept(request, "reports/show_reporting.html", partial(reporting_context, plan, request.GET))


def reporting_context(plan: Plan, asked: QueryDict) -> dict[str, Any]:
    form = ReportingFilter(asked, partial(reporting, plan))
    return {
        "plan": plan,
        "form": form,
        "page": Paginator(form.chosen, ROWS_A_PAGE).get_page(asked.get("page")),
        # One that was removed since has no page any more.
        "periods_with_page": set(plan.periods.values_list("pk", flat=True)),
    }
