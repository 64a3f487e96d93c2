"""No page of the product changes what was accepted, whoever sends what; of the admin see `test_admin`."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports.models import Attachment, ProgressEntry, ProgressReport
from tests.reports.evidence.files import pdf
from tests.reports.final import accepted_rows, history_rows, make_final_and_draft

pytestmark = pytest.mark.django_db
each_writer = pytest.mark.parametrize("who", ["owner", "staff", "admin"])


@pytest.fixture
def made(cast, work) -> SimpleNamespace:
    return make_final_and_draft(cast, work)


def requests(made: SimpleNamespace) -> dict[str, dict]:
    """Every address that acts on a report, with the version as it is and as it may be guessed."""
    report, entry = made.final[ProgressReport], made.final[ProgressEntry]
    facts = {
        "keep-report": {"overview": "Khác", f"e{entry.assignment_id}-result": "Khác"},
        "edit-report": {"overview": "Khác"},
        "submit-report": {},
        "withdraw-report": {},
        "discard-report": {},
        "accept-report": {},
        "return-report": {"reason": "Thiếu", f"reason-{entry.pk}": "Sai"},
    }
    return {reverse(name, args=[report.pk]): sent for name, sent in facts.items()}


@each_writer
@pytest.mark.parametrize("version", [0, 1, 2])
def test_the_pages_of_a_report(made, cast, as_user, who, version):
    client, before = as_user(getattr(cast, who)), (accepted_rows(), history_rows())
    forbidden = ("/accept/", "/return/") if who == "owner" else ()
    for path, sent in requests(made).items():
        answer = client.post(path, {**sent, "version": version})
        assert (path, answer.status_code) == (path, 403 if path.endswith(forbidden) else 409)
    assert (accepted_rows(), history_rows()) == before


@each_writer
def test_its_evidence(made, cast, as_user, who):
    client, before = as_user(getattr(cast, who)), (accepted_rows(), history_rows())
    added = client.post(
        reverse("attach-evidence", args=[made.final[ProgressReport].pk]),
        {"files": SimpleUploadedFile("a.pdf", pdf())},
    )
    removed = client.post(reverse("remove-evidence", args=[made.final[Attachment].pk]))
    assert (added.status_code, removed.status_code) == (409, 409)
    assert (accepted_rows(), history_rows()) == before


def test_what_it_stands_on(made, cast, work, as_user):
    """Its task, its assignment and its period are taken away by staff without a part of it."""
    before = accepted_rows()
    client = as_user(cast.admin)
    for name, row in (
        ("remove-assignment", work.assignment),
        ("remove-task", work.task),
        ("remove-period", made.final[ProgressReport].period),
        ("admin:units_unit_delete", cast.ward),
        ("admin:units_user_delete", cast.staff),
        ("admin:plans_plan_delete", work.plan),
        ("admin:tasks_assignment_delete", work.assignment),
    ):
        assert client.post(reverse(name, args=[row.pk]), {"post": "yes"}).status_code < 500
    assert accepted_rows() == before
