"""What units meet and ask for, and what the city Front answers."""

from copy import copy
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from plans.models import Plan
from reports.access import answerable_proposal, plan_with_state
from reports.forms.answer import AnswerForm
from reports.forms.remarks import RemarkFilter
from reports.models import Answer, Proposal
from reports.state.remarks import remarks
from units.history import Timeline
from units.keeping import from_kept, render_kept
from units.returning import asked_back
from units.watching import Watch

ROWS_A_PAGE = 50


@require_safe
@from_kept
def list_remarks(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_with_state(request.user, pk)
    return render_kept(request, "reports/list_remarks.html", partial(remark_context, plan, request.GET))


def remark_context(plan: Plan, asked: QueryDict) -> dict[str, Any]:
    form = RemarkFilter(asked, partial(remarks, plan))
    page = Paginator(form.chosen, ROWS_A_PAGE).get_page(asked.get("page"))
    return {"plan": plan, "form": form, "page": page}


@require_http_methods(["GET", "HEAD", "POST"])
def answer_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer to what the proposal says, in whichever revision it was said first."""
    proposal = answerable_proposal(request.user, pk)
    back = asked_back(request, proposal.get_absolute_url())
    first = Proposal.objects.get(pk=proposal.origin)  # type: ignore[attr-defined]
    watch = Watch(first, Timeline(Answer.history.filter(proposal_id=first.pk)), request.POST or None)
    given = Answer.objects.filter(proposal=first).select_related("answered_by").first()
    # The form writes into its own row; the page shows what is stored.
    answer = copy(given) or Answer(proposal=first, state=Answer.State.ANSWERED)
    form = AnswerForm(request.POST or None, instance=answer, by=request.user)
    if request.method == "POST" and form.is_valid() and watch.save(form):
        messages.success(request, told(answer, proposal))
        return redirect(back)
    context = {"proposal": proposal, "given": given, "form": form, "watch": watch, "back": back}
    return render(request, "reports/answer_proposal.html", context)


def told(answer: Answer, proposal: Proposal) -> str:
    text = (
        _("The proposal of %(unit)s is answered; the unit sees it on its first page.")
        if answer.state == Answer.State.ANSWERED
        else _("The proposal of %(unit)s is in hand; the unit sees it at its report.")
    )
    return text % {"unit": proposal.report.unit}
