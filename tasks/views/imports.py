from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from plans.access import import_drafts, writable_import
from plans.importing.outline import Outline
from plans.models import ImportDraft, Plan
from tasks.actions import confirm_import
from tasks.drafting import draft_of
from tasks.forms.imports import ImportForm, PreviewForms
from units.models import Unit


@require_http_methods(["GET", "HEAD", "POST"])
def import_plan(request: HttpRequest) -> HttpResponse:
    """Choose a document; what was read of it waits for the person's confirmation."""
    drafts = import_drafts(request.user)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        draft = ImportDraft.objects.create(
            file_name=file.name if file else "", outline=form.outline.to_dict(), created_by=request.user
        )
        return redirect("review-import", draft.pk)
    context = {"form": form, "waiting": drafts.waiting(), "put_aside": drafts.put_aside()}
    return render(request, "tasks/import_plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review_import(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview beside the source; a valid confirm, by one who saw the latest of it, makes the plan."""
    waiting = writable_import(request.user, pk)
    if waiting.plan:
        return redirect_to_plan(request, waiting.plan)
    posted = request.POST if "plan-title" in request.POST else None
    latest = posted is None or waiting.keep(typed_in(posted), posted.get("version", ""))
    preview = preview_of(waiting, typed_in(posted) if posted else waiting.typed)
    alike = list(Plan.objects.alike(preview.forms.number, preview.forms.title)[:5])
    sure = posted is not None and (not alike or "again" in posted)
    valid = posted is not None and preview.forms.is_valid()
    if valid and latest and sure:
        return confirm(request, waiting, preview.forms)
    context = {
        "waiting": waiting,
        "outline": preview.outline,
        "forms": preview.forms,
        "alike": alike,
        "invalid": posted and not valid,
        "overtaken": not latest,
        "unsure": posted and not sure,
    }
    return render(request, "tasks/review_import.html", context)


class Preview(NamedTuple):
    outline: Outline
    forms: PreviewForms


def preview_of(waiting: ImportDraft, typed: str) -> Preview:
    outline = Outline.from_dict(waiting.outline)
    units = Unit.objects.valid_on(timezone.localdate())
    return Preview(
        outline, PreviewForms(draft_of(outline, units), units, QueryDict(typed) if typed else None)
    )


def confirm(request: HttpRequest, waiting: ImportDraft, forms: PreviewForms) -> HttpResponse:
    plan, created = confirm_import(waiting.pk, forms.draft())
    if not created:
        return redirect_to_plan(request, plan)
    messages.success(request, _("The plan is in the register. Next: give its tasks to units."))
    return redirect("show-content", plan.pk)


def redirect_to_plan(request: HttpRequest, plan: Plan) -> HttpResponse:
    """To the plan that the document has become; who still typed is told that it is not in there."""
    if request.method == "POST":
        messages.warning(
            request, _("This document had become a plan already. Please check here what you changed last.")
        )
    return redirect("show-content", plan.pk)


@require_POST
def keep_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is typed in the preview; answers the new version, 409 when somebody else was faster."""
    waiting = writable_import(request.user, pk)
    if "plan-title" not in request.POST:
        return HttpResponse(status=400)
    kept = waiting.keep(typed_in(request.POST), request.POST.get("version", ""))
    return HttpResponse(waiting.version, status=200 if kept else 409, content_type="text/plain")


def typed_in(data: QueryDict) -> str:
    """The preview's own fields, form-encoded; the others are of this one post."""
    typed = data.copy()
    for name in ("csrfmiddlewaretoken", "version", "again"):
        typed.pop(name, None)
    return typed.urlencode()


@require_POST
def discard_import(request: HttpRequest, pk: int) -> HttpResponse:
    waiting = writable_import(request.user, pk)
    if not waiting.discard():
        return redirect("review-import", waiting.pk)
    messages.success(
        request, _("“%(name)s” was put aside. It can still be opened below.") % {"name": waiting}
    )
    return redirect("import-plan")
