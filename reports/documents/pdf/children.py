"""Work shared among forked processes, which end with it whatever happens.

A child begins with all that its parent has loaded (the faces, the parsed styles) and gives its memory back
when it ends. It leaves without touching what it inherited: no connection of the parent is closed by it.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import traceback
from collections.abc import Callable, Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple

from reports.documents.dying import end_with


class ChildError(Exception):
    """A child failed; the text is its own traceback."""


class Told(NamedTuple):
    """What a child says: "said" on its way, "done" with its result, "failed" with its traceback."""

    what: str
    value: Any


class Line(NamedTuple):
    """A child's line to its parent."""

    connection: Connection

    def say(self, value: Any) -> None:
        self.connection.send(Told("said", value))

    def hear(self) -> Any:
        return self.connection.recv()


Work = Callable[[Line], Any]
# Called in the parent with the number of a child, what it said, and the line to answer on.
Heard = Callable[[int, Any, Connection], None]


def cores() -> int:
    return max(2, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2)


def share(works: list[Work], heard: Heard, at_once: int) -> list[Any]:
    """The results of all works, which begin in their order. Raises ChildError when one of them fails."""
    results: dict[int, Any] = {}
    running: dict[Connection, tuple[int, int]] = {}
    waiting = list(enumerate(works))
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                number, work = waiting.pop(0)
                pid, connection = begin(work, list(running))
                running[connection] = (number, pid)
            for ready in wait(list(running)):
                assert isinstance(ready, Connection)
                number, pid = running[ready]
                told = next_word(ready)
                if told.what == "said":
                    heard(number, told.value, ready)
                    continue
                if told.what == "failed":
                    raise ChildError(told.value)
                results[number] = told.value
                ready.close()
                del running[ready]
                os.waitpid(pid, 0)
    finally:
        for connection, (_number, pid) in running.items():
            connection.close()
            end(pid)
    return [results[number] for number in range(len(works))]


def next_word(connection: Connection) -> Told:
    try:
        return connection.recv()
    except (EOFError, ConnectionError):
        return Told("failed", "A child ended without a word: it was killed, perhaps for want of memory.")


def end(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)


def begin(work: Work, lines_of_others: list[Connection]) -> tuple[int, Connection]:
    """Forks; the child closes its brothers' lines, so that each notices when the parent is gone."""
    parent = os.getpid()
    ours, theirs = Pipe()
    pid = os.fork()
    if pid:
        theirs.close()
        return pid, ours
    try:
        end_with(parent)
        for line in (*lines_of_others, ours):
            line.close()
        live(work, theirs)
    finally:
        os._exit(0)


def live(work: Work, connection: Connection) -> None:
    # What this process makes is needed to its end, and the end frees all at once.
    gc.disable()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        told = Told("done", work(Line(connection)))
    except BaseException:
        told = Told("failed", traceback.format_exc())
    with contextlib.suppress(OSError):
        connection.send(told)


@contextlib.contextmanager
def without_collection() -> Iterator[None]:
    """A layout makes a million objects that all live until its end: looking for garbage costs a fifth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
