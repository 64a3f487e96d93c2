"""A task and a unit with where the work stands, from what was reported."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.access import own_works, visible_reports
from reports.forms.state import DayForm
from reports.models import ProgressEntry, ProgressReport
from reports.querysets import ProgressEntryQuerySet
from reports.state.work import works_of_task, works_of_unit
from tasks.access import past_assignments, readable_task
from tasks.history import task_timeline
from tasks.models import Task
from units.access import readable_unit, reads_everything
from units.models import User

LATEST_REPORTS = 20
LATEST_ENTRIES = 5


@require_safe
def show_task(request: HttpRequest, pk: int) -> HttpResponse:
    task = readable_task(request.user, pk)
    form = DayForm(request.GET)
    everything = reads_everything(request.user)
    context = {
        "task": task,
        "form": form,
        "works": own_works(request.user, works_of_task(task, form.day)),
        "ended": past_assignments(request.user).filter(task=task).by_role(),
        "indicators": task.indicators.all(),
        "changes": task_timeline(task).latest(10) if everything else [],
        "entries": [] if everything else entries_of(request.user, task)[:LATEST_ENTRIES],
    }
    return render(request, "reports/show_task.html", context)


def entries_of(user: User, task: Task) -> ProgressEntryQuerySet:
    """What submitted reports say of the task, newest first."""
    entries = ProgressEntry.objects.filter(report__in=visible_reports(user), assignment__task=task)
    submitted = entries.exclude(report__state=ProgressReport.State.DRAFT)
    return submitted.select_related("report__period").newest_first()


@require_safe
def show_unit(request: HttpRequest, pk: int) -> HttpResponse:
    unit = readable_unit(request.user, pk)
    form = DayForm(request.GET)
    context = {
        "unit": unit,
        "form": form,
        "works": own_works(request.user, works_of_unit(unit, form.day)),
        "reports": visible_reports(request.user).filter(unit=unit).defer("typed")[:LATEST_REPORTS],
        "successions": unit.successions.select_related("successor"),
        "precedences": unit.precedences.select_related("predecessor"),
    }
    return render(request, "reports/show_unit.html", context)
