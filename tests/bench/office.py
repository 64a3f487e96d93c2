"""The office that pages are measured on: 30 units with 2,000 assignments and 10,000 entries, made up.

For a process that has the product's settings.
"""

from __future__ import annotations

from importlib import import_module
from itertools import cycle, islice
from typing import Any, NamedTuple
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from plans.models import Plan
from reports.models import ProgressEntry, ProgressReport
from reports.views.dashboard import FIRST_ROWS
from reports.views.state import ROWS_A_PAGE
from reports.writing.typed import entry_prefix
from tasks.models import Assignment, Task
from units.models import Unit, User

SIZE = {"units": 30, "tasks": 73, "periods": 6}
LEAST_ASSIGNMENTS, LEAST_ENTRIES = 2_000, 10_000
STAFF = "canbo"
VERSION = {"sqlite": "SELECT sqlite_version()", "postgresql": "SHOW server_version"}
# Links that each row of a page has once.
LOG, TASK = '/log/"', 'href="/tasks/'


def fill() -> None:
    """Make it in an empty database; the same on the same day."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.SAMPLE_PASSWORD = "mau-thu-2026"
    call_command("generate_sample", **SIZE)
    made = counts()
    assert made["assignments"] >= LEAST_ASSIGNMENTS, made
    assert made["entries"] >= LEAST_ENTRIES, made


def counts() -> dict[str, int]:
    models = {"units": Unit, "assignments": Assignment, "entries": ProgressEntry}
    return {name: model.objects.count() for name, model in models.items()}


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute(VERSION[connection.vendor])
        (version,) = cursor.fetchone()
    return f"{connection.display_name} {version}"


class Page(NamedTuple):
    """Who opens it, where it is, and how many times a mark stands in it when it is right."""

    username: str
    address: str
    mark: str = ""
    times: int = 0


def pages() -> dict[str, Page]:
    plan = Plan.objects.get()
    task = Task.objects.annotate(told=Count("assignments__entries")).latest("told", "pk")
    held = task.assignments.current()
    writing = ProgressReport.objects.filter(state=ProgressReport.State.DRAFT).earliest("pk")
    officer = User.objects.get(unit=writing.unit).username
    at_list = reverse("list-work", args=[plan.pk]) + "?standing=in_progress"
    return {
        "list": Page(STAFF, at_list, LOG, ROWS_A_PAGE),
        "task": Page(STAFF, reverse("show-task", args=[task.pk]), LOG, held.count()),
        "dashboard": Page(STAFF, reverse("show-plan", args=[plan.pk]), TASK, 2 * FIRST_ROWS),
        "matrix": Page(STAFF, reverse("show-matrix", args=[plan.pk]), TASK, Task.objects.count()),
        "log": Page(STAFF, reverse("log-progress", args=[held.earliest("pk").pk])),
        "home": Page(officer, reverse("home")),
        "report": Page(officer, reverse("edit-report", args=[writing.pk])),
    }


def logs(count: int) -> list[tuple[str, dict[str, str]]]:
    """Of so many logs the address and the fields, without a token; of one assignment after the other."""
    assignments = Assignment.objects.current().select_related("task").order_by("pk")
    return [log(assignment) for assignment in islice(cycle(assignments), count)]


def log(assignment: Assignment) -> tuple[str, dict[str, str]]:
    prefix = entry_prefix(assignment)
    said = {
        "form_key": str(uuid4()),
        "reported_on": timezone.localdate().isoformat(),
        "told_by": "cán bộ phường",
        f"{prefix}-status": ProgressEntry.Status.IN_PROGRESS.value,
        f"{prefix}-percent": "60",
        f"{prefix}-result": "Đã tổ chức 03 hội nghị với 240 người dự.",
    }
    return reverse("log-progress", args=[assignment.pk]), said


def sessions(username: str, count: int = 1) -> list[str]:
    """The keys of so many browsers that this person has just signed in with."""
    user = User.objects.get(username=username)
    signed_in = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    keys = []
    with transaction.atomic():
        for _browser in range(count):
            session: Any = import_module(settings.SESSION_ENGINE).SessionStore()
            session.update(signed_in)
            session.create()
            keys.append(session.session_key)
    return keys
