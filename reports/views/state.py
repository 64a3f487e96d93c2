"""The assignments of a plan on a day: as a list, and as tasks by units."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import override
from django.views.decorators.http import require_safe

from plans.models import Plan
from reports.access import plan_with_state
from reports.forms.work import MatrixFilter, WorkFilter
from reports.state.matrix import Matrix
from reports.state.work import works_of_plan
from reports.views.documents import xlsx_response
from units.keeping import from_kept, render_kept

ROWS_A_PAGE = 50


@require_safe
@from_kept
def list_work(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows behind every figure: one of each assignment that the address asks for."""
    plan = plan_with_state(request.user, pk)
    return render_kept(request, "reports/list_work.html", partial(list_context, plan, request.GET))


def list_context(plan: Plan, asked: QueryDict) -> dict[str, Any]:
    form = WorkFilter(asked, partial(works_of_plan, plan))
    page = Paginator(form.listed, ROWS_A_PAGE).get_page(asked.get("page"))
    return {"plan": plan, "form": form, "page": page}


@require_safe
@from_kept
def show_matrix(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_with_state(request.user, pk)
    return render_kept(request, "reports/show_matrix.html", partial(matrix_context, plan, request.GET))


def matrix_context(plan: Plan, asked: QueryDict) -> dict[str, Any]:
    form = MatrixFilter(asked, partial(works_of_plan, plan))
    return {"plan": plan, "form": form, "matrix": Matrix(form.chosen, form.is_turned)}


@require_safe
@from_kept
def export_matrix(request: HttpRequest, pk: int) -> HttpResponse:
    """What `show_matrix` shows at the same address, and the rows behind it."""
    from reports.documents.excel.matrix import matrix_book

    plan = plan_with_state(request.user, pk)
    form = MatrixFilter(request.GET, partial(works_of_plan, plan))
    matrix = Matrix(form.chosen, form.is_turned)
    with override("vi"):
        filters = [f"{chip.label}: {chip.value}" for chip in form.chips]
    return xlsx_response(matrix_book(plan, matrix, form.listed, form.day, filters))
