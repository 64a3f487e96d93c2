"""A task and a unit on a day: where their work stood, and what reports said of it."""

from functools import partial
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from plans.access import visible_plans
from reports.access import gone_on_for, readable_task_on, visible_reports
from reports.forms.state import DayForm
from reports.models import ProgressEntry, ProgressReport
from reports.querysets import ProgressEntryQuerySet
from reports.state.counts import count
from reports.state.lineage import lineage_of
from reports.state.measuring import measured
from reports.state.plans import parts_of_plans
from reports.state.register import Register
from reports.state.reports import reports_of_unit
from reports.state.timeline import Timeline
from reports.state.work import works
from tasks.history import task_timeline
from tasks.models import Task
from units.access import readable_unit, reads_everything
from units.history import Entry
from units.keeping import from_kept, render_kept
from units.models import Unit, User

ROWS_A_PAGE = 20
LATEST_CHANGES = 10


@require_safe
@from_kept
def show_task(request: HttpRequest, pk: int) -> HttpResponse:
    form = DayForm(request.GET)
    task, register = readable_task_on(request.user, pk, form.day)
    make = partial(task_context, request, task, register, form)
    return render_kept(request, "reports/show_task.html", make)


def task_context(request: HttpRequest, task: Task, register: Register, form: DayForm) -> dict[str, Any]:
    held = works(register)
    return {
        "task": task,
        "reads_plan": visible_plans(request.user).filter(pk=task.group.plan_id).exists(),
        "is_known": bool(register.tasks),
        "form": form,
        "works": held,
        "counts": count(held),
        "ended": register.ended,
        "measures": measured(register),
        "page": told(request, form, assignment__task=task.pk),
        "undecided": undecided(request, form, assignment__task=task.pk),
        "changes": latest_changes(request.user, task, form),
    }


def latest_changes(user: User, task: Task, form: DayForm) -> list[Entry]:
    """They are of today, and for those who read everything."""
    if form.is_past or not reads_everything(user):
        return []
    return task_timeline(task).latest(LATEST_CHANGES)


@require_safe
@from_kept
def show_unit(request: HttpRequest, pk: int) -> HttpResponse:
    unit = readable_unit(request.user, pk)
    form = DayForm(request.GET)
    return render_kept(request, "reports/show_unit.html", partial(unit_context, request, unit, form))


def unit_context(request: HttpRequest, unit: Unit, form: DayForm) -> dict[str, Any]:
    lineage = lineage_of(unit, form.day)
    units = [unit, *gone_on_for(request.user, lineage)]
    register = Register.of_units(units, form.day)
    parts = parts_of_plans(
        register,
        works(register, report__unit__in=units),
        measured(register, entry__report__unit__in=units),
    )
    return {
        "unit": lineage.unit or unit,
        "form": form,
        "lineage": lineage,
        "gone_on": bool(register.known.followers(unit)),
        "parts": parts,
        "readable": set(visible_plans(request.user).values_list("pk", flat=True)),
        "reports": reports_of_unit(unit, form.day),
        "page": told(request, form, report__unit__in=units),
    }


def told(request: HttpRequest, form: DayForm, **where: Any) -> Page:
    timeline = Timeline(visible_reports(request.user), form.day, **where)
    return Paginator(timeline, ROWS_A_PAGE).get_page(request.GET.get("page"))


def undecided(request: HttpRequest, form: DayForm, **where: Any) -> ProgressEntryQuerySet:
    """What was sent and is not accepted today; of a day gone by it says nothing."""
    states = (ProgressReport.State.SUBMITTED, ProgressReport.State.RETURNED)
    reports = visible_reports(request.user).filter(state__in=[] if form.is_past else states)
    entries = ProgressEntry.objects.filter(report__in=reports, **where)
    return entries.select_related("report__period", "report__unit").newest_first()
