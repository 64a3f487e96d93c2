"""One assignment with all that was reported of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.access import readable_work, visible_reports
from reports.forms.state import DayForm
from reports.models import ProgressEntry
from reports.reading.reports import EntryReading, read_report
from reports.state.timeline import Timeline


@require_safe
def show_assignment(request: HttpRequest, pk: int) -> HttpResponse:
    form = DayForm(request.GET)
    work = readable_work(request.user, pk, form.day)
    told = list(Timeline(visible_reports(request.user), form.day, assignment=pk)[:])
    counted = next((each for each in told if each.replaced_by is None), None)
    context = {
        "work": work,
        "plan": work.group.plan,
        "form": form,
        "report": counted.report if counted else None,
        "entry": read_entry(counted.entry) if counted else None,
        "earlier": [each for each in told if each is not counted],
    }
    return render(request, "reports/show_assignment.html", context)


def read_entry(entry: ProgressEntry) -> EntryReading:
    """Beside what was accepted before it, with evidence and targets."""
    readings = read_report(entry.report).entries
    return next(reading for reading in readings if reading.pk == entry.pk)
