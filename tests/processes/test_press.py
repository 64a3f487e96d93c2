"""An office prints a long paper while others work: no web worker takes part in it, and nobody waits."""

import logging
import time
from pathlib import Path
from statistics import median

import pytest

from tests.presses import end_presses, forks_of
from tests.processes.browser import Browser
from tests.processes.office import Office, Server

log = logging.getLogger(__name__)
ROWS = 2000
# What a process that sets type has in its memory.
TYPESETTERS = ("libpango", "libgobject", "libfontconfig")


@pytest.fixture
def server(office: Office):
    server = office.serve()
    yield server
    end_presses(office.folder / "papers")


def memory_of(pid: int) -> int:
    """In kilobytes, what is in the process's own memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon"))


def loaded(pid: int) -> list[str]:
    maps = Path(f"/proc/{pid}/maps").read_text()
    return [part for part in TYPESETTERS if part in maps]


def seconds_for(browser: Browser, path: str) -> float:
    start = time.monotonic()
    assert browser.get(path).status == 200
    return time.monotonic() - start


def workers_of(server: Server) -> list[int]:
    return forks_of(server.process.pid)


def test_the_web_workers_have_no_part_in_it(office: Office, server: Server):
    made = office.ask("seed", "long_paper", ROWS)
    reader, other = Browser(server, "staff-1"), Browser(server, "staff-2")
    usual = median(seconds_for(other, "/units/") for _time in range(20))
    workers = workers_of(server)
    before = {pid: memory_of(pid) for pid in workers}
    meanwhile, told = [], []
    answer = reader.get(made)
    while answer.status == 202:
        meanwhile.append(seconds_for(other, "/units/"))
        told.append("<progress" in answer.text)
        answer = reader.get(f"{made}?waited=1")
        time.sleep(0.05)
    assert (answer.status, answer.text[:5]) == (200, "%PDF-")
    assert told != []
    assert all(told)
    assert workers_of(server) == workers
    assert [loaded(pid) for pid in workers] == [[]] * len(workers)
    grown = max(memory_of(pid) - before[pid] for pid in workers)
    log.info("grown by %d kB; a page took %.3f s, and %.3f s meanwhile", grown, usual, median(meanwhile))
    assert grown < 30_000
    # A generous ceiling: the machine is shared with whatever else the suite does.
    assert median(meanwhile) < 0.5 + 5 * usual
    assert server.faults() == []
