from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plans.access import import_drafts, visible_plans
from tasks.access import visible_assignments
from units.access import may_manage_work, reads_everything


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Everybody's first page: an officer's own work, or the plans and what waits to be done with them."""
    if not reads_everything(request.user):
        return officer_home(request)
    context = {
        "plans": visible_plans(request.user).in_force().with_progress(),
        "waiting": import_drafts(request.user).waiting() if may_manage_work(request.user) else [],
    }
    return render(request, "reports/home.html", context)


def officer_home(request: HttpRequest) -> HttpResponse:
    assignments = visible_assignments(request.user).with_plan()
    return render(
        request, "reports/officer_home.html", {"assignments": assignments, "unit": request.user.unit}
    )
