"""Who gets what from every URL: one table, nothing undeclared.

A new view fails here until its row is written: the URL's name, and for GET and POST (sent without data)
the status for each role, in the order of ROLES. A URL with arguments needs them in ARGUMENTS too.
"""

from collections.abc import Iterator, Sequence
from operator import attrgetter
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from plans.importing.outline import Outline
from plans.models import ImportDraft
from reports.actions import start_report
from reports.press.room import Order, current_edition, write_whole
from reports.press.tickets import token_of
from tests.factories import (
    bring_to,
    make_attachment,
    make_obligation,
    make_period,
    make_proposal,
    make_report,
)
from units.models import User

ROLES = ("admin", "staff", "leader", "owner", "outsider", "anonymous")


class Row(NamedTuple):
    get: str
    post: str


# fmt: off
MATRIX = {
    # admin, staff, leader, owner, outsider, anonymous
    "home":              Row(get="200 200 200 200 200 302", post="405 405 405 405 405 302"),
    "search":            Row(get="200 200 200 200 200 302", post="405 405 405 405 405 302"),
    "sign-in":           Row(get="302 302 302 302 302 200", post="302 302 302 302 302 200"),
    "sign-out":          Row(get="405 405 405 405 405 302", post="302 302 302 302 302 302"),
    "change-password":   Row(get="200 200 200 200 200 302", post="200 200 200 200 200 302"),
    "set-language":      Row(get="302 302 302 302 302 302", post="302 302 302 302 302 302"),
    "healthz":           Row(get="200 200 200 200 200 200", post="405 405 405 405 405 405"),
    "admin:index":       Row(get="200 200 302 302 302 302", post="200 200 302 302 302 302"),
    "list-plans":        Row(get="200 200 200 200 200 302", post="405 405 405 405 405 302"),
    "show-plan":         Row(get="200 200 200 200 404 302", post="405 405 405 405 405 302"),
    "show-content":      Row(get="200 200 200 200 404 302", post="405 405 405 405 405 302"),
    "edit-plan":         Row(get="200 200 403 403 404 302", post="200 200 403 403 404 302"),
    "show-plan-history": Row(get="200 200 200 403 404 302", post="405 405 405 405 405 302"),
    "choose-document":   Row(get="200 200 200 200 404 302", post="405 405 405 405 405 302"),
    "print-document":    Row(get="302 302 302 302 404 302", post="405 405 405 405 405 302"),
    "print-report":      Row(get="302 302 403 302 404 302", post="405 405 405 405 405 302"),
    "import-plan":       Row(get="200 200 403 403 403 302", post="200 200 403 403 403 302"),
    "review-import":     Row(get="200 200 403 403 403 302", post="200 200 403 403 403 302"),
    "keep-import":       Row(get="405 405 405 405 405 302", post="400 400 403 403 403 302"),
    "discard-import":    Row(get="405 405 405 405 405 302", post="302 302 403 403 403 302"),
    "assign-tasks":      Row(get="200 200 403 403 404 302", post="200 200 403 403 404 302"),
    "add-task":          Row(get="200 200 403 403 404 302", post="200 200 403 403 404 302"),
    "show-task":         Row(get="200 200 200 200 404 302", post="405 405 405 405 405 302"),
    "edit-task":         Row(get="200 200 403 403 404 302", post="200 200 403 403 404 302"),
    "remove-task":       Row(get="405 405 405 405 405 302", post="302 302 403 403 404 302"),
    "edit-assignment":   Row(get="200 200 403 403 404 302", post="200 200 403 403 404 302"),
    "remove-assignment": Row(get="405 405 405 405 405 302", post="302 302 403 403 404 302"),
    "show-report":       Row(get="200 200 200 200 404 302", post="405 405 405 405 405 302"),
    "show-report-history": Row(get="200 200 200 200 404 302", post="405 405 405 405 405 302"),
    "review-reports":    Row(get="200 200 403 403 403 302", post="405 405 405 405 405 302"),
    "accept-reports":    Row(get="405 405 405 405 405 302", post="302 302 403 403 403 302"),
    "review-report":     Row(get="302 302 403 403 404 302", post="405 405 405 405 405 302"),
    "accept-report":     Row(get="405 405 405 405 405 302", post="409 409 403 403 404 302"),
    "return-report":     Row(get="405 405 405 405 405 302", post="409 409 403 403 404 302"),
    "start-report":      Row(get="405 405 405 405 405 302", post="302 302 403 302 404 302"),
    "edit-report":       Row(get="200 200 403 200 404 302", post="409 409 403 409 404 302"),
    "keep-report":       Row(get="405 405 405 405 405 302", post="409 409 403 409 404 302"),
    "check-report":      Row(get="200 200 403 200 404 302", post="405 405 405 405 405 302"),
    "submit-report":     Row(get="405 405 405 405 405 302", post="302 302 403 302 404 302"),
    "withdraw-report":   Row(get="405 405 405 405 405 302", post="409 409 403 409 404 302"),
    "discard-report":    Row(get="405 405 405 405 405 302", post="409 409 403 409 404 302"),
    "revise-report":     Row(get="405 405 405 405 405 302", post="302 302 403 302 404 302"),
    "attach-evidence":   Row(get="405 405 405 405 405 302", post="302 302 403 302 404 302"),
    "show-evidence":     Row(get="200 200 404 200 404 302", post="405 405 405 405 405 302"),
    "show-signatures":   Row(get="200 200 404 200 404 302", post="405 405 405 405 405 302"),
    "remove-evidence":   Row(get="405 405 405 405 405 302", post="302 302 404 302 404 302"),
    "list-units":        Row(get="200 200 200 200 200 302", post="405 405 405 405 405 302"),
    "log-progress":      Row(get="200 200 403 403 404 302", post="200 200 403 403 404 302"),
    "show-unit":         Row(get="200 200 200 200 404 302", post="405 405 405 405 405 302"),
    "list-letterheads":  Row(get="200 200 200 403 403 302", post="405 405 405 405 405 302"),
    "edit-letterhead":   Row(get="200 200 403 403 404 302", post="200 200 403 403 404 302"),
    "preview-letterhead": Row(get="200 200 200 403 404 302", post="200 200 403 403 404 302"),
    "show-paper":        Row(get="404 200 404 404 404 302", post="405 405 405 405 405 302"),
    "list-periods":      Row(get="200 200 200 403 404 302", post="405 405 405 405 405 302"),
    "open-period":       Row(get="200 200 403 403 404 302", post="200 200 403 403 404 302"),
    "show-period":       Row(get="200 200 200 403 404 302", post="405 405 405 405 405 302"),
    "edit-period":       Row(get="200 200 403 403 404 302", post="200 200 403 403 404 302"),
    "remove-period":     Row(get="405 405 405 405 405 302", post="302 302 403 403 404 302"),
    "ask-units":         Row(get="405 405 405 405 405 302", post="302 302 403 403 404 302"),
    "show-indicators":   Row(get="200 200 200 403 404 302", post="405 405 405 405 405 302"),
    "list-work":         Row(get="200 200 200 403 404 302", post="405 405 405 405 405 302"),
    "show-matrix":       Row(get="200 200 200 403 404 302", post="405 405 405 405 405 302"),
    "export-matrix":     Row(get="200 200 200 403 404 302", post="405 405 405 405 405 302"),
    "show-assignment":   Row(get="200 200 200 200 404 302", post="405 405 405 405 405 302"),
    "show-reporting":    Row(get="200 200 200 403 404 302", post="405 405 405 405 405 302"),
    "list-remarks":      Row(get="200 200 200 403 404 302", post="405 405 405 405 405 302"),
    "answer-proposal":   Row(get="200 200 403 403 404 302", post="200 200 403 403 404 302"),
    "extend-obligation": Row(get="200 200 403 403 404 302", post="200 200 403 403 404 302"),
}
# fmt: on

