"""Old files go; what was asked for lately, what waits and what is not ours stays."""

import os
import time
from pathlib import Path

import pytest

from reports.press.checks import check_papers
from reports.press.opening import taken
from reports.press.sweeping import sweep

NOW, OLD = "a" * 12, "b" * 12
DAY = 24 * 3600


@pytest.fixture
def put(papers):
    """`put(edition, place, letter, days)`: a file of 1 MB that was last asked for so long ago."""

    def put(edition: str, place: str, letter: str, days: float, name: str = "") -> Path:
        path = papers / edition / place / (name or f"{letter * 40}.pdf")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(2**20))
        os.utime(path, times=(time.time() - days * DAY,) * 2)
        return path

    return put


def left(papers: Path) -> list[str]:
    return sorted(str(path.relative_to(papers)) for path in papers.rglob("*") if path.is_file())


def test_old_files_and_notes_go(put, papers, settings):
    settings.PAPERS_DAYS = 30
    for place, kept in (("kept", 29), ("orders", 0.9), ("failed", 0.9), ("told", 0.9), ("tries", 0.9)):
        put(NOW, place, "1", kept)
        put(NOW, place, "2", kept + 2)
    put(NOW, "kept", "", 2, "draft-xyz")
    sweep(NOW)
    places = ("failed", "kept", "orders", "told", "tries")
    assert left(papers) == [f"{NOW}/{place}/{'1' * 40}.pdf" for place in places]


def test_the_oldest_of_too_many_go_but_none_of_the_last_hour(put, papers, settings):
    settings.PAPERS_MEGABYTES = 2
    for letter, days in (("1", 0), ("2", 0.01), ("3", 0.02), ("4", 3)):
        put(NOW, "kept", letter, days)
    sweep(NOW)
    assert left(papers) == [f"{NOW}/kept/{letter * 40}.pdf" for letter in "123"]


def test_the_room_is_that_of_all_editions(put, papers, settings):
    settings.PAPERS_MEGABYTES = 2
    for edition, letter, days in ((NOW, "1", 0.1), (OLD, "2", 0.2), (NOW, "3", 0.3), (OLD, "4", 0.4)):
        put(edition, "kept", letter, days)
    sweep(NOW)
    assert left(papers) == [f"{NOW}/kept/{'1' * 40}.pdf", f"{OLD}/kept/{'2' * 40}.pdf"]


@pytest.mark.parametrize("more", [(), ("failed",), ("failed", "scratch", "told")])
def test_another_edition_goes_after_a_day(put, papers, more):
    put(OLD, "kept", "1", 2)
    for place in ("orders", "tries", *more):
        (papers / OLD / place).mkdir()
    (papers / OLD / "lock").touch()
    put("c" * 12, "kept", "1", 0.5)
    sweep(NOW)
    assert left(papers) == [f"{'c' * 12}/kept/{'1' * 40}.pdf"]
    assert not (papers / OLD).exists()


def test_another_edition_stays_while_a_press_works_there(put, papers):
    put(OLD, "kept", "1", 2)
    lock = os.open(papers / OLD / "lock", os.O_RDWR | os.O_CREAT)
    assert taken(lock)
    sweep(NOW)
    assert (papers / OLD / "kept").is_dir()
    os.close(lock)
    sweep(NOW)
    assert not (papers / OLD).exists()


def test_nothing_is_touched_that_no_press_made(put, papers, tmp_path):
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    (evidence / f"{'1' * 40}.pdf").write_text("evidence")
    os.utime(evidence / f"{'1' * 40}.pdf", times=(0, 0))
    put(NOW, "kept", "", 99, "khac.pdf")
    put(NOW, "other", "1", 99)
    put("evidence", "kept", "1", 99)
    (papers / OLD).symlink_to(evidence)
    (papers / NOW / "failed").symlink_to(evidence)
    before = left(papers)
    sweep(NOW)
    assert left(papers) == before
    assert (evidence / f"{'1' * 40}.pdf").read_text() == "evidence"


def test_the_check_warns_of_a_folder_that_cannot_be_written(settings, tmp_path):
    settings.PAPERS_ROOT = tmp_path / "papers"
    assert check_papers() == []
    (tmp_path / "file").touch()
    settings.PAPERS_ROOT = tmp_path / "file"
    [warning] = check_papers()
    assert (warning.id, warning.msg[:29]) == ("reports.W001", "PAPERS_ROOT cannot be written")


@pytest.mark.parametrize("inside", [".", "papers", ".."])
def test_the_check_refuses_a_folder_shared_with_the_evidence(settings, inside):
    location = settings.STORAGES["evidence"]["OPTIONS"]["location"]
    settings.PAPERS_ROOT = Path(location) / inside
    assert [error.id for error in check_papers()] == ["reports.E002"]
