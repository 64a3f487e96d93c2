"""To see that a press works: one for each edition, started when the first paper is handed in."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time

from django.conf import settings

from reports.press.room import make_folder, root

# As often within a minute may a press end before it is ready.
MOST_STARTS = 3
SECONDS = 20
LONGEST_LOG = 2**20


def open_press(edition: str) -> None:
    """Start a press unless one works or is being started. Raises OSError where none can be.

    Who starts it takes its lock and hands it over, so of many that ask at once one starts one.
    """
    make_folder(root() / edition)
    lock = os.open(root() / edition / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if taken(lock):
            count_start(lock)
            start(edition, lock)
    finally:
        os.close(lock)


def taken(lock: int) -> bool:
    """Whether the lock is ours now."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def count_start(lock: int) -> None:
    """A dot a start, until the press that is ready writes its process id over them."""
    known = os.pread(lock, 64, 0)
    if not known.strip(b".") and time.time() - os.fstat(lock).st_mtime < 60:
        if len(known) >= MOST_STARTS:
            raise OSError("the press ended at every start")
        os.pwrite(lock, b".", len(known))
        return
    os.ftruncate(lock, 0)
    os.pwrite(lock, b".", 0)


def start(edition: str, lock: int) -> None:
    """It leaves its parent at once, outlives the web worker, and keeps none of its pipes open."""
    command = [sys.executable, "-m", "reports.press", edition, str(lock)]
    log = os.open(root() / "press.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        if os.fstat(log).st_size > LONGEST_LOG:
            os.ftruncate(log, 0)
        subprocess.run(  # noqa: S603 - our own words alone
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=settings.BASE_DIR,
            env={**os.environ, "PAPERS_ROOT": str(root())},
            pass_fds=[lock],
            start_new_session=True,
            timeout=SECONDS,
            check=True,
        )
    except subprocess.SubprocessError as error:
        raise OSError("the press does not start") from error
    finally:
        os.close(log)
