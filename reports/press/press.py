"""The press: one process beside the web workers, in which the typeface is loaded and waits for papers.

It forks for each paper. What a paper breaks, or how much memory it takes, ends with that fork.
"""

from __future__ import annotations

import fcntl
import gc
import logging
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import get_template

from reports.documents.rendering import RENDERERS, render
from reports.press.opening import taken
from reports.press.printing import go_early, print_order
from reports.press.room import Order, clear_scratch, current_edition, orders_in, root, try_to_write
from reports.press.specimen import SPECIMEN
from reports.press.sweeping import sweep

logger = logging.getLogger(__name__)

PAUSE = 0.03
# After a minute without work, and after what may pass by itself, as a full disk.
IDLE_PAUSE = 0.2
TROUBLE_PAUSE = 1
MINUTE = 60
AT_ONCE = 2
LONGEST_SECONDS = 15 * 60
# Of a paper whose fork was killed from outside.
MOST_TRIES = 3
HOUR = 3600


@dataclass
class Job:
    order: Order
    long: bool
    tries: int
    since: float


class Press:
    def __init__(self, edition: str, lock: int) -> None:
        self.edition = edition
        self.lock = lock
        self.jobs: dict[int, Job] = {}
        self.last_work = 0.0
        self.last_sweep = 0.0
        self.trouble = ""

    def run(self) -> None:
        """Until nothing was to print for some minutes."""
        os.umask(0o077)
        os.nice(10)
        go_early(200)
        signal.signal(signal.SIGTERM, stop)
        clear_scratch(self.edition)
        self.get_ready()
        # Another edition was put in place meanwhile: what is in memory may be of either.
        if current_edition() != self.edition:
            return
        self.tell_ready()
        try:
            self.work()
        finally:
            # Whoever ends the press ends its forks; the orders wait for the next.
            for pid in self.jobs:
                kill_group(pid)

    def work(self) -> None:
        while True:
            self.last_work = time.monotonic()
            while self.is_wanted():
                time.sleep(self.turn_safely())
            fcntl.flock(self.lock, fcntl.LOCK_UN)
            # An order that came before the lock was free has found a press at work.
            if not orders_in(self.edition) or not taken(self.lock):
                return

    def get_ready(self) -> None:
        """Have in memory whatever a fork needs: the code on the disk may be another edition's by then."""
        import reports.documents.pdf.parts  # noqa: F401 - for long papers alone

        templates = settings.BASE_DIR / "templates"
        for path in (templates / "documents").rglob("*.html"):
            get_template(str(path.relative_to(templates)))
        for format in RENDERERS:
            try:
                render(SPECIMEN, format)
            except Exception:
                # Papers of the other formats are printed; of this one each says why not.
                logger.exception("the press cannot print %s", format)
        # What all forks share is not written to by the garbage collector.
        gc.collect()
        gc.freeze()

    def tell_ready(self) -> None:
        os.ftruncate(self.lock, 0)
        os.pwrite(self.lock, str(os.getpid()).encode(), 0)

    def is_wanted(self) -> bool:
        if self.jobs:
            return True
        if not (root() / self.edition).is_dir():
            return False
        idle = time.monotonic() - self.last_work
        return idle < settings.PRESS_IDLE_MINUTES * 60

    def turn_safely(self) -> float:
        """The seconds until the next turn. A full disk is told once, and tried again while it is full."""
        try:
            self.turn()
        except OSError as error:
            if self.trouble != str(error):
                logger.exception("the press cannot go on for now")
            self.trouble = str(error)
            return TROUBLE_PAUSE
        return PAUSE if time.monotonic() - self.last_work < MINUTE else IDLE_PAUSE

    def turn(self) -> None:
        self.settle_ended()
        self.stop_overlong()
        busy = {job.order.name for job in self.jobs.values()}
        waiting = [order for order in orders_in(self.edition) if order.name not in busy]
        if waiting and len(self.jobs) < AT_ONCE:
            try_to_write()
        for order in waiting:
            if len(self.jobs) < AT_ONCE:
                self.take_up(order)
        if self.jobs or waiting:
            self.last_work = time.monotonic()
        if time.monotonic() - self.last_sweep > HOUR:
            self.last_sweep = time.monotonic()
            sweep(self.edition)

    def take_up(self, order: Order) -> None:
        """Fork for it. Long papers get one of the places, so that no short one waits behind them."""
        if order.kept.exists():
            order.forget()
            return
        long = order.is_long
        if long and any(job.long for job in self.jobs.values()):
            return
        tries = order.count_try()
        press = os.getpid()
        with unstopped():
            pid = os.fork()
            if pid == 0:
                os.close(self.lock)
                print_order(order, press=press, long=long)
            self.jobs[pid] = Job(order, long, tries, time.monotonic())

    def settle_ended(self) -> None:
        for pid in list(self.jobs):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                self.settle(pid, self.jobs.pop(pid), os.waitstatus_to_exitcode(status))

    def settle(self, pid: int, job: Job, code: int) -> None:
        """`code`: how the fork ended; below 0 by that signal."""
        order, took = job.order, time.monotonic() - job.since
        kill_group(pid)
        if order.kept.exists():
            logger.info("printed %s in %.1f s", order.name, took)
        elif not order.failed.exists():
            if code == 0:
                # It had failed, and was handed in anew before this look.
                return
            if -code in (signal.SIGKILL, signal.SIGTERM) and job.tries < MOST_TRIES:
                logger.warning("the printing of %s was killed and begins again", order.name)
                return
            how = f"signal {-code}" if code < 0 else f"itself ({code})"
            order.fail(f"ended by {how} after {took:.0f} seconds, begun {job.tries} times")
            logger.error("the printing of %s was %s", order.name, order.failed.read_text())
        order.forget()

    def stop_overlong(self) -> None:
        for pid, job in self.jobs.items():
            if time.monotonic() - job.since > LONGEST_SECONDS:
                try:
                    job.order.fail(f"not done after {LONGEST_SECONDS} seconds")
                finally:
                    kill_group(pid)


def stop(*_signal: object) -> None:
    """Not at once, but as every program ends: temporary files go."""
    raise SystemExit


@contextmanager
def unstopped() -> Iterator[None]:
    """Whoever ends the press does so before or after: no fork is left that it does not know."""
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])


def kill_group(pid: int) -> None:
    """The fork with those that it has forked itself."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
