"""Five pages of an office of 30 units beside two floors on the same server, in one run.

A floor lists as many rows as the list has, by one query and without anybody signed in: once by a template,
once by an f-string; "commit" writes one row. Redmine and Kanboard were measured beside the f-string on one
machine, so it stands for them here. p50 and p95 are milliseconds at 1 connection, requests a second are those
at 8, and the processor's time of each is that of the workers. "After a log" is the p50 of requests that each
follow a new entry, so that nothing kept from an earlier answer fits. All are measured in turns, and the best
turn counts: what else the machine does then disturbs them alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryDirectory

from reports.views.state import ROWS_A_PAGE
from tests.bench.load import Call, Connection, Result, ask_after, ask_for, request
from tests.bench.serving import BenchOffice, machine, memory, processor_seconds
from tests.bench.tables import Book
from tests.processes.office import Server

TURNS, SECONDS, CONNECTIONS, WRITES = 3, 1.0, 8, 8
PAGES = ("list", "task", "dashboard", "matrix")
FLOORS = {"template": "/floor/template/", "f-string": "/floor/string/"}
COMMIT = "/floor/write/"
# Each log is sent in a session of its own, as by so many people.
LOGS = 2_500
# Requests a second that were measured beside a floor of so many, and how many times as many are wanted.
FLOOR = 2_050
REDMINE = {"list": (11.5, 25), "task": (11, 25), "dashboard": (13, 20), "post": (52, 6)}
KANBOARD = {"list": (12, 20), "task": (192, 1.5), "post": (379, 1)}
MOST_OF_FLOOR_TIME = 5
MOST_MEGABYTES = 110
HEADS = (
    *("", "p50 ms", "p95 ms", "a second", "p95 at 8", "processor ms"),
    *("after a log", "of f-string's", "x Redmine", "x Kanboard"),
)


@dataclass
class Measured:
    """What the turns gave of one page."""

    ones: list[Result] = field(default_factory=list)
    manies: list[Result] = field(default_factory=list)
    afters: list[Result] = field(default_factory=list)
    others: list[Result] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @property
    def all(self) -> list[Result]:
        return self.ones + self.manies + self.afters + self.others

    @property
    def one(self) -> Result:
        return min(self.ones, key=lambda result: result.percentile(50))

    @property
    def after(self) -> Result:
        return min(self.afters, key=lambda result: result.percentile(50))

    @property
    def many(self) -> Result:
        return max(self.manies, key=lambda result: result.a_second)


def measure(book: Book) -> None:
    with TemporaryDirectory() as folder:
        office = BenchOffice(Path(folder))
        try:
            measure_office(book, office)
        finally:
            office.close()


def measure_office(book: Book, office: BenchOffice) -> None:
    before = office.told("counts")
    server = office.served()
    calls = {**floor_calls(), **page_calls(office), "post": logs(office, server)}
    measured = in_turns(server, calls)
    megabytes = memory(server)
    after = office.told("counts")

    book.say(machine(office))
    book.say(", ".join(f"{count:,} {name}" for name, count in before.items()))
    book.line(HEADS)
    for name in calls:
        book.line(row(book, name, measured))
    floor = measured["f-string"].one.percentile(50)
    of_floor = measured["list"].one.percentile(50) / floor
    shown = book.at_most(of_floor, MOST_OF_FLOOR_TIME, "p50 of the list, of the f-string's")
    book.say(f"p50 of the list, of the f-string's: {shown}")
    each = ", ".join(book.at_most(size, MOST_MEGABYTES, "MB of a worker", 0) for size in megabytes)
    book.say(f"MB of each worker (PSS): {each}; together {sum(megabytes):.0f}")
    logged, stored = acknowledged(measured["post"]), after["entries"] - before["entries"]
    book.say(f"logs acknowledged: {logged}, stored: {stored}")
    book.none(faults(measured, server))
    if logged != stored:
        book.none([f"{logged} logs acknowledged, but {stored} stored"])


def floor_calls() -> dict[str, Iterator[Call]]:
    calls = {
        name: Call(request(address), mark=b"<tr>", times=ROWS_A_PAGE) for name, address in FLOORS.items()
    }
    calls["commit"] = Call(request(COMMIT, said={}), mark=b"written", times=1)
    return {name: repeat(call) for name, call in calls.items()}


def page_calls(office: BenchOffice) -> dict[str, Iterator[Call]]:
    """Each by a person who is signed in."""
    pages = office.told("pages")
    calls: dict[str, Iterator[Call]] = {}
    for name in PAGES:
        username, address, mark, times = pages[name]
        (session,) = office.told("sessions", username)
        calls[name] = repeat(Call(request(address, session), mark=mark.encode(), times=times))
    return calls


def logs(office: BenchOffice, server: Server) -> Iterator[Call]:
    """Each a new one, with the token of a form that was opened before."""
    username, address, *_mark = office.told("pages")["log"]
    sessions = office.told("sessions", username, LOGS)
    status, head, _body = Connection(server.port).ask(request(address, sessions[0]))
    given = re.search(rb"csrftoken=(\w+)", head)
    assert status == 200, status
    assert given, head
    token = given[1].decode()
    return iter(
        [
            Call(request(at, session, token, said), status=302)
            for session, (at, said) in zip(sessions, office.told("logs", LOGS), strict=True)
        ]
    )


def in_turns(server: Server, calls: dict[str, Iterator[Call]]) -> dict[str, Measured]:
    measured = {name: Measured() for name in calls}
    for _turn in range(TURNS):
        for name, wanted in calls.items():
            found, wrote = measured[name], Result()
            # So that each worker has answered once since the last log.
            found.others.append(ask_for(server.port, wanted, CONNECTIONS, SECONDS / 4))
            found.ones.append(ask_for(server.port, wanted, 1, SECONDS))
            before = processor_seconds(server)
            found.manies.append(ask_for(server.port, wanted, CONNECTIONS, SECONDS))
            used = processor_seconds(server) - before
            found.processor.append(1000 * used / max(1, len(found.manies[-1].milliseconds)))
            found.afters.append(ask_after(server.port, calls["post"], wrote, wanted, WRITES))
            measured["post"].others.append(wrote)
    return measured


def row(book: Book, name: str, measured: dict[str, Measured]) -> list[str]:
    one, many = measured[name].one, measured[name].many
    share = many.a_second / measured["f-string"].many.a_second
    others = min(measured[name].processor), measured[name].after.percentile(50)
    figures = (one.percentile(50), one.percentile(95), many.a_second, many.percentile(95), *others)
    least = max(
        (known[name][0] * known[name][1] for known in (REDMINE, KANBOARD) if name in known), default=0
    )
    shown = (
        book.at_least(share, least / FLOOR, f"{name}, of the f-string's a second")
        if least
        else f"{share:.2f}"
    )
    times = [
        f"{share * FLOOR / known[name][0]:.1f}" if name in known else "" for known in (REDMINE, KANBOARD)
    ]
    return [name, *(f"{figure:.1f}" for figure in figures), shown, *times]


def acknowledged(measured: Measured) -> int:
    return sum(len(result.milliseconds) for result in measured.all)


def faults(measured: dict[str, Measured], server: Server) -> list[str]:
    """Answers that were not right, and what the server logged of itself."""
    wrong = {
        name: sum((result.faults for result in found.all), Counter()) for name, found in measured.items()
    }
    told = [f"{name}: {count} times {fault}" for name in wrong for fault, count in wrong[name].items()]
    return told + server.faults()
