"""How the papers of a unit begin and end: listed, shown as printed, and edited beside their preview."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reports.documents.samples import samples
from reports.forms.letterheads import LetterheadForms
from units import access
from units.letterheads import letterhead_timeline
from units.returning import asked_back
from units.watching import Watch

LATEST_CHANGES = 10


@require_safe
def list_letterheads(request: HttpRequest) -> HttpResponse:
    """The units of today by kind with what their papers leave open; `?q=` narrows, `?gaps=1` leaves out
    those that lack nothing."""
    units = access.visible_letterheads(request.user).valid_on(timezone.localdate())
    found = units.matching(request.GET.get("q", ""))
    with_gaps = found.leaving_gaps()
    listed = with_gaps if request.GET.get("gaps") else found
    context = {"kinds": listed.by_kind(), "count": found.count(), "gaps": with_gaps.count()}
    return render(request, "reports/list_letterheads.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_letterhead(request: HttpRequest, pk: int) -> HttpResponse:
    """The form beside a paper's head and end; "preview" shows there what was typed and stores nothing."""
    unit = access.writable_letterhead(request.user, pk)
    watch = Watch(unit, letterhead_timeline(unit), request.POST or None)
    forms = LetterheadForms(unit, request.POST or None)
    stores = request.method == "POST" and "preview" not in request.POST
    if stores and forms.is_valid() and watch.save(forms):
        messages.success(request, _("The letterhead was saved. Papers from now on begin and end with it."))
        return redirect(asked_back(request, reverse("preview-letterhead", args=[unit.pk])))
    context = {
        "unit": unit,
        "forms": forms,
        "watch": watch,
        "invalid": request.method == "POST" and not forms.is_valid(),
        "previewed": "preview" in request.POST,
        "samples": samples(forms.typed, forms.typed_signers),
        "back": asked_back(request, unit.get_absolute_url()),
    }
    return render(request, "reports/edit_letterhead.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def preview_letterhead(request: HttpRequest, pk: int) -> HttpResponse:
    """As it is stored, with its history; of a form that is sent, the preview alone, and nothing is stored."""
    if request.method == "POST":
        forms = LetterheadForms(access.writable_letterhead(request.user, pk), request.POST)
        shown = {"samples": samples(forms.typed, forms.typed_signers)}
        return render(request, "reports/parts/letterhead_preview.html", shown)
    unit = access.readable_letterhead(request.user, pk)
    forms = LetterheadForms(unit)
    context = {
        "unit": unit,
        "is_new": forms.is_new,
        "left_open": forms.letterhead.instance.left_open,
        "samples": samples(forms.typed, forms.typed_signers),
        "changes": letterhead_timeline(unit).latest(LATEST_CHANGES),
    }
    return render(request, "reports/preview_letterhead.html", context)
