from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reports.models import ProgressReport


def overtaken(
    request: HttpRequest, report: ProgressReport, typed: dict[str, str] | None = None
) -> HttpResponse:
    """Somebody was faster: what happened to the report, and what this person sent, as it was sent."""
    context = {"report": report, "typed": [text for text in (typed or {}).values() if text.strip()]}
    return render(request, "reports/overtaken.html", context, status=409)
