"""What was made of the data is kept in this process until the data changes.

A state is made of thousands of rows and read far more often than anybody writes. It is kept beside the
version of the data that it was made of, and every committed change gives the data another version: so
nothing that writes has to know what is kept, and nothing stale is ever shown.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from functools import cache, wraps
from threading import Lock
from typing import Any, Generic, TypeVar

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from units.templatetags.personal import LEFT_OPEN, filled

Made = TypeVar("Made")

# Of each web worker. A state of 7,000 assignments takes some megabytes, a page a tenth of one.
MOST_STATES = 6
MOST_PAGES = 60


# Threads that step one statement of SQLite at once get what belongs to none of them.
watching = Lock()


def data_version() -> Hashable:
    """Another one after every change of the data; None within a transaction, where none can be told.

    PostgreSQL: a snapshot names the transactions that it does not see, so it is another one as soon as one
    of them wrote and ended; a server that stepped in for a failed one may count them anew. SQLite: a
    connection's counter of what others wrote.
    """
    if connection.in_atomic_block:
        return None
    if connection.vendor == "sqlite":
        with watching:
            return watcher(connection.settings_dict["NAME"]).execute("PRAGMA data_version").fetchone()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text, pg_postmaster_start_time()::text")
        return cursor.fetchone()


@cache
def watcher(database: str) -> sqlite3.Connection:
    """A connection of this process that never writes, for all its threads: every write is another's to it."""
    return sqlite3.connect(database, uri=True, check_same_thread=False)


class Keep(Generic[Made]):
    """So many things, those that were asked for last, each as it was made of the present data."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.found: OrderedDict[Hashable, tuple[Hashable, Made]] = OrderedDict()
        # An OrderedDict breaks where threads change it while keys are compared in Python, as rows are.
        self.changing = Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        version = present.get()
        if version is None:
            return make()
        with self.changing:
            found = self.found.pop(key, None)
        if found is None or found[0] != version:
            # What was read since is of this version or of a newer one, which will not be taken for it.
            found = (version, make())
        with self.changing:
            self.found[key] = found
            while len(self.found) > self.most:
                self.found.popitem(last=False)
        return found[1]


STATES: Keep[Any] = Keep(MOST_STATES)
PAGES: Keep[str] = Keep(MOST_PAGES)
# The version and the day of what the view reads that is being answered; elsewhere nothing is kept.
present: ContextVar[Hashable] = ContextVar("present", default=None)


def from_kept(view: Callable[..., Made]) -> Callable[..., Made]:
    """A view that may use what is kept. The version is asked for before it reads anything, or rows of the
    version before could be kept as if they were of this one."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Made:
        version = data_version()
        before = present.set(version and (version, timezone.localdate()))
        try:
            return view(*args, **kwargs)
        finally:
            present.reset(before)

    return answer


def kept(make: Callable[..., Made]) -> Callable[..., Made]:
    """Of a function that only reads, by hashable arguments; nobody changes what it gives. For `from_kept`."""

    @wraps(make)
    def keeping(*asked: Hashable) -> Made:
        return STATES.get((make, asked, get_language()), lambda: make(*asked))

    return keeping


def render_kept(request: HttpRequest, template: str, make: Callable[[], dict[str, Any]]) -> HttpResponse:
    """A page that its address and the person's role and unit decide, apart from what is `personal` in it.

    `make` gives its context. Whoever asks must be allowed to read it: that is asked each time, before.
    """
    user: Any = request.user
    key = (request.get_full_path(), get_language(), user.role, user.unit_id)
    page = PAGES.get(key, lambda: render_to_string(template, make() | {LEFT_OPEN: True}, request))
    return HttpResponse(filled(page, request))
