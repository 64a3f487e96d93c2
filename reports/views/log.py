from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reports import actions
from reports.forms.log import LogForms
from reports.models import ProgressReport
from reports.reading.previous import last_accepted_of
from tasks.access import writable_assignment
from tasks.models import Assignment


@require_http_methods(["GET", "HEAD", "POST"])
def log_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """What staff heard from a unit, as a report of this one task that counts at once."""
    assignment = writable_assignment(request.user, pk)
    forms = LogForms(assignment, request.POST or None, request.FILES or None)
    asked_from = request.POST.get("from", request.GET.get("from"))
    back = assignment.unit if asked_from == "unit" else assignment.task
    changed_after_sending = False
    if request.method == "POST" and forms.is_valid():
        try:
            report, new = actions.record_log(forms, request.user)
        except Assignment.DoesNotExist:
            raise Http404 from None
        if new or forms.repeats(report):
            tell_logged(request, report, assignment)
            return redirect(back)
        changed_after_sending = True
        forms.renew()
    context = {
        "assignment": assignment,
        "forms": forms,
        "back": back,
        "asked_from": asked_from,
        "changed_after_sending": changed_after_sending,
    }
    return render(request, "reports/log_progress.html", context)


def tell_logged(request: HttpRequest, report: ProgressReport, assignment: Assignment) -> None:
    """With a link to the log, and with what stands where that is newer: never where it speaks of today."""
    text = _("Logged for %(unit)s.") % {"unit": report.unit}
    last = None if report.reported_on == timezone.localdate() else last_accepted_of(assignment)
    if last and last.report.counts_before(report):
        day = {"day": localize(last.report.reported_on)}
        text = f"{text} {_('The state as of %(day)s is newer and still stands.') % day}"
    link = format_html('<a href="{}">{}</a>', report.get_absolute_url(), _("What was logged"))
    messages.success(request, format_html("{} {}", text, link))
