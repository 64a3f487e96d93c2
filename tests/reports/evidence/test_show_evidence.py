import logging
import os

import pytest
from django.core.files.storage import storages
from django.urls import reverse

from reports.evidence.storage import name_of
from tests.factories import bring_to, make_attachment, make_report
from tests.pages import HOSTILE_TEXTS, in_english, words
from tests.reports.evidence.files import pdf


def url(attachment) -> str:
    return reverse("show-evidence", args=[attachment.pk])


@pytest.fixture
def paper(cast, work, report):
    return make_attachment(report, cast.owner, work.assignment, pdf(), name="Biên bản.pdf", inert=True)


def headers(response, *names: str) -> list[str]:
    return [response[name] for name in names]


def test_it_is_downloaded_unless_asked_to_open(cast, paper, as_user):
    response = as_user(cast.owner).get(url(paper))
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == pdf()
    assert headers(response, "Content-Type", "Content-Length", "Content-Disposition", "X-Frame-Options") == [
        "application/pdf",
        str(len(pdf())),
        "attachment; filename*=utf-8''Bi%C3%AAn%20b%E1%BA%A3n.pdf",
        "DENY",
    ]


def test_an_inert_pdf_opens_in_our_own_pages_alone(cast, paper, as_user):
    response = as_user(cast.staff).get(url(paper), {"open": "1"})
    assert headers(
        response,
        "Content-Type",
        "Content-Disposition",
        "Content-Security-Policy",
        "X-Frame-Options",
        "X-Content-Type-Options",
        "Cross-Origin-Resource-Policy",
        "Cache-Control",
    ) == [
        "application/pdf",
        "inline; filename*=utf-8''Bi%C3%AAn%20b%E1%BA%A3n.pdf",
        "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'",
        "SAMEORIGIN",
        "nosniff",
        "same-origin",
        "private, no-store",
    ]


def test_word_is_never_opened(cast, report, as_user):
    word = make_attachment(report, cast.owner, name="a.doc", media_type="application/msword")
    response = as_user(cast.staff).get(url(word), {"open": "1"})
    assert headers(response, "Content-Disposition", "Content-Security-Policy") == [
        'attachment; filename="a.doc"',
        "default-src 'none'; frame-ancestors 'none'; sandbox",
    ]


def test_who_reads_the_report_reads_its_files_and_nobody_else(cast, paper, as_user):
    def statuses() -> list[int]:
        people = (cast.owner, cast.staff, cast.leader, cast.admin, cast.outsider, None)
        return [as_user(person).get(url(paper)).status_code for person in people]

    # What is still being written is for those who write it.
    assert statuses() == [200, 200, 404, 200, 404, 302]
    bring_to(paper.report, "submitted", cast.owner)
    assert statuses() == [200, 200, 200, 200, 404, 302]
    paper.report.withdraw(1)
    assert statuses() == [200, 200, 404, 200, 404, 302]
    bring_to(paper.report, "accepted", cast.staff)
    assert statuses() == [200, 200, 200, 200, 404, 302]


def test_a_file_of_the_same_content_opens_no_way_to_anothers(cast, paper, report, as_user):
    others = make_report(cast.other_ward, report.period, by=cast.outsider)
    own = make_attachment(others, cast.outsider, content=pdf(), name="b.pdf")
    assert own.digest == paper.digest
    client = as_user(cast.outsider)
    assert [client.get(url(file)).status_code for file in (own, paper)] == [200, 404]


def test_a_missing_file_is_told_and_logged(cast, paper, as_user, caplog):
    os.unlink(storages["evidence"].path(name_of(paper.digest)))
    client = in_english(as_user(cast.owner))
    with caplog.at_level(logging.ERROR):
        response = client.get(url(paper), {"open": "1"})
    day = paper.added_at.astimezone().strftime("%d/%m/%Y")
    assert response.status_code == 410
    assert words(response).startswith(
        f"The file is missing “Biên bản.pdf”, added by Cán bộ phường Bãi Cát on {day}"
    ), words(response)
    assert f"evidence {paper.pk} of report {paper.report_id} cannot be read" in caplog.messages


def test_a_digest_never_leads_outside_the_store(cast, report, as_user):
    """Only our own code writes digests; should it ever not, the store still keeps its bounds."""
    strange = make_attachment(report, cast.owner)
    strange.digest = "../" * 10 + "etc/passwd"
    strange.save()
    assert as_user(cast.owner).get(url(strange)).status_code == 400


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_whatever_is_asked_only_what_is_inert_opens(text, cast, report, as_user):
    word = make_attachment(report, cast.owner, name="a.doc", media_type="application/msword")
    response = as_user(cast.owner).get(url(word), {"open": text})
    assert response["Content-Disposition"] == 'attachment; filename="a.doc"'


def test_the_files_lie_where_no_web_server_looks(settings):
    from config import settings as own

    location = own.VAR_DIR / "evidence"
    assert own.STORAGES["evidence"] == {
        "BACKEND": "reports.evidence.storage.DurableStorage",
        "OPTIONS": {
            "location": location,
            "file_permissions_mode": 0o400,
            "directory_permissions_mode": 0o700,
        },
    }
    assert own.STATIC_ROOT not in (location, *location.parents)
    assert settings.MEDIA_ROOT == ""
