"""`python -m tests.bench.profile list`: where the time of one page goes, in one process without a server.

The office is made at the first call and kept in var/bench (or VAR_DIR); delete that to have a new one.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

PAGES = ("list", "task", "dashboard", "matrix", "log", "post", "home", "report")
WARM_UP = 3
MOST_LOGS = 1000


def prepare() -> None:
    """As a worker of an office's server."""
    os.environ.setdefault("VAR_DIR", str(Path("var/bench").resolve()))
    os.environ.setdefault("SECRET_KEY", "not-secret-" * 6)
    os.environ["HTTPS"] = "false"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import_module("config.wsgi")


def arguments() -> ArgumentParser:
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("page", choices=PAGES)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--sort", default="tottime", help="as pstats names it, for example cumulative")
    parser.add_argument("--rows", type=int, default=30)
    parser.add_argument("--queries", action="store_true", help="every query and its milliseconds")
    parser.add_argument("--output", metavar="FILE", help="keep the profile for another viewer")
    return parser


def opener(page: str) -> Callable[[], tuple[str, int]]:
    """What opens the page once, or sends one more log; it returns where, and how many bytes came."""
    from django.db import connection
    from django.test import Client

    from plans.models import Plan
    from tests.bench import office

    if "plans_plan" not in connection.introspection.table_names() or not Plan.objects.exists():
        office.fill()
    username, address, *_mark = office.pages()["log" if page == "post" else page]
    client = Client(SERVER_NAME="localhost")
    client.cookies["sessionid"] = office.sessions(username)[0]
    logs = iter(office.logs(MOST_LOGS))

    def open_once() -> tuple[str, int]:
        if page != "post":
            answer = client.get(address)
            assert answer.status_code == 200, answer
            return address, len(answer.content)
        at, said = next(logs)
        # The page that follows shows the message and drops it.
        client.cookies.pop("messages", None)
        answer = client.post(at, said)
        assert answer.status_code == 302, answer
        return at, 0

    return open_once


def main() -> None:
    asked = arguments().parse_args()
    prepare()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    open_once = opener(asked.page)

    def opened() -> float:
        start = perf_counter()
        open_once()
        return 1000 * (perf_counter() - start)

    for _time in range(WARM_UP):
        opened()
    processor = process_time()
    times = [opened() for _time in range(asked.times)]
    processor = 1000 * (process_time() - processor) / asked.times
    with CaptureQueriesContext(connection) as queries:
        address, size = open_once()
    if asked.queries:
        for query in queries:
            sys.stdout.write(f"{query['time']} s  {query['sql'][:400]}\n")
    sys.stdout.write(
        f"{address}: {median(times):.1f} ms (p50 of {asked.times}), the shortest {min(times):.1f}, "
        f"of the processor {processor:.1f}; {len(queries)} queries, {size / 1000:.0f} kB\n"
    )
    profile = cProfile.Profile()
    with profile:
        for _time in range(asked.times):
            open_once()
    if asked.output:
        profile.dump_stats(asked.output)
    pstats.Stats(profile).sort_stats(asked.sort).print_stats(asked.rows)


if __name__ == "__main__":
    main()
