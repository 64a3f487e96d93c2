"""A folder for papers of the test's own, and papers that no other test prints."""

from collections.abc import Callable
from dataclasses import replace
from time import monotonic, sleep
from types import SimpleNamespace
from uuid import uuid4

import pytest

from reports.documents.content import Paper, Row
from reports.documents.formats import Format
from reports.press.desk import hand_in
from reports.press.specimen import SPECIMEN, TABLE
from reports.press.tickets import Ticket, ticket_of
from tests.presses import end_presses


@pytest.fixture
def papers(settings, tmp_path):
    """Here no press works yet."""
    folder = settings.PAPERS_ROOT = tmp_path / "papers"
    yield folder
    end_presses(folder)


@pytest.fixture
def hand(papers) -> Callable[..., Ticket]:
    """`hand(paper)` hands it in for a person, whom only the signature knows."""

    def hand(paper: Paper, format: Format = Format.PDF) -> Ticket:
        user = SimpleNamespace(pk=7)
        ticket = ticket_of(user, *hand_in(paper, format, user).split("/")[2:])
        assert ticket is not None
        return ticket

    return hand


@pytest.fixture
def shut(monkeypatch):
    """No press is started; what is handed in waits."""
    monkeypatch.setattr("reports.press.desk.open_press", lambda edition: True)


def paper_of(rows: int = 2, title: str = "") -> Paper:
    """Another one each time, with as many rows."""
    table = replace(
        TABLE, rows=tuple(Row((place, "Tổ chức hội nghị học tập ở cơ sở")) for place in range(rows))
    )
    return replace(SPECIMEN, title=(title or uuid4().hex,), blocks=(table,), stem="in-thu")


def until(happened: Callable[[], bool], seconds: float = 60) -> None:
    end = monotonic() + seconds
    while not happened():
        assert monotonic() < end
        sleep(0.01)
