"""Papers: which one, of what, as it will look, and its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plans.access import readable_plan
from reports.access import may_read_typed_of, printable_plan, printable_report
from reports.documents.choices import Choices, NothingToPrint
from reports.documents.content import Paper, file_name
from reports.documents.formats import Format, formats_of
from reports.documents.kinds import Kind, paper_of
from reports.documents.previewing import shortened
from reports.documents.samples import gaps_of
from reports.forms.documents import DocumentForm
from reports.press.desk import hand_in

if TYPE_CHECKING:
    from reports.documents.excel.sheets import Book


@require_safe
def choose_document(request: HttpRequest, pk: int) -> HttpResponse:
    """What the address asks for stands in the fields, and beside them as it will be printed."""
    plan = readable_plan(request.user, pk)
    form = DocumentForm(request.GET, plan, request.user)
    paper, problem = asked_of(form)
    context = {
        "plan": plan,
        "form": form,
        "problem": problem,
        "sheet": shortened(paper) if paper else None,
        "formats": formats_of(paper) if paper else [],
        "gaps": gaps_of(form.chosen, paper, form.choices) if paper and form.choices else None,
    }
    return render(request, "reports/choose_document.html", context)


@require_safe
def print_document(request: HttpRequest, pk: int, kind: Kind, format: Format) -> HttpResponse:
    """The paper that `choose_document` shows at the same choices; without one, what is wrong stands there."""
    plan = printable_plan(request.user, pk, kind)
    form = DocumentForm({**request.GET.dict(), "paper": kind}, plan, request.user)
    paper, _problem = asked_of(form)
    if paper is None or format not in formats_of(paper):
        query = f"paper={kind}&{form.query}"
        return redirect(f"{reverse('choose-document', args=[plan.pk])}?{query}")
    return redirect(hand_in(paper, format, request.user, request.get_full_path()))


@require_safe
def print_report(request: HttpRequest, pk: int, format: Format) -> HttpResponse:
    """One revision of a unit's report as its own document."""
    report = printable_report(request.user, pk)
    choices = Choices(
        report.plan,
        timezone.localdate(),
        period=report.period,
        unit=report.unit,
        report=report,
        as_typed=may_read_typed_of(request.user, report),
    )
    try:
        paper = paper_of(Kind.UNIT_REPORT, choices)
    except NothingToPrint as problem:
        messages.error(request, str(problem))
        return redirect(report)
    if format not in formats_of(paper):
        raise Http404
    return redirect(hand_in(paper, format, request.user, request.get_full_path()))


def asked_of(form: DocumentForm) -> tuple[Paper | None, str]:
    """The paper, or why there is none."""
    choices = form.choices
    if choices is None:
        return None, _("Please mend what is marked; the paper stands here then.")
    if form.to_choose:
        return None, form.to_choose
    try:
        return paper_of(form.chosen, choices), ""
    except NothingToPrint as problem:
        return None, str(problem)


def xlsx_response(book: Book) -> HttpResponse:
    """To be kept as a file: browsers show none of it."""
    from reports.documents.excel.sheets import render_xlsx

    response = HttpResponse(render_xlsx(book), content_type=Format.XLSX.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name(book.stem, "xlsx")}"'
    response["Cache-Control"] = "private, no-store"
    return response
