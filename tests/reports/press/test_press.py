"""Real presses, as the web workers start them."""

import os
import signal
from pathlib import Path

import pikepdf
import pytest

from reports.documents.formats import Format
from reports.press.desk import state_of
from reports.press.opening import open_press
from reports.press.room import State, write_whole
from tests.presses import end_presses, forks_of, presses_of, processes
from tests.reports.press.conftest import paper_of, until


def is_there(ticket) -> bool:
    return state_of(ticket) is not State.WAITING


def begun(order) -> int:
    """How often the printing of the order was begun, while it waits."""
    return order.tries.stat().st_size if order.tries.exists() else 0


def is_at_work(papers: Path, order) -> bool:
    return begun(order) > 0 and forks_of(presses_of(papers)[0]) != []


def fork_at_work(papers: Path, order) -> int:
    """The fork that prints the order, once it has."""
    until(lambda: is_at_work(papers, order))
    return forks_of(presses_of(papers)[0])[0]


def log_of(papers: Path, order) -> list[str]:
    return [line for line in (papers / "press.log").read_text().splitlines() if order.name in line]


def test_a_paper_is_printed_and_only_its_file_is_left(hand, papers):
    ticket = hand(paper_of())
    until(lambda: is_there(ticket))
    assert state_of(ticket) is State.KEPT
    with pikepdf.open(ticket.order.kept) as pdf:
        assert len(pdf.pages) == 1
    folder = ticket.order.folder
    until(lambda: not ticket.order.waiting.exists())
    made = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    made -= {str(path.relative_to(folder)) for path in folder.glob("scratch/*/*")}
    assert made == {"lock", f"kept/{ticket.order.name}"}
    modes = {oct(path.stat().st_mode & 0o777) for path in [*papers.rglob("*"), papers]}
    assert modes == {"0o600", "0o700"}


def test_what_was_printed_before_needs_no_press(hand, papers, monkeypatch):
    paper = paper_of()
    first = hand(paper)
    until(lambda: is_there(first))
    end_presses(papers)
    made = first.order.kept.stat()
    second = hand(paper)
    assert (second.order, state_of(second)) == (first.order, State.KEPT)
    assert presses_of(papers) == []
    assert second.order.kept.stat().st_ino == made.st_ino


def test_ten_at_once_all_come_and_the_same_one_is_printed_once(hand, papers):
    same = paper_of()
    tickets = [hand(paper_of()) for _place in range(9)] + [hand(same), hand(same)]
    assert len(presses_of(papers)) == 1
    until(lambda: all(map(is_there, tickets)))
    assert [state_of(ticket) for ticket in tickets] == [State.KEPT] * 11
    until(lambda: not tickets[-1].order.waiting.exists())
    assert [line[:7] for line in log_of(papers, tickets[-1].order)] == ["printed"]


def test_each_format_is_printed(hand):
    tickets = [hand(paper_of(), format) for format in (Format.PDF, Format.XLSX)]
    until(lambda: all(map(is_there, tickets)))
    assert [ticket.order.kept.read_bytes()[:4] for ticket in tickets] == [b"%PDF", b"PK\3\4"]


def test_another_format_or_another_word_is_another_file(hand, shut):
    first, other_word = paper_of(title="Một"), paper_of(title="Hai")
    names = {hand(first).order.name, hand(first, Format.DOCX).order.name, hand(other_word).order.name}
    assert len(names) == 3


def test_a_press_that_was_killed_is_followed_by_one_that_prints_what_waits(hand, papers):
    ticket = hand(paper_of(rows=1000))
    fork = fork_at_work(papers, ticket.order)
    until(lambda: forks_of(fork) != [])
    below = [fork, *forks_of(fork)]
    killed = presses_of(papers)
    end_presses(papers, by=signal.SIGKILL)
    until(lambda: set(below).isdisjoint(processes()), seconds=5)
    assert ticket.order.state is State.WAITING
    until(lambda: is_there(ticket))
    assert state_of(ticket) is State.KEPT
    assert presses_of(papers) != killed


def test_a_fork_that_was_killed_is_begun_again_but_not_for_ever(hand, papers):
    ticket = hand(paper_of(rows=1000))
    for time in (1, 2, 3):
        until(lambda time=time: begun(ticket.order) == time)
        os.kill(fork_at_work(papers, ticket.order), signal.SIGKILL)
        until(lambda time=time: begun(ticket.order) != time)
    assert state_of(ticket) is State.FAILED
    assert ticket.order.reason.startswith("ended by signal 9")
    assert log_of(papers, ticket.order)[-1].endswith("begun 3 times")


def test_a_poisonous_order_fails_and_the_next_ones_come(hand, shut):
    poison, next_one = hand(paper_of()), hand(paper_of())
    write_whole(poison.order.waiting, b'Title\n{"is":"Paper","kind":')
    open_press(poison.order.edition)
    until(lambda: is_there(poison) and is_there(next_one))
    assert [state_of(poison), state_of(next_one)] == [State.FAILED, State.KEPT]
    assert "JSONDecodeError" in poison.order.reason


def test_what_failed_is_tried_anew_when_it_is_handed_in_again(hand, papers):
    paper = paper_of()
    ticket = hand(paper)
    until(lambda: is_there(ticket) and not ticket.order.waiting.exists())
    ticket.order.kept.unlink()
    ticket.order.fail("the disk was full")
    assert state_of(ticket) is State.FAILED
    hand(paper)
    until(lambda: is_there(ticket))
    assert state_of(ticket) is State.KEPT


def test_a_short_paper_does_not_wait_behind_long_ones(hand):
    long = [hand(paper_of(rows=2500)) for _place in range(3)]
    until(lambda: any(begun(ticket.order) for ticket in long))
    short = [hand(paper_of()) for _place in range(3)]
    assert [ticket.order.is_long for ticket in (long[0], short[0])] == [True, False]
    until(lambda: all(map(is_there, short)))
    assert [state_of(ticket) for ticket in (*short, *long[1:])] == [State.KEPT] * 3 + [State.WAITING] * 2


def test_it_holds_no_database_and_ends_when_nobody_prints(hand, papers, monkeypatch):
    monkeypatch.setenv("PRESS_IDLE_MINUTES", "0.02")
    ticket = hand(paper_of())
    [press] = presses_of(papers)
    until(lambda: is_there(ticket))
    opened = [os.readlink(handle) for handle in Path(f"/proc/{press}/fd").iterdir()]
    assert [path for path in opened if "sqlite" in path or "socket" in path] == []
    until(lambda: presses_of(papers) == [])
    again = hand(paper_of())
    until(lambda: is_there(again))
    assert state_of(again) is State.KEPT


def test_a_server_that_starts_no_process_says_so(hand, monkeypatch):
    def forbidden(*_arguments, **_more):
        raise PermissionError("fork")

    monkeypatch.setattr("subprocess.run", forbidden)
    ticket = hand(paper_of())
    assert state_of(ticket) is State.CLOSED


def test_a_press_that_never_gets_ready_is_not_started_for_ever(hand, papers, monkeypatch):
    monkeypatch.setenv("PAPERS_DAYS", "some")
    ticket = hand(paper_of())
    until(lambda: state_of(ticket) is State.CLOSED)
    assert (papers / "press.log").read_text().count("ValueError: invalid literal") == 3


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_folder_that_cannot_be_written_is_said(hand, settings, tmp_path, place):
    (tmp_path / "file").write_text("no folder")
    settings.PAPERS_ROOT = tmp_path / place
    assert state_of(hand(paper_of())) is State.CLOSED
