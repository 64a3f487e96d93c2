from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from plans.access import readable_plan
from reports.documents.choices import Choices
from reports.documents.content import Paper, file_name
from reports.documents.kinds import Kind, paper_of
from reports.documents.pdf import render_pdf
from reports.documents.sheets import Book, render_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def print_recipients(request: HttpRequest, pk: int) -> HttpResponse:
    """The distribution list of a plan, shown in the browser; `?expanded=1` adds the units."""
    plan = readable_plan(request.user, pk)
    choices = Choices(plan, timezone.localdate(), expanded=request.GET.get("expanded") == "1")
    return pdf_response(paper_of(Kind.RECIPIENTS, choices))


def pdf_response(paper: Paper) -> HttpResponse:
    response = HttpResponse(render_pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{file_name(paper.stem, "pdf")}"'
    response["Cache-Control"] = "private, no-store"
    return response


def xlsx_response(book: Book) -> HttpResponse:
    """To be kept as a file: browsers show none of it."""
    response = HttpResponse(render_xlsx(book), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{file_name(book.stem, "xlsx")}"'
    response["Cache-Control"] = "private, no-store"
    return response