# What stands for a URL's arguments, among the rows that `world` makes.
ARGUMENTS: dict[str, dict[str, str]] = {
    "list-periods": {"pk": "plan.pk"},
    "open-period": {"pk": "plan.pk"},
    "show-period": {"pk": "period.pk"},
    "edit-period": {"pk": "period.pk"},
    "remove-period": {"pk": "period.pk"},
    "ask-units": {"pk": "period.pk"},
    "extend-obligation": {"pk": "obligation.pk"},
    "show-indicators": {"pk": "plan.pk"},
    "list-work": {"pk": "plan.pk"},
    "show-matrix": {"pk": "plan.pk"},
    "export-matrix": {"pk": "plan.pk"},
    "show-assignment": {"pk": "assignment.pk"},
    "show-reporting": {"pk": "plan.pk"},
    "list-remarks": {"pk": "plan.pk"},
    "answer-proposal": {"pk": "proposal.pk"},
    "edit-assignment": {"pk": "assignment.pk"},
    "remove-assignment": {"pk": "assignment.pk"},
    "log-progress": {"pk": "assignment.pk"},
    "review-import": {"pk": "draft.pk"},
    "keep-import": {"pk": "draft.pk"},
    "discard-import": {"pk": "draft.pk"},
    "show-plan": {"pk": "plan.pk"},
    "show-content": {"pk": "plan.pk"},
    "assign-tasks": {"pk": "plan.pk"},
    "edit-plan": {"pk": "plan.pk"},
    "show-plan-history": {"pk": "plan.pk"},
    "choose-document": {"pk": "plan.pk"},
    "print-document": {"pk": "plan.pk", "kind": "kind", "format": "format"},
    "print-report": {"pk": "report.pk", "format": "format"},
    "add-task": {"pk": "plan.pk"},
    "show-task": {"pk": "task.pk"},
    "edit-task": {"pk": "task.pk"},
    "remove-task": {"pk": "task.pk"},
    "show-unit": {"pk": "cast.ward.pk"},
    "edit-letterhead": {"pk": "cast.ward.pk"},
    "preview-letterhead": {"pk": "cast.ward.pk"},
    "show-paper": {"token": "paper_token", "name": "paper_name"},
    "start-report": {"pk": "obligation.pk"},
    "show-report": {"pk": "report.pk"},
    "show-report-history": {"pk": "report.pk"},
    "review-report": {"pk": "report.pk"},
    "accept-report": {"pk": "report.pk"},
    "return-report": {"pk": "report.pk"},
    "edit-report": {"pk": "report.pk"},
    "keep-report": {"pk": "report.pk"},
    "check-report": {"pk": "report.pk"},
    "submit-report": {"pk": "report.pk"},
    "withdraw-report": {"pk": "report.pk"},
    "discard-report": {"pk": "report.pk"},
    "revise-report": {"pk": "report.pk"},
    "attach-evidence": {"pk": "report.pk"},
    "show-evidence": {"pk": "attachment.pk"},
    "show-signatures": {"pk": "attachment.pk"},
    "remove-evidence": {"pk": "attachment.pk"},
}


