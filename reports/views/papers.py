"""Printed files, and how far they are."""

import logging
from urllib.parse import urlsplit

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports.access import readable_paper
from reports.press.desk import state_of, state_soon
from reports.press.room import Order, State
from reports.press.tickets import Ticket
from reports.views.evidence import GUARDS, SEALED, SHOWN, wants_json

logger = logging.getLogger(__name__)

STATUS = {
    State.KEPT: 200,
    State.WAITING: 202,
    State.FAILED: 500,
    State.GONE: 410,
    State.BUSY: 503,
    State.CLOSED: 503,
}


@require_safe
def show_paper(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """The printed file; until it is there a page that tells how far it is, and as JSON the same.

    That page asks with `?waited=1`: it gets a file that no browser shows from a page with a button for it.
    """
    ticket = readable_paper(request.user, token, name)
    if wants_json(request):
        return told(request, ticket)
    waited = "waited" in request.GET
    state = state_of(ticket) if waited else state_soon(ticket)
    if state is State.KEPT and (ticket.is_shown or not waited):
        try:
            return file_response(ticket)
        except FileNotFoundError:
            state = State.GONE
    if state is State.FAILED:
        logger.error("%s was not printed: %s", ticket.order.name, ticket.order.reason)
    context = {
        "ticket": ticket,
        "state": state,
        "progress": ticket.order.progress,
        "stage": stage_of(ticket.order),
        "back": page_of(ticket.again),
    }
    return render(request, "reports/show_paper.html", context, status=STATUS[state])


def told(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """`next`, once there is more to see: the file itself or the page that says what is wrong."""
    state = state_of(ticket)
    if state is State.WAITING:
        order = ticket.order
        return JsonResponse({"state": state, "progress": order.progress, "stage": stage_of(order)})
    shown = state is State.KEPT and ticket.is_shown
    return JsonResponse({"state": state, "next": request.path if shown else f"{request.path}?waited=1"})


def stage_of(order: Order) -> str:
    """How far it is, in words."""
    if order.progress:
        done, of = order.progress
        return _("%(done)s of %(of)s parts are done") % {"done": done, "of": of}
    return _("The pages are being laid out.") if order.is_begun else _("Waiting for its turn.")


def page_of(again: str) -> str:
    """Where a person chooses what the address `again` prints; the first page where it says nothing."""
    address = urlsplit(again)
    if not again:
        return reverse("home")
    printed = resolve(address.path)
    if printed.url_name == "print-report":
        return reverse("show-report", args=[printed.kwargs["pk"]])
    page = reverse("choose-document", args=[printed.kwargs["pk"]])
    asked = {**QueryDict(address.query).dict(), "paper": printed.kwargs["kind"]}
    return f"{page}?{urlencode(asked)}"


def file_response(ticket: Ticket) -> FileResponse:
    return FileResponse(
        ticket.order.open(),
        as_attachment=not ticket.is_shown,
        filename=ticket.file_name,
        content_type=ticket.order.format.content_type,
        headers={
            **GUARDS,
            "Content-Security-Policy": SHOWN if ticket.is_shown else SEALED,
            "X-Frame-Options": "SAMEORIGIN" if ticket.is_shown else "DENY",
        },
    )
