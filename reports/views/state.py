"""The assignments of a plan on a day: as a list, and as tasks by units."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.access import plan_with_state
from reports.forms.state import DayForm
from reports.forms.work import WorkFilter
from reports.state.work import works_of_plans

ROWS_A_PAGE = 100


@require_safe
def list_work(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows behind every figure: one of each assignment that the address asks for."""
    plan = plan_with_state(request.user, pk)
    form = WorkFilter(request.GET, works_of_plans([plan], DayForm(request.GET).day))
    page = Paginator(form.chosen, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/list_work.html", {"plan": plan, "form": form, "page": page})
