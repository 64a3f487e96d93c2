"""The database as one file of SQLite."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from reports.backup.errors import BackupError
from reports.backup.progress import Bar
from reports.evidence.storage import CHUNK, sync_folder

PAGES_AT_A_TIME = 1000


@contextmanager
def opened(path: Path) -> Iterator[BaseDatabaseWrapper]:
    """A file that is there. Its values come as they are stored, without Django's reading of them."""
    known = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"{path.resolve().as_uri()}?mode=rw",
        "OPTIONS": {"detect_types": 0, "uri": True},
    }
    with closing(ConnectionHandler({"default": known})["default"]) as connection:
        # Django would ask the configured database, in the name of this one.
        connection.features.supports_json_field = True
        yield connection


def dump(connection: BaseDatabaseWrapper, target: Path) -> None:
    """Copy what is committed now. Nobody waits: in WAL mode a reader keeps its moment while others write.

    Without the transaction every write of another process would begin the copy anew. It begins with the first
    reading, not with BEGIN.
    """
    source = connection.get_new_connection(connection.get_connection_params())
    with closing(source), closing(sqlite3.connect(target)) as copy:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (pages,) = source.execute("PRAGMA page_count").fetchone()
        with Bar("Database", pages) as bar:

            def show(_status: int, left: int, total: int) -> None:
                bar.show(total - left)

            source.backup(copy, pages=PAGES_AT_A_TIME, progress=show)
        # One file, with no log beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
        problems = [line for (line,) in copy.execute("PRAGMA integrity_check(3)") if line != "ok"]
    if problems:
        raise BackupError(
            f"The database itself is damaged, and older backups were kept: {'; '.join(problems)}"
        )


def place_of(connection: BaseDatabaseWrapper) -> Path:
    return Path(connection.settings_dict["NAME"])


def restore(
    connection: BaseDatabaseWrapper, dump: Path, check: Callable[[BaseDatabaseWrapper], None]
) -> None:
    """Raises what `check` raises of the copy, directly before it takes its place; nothing is left then."""
    place = place_of(connection)
    draft = place.with_name(f"{place.name}.restoring")
    try:
        copy_file(dump, draft)
        with opened(draft) as copy:
            check(copy)
        connection.close()
        for old in (place, *beside(place)):
            old.unlink(missing_ok=True)
        draft.rename(place)
    finally:
        draft.unlink(missing_ok=True)
    try:
        sync_folder(place.parent)
    except BaseException:
        place.unlink()
        raise


def beside(place: Path) -> list[Path]:
    """What SQLite keeps beside a database that is open."""
    return [place.with_name(place.name + ending) for ending in ("-wal", "-shm", "-journal")]


def copy_file(source: Path, target: Path) -> None:
    with (
        source.open("rb") as content,
        target.open("wb") as copy,
        Bar("Database", source.stat().st_size) as bar,
    ):
        while chunk := content.read(CHUNK):
            bar.add(copy.write(chunk))
        copy.flush()
        os.fsync(copy.fileno())
