"""One assignment with all that was reported of it."""

from collections import defaultdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.access import readable_work
from reports.forms.state import DayForm
from reports.models import Attachment, ProgressEntry, ProgressReport
from reports.reading.reports import EntryReading, read_report
from reports.state.days import end_of
from reports.state.work import Work


@require_safe
def show_assignment(request: HttpRequest, pk: int) -> HttpResponse:
    form = DayForm(request.GET)
    work = readable_work(request.user, pk, form.day)
    entries = counted(work)
    last = entries[0] if entries else None
    context = {
        "work": work,
        "plan": work.group.plan,
        "form": form,
        "report": last.report if last else None,
        "entry": read_entry(last) if last else None,
        "earlier": entries[1:],
    }
    return render(request, "reports/show_assignment.html", context)


def counted(work: Work) -> list[ProgressEntry]:
    """What counts of the assignment on the day, newest first, each with the `files` that were added to it."""
    known = ProgressReport.objects.standing(before=end_of(work.on)).order_by()
    entries = ProgressEntry.objects.filter(report__in=known.values("pk"), assignment=work.pk).newest_first()
    entries = entries.select_related("report__period", "report__submitted_by", "report__accepted_by")
    files: dict[int, list[Attachment]] = defaultdict(list)
    said = Attachment.objects.filter(report__entries__in=entries.order_by().values("pk"), assignment=work.pk)
    for file in said.select_related("added_by").order_by("pk"):
        files[file.report_id].append(file)
    found = list(entries)
    for entry in found:
        entry.files = files[entry.report_id]  # type: ignore[attr-defined]
    return found


def read_entry(entry: ProgressEntry) -> EntryReading:
    """Beside what was accepted before it, with evidence and targets."""
    readings = read_report(entry.report).entries
    return next(reading for reading in readings if reading.pk == entry.pk)
