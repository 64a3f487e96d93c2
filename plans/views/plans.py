from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from plans.access import visible_plans, writable_plan
from plans.forms import PlanPartsForms
from plans.history import parts_timeline
from units.access import reads_everything
from units.watching import Watch

PAGE = 30


@require_safe
def list_plans(request: HttpRequest) -> HttpResponse:
    own = None if reads_everything(request.user) else request.user.unit_id
    plans = visible_plans(request.user).with_task_count(own).order_by("-pk")
    plans = plans.matching(request.GET.get("q", ""))
    page = Paginator(plans, PAGE).get_page(request.GET.get("page"))
    return render(request, "plans/list_plans.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The facts, legal bases, groups and recipients on one page, stored together."""
    plan = writable_plan(request.user, pk)
    watch = Watch(plan, parts_timeline(plan), request.POST or None)
    forms = PlanPartsForms(plan, request.POST or None)
    if request.method == "POST" and forms.is_valid() and watch.save(forms):
        messages.success(request, _("The plan was saved."))
        return redirect("show-content", plan.pk)
    invalid = request.method == "POST" and not forms.is_valid()
    context = {"plan": plan, "forms": forms, "watch": watch, "invalid": invalid}
    return render(request, "plans/edit_plan.html", context)
