from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from plans.access import readable_plan, writable_plan
from plans.history import plan_timeline
from tasks.access import visible_assignments, visible_tasks
from tasks.forms.tasks import AssignForm, TaskOfPlanForm
from tasks.models import Assignment, Task
from tasks.overview import groups_with_tasks
from units.access import reads_everything
from units.models import Unit


@require_safe
def show_plan(request: HttpRequest, pk: int) -> HttpResponse:
    plan = readable_plan(request.user, pk)
    context = {
        "plan": plan,
        "groups": groups_with_tasks(plan, visible_tasks(request.user), visible_assignments(request.user)),
        "recipients": plan.recipients.prefetch_related("units"),
        "bases": plan.legal_bases.all(),
        "changes": plan_timeline(plan).latest(5) if reads_everything(request.user) else [],
    }
    return render(request, "tasks/show_plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assign_tasks(request: HttpRequest, pk: int) -> HttpResponse:
    """Give many tasks to many units in one act; what is there already stays."""
    plan = writable_plan(request.user, pk)
    tasks = Task.objects.of_plan(plan)
    units = Unit.objects.valid_on(timezone.localdate())
    form = AssignForm(
        request.POST or None, tasks=tasks, units=units, initial={"tasks": request.GET.getlist("task")}
    )
    if request.method == "POST" and form.is_valid():
        messages.success(request, assigned_message(form.save()))
        return redirect(plan)
    context = {
        "plan": plan,
        "form": form,
        "groups": groups_with_tasks(plan, tasks, Assignment.objects.all()),
        "kinds": units.by_kind(),
        "chosen": form.chosen(),
    }
    return render(request, "tasks/assign_tasks.html", context)


def assigned_message(assigned) -> str:
    created = ngettext("%(count)d assignment was made.", "%(count)d assignments were made.", assigned.created)
    existing = ngettext(
        "%(count)d was there before and stays as it was.",
        "%(count)d were there before and stay as they were.",
        assigned.existing,
    )
    parts = [created % {"count": assigned.created}]
    if assigned.existing:
        parts.append(existing % {"count": assigned.existing})
    return " ".join(parts)


@require_http_methods(["GET", "HEAD", "POST"])
def add_task(request: HttpRequest, pk: int) -> HttpResponse:
    plan = writable_plan(request.user, pk)
    form = TaskOfPlanForm(request.POST or None, plan=plan, initial={"group": request.GET.get("group")})
    if request.method == "POST" and form.is_valid():
        task = form.save()
        messages.success(request, _("The task was added. Give it to the units that carry it out."))
        return redirect(task)
    return render(request, "tasks/edit_task.html", {"plan": plan, "form": form})
