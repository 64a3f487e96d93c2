"""To see that a press works: one for each edition, started when the first paper is handed in."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from secrets import token_urlsafe

from django.conf import settings

from reports.press.room import current_edition, make_folder, root, scratch

# As often within a minute may a press end before it is ready.
MOST_STARTS = 3
SECONDS = 20
LONGEST_LOG = 2**20
# All that a press reads of its surroundings; above all not where the database is, and the key to it.
NAMES = ("HOME", "LANG", "LD_LIBRARY_PATH", "PATH", "TZ")
PREFIXES = ("FONTCONFIG_", "LC_", "PAPERS_", "PRESS_", "PYTHON", "XDG_")


def open_press(edition: str) -> bool:
    """Start a press unless one works or is being started. Raises OSError where none can be.

    Who starts it takes its lock and hands it over, so of many that ask at once one starts one. None is
    started, and the answer is no, where what lies on the disk is another edition.
    """
    make_folder(root() / edition)
    lock = os.open(root() / edition / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if taken(lock):
            if edition != current_edition():
                return False
            count_start(lock)
            start(edition, lock)
        return True
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


def environment(edition: str) -> dict[str, str]:
    """Settings ask for a secret key: it gets one that nobody else knows, and nothing is signed with it."""
    passed = {name: value for name, value in os.environ.items() if name in NAMES or name.startswith(PREFIXES)}
    make_folder(scratch(edition))
    return {
        **passed,
        "DEBUG": "false",
        "SECRET_KEY": token_urlsafe(50),
        "VAR_DIR": str(settings.VAR_DIR),
        "PAPERS_ROOT": str(root()),
        "TMPDIR": str(scratch(edition)),
    }


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
            env=environment(edition),
            pass_fds=[lock],
            start_new_session=True,
            timeout=SECONDS,
            check=True,
        )
    except subprocess.SubprocessError as error:
        raise OSError("the press does not start") from error
    finally:
        os.close(log)
