"""`make bench`: the time of long papers beside a plain WeasyPrint and beside a warm Chromium, as ratios.

Ours and Chromium's are measured in turns, and the shortest of their times counts: what else the machine does
then disturbs them alike. Plain WeasyPrint, which takes longest, has one turn. Ends with 1 when a
paper takes longer than it may.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from time import perf_counter

import django

TURNS = 3
# Rows of the table, and how many times Chromium's time they may take.
LIMITS = {100: 1.5, 500: 2.0, 2000: 3.5}
MOST_OF_PLAIN = 0.5
MOST_OF_COLD_CHROMIUM = 0.2


def seconds(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def line(*cells: object) -> None:
    sys.stdout.write("".join(f"{cell!s:>16}" for cell in cells) + "\n")
    sys.stdout.flush()


def judged(ratio: float, limit: float, broken: list[str], what: str) -> str:
    if ratio > limit:
        broken.append(f"{what}: {ratio:.2f}, at most {limit}")
    return f"{ratio:.2f} (<= {limit})"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from tests.bench.measures import Chromium, one_page, ours, plain
    from tests.reports.documents.long import long_paper

    broken: list[str] = []
    ours(one_page())
    line("rows", "ours s", "Chromium s", "ours/Chromium", "tagged s", "ours/tagged", "plain s", "ours/plain")
    with Chromium() as chromium:
        for rows, limit in LIMITS.items():
            paper = long_paper(rows)
            times = [
                (
                    seconds(lambda: ours(paper)),  # noqa: B023 - called at once
                    seconds(lambda: chromium.printed(paper, tagged=False)),  # noqa: B023
                    seconds(lambda: chromium.printed(paper, tagged=True)),  # noqa: B023
                )
                for _turn in range(TURNS)
            ]
            mine, other, tagged = map(min, zip(*times, strict=True))
            slow = seconds(lambda: plain(paper))  # noqa: B023
            of_chromium = judged(mine / tagged, limit, broken, f"{rows} rows, of Chromium's time")
            most = MOST_OF_PLAIN if rows == max(LIMITS) else 1
            of_plain = judged(mine / slow, most, broken, f"{rows} rows, of plain WeasyPrint's time")
            line(
                rows,
                f"{mine:.2f}",
                f"{other:.2f}",
                f"{mine / other:.2f}",
                f"{tagged:.2f}",
                of_chromium,
                f"{slow:.2f}",
                of_plain,
            )
    warm = min(seconds(lambda: ours(one_page())) for _turn in range(TURNS))
    cold = min(seconds(Chromium.once) for _turn in range(TURNS))
    line("one page", f"{warm:.2f}", "cold Chromium", f"{cold:.2f}")
    line("", judged(warm / cold, MOST_OF_COLD_CHROMIUM, broken, "one page, of a cold Chromium's time"))
    for words in broken:
        sys.stdout.write(f"Too slow: {words}\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
