"""One assignment with all that was reported of it."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from plans.access import visible_plans
from reports.access import readable_part, visible_reports
from reports.forms.state import DayForm
from reports.state.figures import figures_of
from reports.state.register import Register
from reports.state.timeline import Timeline
from reports.state.work import work_of
from units.keeping import from_kept, render_kept


@require_safe
@from_kept
def show_assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """What counts of it on the day, as the task was asked then, and all else that was said by then."""
    form = DayForm(request.GET)
    register = readable_part(request.user, pk, form.day)
    make = partial(assignment_context, request, pk, register, form)
    return render_kept(request, "reports/show_assignment.html", make)


def assignment_context(request: HttpRequest, pk: int, register: Register, form: DayForm) -> dict[str, Any]:
    work = work_of(register)
    told = list(Timeline(visible_reports(request.user), form.day, assignment=pk)[:])
    counted = next((each for each in told if each.replaced_by is None), None)
    return {
        "work": work,
        "plan": work.group.plan,
        "form": form,
        "counted": counted,
        "figures": figures_of(register, counted.report) if counted else [],
        "others": [each for each in told if each is not counted],
        "reads_plan": visible_plans(request.user).filter(pk=work.group.plan_id).exists(),
    }
