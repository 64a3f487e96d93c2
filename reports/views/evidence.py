import logging

from django.contrib import messages
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reports.access import assignment_to_evidence, readable_attachment, writable_attachment, writable_report
from reports.evidence import actions
from reports.evidence.refusals import NotEvidence
from reports.evidence.storage import name_of
from reports.models import Attachment, Overtaken, ProgressReport
from reports.views.overtaken import overtaken
from tasks.models import Assignment
from units.models import User

logger = logging.getLogger(__name__)

GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
SEALED = "default-src 'none'; frame-ancestors 'none'; sandbox"
# Some browsers take their PDF viewer for a plug-in with styles of its own, and show none in a sandbox.
SHOWN = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


@require_POST
def attach_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the files of `files` to an assignment of the report, or without one to the report as a whole.

    A page that asks for JSON gets the report's version and the files that are stored now; with 422 and
    409 also `error`, the sentence for the person.
    """
    report = writable_report(request.user, pk)
    assignment = assignment_to_evidence(report, request.POST.get("assignment", ""))
    try:
        stored, refused = attach_all(report, assignment, request.FILES.getlist("files"), request.user)
    except Overtaken:
        return too_late(request, report)
    if wants_json(request):
        problem = {"error": " ".join(refused.values())} if refused else {}
        return JsonResponse(answer(report, stored) | problem, status=422 if refused else 200)
    for name, reason in refused.items():
        messages.error(request, f"{name}: {reason}" if name else reason)
    return redirect("edit-report", report.pk)


def attach_all(
    report: ProgressReport, assignment: Assignment | None, files: list[UploadedFile], by: User
) -> tuple[list[Attachment], dict[str, str]]:
    """What was stored, and by the name of a file why it was not. Raises Overtaken."""
    stored, refused = [], {} if files else {"": str(NotEvidence("none"))}
    for file in files:
        try:
            stored.append(actions.attach_evidence(report, assignment, file, by))
        except NotEvidence as refusal:
            refused[file.name or ""] = str(refusal)
    return stored, refused


@require_POST
def remove_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    attachment = writable_attachment(request.user, pk)
    try:
        actions.remove_evidence(attachment)
    except Overtaken:
        return too_late(request, attachment.report)
    if wants_json(request):
        return JsonResponse(answer(attachment.report, []))
    told = _("“%(name)s” was removed from the report. Choose the file again to take this back.")
    messages.success(request, told % {"name": attachment.name})
    return redirect("edit-report", attachment.report_id)


@require_safe
def show_evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file to download; `?open=1` shows in the browser what cannot act there."""
    attachment = readable_attachment(request.user, pk)
    try:
        content = storages["evidence"].open(name_of(attachment.digest))
    except OSError:
        logger.exception("evidence %s of report %s cannot be read", attachment.pk, attachment.report_id)
        return render(request, "reports/missing_evidence.html", {"attachment": attachment}, status=410)
    opened = attachment.inert and "open" in request.GET
    shown = opened and attachment.media_type == "application/pdf"
    return FileResponse(
        content,
        as_attachment=not opened,
        filename=attachment.name,
        content_type=attachment.media_type,
        headers={
            **GUARDS,
            "Content-Security-Policy": SHOWN if shown else SEALED,
            "X-Frame-Options": "SAMEORIGIN" if shown else "DENY",
        },
    )


def wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def answer(report: ProgressReport, attachments: list[Attachment]) -> dict[str, object]:
    report.refresh_from_db(fields=["version"])
    listed = [
        {
            "pk": attachment.pk,
            "name": attachment.name,
            "size": attachment.size,
            "url": reverse("show-evidence", args=[attachment.pk]),
            "remove_url": reverse("remove-evidence", args=[attachment.pk]),
        }
        for attachment in attachments
    ]
    return {"version": report.version, "attachments": listed}


def too_late(request: HttpRequest, report: ProgressReport) -> HttpResponse:
    """Somebody submitted the report meanwhile, or accepted it: its evidence stays as it is."""
    if report.is_gone or not wants_json(request):
        return overtaken(request, report)
    told = _("The report is no longer open for writing: %(state)s.") % {"state": report.get_state_display()}
    return JsonResponse({"error": told, "version": report.version}, status=409)
