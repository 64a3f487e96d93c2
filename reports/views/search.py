from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from plans.access import overseen_plans
from reports.finding import KINDS, find
from units.searching import Question


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`?q=` looks through everything that the person may read; `?kind=` shows one kind, page by page."""
    question = Question(request.GET.get("q", ""))
    kind = request.GET.get("kind", "")
    asked = kind if kind in KINDS else ""
    found = [] if question.is_blank else find(request.user, question, asked, request.GET.get("page"))
    context = {
        "question": question,
        "asked": asked,
        "found": [each for each in found if each.count],
        "total": sum(each.count for each in found),
        "shown": [each for each in found if each.hits],
        "plans": overseen_plans(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "reports/search.html", context)
