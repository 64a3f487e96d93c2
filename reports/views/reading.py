"""Reports as everybody reads them who may see them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.access import may_read_text_of, may_review, may_write_reports_of, readable_report
from reports.forms.report import ReportForms
from reports.history import report_timeline
from reports.models import ProgressReport
from reports.owed.standing import arrival_of
from reports.reading.differences import Differences, differences
from reports.reading.proposals import read_proposals
from reports.reading.reports import Reading, read_report, stored_content
from reports.reading.reviewing import locked_of
from reports.reading.story import story_of
from reports.views.locked import why_locked
from units.models import User

ROWS_A_PAGE = 100


@require_safe
def show_report(request: HttpRequest, pk: int) -> HttpResponse:
    report = readable_report(request.user, pk)
    reading = reading_for(request.user, report)
    revisions = [] if report.is_log else list(report.revisions().select_related("accepted_by"))
    earlier = [revision for revision in revisions if revision.revision < report.revision]
    may_write = may_write_reports_of(request.user, report.unit_id)
    context = {
        "report": report,
        "reading": reading,
        "proposals": read_proposals(report, reading.content.proposals) if reading else [],
        "arrival": arrival_of(report),
        "revisions": revisions,
        "newest": revisions[-1] if revisions else report,
        "earlier": earlier[-1] if earlier else None,
        "differences": differences_from(earlier[-1], reading) if earlier and reading else None,
        "story": story_of(report),
        "may_write": may_write,
        "locked": why_locked(request.user, report) if may_write else "",
        "may_review": may_review(request.user),
        "locked_out": locked_of(report) if may_review(request.user) else None,
    }
    return render(request, "reports/show_report.html", context)


def reading_for(user: User, report: ProgressReport) -> Reading | None:
    """What was submitted last; of a draft what is typed so far, for those who may write it."""
    if report.state != report.State.DRAFT:
        return read_report(report)
    if not may_read_text_of(user, report):
        return None
    return read_report(report, ReportForms(report, report.typed).content())


def differences_from(earlier: ProgressReport, reading: Reading) -> Differences:
    found = differences(stored_content(earlier), reading.content)
    found.compare_files(files_of(earlier), files_of(reading.report))
    return found


def files_of(report: ProgressReport) -> dict[str, str]:
    return dict(report.attachments.order_by("pk").values_list("digest", "name"))


@require_safe
def show_report_history(request: HttpRequest, pk: int) -> HttpResponse:
    report = readable_report(request.user, pk)
    page = Paginator(report_timeline(report), ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "reports/show_report_history.html",
        {"report": report, "story": story_of(report), "page": page},
    )
