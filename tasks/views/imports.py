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
    context = {"form": form, "waiting": drafts.waiting(), "put_aside": drafts.put_aside()[:20]}
    return render(request, "tasks/import_plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review_import(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview beside the source; every post keeps what was typed, a valid confirm makes the plan."""
    waiting = writable_import(request.user, pk)
    if waiting.plan:
        return redirect(waiting.plan)
    posted = "plan-title" in request.POST
    if posted:
        waiting.keep(typed_in(request.POST))
    if request.POST.get("act") == "keep":
        return HttpResponse(status=204)
    outline = Outline.from_dict(waiting.outline)
    units = Unit.objects.valid_on(timezone.localdate())
    forms = PreviewForms(draft_of(outline, units), units, QueryDict(waiting.typed) if waiting.typed else None)
    if posted and forms.is_valid():
        plan = confirm_import(waiting.pk, forms.draft())
        messages.success(request, _("The plan is in the register. Next: give its tasks to units."))
        return redirect(plan)
    alike = Plan.objects.alike(outline.number, outline.title)
    context = {
        "waiting": waiting,
        "outline": outline,
        "forms": forms,
        "alike": alike,
        "invalid": request.method == "POST",
    }
    return render(request, "tasks/review_import.html", context)


def typed_in(data: QueryDict) -> str:
    """The preview's own fields, form-encoded; the token and the button are of this one post."""
    typed = data.copy()
    for name in ("csrfmiddlewaretoken", "act"):
        typed.pop(name, None)
    return typed.urlencode()


@require_POST
def discard_import(request: HttpRequest, pk: int) -> HttpResponse:
    waiting = writable_import(request.user, pk)
    if waiting.plan:
        return redirect(waiting.plan)
    waiting.discard()
    messages.success(
        request, _("“%(name)s” was put aside. It can still be opened below.") % {"name": waiting}
    )
    return redirect("import-plan")
