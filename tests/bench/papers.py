"""The time of long papers beside a plain WeasyPrint and beside a warm Chromium, as ratios.

Ours and Chromium's are measured in turns, and the shortest of their times counts: what else the machine does
then disturbs them alike. Plain WeasyPrint, which takes longest, has one turn.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from tests.bench.printing import Chromium, one_page, ours, plain
from tests.bench.tables import Book
from tests.reports.documents.long import long_paper

TURNS = 3
# Rows of the table, and how many times Chromium's time they may take.
LIMITS = {100: 1.5, 500: 2.0, 2000: 3.5}
MOST_OF_PLAIN = 0.5
MOST_OF_COLD_CHROMIUM = 0.2
HEADS = ("rows", "ours s", "Chromium s", "ours/Chromium", "tagged s", "ours/tagged", "plain s", "ours/plain")


def measure(book: Book) -> None:
    ours(one_page())
    book.line(HEADS)
    with Chromium() as chromium:
        for rows, limit in LIMITS.items():
            measure_rows(book, chromium, rows, limit)
    warm = min(seconds(lambda: ours(one_page())) for _turn in range(TURNS))
    cold = min(seconds(Chromium.once) for _turn in range(TURNS))
    of_cold = book.at_most(warm / cold, MOST_OF_COLD_CHROMIUM, "one page, of a cold Chromium's time")
    book.say(f"one page {warm:.2f} s, by a cold Chromium {cold:.2f} s: {of_cold}")


def measure_rows(book: Book, chromium: Chromium, rows: int, limit: float) -> None:
    paper = long_paper(rows)
    times = [
        (
            seconds(lambda: ours(paper)),
            seconds(lambda: chromium.printed(paper, tagged=False)),
            seconds(lambda: chromium.printed(paper, tagged=True)),
        )
        for _turn in range(TURNS)
    ]
    mine, other, tagged = map(min, zip(*times, strict=True))
    slow = seconds(lambda: plain(paper))
    of_tagged = book.at_most(mine / tagged, limit, f"{rows} rows, of Chromium's time")
    most = MOST_OF_PLAIN if rows == max(LIMITS) else 1
    of_plain = book.at_most(mine / slow, most, f"{rows} rows, of plain WeasyPrint's time")
    shown = (f"{mine:.2f}", f"{other:.2f}", f"{mine / other:.2f}", f"{tagged:.2f}", of_tagged, f"{slow:.2f}")
    book.line((rows, *shown, of_plain))


def seconds(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start
