"""What nobody asks for any more goes: it can be printed again."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

from django.conf import settings

from reports.press.opening import taken
from reports.press.room import DRAFT, EDITION, NAME, root

HOUR = 3600
DAY = 24 * HOUR
NOTES = ("orders", "told", "tries", "failed")


def sweep(edition: str) -> None:
    """Take away old files, and the oldest of too many, but none of the last hour; only what a press made.

    An address is good for a day, so of another edition nothing is asked for after that.
    """
    for folder in editions():
        days = settings.PAPERS_DAYS if folder.name == edition else 1
        sweep_old(folder / "kept", days)
        for name in NOTES:
            sweep_old(folder / name, 1)
        if folder.name != edition:
            leave(folder)
    left = settings.PAPERS_MEGABYTES * 2**20
    kept = [file for folder in editions() for file in files(folder / "kept")]
    for path, facts in sorted(kept, key=time_of, reverse=True):
        left -= facts.st_size
        if left < 0 and age(facts) > HOUR:
            path.unlink(missing_ok=True)


def editions() -> list[Path]:
    with suppress(FileNotFoundError):
        return [path for path in root().iterdir() if EDITION.fullmatch(path.name) and not path.is_symlink()]
    return []


def time_of(file: tuple[Path, os.stat_result]) -> float:
    return file[1].st_mtime


def files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """What a press made there."""
    if folder.is_symlink():
        return
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            ours = NAME.fullmatch(entry.name) or entry.name.startswith(DRAFT)
            if ours and entry.is_file(follow_symlinks=False):
                with suppress(FileNotFoundError):
                    yield folder / entry.name, entry.stat(follow_symlinks=False)


def age(facts: os.stat_result) -> float:
    return time.time() - facts.st_mtime


def sweep_old(folder: Path, days: int) -> None:
    for path, facts in files(folder):
        if age(facts) > (1 if path.name.startswith(DRAFT) else days) * DAY:
            path.unlink(missing_ok=True)


def leave(folder: Path) -> None:
    """Remove an edition's folder when it is empty and no press works there."""
    with suppress(OSError), (folder / "lock").open("rb") as lock:
        if not taken(lock.fileno()):
            return
        rmtree(folder / "scratch", ignore_errors=True)
        for name in ("kept", *NOTES):
            with suppress(OSError):
                (folder / name).rmdir()
        if os.listdir(folder) == ["lock"]:
            (folder / "lock").unlink()
            folder.rmdir()
