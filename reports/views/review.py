"""Staff answer what units submitted: one by one, or several at once where nothing is odd."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from plans.models import Plan
from reports.access import reports_to_review, reviewable_report
from reports.forms.review import picks_in, typed_reasons
from reports.models import Overtaken, ProgressReport
from reports.reading.reviewing import Review, queue_of, review_of
from reports.views.overtaken import overtaken
from reports.views.writing import seen_version

ROWS_A_PAGE = 30
# Reports that a message names; of more it says how many.
NAMED = 3


@require_safe
def review_reports(request: HttpRequest) -> HttpResponse:
    """The queue, oldest first; the plan that was chosen stays in the address."""
    waiting = reports_to_review(request.user)
    plans = list(Plan.objects.filter(pk__in=waiting.order_by().values("plan")))
    chosen = next((plan for plan in plans if str(plan.pk) == request.GET.get("plan")), None)
    if chosen:
        waiting = waiting.filter(plan=chosen)
    page = Paginator(waiting.select_related("submitted_by"), ROWS_A_PAGE).get_page(request.GET.get("page"))
    queue = queue_of(page)
    context = {
        "page": page,
        "queue": queue,
        "plans": plans,
        "chosen": chosen,
        "clean": sum(not waits.odd for waits in queue),
    }
    return render(request, "reports/review_reports.html", context)


@require_POST
def accept_reports(request: HttpRequest) -> HttpResponse:
    """Accept what was chosen, each by itself; what was changed meanwhile or is odd now stays in the queue."""
    waiting = reports_to_review(request.user)
    picks = {pick.report: pick.version for pick in picks_in(request.POST.getlist("pick"))}
    accepted = []
    for waits in queue_of(waiting.filter(pk__in=picks)):
        if not waits.odd and accepts(waits.report, request, picks[waits.report.pk]):
            accepted.append(waits.report)
    done = {report.pk for report in accepted}
    left = list(ProgressReport.objects.filter(pk__in=set(picks) - done).select_related("unit", "period"))
    tell_accepted(request, accepted, left)
    plan = request.POST.get("plan")
    return redirect(reverse("review-reports", query={"plan": plan} if plan else None))


def accepts(report: ProgressReport, request: HttpRequest, seen: int) -> bool:
    try:
        report.accept(request.user, seen)
    except Overtaken:
        return False
    return True


def tell_accepted(request: HttpRequest, accepted: list[ProgressReport], left: list[ProgressReport]) -> None:
    if accepted:
        text = ngettext("%(count)d report was accepted:", "%(count)d reports were accepted:", len(accepted))
        messages.success(request, linked(text % {"count": len(accepted)}, accepted))
    if left:
        text = _("Not accepted, because they were changed meanwhile or need a look:")
        messages.warning(request, linked(text, left))
    if not accepted and not left:
        messages.warning(request, _("Nothing was chosen."))


def linked(text: str, reports: list[ProgressReport]) -> str:
    """The text with links to the first reports, by their units, and how many more they are."""
    named = [(report.get_absolute_url(), report.unit, report.period) for report in reports[:NAMED]]
    more = len(reports) - len(named)
    rest = ngettext("and %(count)d other report", "and %(count)d other reports", more) % {"count": more}
    links = format_html_join(", ", '<a href="{}">{} – {}</a>', named)
    return format_html("{} {} {}", text, links, rest) if more else format_html("{} {}", text, links)


@require_safe
def review_report(request: HttpRequest, pk: int) -> HttpResponse:
    report = reviewable_report(request.user, pk)
    if report.state != report.State.SUBMITTED:
        return redirect(report)
    return review_page(request, review_of(report))


def review_page(request: HttpRequest, review: Review, again: bool = False) -> HttpResponse:
    """With `again`, what was typed and what is wrong with it."""
    report = review.reading.report
    waiting = list(reports_to_review(request.user).values_list("pk", flat=True))
    place = waiting.index(report.pk) + 1 if report.pk in waiting else 0
    context = {"report": report, "review": review, "place": place, "waiting": len(waiting), "again": again}
    return render(request, "reports/review_report.html", context)


@require_POST
def accept_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept what the reviewer saw; with reasons typed it is asked again, for they would be lost."""
    report = reviewable_report(request.user, pk)
    typed = typed_reasons(request.POST)
    if typed and is_as_seen(report, request):
        review = review_of(report, request.POST)
        review.form.add_error(None, _("You typed a reason to return it. Empty it to accept the report."))
        return review_page(request, review, again=True)
    try:
        report.accept(request.user, seen_version(request))
    except Overtaken:
        return overtaken(request, report, typed)
    return go_on(request, report, _("Accepted:"))


@require_POST
def return_report(request: HttpRequest, pk: int) -> HttpResponse:
    report = reviewable_report(request.user, pk)
    if not is_as_seen(report, request):
        return overtaken(request, report, typed_reasons(request.POST))
    review = review_of(report, request.POST)
    if not review.form.is_valid():
        return review_page(request, review, again=True)
    said = review.form.cleaned_data["reason"]
    try:
        report.send_back(request.user, seen_version(request), said, review.form.reasons)
    except Overtaken:
        return overtaken(request, report, typed_reasons(request.POST))
    return go_on(request, report, _("Returned, with your reasons:"))


def is_as_seen(report: ProgressReport, request: HttpRequest) -> bool:
    return report.state == report.State.SUBMITTED and report.version == seen_version(request)


def go_on(request: HttpRequest, report: ProgressReport, text: str) -> HttpResponse:
    """To the next report that waits, after the one just answered or from the beginning."""
    messages.success(request, linked(text, [report]))
    waiting = reports_to_review(request.user)
    following = waiting.filter(submitted_at__gte=report.submitted_at).first() or waiting.first()
    return redirect("review-report", following.pk) if following else redirect("review-reports")
