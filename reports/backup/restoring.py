"""To bring a backup back: into an empty place, whole or not at all."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from reports import guards
from reports.backup import postgresql, sqlite
from reports.backup.contents import applied, known_migrations
from reports.backup.errors import BackupError
from reports.backup.hashing import differences, row_counts, snapshot, table_states
from reports.backup.manifest import READABLE, Manifest, read_manifest, verify
from reports.backup.progress import Bar
from reports.evidence.actions import evidence_storage
from reports.evidence.storage import digest_of, name_of


def check_backup(folder: Path) -> Manifest:
    """Read the whole backup. Raises BackupError when it is damaged, or newer than this release."""
    manifest = read_manifest(folder)
    if newer := sorted(set(manifest.migrations) - known_migrations()):
        raise BackupError(
            f"The backup was made by a newer release of Bám Sát ({manifest.version}, with {newer[-1]}): "
            "update this one first."
        )
    verify(folder, manifest)
    return manifest


def restore(connection: BaseDatabaseWrapper, folder: Path) -> Manifest:
    """The files first and then the database: a place that has a database is complete.

    Raises BackupError or OSError; then the place is empty as before, unless the error says that the database
    is to be dropped.
    """
    with alone():
        refuse_rows(connection)
        refuse_files()
        return bring_back(connection, folder)


@contextmanager
def alone() -> Iterator[None]:
    """One at a time: what fails would take away what the other has stored."""
    lock = os.open(settings.VAR_DIR, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise BackupError("Another backup is being brought back.") from None
    finally:
        os.close(lock)


def bring_back(connection: BaseDatabaseWrapper, folder: Path) -> Manifest:
    """Whether there are rows is asked again where they would be lost: much time has gone by."""
    manifest = check_backup(folder)
    if manifest.engine != connection.vendor:
        raise BackupError(
            f"This is a backup of {READABLE[manifest.engine]}, and DATABASE_URL names a database of "
            f"{READABLE[connection.vendor]}. Restore it to {READABLE[manifest.engine]}; then manage.py "
            "move_database brings SQLite to PostgreSQL."
        )

    def check(restored: BaseDatabaseWrapper) -> None:
        with snapshot(restored):
            found = table_states(restored)
        if different := differences(manifest.tables, found):
            raise BackupError(f"What was restored is not what was backed up: {'; '.join(different)}.")

    def check_both(restored: BaseDatabaseWrapper) -> None:
        check(restored)
        refuse_rows(connection)

    with stored_evidence(folder, manifest):
        if connection.vendor == "sqlite":
            sqlite.restore(connection, folder / manifest.dump, check_both)
        else:
            refuse_rows(connection)
            postgresql.restore(connection, folder / manifest.dump, check, len(manifest.tables))
    return manifest


def refuse_rows(connection: BaseDatabaseWrapper) -> None:
    if connection.vendor == "postgresql" or sqlite.place_of(connection).exists():
        counts = row_counts(connection)
        full = ", ".join(f"{table} {count}" for table, count in counts.items() if count)
        if counts:
            raise BackupError(
                f"The database {connection.settings_dict['NAME']} is not empty: {len(counts)} tables "
                f"({full or 'without rows'}). A backup is restored to a new, empty database only."
            )


def refuse_files() -> None:
    if files := list(evidence_storage().digests()):
        raise BackupError(
            f"The place of the evidence is not empty: {len(files)} files, as {name_of(files[0])}. A backup "
            "is restored to an empty place only."
        )


@contextmanager
def stored_evidence(folder: Path, manifest: Manifest) -> Iterator[None]:
    """Every file is stored and was read again. Where that fails, or what follows, all of them go again."""
    storage = evidence_storage()
    stored = []
    try:
        with Bar("Evidence", sum(manifest.evidence.values())) as bar:
            for digest, size in manifest.evidence.items():
                stored.append(name_of(digest))
                with (folder / "evidence" / name_of(digest)).open("rb") as content:
                    storage.store(content)
                with storage.open(name_of(digest)) as content:
                    if digest_of(cast(BinaryIO, content)) != digest:
                        raise BackupError(f"The file {name_of(digest)} cannot be read as it was written.")
                bar.add(size)
        yield
    except BaseException:
        for name in stored:
            storage.delete(name)
        raise


def what_is_left_to_do(connection: BaseDatabaseWrapper) -> list[str]:
    """Sentences for the person who restored."""
    left = []
    behind = known_migrations() - set(applied(connection))
    if behind:
        left.append("The backup is of an older release. Now run: manage.py migrate")
    elif guards.missing(connection):
        left.append("Accepted reports are not protected yet. Now run: manage.py migrate")
    return left
