"""How soon a server answers, what its workers weigh, and the five main screens in Chromium.

kB are what a first visit brings over the wire without typefaces: the page as gzip 6 makes it, scripts, styles
and pictures as they come. Beside it the page as it is and as it came. First paint and layout shift are those
of empty caches, the officer's screens on a telephone; the middle one of some visits counts.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.bench.screens import Visit, Visitor
from tests.bench.serving import BenchOffice, machine, memory
from tests.bench.tables import Book
from tests.processes.office import Server

TURNS = 3
# Those whose screen is a telephone's.
ON_A_PHONE = ("home", "report")
SCREENS = ("home", "report", "dashboard", "list", "matrix")
MOST_KILOBYTES = 60
# Up to which Chromium's makers call them good.
MOST_MILLISECONDS = 1_800
MOST_SHIFT = 0.1
HEADS = ("", "kB in all", "page gzip 6", "page came", "page", "first paint ms", "layout shift")


def measure(book: Book) -> None:
    with TemporaryDirectory() as folder:
        office = BenchOffice(Path(folder))
        try:
            measure_start(book, office)
            measure_screens(book, office)
        finally:
            office.close()


def measure_start(book: Book, office: BenchOffice) -> None:
    book.say(machine(office))
    loading = min(seconds_of(office, "import django; django.setup()") for _turn in range(TURNS))
    python = min(seconds_of(office, "pass") for _turn in range(TURNS))
    book.say(f"settings and models: {loading:.2f} s, Python alone {python:.2f} s")
    times = []
    for _turn in range(TURNS):
        start = perf_counter()
        server = office.served()
        times.append(perf_counter() - start)
        fresh = memory(server)
        server.kill()
    book.say(f"gunicorn until its first answer: {min(times):.2f} s")
    book.say(f"MB of each worker (PSS) then: {', '.join(f'{size:.0f}' for size in fresh)}")


def seconds_of(office: BenchOffice, code: str) -> float:
    start = perf_counter()
    office.run("-c", code)
    return perf_counter() - start


def measure_screens(book: Book, office: BenchOffice) -> None:
    server = office.served()
    book.line(HEADS)
    for name in SCREENS:
        visits = visited(office, server, name)
        first = visits[0]
        total = book.at_most(first.kilobytes, MOST_KILOBYTES, f"{name}: kB over the wire", 0)
        paint = median(visit.first_paint for visit in visits)
        shift = median(visit.layout_shift for visit in visits)
        shown = (
            *(f"{size / 1000:.1f}" for size in (first.page_gzipped, first.page_came, first.page)),
            book.at_most(paint, MOST_MILLISECONDS, f"{name}: first paint", 0),
            book.at_most(shift, MOST_SHIFT, f"{name}: layout shift", 3),
        )
        book.line((name, total, *shown), width=19)
    book.say(f"MB of each worker (PSS) then: {', '.join(f'{size:.0f}' for size in memory(server))}")
    book.none(server.faults())


def visited(office: BenchOffice, server: Server, name: str) -> list[Visit]:
    username, address, *_mark = office.told("pages")[name]
    (session,) = office.told("sessions", username)
    with Visitor(server.port, session, on_a_phone=name in ON_A_PHONE) as visitor:
        return [visitor.visit(address) for _turn in range(TURNS)]
