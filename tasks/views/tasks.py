from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tasks.access import writable_assignment, writable_task
from tasks.forms.indicators import TaskForms
from tasks.forms.tasks import AssignmentForm
from tasks.history import facts_timeline
from tasks.models import Assignment
from units.history import Timeline
from units.watching import Watch


@require_http_methods(["GET", "HEAD", "POST"])
def edit_task(request: HttpRequest, pk: int) -> HttpResponse:
    task = writable_task(request.user, pk)
    plan = task.group.plan
    watch = Watch(task, facts_timeline(task), request.POST or None)
    forms = TaskForms(task, plan, request.POST or None)
    if request.method == "POST" and forms.is_valid():
        try:
            if watch.save(forms):
                messages.success(request, _("The task was saved."))
                return redirect(task)
        except IntegrityError:
            # A unit has just reported on an indicator that is dropped here; the form says so now.
            forms = TaskForms(task, plan, request.POST)
            if forms.is_valid():
                raise
    context = {
        "plan": plan,
        "task": task,
        "forms": forms,
        "watch": watch,
        "given": task.assignments.current().count(),
    }
    return render(request, "tasks/edit_task.html", context)


@require_POST
def remove_task(request: HttpRequest, pk: int) -> HttpResponse:
    task = writable_task(request.user, pk)
    if not task.remove():
        messages.error(
            request,
            _(
                "Nothing was removed: units have reported on this task. Take it from the units instead; "
                "then nobody reports on it any more, and what was reported stays."
            ),
        )
        return redirect(task)
    messages.success(request, _("“%(task)s” was removed. The history keeps it.") % {"task": task})
    return redirect("show-content", task.group.plan_id)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_assignment(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = writable_assignment(request.user, pk)
    history = Timeline(Assignment.history.filter(id=assignment.pk))
    watch = Watch(assignment, history, request.POST or None)
    form = AssignmentForm(request.POST or None, instance=assignment)
    if request.method == "POST" and form.is_valid() and watch.save(form):
        messages.success(request, _("The assignment was saved."))
        return redirect(assignment.task)
    context = {"assignment": assignment, "form": form, "watch": watch}
    return render(request, "tasks/edit_assignment.html", context)


@require_POST
def remove_assignment(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = writable_assignment(request.user, pk)
    if assignment.remove():
        text = _("%(unit)s no longer has this task. Assign it again to take this back.")
    else:
        text = _(
            "%(unit)s no longer has this task; what it reported stays. Assign it again to take this back."
        )
    messages.success(request, text % {"unit": assignment.unit})
    return redirect(assignment.task)