@pytest.fixture
def world(cast, work) -> SimpleNamespace:
    """The cast and the work of every test, a document that waits to be confirmed, and a begun report."""
    draft = ImportDraft.objects.create(outline=Outline().to_dict(), created_by=cast.staff)
    period = make_period(work.plan)
    obligation = make_obligation(period, cast.ward)
    report = start_report(obligation, cast.owner)
    attachment = make_attachment(report, cast.owner)
    proposal = make_proposal(make_report(cast.ward, make_period(work.plan, name="Quý II/2026")))
    bring_to(proposal.report, "accepted", cast.staff)
    return SimpleNamespace(
        cast=cast,
        draft=draft,
        period=period,
        obligation=obligation,
        report=report,
        attachment=attachment,
        proposal=proposal,
        kind="recipients",
        format="pdf",
        paper_token=kept_paper(cast.staff, "Noi-nhan.pdf"),
        paper_name="Noi-nhan.pdf",
        **vars(work),
    )


def kept_paper(user: User, name: str) -> str:
    """The token of a paper that was printed for the user."""
    order = Order(current_edition(), f"{'0' * 40}.pdf")
    write_whole(order.kept, b"%PDF-1.7")
    return token_of(user, order, name, "")


def url_names(patterns: Sequence[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """Every name under the patterns; a pattern without one is given by its route."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or pattern.pattern}"
        elif pattern.namespace == "admin":
            yield "admin:index"
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from url_names(pattern.url_patterns, inner)


def test_every_url_is_declared_and_every_declared_url_exists():
    names = set(url_names(get_resolver().url_patterns))
    assert names - set(MATRIX) == set(), "Give these URLs a row in MATRIX (this module's docstring says how)."
    assert set(MATRIX) - names == set(), "These rows of MATRIX have no URL any more: remove them."
    assert set(ARGUMENTS) - names == set(), "These rows of ARGUMENTS have no URL any more: remove them."


def test_a_url_that_was_forgotten_is_seen():
    def view(request): ...

    patterns = [path("a/", view, name="a"), path("b/", view)]
    assert list(url_names(patterns)) == ["a", "b/"]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", MATRIX)
def test_every_role_gets_what_the_table_says(name, method, world, as_user):
    arguments = {key: attrgetter(value)(world) for key, value in ARGUMENTS.get(name, {}).items()}
    url = reverse(name, kwargs=arguments)
    expected = dict(zip(ROLES, map(int, getattr(MATRIX[name], method).split()), strict=True))

    def status_for(role: str) -> int:
        """What one person does is undone before the next comes."""
        with transaction.atomic():
            client = as_user(getattr(world.cast, role, None))
            status = getattr(client, method)(url).status_code
            transaction.set_rollback(True)
        return status

    assert {role: status_for(role) for role in ROLES} == expected
