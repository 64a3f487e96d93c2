from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from plans.access import readable_plan, writable_plan
from tasks.access import own_part_of, visible_assignments, visible_tasks
from tasks.actions import add_to_plan
from tasks.forms.indicators import TaskForms
from tasks.forms.tasks import AssignForm
from tasks.history import plan_timeline
from tasks.models import Task
from tasks.overview import groups_with_tasks
from tasks.querysets import Assigned
from units.access import reads_everything, require
from units.models import Unit

ROWS_A_PAGE = 100
# What tasks are given to most often stands first.
USUAL = {Unit.Kind.WARD: 0, Unit.Kind.MEMBER: 1}


@require_safe
def show_content(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan's own words: groups, tasks and who has them, recipients, legal bases."""
    plan = readable_plan(request.user, pk)
    reader = request.user
    context = {
        "plan": plan,
        "groups": groups_with_tasks(
            plan, visible_tasks(reader), visible_assignments(reader), own_part_of(reader)
        ),
        "recipients": plan.recipients.prefetch_related("units"),
        "bases": plan.legal_bases.all(),
        "changes": plan_timeline(plan).latest(5) if reads_everything(reader) else [],
    }
    return render(request, "tasks/show_content.html", context)


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
        tell_assigned(request, form.save())
        return redirect("show-content", plan.pk)
    context = {
        "plan": plan,
        "form": form,
        "groups": groups_with_tasks(plan, tasks, visible_assignments(request.user)),
        "kinds": sorted(units.by_kind(), key=lambda part: USUAL.get(part[0], len(USUAL))),
        "chosen": form.chosen(),
    }
    return render(request, "tasks/assign_tasks.html", context)


def tell_assigned(request: HttpRequest, assigned: Assigned) -> None:
    """What came of it; a warning where something that was asked for did not happen."""
    made = ngettext("%(count)d assignment was made.", "%(count)d assignments were made.", assigned.created)
    changed = ngettext("%(count)d was changed.", "%(count)d were changed.", assigned.changed)
    kept = ngettext(
        "%(count)d was there before: its role and deadline stay as they were.",
        "%(count)d were there before: their roles and deadlines stay as they were.",
        assigned.existing,
    )
    counts = ((made, assigned.created), (changed, assigned.changed), (kept, assigned.existing))
    text = " ".join(sentence % {"count": count} for sentence, count in counts if count)
    (messages.warning if assigned.existing else messages.success)(request, text)


@require_http_methods(["GET", "HEAD", "POST"])
def add_task(request: HttpRequest, pk: int) -> HttpResponse:
    plan = writable_plan(request.user, pk)
    forms = TaskForms(Task(), plan, request.POST or None, {"group": request.GET.get("group")})
    if request.method == "POST" and forms.is_valid():
        task = add_to_plan(forms)
        messages.success(request, _("The task was added. Give it to the units that carry it out."))
        return redirect(task)
    return render(request, "tasks/edit_task.html", {"plan": plan, "forms": forms})


@require_safe
def show_plan_history(request: HttpRequest, pk: int) -> HttpResponse:
    plan = readable_plan(request.user, pk)
    require(reads_everything(request.user))
    page = Paginator(plan_timeline(plan), ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "tasks/show_plan_history.html", {"plan": plan, "page": page})
