"""What is handed in, and under which name: of one edition, one paper and one format."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from reports.documents.formats import Format
from reports.press import room
from reports.press.desk import state_of
from reports.press.room import State, current_edition
from tests.reports.press.conftest import paper_of


@pytest.fixture
def sources(settings, tmp_path) -> Path:
    """Of an edition of the test's own."""
    settings.BASE_DIR = tmp_path / "sources"
    for name in ("units/texts.py", "reports/state/counts.py", "static/css/paper.css"):
        path = settings.BASE_DIR / name
        path.parent.mkdir(parents=True)
        path.write_text(name)
    documents = settings.BASE_DIR / "reports" / "documents"
    documents.mkdir()
    (documents / "pages.py").write_text("pages")
    return settings.BASE_DIR


@pytest.mark.parametrize(
    "name", ["pages.py.swp", "__pycache__/pages.cpython-311.pyc.140233", "pages.py~", "4913"]
)
def test_what_is_no_source_makes_no_edition(sources, name):
    before = current_edition()
    path = sources / "reports" / "documents" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("anything")
    assert current_edition() == before


@pytest.mark.parametrize("name", ["units/texts.py", "reports/state/counts.py", "reports/documents/new.py"])
def test_every_source_makes_an_edition(sources, name):
    before = current_edition()
    (sources / name).write_text("changed")
    assert current_edition() != before


def test_a_source_of_another_name_makes_an_edition(sources):
    before = current_edition()
    (sources / "reports/documents/pages.py").rename(sources / "reports/documents/other.py")
    assert current_edition() != before


def test_while_the_sources_are_replaced_a_paper_is_to_be_printed_again(hand, monkeypatch, sources):
    (sources / "static/css/paper.css").unlink()
    assert state_of(hand(paper_of())) is State.GONE


def test_what_is_kept_and_handed_in_again_stays_longer(hand, shut):
    paper = paper_of()
    order = hand(paper).order
    room.write_whole(order.kept, b"%PDF-1.7")
    order.forget()
    os.utime(order.kept, times=(0, 0))
    hand(paper)
    assert order.state is State.KEPT
    assert order.kept.stat().st_mtime > 0
    assert not order.waiting.exists()


def test_no_more_wait_than_can_be_printed_in_a_while(hand, shut, monkeypatch):
    monkeypatch.setattr(room, "MOST_WAITING", 2)
    papers = [paper_of() for _place in range(3)]
    first, second, refused = map(hand, papers)
    assert [state_of(ticket) for ticket in (first, second, refused)] == [
        *(State.WAITING, State.WAITING),
        State.BUSY,
    ]
    assert state_of(hand(papers[0])) is State.WAITING
    second.order.forget()
    assert state_of(refused) is State.GONE
    assert state_of(hand(papers[2])) is State.WAITING


@pytest.mark.parametrize(("format", "files"), [(Format.PDF, 2), (Format.DOCX, 1), (Format.XLSX, 1)])
def test_only_a_pdf_has_an_edition_for_the_archive(hand, shut, format, files):
    paper = paper_of()
    names = {hand(replace(paper, archival=archival), format).order.name for archival in (True, False)}
    assert len(names) == files
