"""Forked work: its order, its failures, and that none is left behind."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from reports.documents.pdf.children import ChildError, Line, share


def children() -> set[int]:
    """Of this process, those that ended and nobody asked for among them."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        # A process may end while it is looked at.
        with suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == os.getpid():
                found.add(int(stat.parent.name))
    return found


@pytest.fixture(autouse=True)
def _none_left():
    """Whatever else this process has begun, a press for example, stays."""
    before = children()
    yield
    assert children() - before == set()


def nothing(_number, _word, _line):
    pass


def test_results_come_in_the_order_of_the_works():
    def work(number):
        return lambda _line: (time.sleep(0.02 * (5 - number)), number)[1]

    assert share([work(number) for number in range(5)], nothing, at_once=2) == [0, 1, 2, 3, 4]


def test_a_child_asks_and_hears():
    def work(line: Line):
        line.say("how many")
        return line.hear() * 2

    assert share([work, work], lambda number, _word, line: line.send(number + 10), at_once=2) == [20, 22]


def test_a_failure_comes_back_with_its_traceback_and_ends_the_others():
    def fails(_line):
        raise LookupError("no such row")

    def sleeps(_line):
        time.sleep(60)

    start = time.monotonic()
    with pytest.raises(ChildError) as raised:
        share([sleeps, fails], nothing, at_once=2)
    assert "in fails\n" in str(raised.value)
    assert str(raised.value).endswith("LookupError: no such row\n")
    assert time.monotonic() - start < 5


def test_a_killed_child_is_noticed():
    with pytest.raises(ChildError, match="without a word"):
        share([lambda _line: os.kill(os.getpid(), signal.SIGKILL)], nothing, at_once=2)


def test_a_parent_that_gives_up_leaves_none_behind():
    def work(line: Line):
        line.say("begun")
        time.sleep(60)

    def gives_up(_number, _word, _line):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        share([work, work], gives_up, at_once=2)


def test_children_end_with_their_parent_whatever_they_do(tmp_path):
    def sleeps(line: Line):
        line.say(os.getpid())
        time.sleep(60)

    def dies(_number, pid, _line):
        (tmp_path / str(pid)).touch()
        if len(list(tmp_path.iterdir())) == 2:
            os.kill(os.getpid(), signal.SIGKILL)

    parent = os.fork()
    if not parent:
        share([sleeps, sleeps], dies, at_once=2)
    os.waitpid(parent, 0)
    children = [Path("/proc") / path.name for path in tmp_path.iterdir()]
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and any(child.exists() for child in children):
        time.sleep(0.02)
    assert [child.exists() for child in children] == [False, False]
