"""What a database holds, in terms of a manifest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from reports.backup import postgresql, sqlite
from reports.backup.errors import BackupError
from reports.backup.hashing import TableState, snapshot, table_names, table_states
from reports.backup.manifest import DUMPS
from reports.models import Attachment

MIGRATIONS = MigrationRecorder.Migration._meta.db_table


@dataclass(frozen=True)
class Contents:
    """`evidence` gives the size of each file that a row names, by its SHA-256."""

    migrations: list[str]
    tables: dict[str, TableState]
    evidence: dict[str, int]


def write_dump(connection: BaseDatabaseWrapper, folder: Path) -> Contents:
    """Copy the database to the folder; what is told of it is of the same moment as the copy."""
    dump = folder / DUMPS[connection.vendor]
    refuse_strange(connection)
    if connection.vendor == "sqlite":
        sqlite.dump(connection, dump)
        with sqlite.opened(dump) as copy:
            return read_contents(copy)
    postgresql.need(connection, "pg_dump")
    with snapshot(connection) as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        with postgresql.dumping(connection, cursor.fetchone()[0], dump):
            return read_contents(connection)


def refuse_strange(connection: BaseDatabaseWrapper) -> None:
    """Without the settings a command meets the database of a trial, or makes one."""
    if Attachment._meta.db_table not in table_names(connection):
        place = connection.settings_dict["NAME"]
        raise BackupError(f"{place} holds no Bám Sát: are the settings loaded (DATABASE_URL, VAR_DIR)?")


def read_contents(connection: BaseDatabaseWrapper) -> Contents:
    return Contents(applied(connection), table_states(connection), named_evidence(connection))


def applied(connection: BaseDatabaseWrapper) -> list[str]:
    """Migrations as "app.name"."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT app, name FROM {MIGRATIONS}")  # noqa: S608
        return sorted(f"{app}.{name}" for app, name in cursor.fetchall())


def known_migrations() -> set[str]:
    """Those of this release, and those that they took the place of."""
    disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    replaced = {key for migration in disk.values() for key in migration.replaces}
    return {".".join(key) for key in disk.keys() | replaced}


def named_evidence(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """Of what was removed, too: its history still shows it."""
    tables = (Attachment._meta.db_table, Attachment.history.model._meta.db_table)
    query = " UNION ".join(f"SELECT digest, size FROM {table}" for table in tables)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"{query} ORDER BY digest")
        return dict(cursor.fetchall())
