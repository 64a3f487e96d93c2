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

from reports.documents.freezing import thaw
from reports.documents.rendering import render
from reports.press.room import Order, write_whole

logger = logging.getLogger(__name__)

MEMORY = 4 * 2**30
PROCESSOR_SECONDS = 10 * 60
LARGEST_FILE = 200 * 2**20


def print_order(order: Order, *, long: bool) -> NoReturn:
    """Ends the process: what the press leaves behind at its own end must not be cleaned up here."""
    try:
        alone(long=long)
        make(order)
    except BaseException:
        logger.exception("%s was not printed", order.name)
        with suppress(OSError):
            order.fail(traceback.format_exc())
    finally:
        logging.shutdown()
        os._exit(0)


def alone(*, long: bool) -> None:
    """A group of its own, that ends as a whole and is the first to go where memory runs out."""
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")
    if long:
        os.nice(5)


def make(order: Order) -> None:
    _subject, _, frozen = order.waiting.read_text("utf-8").partition("\n")
    content = render(thaw(frozen), order.format, order.teller())
    write_whole(order.kept, content, durable=True)
