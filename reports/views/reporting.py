"""Which units sent the reports of which periods, in time or not."""

from functools import partial

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.access import plan_with_state
from reports.forms.reporting import ReportingFilter
from reports.state.reporting import reporting

# All units of one period, as a rule.
ROWS_A_PAGE = 250


@require_safe
def show_reporting(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_with_state(request.user, pk)
    form = ReportingFilter(request.GET, partial(reporting, plan))
    context = {
        "plan": plan,
        "form": form,
        "page": Paginator(form.chosen, ROWS_A_PAGE).get_page(request.GET.get("page")),
        # One that was removed since has no page any more.
        "periods_with_page": set(plan.periods.values_list("pk", flat=True)),
    }
    return render(request, "reports/show_reporting.html", context)
