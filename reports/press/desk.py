"""Where the web workers hand a paper in to be printed, and ask for it afterwards. Knows no typesetter."""

from __future__ import annotations

import logging
import os
import time
from dataclasses import replace

from django.urls import reverse

from reports.documents.content import Paper, file_name
from reports.documents.formats import Format
from reports.documents.freezing import digest, freeze
from reports.press.opening import open_press, taken
from reports.press.room import (
    NO_EDITION,
    Order,
    State,
    current_edition,
    is_full,
    root,
    try_to_write,
    write_whole,
)
from reports.press.tickets import Ticket, token_of
from units.models import User

logger = logging.getLogger(__name__)

# A short paper is there before a page about it could be read.
PATIENCE = 0.8
PAUSE = 0.03


def hand_in(paper: Paper, format: Format, user: User, again: str = "") -> str:
    """The address, good for a day and for this user, where the file is or will be.

    Never fails: what keeps this server from printing is told there, beside the way to print `again`.
    """
    name = file_name(paper.stem, format)
    # Only a PDF has an edition for the archive.
    paper = replace(paper, archival=paper.archival and format is Format.PDF)
    text = f"{paper.subject}\n{freeze(paper)}"
    order = Order(NO_EDITION, f"{digest(text)[:40]}.{format}")
    try:
        order = replace(order, edition=current_edition())
        put(order, text)
    except OSError:
        logger.exception("a paper cannot be printed")
    return reverse("show-paper", args=[token_of(user, order, name, again), name])


def put(order: Order, text: str) -> None:
    """To what waits, unless it is made already or too much waits. Raises OSError."""
    state = order.state
    if state is State.KEPT:
        order.keep_longer()
    elif state is State.WAITING or not is_full(order.edition):
        if state is State.FAILED:
            order.begin_anew()
        write_whole(order.waiting, text.encode())
        open_press(order.edition)


def state_of(ticket: Ticket) -> State:
    """How it stands, once it is seen to that somebody prints what waits."""
    if ticket.expired:
        return State.GONE
    try:
        state = ticket.order.state
        if state in (State.WAITING, State.GONE):
            try_to_write()
        if state is State.WAITING and not open_press(ticket.order.edition):
            return State.GONE
        if state is State.GONE and is_full(ticket.order.edition):
            return State.BUSY
    except OSError:
        logger.exception("papers cannot be printed")
        return State.CLOSED
    return state


def state_soon(ticket: Ticket) -> State:
    """The same, a moment later where that is enough; of all web workers one alone waits at a time."""
    state, order = state_of(ticket), ticket.order
    if state is not State.WAITING or order.is_long:
        return state
    lock = os.open(root() / "patience", os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        for _turn in range(int(PATIENCE / PAUSE) if taken(lock) else 0):
            time.sleep(PAUSE)
            if (state := order.state) is not State.WAITING:
                break
    finally:
        os.close(lock)
    return state
