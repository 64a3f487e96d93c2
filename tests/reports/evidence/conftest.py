import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import make_period, make_report


@pytest.fixture
def report(cast, work):
    return make_report(cast.ward, make_period(work.plan), by=cast.owner)


@pytest.fixture
def send(cast, report, as_user):
    """Posts a file as the report's page does; gives the answer."""

    def post(name: str, content: bytes, by=None, assignment="", accept="application/json", to=None):
        return as_user(by or cast.owner).post(
            reverse("attach-evidence", args=[(to or report).pk]),
            {"files": SimpleUploadedFile(name, content), "assignment": assignment},
            headers={"accept": accept},
        )

    return post
