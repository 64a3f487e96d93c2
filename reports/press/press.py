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
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings

from reports.documents.rendering import RENDERERS, render
from reports.press.opening import taken
from reports.press.printing import print_order
from reports.press.room import Order, orders_in, root
from reports.press.specimen import SPECIMEN
from reports.press.sweeping import sweep

logger = logging.getLogger(__name__)

PAUSE = 0.03
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

    def run(self) -> None:
        """Until nothing was to print for some minutes."""
        os.umask(0o077)
        os.nice(10)
        signal.signal(signal.SIGTERM, self.stop)
        self.get_ready()
        while True:
            self.last_work = time.monotonic()
            while self.is_wanted():
                self.turn()
                time.sleep(PAUSE)
            fcntl.flock(self.lock, fcntl.LOCK_UN)
            # An order that came before the lock was free has found a press at work.
            if not orders_in(self.edition) or not taken(self.lock):
                return

    def get_ready(self) -> None:
        for format in RENDERERS:
            try:
                render(SPECIMEN, format)
            except Exception:
                # Papers of the other formats are printed; of this one each says why not.
                logger.exception("the press cannot print %s", format)
        # What all forks share is not written to by the garbage collector.
        gc.collect()
        gc.freeze()
        os.ftruncate(self.lock, 0)
        os.pwrite(self.lock, str(os.getpid()).encode(), 0)

    def is_wanted(self) -> bool:
        if self.jobs:
            return True
        if not (root() / self.edition).is_dir():
            return False
        idle = time.monotonic() - self.last_work
        return idle < settings.PRESS_IDLE_MINUTES * 60

    def turn(self) -> None:
        self.settle_ended()
        self.stop_overlong()
        busy = {job.order.name for job in self.jobs.values()}
        waiting = [order for order in orders_in(self.edition) if order.name not in busy]
        for order in waiting:
            if len(self.jobs) < AT_ONCE:
                self.take_up(order)
        if self.jobs or waiting:
            self.last_work = time.monotonic()
        elif time.monotonic() - self.last_sweep > HOUR:
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
        pid = os.fork()
        if pid == 0:
            os.close(self.lock)
            print_order(order, long=long)
        self.jobs[pid] = Job(order, long, tries, time.monotonic())

    def settle_ended(self) -> None:
        for pid in list(self.jobs):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                self.settle(pid, self.jobs.pop(pid), -os.waitstatus_to_exitcode(status))

    def settle(self, pid: int, job: Job, killed_by: int) -> None:
        order, took = job.order, time.monotonic() - job.since
        kill_group(pid)
        if order.kept.exists():
            logger.info("printed %s in %.1f s", order.name, took)
        elif not order.failed.exists():
            if killed_by in (signal.SIGKILL, signal.SIGTERM) and job.tries < MOST_TRIES:
                logger.warning("the printing of %s was killed and begins again", order.name)
                return
            order.fail(f"ended by signal {killed_by} after {took:.0f} seconds, begun {job.tries} times")
            logger.error("the printing of %s was %s", order.name, order.failed.read_text())
        order.forget()

    def stop_overlong(self) -> None:
        for pid, job in self.jobs.items():
            if time.monotonic() - job.since > LONGEST_SECONDS:
                job.order.fail(f"not done after {LONGEST_SECONDS} seconds")
                kill_group(pid)

    def stop(self, *_signal: object) -> None:
        """Whoever ends the press ends its forks; the orders wait for the next."""
        for pid in self.jobs:
            kill_group(pid)
        os._exit(0)


def kill_group(pid: int) -> None:
    """The fork with those that it has forked itself."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
