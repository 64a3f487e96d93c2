"""Forked work: its order, its failures, and that none is left behind."""

import os
import signal
import time

import pytest

from reports.documents.pdf.children import ChildError, Line, share


def none_left() -> bool:
    try:
        return os.waitpid(-1, os.WNOHANG) == (0, 0) and False
    except ChildProcessError:
        return True


def nothing(_number, _word, _line):
    pass


def test_results_come_in_the_order_of_the_works():
    def work(number):
        return lambda _line: (time.sleep(0.02 * (5 - number)), number)[1]

    assert share([work(number) for number in range(5)], nothing, at_once=2) == [0, 1, 2, 3, 4]
    assert none_left()


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
    assert none_left()


def test_a_killed_child_is_noticed():
    with pytest.raises(ChildError, match="without a word"):
        share([lambda _line: os.kill(os.getpid(), signal.SIGKILL)], nothing, at_once=2)
    assert none_left()


def test_a_parent_that_gives_up_leaves_none_behind():
    def work(line: Line):
        line.say("begun")
        time.sleep(60)

    def gives_up(_number, _word, _line):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        share([work, work], gives_up, at_once=2)
    assert none_left()


def test_children_notice_that_their_parent_is_gone(tmp_path):
    """Each writes its page as it goes; nobody listens any more, so they end."""
    marks = [tmp_path / "0", tmp_path / "1"]

    def work(mark):
        def run(line: Line):
            try:
                while True:
                    line.say("page")
                    time.sleep(0.02)
            finally:
                mark.touch()

        return run

    parent = os.fork()
    if not parent:
        seen: list[int] = []

        def dies(*_said):
            seen.append(1)
            if len(seen) > 5:
                os._exit(0)

        share(
            [work(mark) for mark in marks],
            lambda *_said: seen.append(1) or (len(seen) > 5 and os._exit(0)),
            2,
        )
    os.waitpid(parent, 0)
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and not all(mark.exists() for mark in marks):
        time.sleep(0.02)
    assert all(mark.exists() for mark in marks)
