"""Reports as everybody reads them who may see them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.access import may_write_reports_of, readable_report
from reports.forms.report import ReportForms
from reports.models import ProgressReport
from reports.reading import Reading, read_report
from units.models import User


@require_safe
def show_report(request: HttpRequest, pk: int) -> HttpResponse:
    report = readable_report(request.user, pk)
    context = {"report": report, "reading": reading_for(request.user, report)}
    return render(request, "reports/show_report.html", context)


def reading_for(user: User, report: ProgressReport) -> Reading | None:
    """What was submitted last; of a draft what is typed so far, for those who may write it."""
    if report.state != report.State.DRAFT:
        return read_report(report)
    if not may_write_reports_of(user, report.unit_id):
        return None
    return read_report(report, ReportForms(report, report.typed).content())
