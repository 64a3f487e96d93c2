"""The officer's way from an empty report to a submitted one; staff go it for a unit that sent paper."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports import actions
from reports.access import startable_obligation, writable_report
from reports.forms.report import ReportForms
from reports.models import Obligation, Overtaken
from reports.reading.reports import read_report
from reports.views.locked import why_locked
from reports.views.overtaken import Clash, clashes, overtaken
from reports.writing.pages import writing_of
from reports.writing.typed import typed_in


def seen_version(request: HttpRequest) -> int:
    """The version that the person's page showed; none of ours when it is no number."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


@require_POST
def start_report(request: HttpRequest, pk: int) -> HttpResponse:
    obligation = startable_obligation(request.user, pk)
    try:
        report = actions.start_report(obligation, request.user)
    except Obligation.DoesNotExist:
        raise Http404 from None
    return redirect("edit-report", report.pk) if report.is_writable else redirect(report)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The page that is saved as it is typed (`keep_report`); its button saves and goes on to the check."""
    report = writable_report(request.user, pk)
    typed = typed_in(request.POST.items())
    theirs: list[Clash] = []
    if request.method == "POST":
        try:
            report.keep(typed, request.user, seen_version(request))
            return redirect("check-report", report.pk)
        except Overtaken:
            theirs = clashes(report, typed)
    if not report.is_writable:
        return overtaken(request, report, typed) if typed else redirect(report)
    context = {
        "report": report,
        "writing": writing_of(report, {**report.typed, **typed}),
        "checked": "check" in request.GET,
        "theirs": theirs,
        "overtaken": request.method == "POST",
    }
    return render(request, "reports/edit_report.html", context, status=409 if context["overtaken"] else 200)


@require_POST
def keep_report(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep what is typed; answers the new version, or 409 with what is there instead and what was sent."""
    report = writable_report(request.user, pk)
    typed = typed_in(request.POST.items())
    try:
        report.keep(typed, request.user, seen_version(request))
    except Overtaken:
        if report.is_gone:
            raise Http404 from None
        answer = {
            "version": report.version,
            "writable": report.is_writable,
            "state": report.get_state_display(),
            "by": str(report.typed_by or ""),
            "typed": report.typed,
            "yours": typed,
        }
        return JsonResponse(answer, status=409)
    return JsonResponse({"version": report.version})


@require_safe
def check_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole report as it will be read, with what is still to be mended, before it is sent."""
    report = writable_report(request.user, pk)
    if not report.is_writable:
        return redirect(report)
    forms = ReportForms(report, report.typed)
    context = {
        "report": report,
        "reading": read_report(report, forms.content()),
        "problems": forms.problems,
        "locked": why_locked(request.user, report),
    }
    return render(request, "reports/check_report.html", context)


@require_POST
def submit_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Send what is stored, if it is what the person's check page showed; a second time says it was sent."""
    report = writable_report(request.user, pk)
    forms = ReportForms(report, report.typed)
    sendable = forms.is_valid() and not why_locked(request.user, report)
    if report.is_writable and not sendable:
        return redirect("check-report", report.pk)
    try:
        actions.submit_report(report, forms.content(), request.user, seen_version(request))
    except Overtaken:
        return overtaken(request, report)
    messages.success(request, _("The report was sent. City staff will look at it and answer here."))
    return redirect(report)


@require_POST
def withdraw_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Refused to those who could not send it again."""
    report = writable_report(request.user, pk)
    if report.state == report.State.SUBMITTED and (locked := why_locked(request.user, report)):
        messages.error(request, locked)
        return redirect(report)
    try:
        report.withdraw(seen_version(request))
    except Overtaken:
        return overtaken(request, report)
    messages.success(request, _("You have the report back. Do not forget to send it again."))
    return redirect("edit-report", report.pk)


@require_POST
def discard_report(request: HttpRequest, pk: int) -> HttpResponse:
    report = writable_report(request.user, pk)
    try:
        report.discard(seen_version(request))
    except Overtaken:
        return overtaken(request, report)
    messages.success(request, _("The draft was dropped. What was accepted stays as it is."))
    return redirect("home")


@require_POST
def revise_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Refused to those who could not send the revision."""
    report = writable_report(request.user, pk)
    if locked := why_locked(request.user, report):
        messages.error(request, locked)
        return redirect(report)
    try:
        revision = actions.revise_report(report, request.user)
    except Overtaken:
        return overtaken(request, report)
    return redirect("edit-report", revision.pk) if revision.is_writable else redirect(revision)
