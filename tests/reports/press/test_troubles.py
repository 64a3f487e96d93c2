"""A press in trouble: a full disk, an end from outside, another edition, a retry."""

import os
import resource
import signal
import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from reports.press import press as the_press
from reports.press.desk import state_of
from reports.press.opening import open_press, start
from reports.press.press import Job, Press
from reports.press.room import State, write_whole
from tests.presses import end_presses, presses_of
from tests.reports.press.conftest import paper_of, until

OTHER = "a" * 12


@contextmanager
def small_files():
    """Whatever this process writes ends at 32 kB, as on a disk that is almost full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**15, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def small_disk(papers):
    """The papers lie on a disk of 2 MB of their own, where this system lets us."""
    papers.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(papers)]
    with suppress(OSError):
        if subprocess.run(mount, capture_output=True, check=False).returncode == 0:
            yield papers
            end_presses(papers)
            subprocess.run(["umount", "--lazy", str(papers)], check=True)
            return
    pytest.skip("Only who may mount a disk has a full one.")


def fill(path: Path) -> None:
    with suppress(OSError), path.open("wb", buffering=0) as filler:
        while True:
            filler.write(bytes(512))


def log_of(papers: Path) -> str:
    return (papers / "press.log").read_text()


def at_work(hand, papers) -> int:
    """A press that has printed."""
    ticket = hand(paper_of())
    until(lambda: state_of(ticket) is State.KEPT and not ticket.order.waiting.exists())
    [press] = presses_of(papers)
    return press


def test_a_full_disk_is_told_to_who_waits(hand, shut):
    ticket = hand(paper_of())
    assert state_of(ticket) is State.WAITING
    with small_files():
        assert state_of(ticket) is State.CLOSED
    assert state_of(ticket) is State.WAITING


def test_a_press_outlives_a_full_disk(hand, small_disk):
    press = at_work(hand, small_disk)
    os.kill(press, signal.SIGSTOP)
    ticket = hand(paper_of())
    fill(small_disk / "filler")
    os.kill(press, signal.SIGCONT)
    time.sleep(0.5)
    assert state_of(ticket) is State.CLOSED
    assert presses_of(small_disk) == [press]
    (small_disk / "filler").unlink()
    until(lambda: state_of(ticket) is State.KEPT)
    assert presses_of(small_disk) == [press]


@pytest.mark.parametrize(
    ("place", "text", "ends"), [("tries", "", State.KEPT), ("failed", 'Title\n{"is":', State.FAILED)]
)
def test_a_press_outlives_what_it_cannot_write(hand, papers, place, text, ends):
    press = at_work(hand, papers)
    os.kill(press, signal.SIGSTOP)
    ticket = hand(paper_of())
    if text:
        write_whole(ticket.order.waiting, text.encode())
    folder = ticket.order.folder / place
    if folder.exists():
        folder.rmdir()
    folder.touch()
    os.kill(press, signal.SIGCONT)
    until(lambda: "the press cannot go on for now" in log_of(papers))
    time.sleep(1.5)
    assert log_of(papers).count("the press cannot go on for now") == 1
    folder.unlink()
    until(lambda: state_of(ticket) is not State.WAITING)
    assert (state_of(ticket), presses_of(papers)) == (ends, [press])


def test_a_press_is_not_ended_before_it_knows_its_fork(hand, shut, monkeypatch):
    blocked = []

    def fork() -> int:
        blocked.append(signal.pthread_sigmask(signal.SIG_BLOCK, []))
        return 2**22 + 1

    monkeypatch.setattr(the_press.os, "fork", fork)
    order = hand(paper_of()).order
    press = Press(order.edition, -1)
    press.take_up(order)
    assert (blocked, list(press.jobs)) == ([{signal.SIGTERM}], [2**22 + 1])
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == set()


def test_what_failed_and_was_handed_in_anew_is_not_forgotten(hand, shut):
    order = hand(paper_of()).order
    press = Press(order.edition, -1)
    press.settle(2**22 + 1, Job(order, False, 1, 0.0), 0)
    assert order.state is State.WAITING
    press.settle(2**22 + 1, Job(order, False, 1, 0.0), 1)
    assert (order.state, order.reason[:19]) == (State.FAILED, "ended by itself (1)")


def test_a_press_has_in_memory_what_long_papers_need(hand, papers):
    press = at_work(hand, papers)
    assert "pikepdf" in Path(f"/proc/{press}/maps").read_text()


def test_of_another_edition_nothing_is_printed_any_more(hand, papers, shut):
    order = hand(paper_of()).order
    assert open_press(OTHER) is False
    lock = os.open(papers / OTHER / "lock", os.O_RDWR)
    (papers / OTHER / "orders").mkdir()
    (papers / order.edition / "orders" / order.name).rename(papers / OTHER / "orders" / order.name)
    start(OTHER, lock)
    os.close(lock)
    until(lambda: presses_of(papers) == [])
    assert list((papers / OTHER / "orders").iterdir()) != []
    assert not (papers / OTHER / "kept").exists()


def test_temporary_files_go_with_the_press_or_before_the_next(hand, papers):
    at_work(hand, papers)
    [first] = papers.glob("*/scratch/weasyprint-*")
    end_presses(papers)
    assert not first.exists()
    at_work(hand, papers)
    [second] = papers.glob("*/scratch/weasyprint-*")
    end_presses(papers, by=signal.SIGKILL)
    assert second.exists()
    at_work(hand, papers)
    [third] = papers.glob("*/scratch/weasyprint-*")
    assert third != second


def test_a_press_is_told_no_secrets(hand, papers, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "known-to-the-office")
    monkeypatch.setenv("DATABASE_URL", "postgres://user:password@127.0.0.1/bam_sat")
    monkeypatch.setenv("MAIL_PASSWORD", "password")
    told = Path(f"/proc/{at_work(hand, papers)}/environ").read_text()
    assert "office" not in told
    assert "password" not in told
    assert f"PAPERS_ROOT={papers}\0" in told
