from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from plans.access import import_drafts, visible_plans
from plans.models import Plan
from reports.access import (
    may_review,
    reports_to_review,
    visible_obligations,
    visible_periods,
    visible_reports,
)
from reports.owed.due import due
from reports.owed.front import open_periods
from reports.reading.proposals import answered_lately
from reports.state.counts import Counts, counts_by
from reports.state.work import works_of_plans, works_of_unit
from reports.views.dashboard import state_context
from units.access import may_manage_work, reads_everything
from units.keeping import from_kept, render_kept
from units.models import Unit, User

MOST_ANSWERS = 3
# Every one is a state of its own to be made; a nation has dozens.
MOST_PLANS = 6


@require_safe
@from_kept
def home(request: HttpRequest) -> HttpResponse:
    """Everybody's first page: an officer's own work, or what waits and where every plan stands."""
    if not reads_everything(request.user):
        return officer_home(request)
    return render_kept(request, "reports/home.html", partial(home_context, request.user))


def home_context(user: User) -> dict[str, Any]:
    today = timezone.localdate()
    plans: list[Any] = list(visible_plans(user).in_force().first_of(user.unit_id, MOST_PLANS + 1))
    # The whole state of the newest that is given to units; a line of each other.
    chosen = next((plan for plan in plans if plan.unit_count), None)
    others = [plan for plan in plans[:MOST_PLANS] if plan != chosen]
    return {
        **(state_context(chosen, QueryDict()) if chosen else {}),
        "others": with_counts(others, today),
        "has_more": len(plans) > MOST_PLANS,
        "has_units": bool(plans) or Unit.objects.exists(),
        "waiting": import_drafts(user).waiting() if may_manage_work(user) else [],
        "to_review": reports_to_review(user).defer("typed") if may_review(user) else [],
        "periods": open_periods(visible_periods(user), today),
    }


def with_counts(plans: list[Plan], on: date) -> list[tuple[Plan, Counts]]:
    counts = counts_by(works_of_plans(plans, on), lambda work: work.group.plan_id)
    return [(plan, counts.get(plan.pk, Counts())) for plan in plans]


def officer_home(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    owed = visible_obligations(request.user).filter(period__plan__state=Plan.State.ACTIVE)
    context = {
        "unit": request.user.unit,
        "due": due(owed, today),
        "answers": answered_lately(visible_reports(request.user), today)[:MOST_ANSWERS],
        "works": works_of_unit(request.user.unit, today),
    }
    return render(request, "reports/officer_home.html", context)
