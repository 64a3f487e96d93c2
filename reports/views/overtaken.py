from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from reports.forms.report import ReportForms
from reports.models import ProgressReport


class Clash(NamedTuple):
    """A field that two people filled differently: its label, and what the other one wrote."""

    label: str
    theirs: str


def clashes(report: ProgressReport, typed: dict[str, str]) -> list[Clash]:
    forms = ReportForms(report, {**report.typed, **typed})
    differing = [name for name, text in typed.items() if report.typed.get(name, "") != text]
    return [Clash(label, report.typed.get(name, "")) for name, label in forms.labels(differing).items()]


def overtaken(
    request: HttpRequest, report: ProgressReport, typed: dict[str, str] | None = None
) -> HttpResponse:
    """Somebody was faster: what happened to the report, and what this person sent, as it was sent.

    Raises Http404 where the report was dropped.
    """
    if report.is_gone:
        raise Http404
    context = {"report": report, "typed": [text for text in (typed or {}).values() if text.strip()]}
    return render(request, "reports/overtaken.html", context, status=409)
