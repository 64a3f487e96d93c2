"""What a fork of the press does: one paper, within limits, into its file."""

from __future__ import annotations

import logging
import os
import resource
import signal
import traceback
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from reports.documents.dying import end_with
from reports.documents.freezing import thaw
from reports.documents.rendering import render
from reports.press.room import Order, write_whole

logger = logging.getLogger(__name__)

MEMORY = 4 * 2**30
PROCESSOR_SECONDS = 10 * 60
LARGEST_FILE = 200 * 2**20


def print_order(order: Order, *, press: int, long: bool) -> NoReturn:
    """Ends the process: what the press leaves behind at its own end must not be cleaned up here.

    With 0 once its file or the reason why there is none was written.
    """
    code = 1
    try:
        end_with(press)
        code = attempt(order, long=long)
    finally:
        os._exit(code)


def attempt(order: Order, *, long: bool) -> int:
    try:
        alone(long=long)
        make(order)
    except BaseException:
        logger.exception("%s was not printed", order.name)
        order.fail(traceback.format_exc())
    finally:
        logging.shutdown()
    return 0


def alone(*, long: bool) -> None:
    """A group of its own, that ends as a whole. What it forks itself has the same limits, each for itself."""
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    go_early(500)
    if long:
        os.nice(5)


def go_early(score: int) -> None:
    """Where memory runs out the system ends this process before others (Linux)."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(score))


def make(order: Order) -> None:
    _subject, _, frozen = order.waiting.read_text("utf-8").partition("\n")
    content = render(thaw(frozen), order.format, order.teller())
    write_whole(order.kept, content, durable=True)
