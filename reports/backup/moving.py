"""To move everything from a file of SQLite to PostgreSQL, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from reports import guards
from reports.backup.contents import MIGRATIONS, applied
from reports.backup.errors import BackupError
from reports.backup.fitting import misfits
from reports.backup.hashing import (
    TableState,
    columns_of,
    differences,
    row_counts,
    table_names,
    table_rows,
    table_states,
)
from reports.backup.progress import Bar

# What `migrate` writes into an empty database; the rows of the source take their place.
BY_MIGRATE = {MIGRATIONS, "django_content_type", "auth_permission"}


def move(source: BaseDatabaseWrapper, target: BaseDatabaseWrapper) -> dict[str, TableState]:
    """The tables as they are on both sides. Raises BackupError; then the target is as it was.

    The source can be read by others meanwhile, but nobody writes.
    """
    refuse_other_places(target)
    with held(source):
        refuse_other_release(source, target)
        refuse_misfits(source, target)
        with transaction.atomic(target.alias):
            lock(target)
            refuse_other_places(target)
            fill(source, target)
            wanted, found = table_states(source), table_states(target)
            if different := differences(wanted, found):
                raise BackupError(f"Nothing was moved, because PostgreSQL differs: {'; '.join(different)}.")
            guards.install(target)
    return wanted


@contextmanager
def held(source: BaseDatabaseWrapper) -> Iterator[None]:
    with source.cursor() as cursor:
        try:
            cursor.execute("BEGIN IMMEDIATE")
        except DatabaseError as error:
            raise BackupError(f"Stop the server first: somebody writes to the file ({error}).") from error
        yield
        cursor.execute("ROLLBACK")


def lock(target: BaseDatabaseWrapper) -> None:
    """Nobody reads or writes it until the end: what came since it was asked for would be lost."""
    tables = ", ".join(map(target.ops.quote_name, table_names(target)))
    with target.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE")


def refuse_other_places(target: BaseDatabaseWrapper) -> None:
    if target.vendor != "postgresql":
        raise BackupError("DATABASE_URL names no PostgreSQL: set it to the database that is to be filled.")
    counts = row_counts(target)
    if not counts.keys() >= BY_MIGRATE:
        raise BackupError("The PostgreSQL database has no tables yet: run manage.py migrate first.")
    full = [f"{table} {count}" for table, count in counts.items() if count and table not in BY_MIGRATE]
    if full:
        raise BackupError(
            f"The PostgreSQL database is not empty: {', '.join(full)}. Everything is moved to a database "
            "that was only migrated."
        )


def refuse_other_release(source: BaseDatabaseWrapper, target: BaseDatabaseWrapper) -> None:
    ours, theirs = set(applied(target)), set(applied(source))
    if ours != theirs:
        raise BackupError(
            f"The two databases are not of one release ({', '.join(sorted(ours ^ theirs)[:5])}). Run "
            "manage.py migrate on both: on SQLite with DATABASE_URL=sqlite:///FILE."
        )


def refuse_misfits(source: BaseDatabaseWrapper, target: BaseDatabaseWrapper) -> None:
    if found := misfits(source, target):
        raise BackupError("Nothing was moved. PostgreSQL would not take:\n" + "\n".join(found))


def fill(source: BaseDatabaseWrapper, target: BaseDatabaseWrapper) -> None:
    """In any order: PostgreSQL asks for the rows that keys lead to at the end, as Django declares them."""
    counts = row_counts(source)
    quote = target.ops.quote_name
    guards.remove(target)
    with target.cursor() as cursor, Bar("Moving", sum(counts.values())) as bar:
        cursor.execute(f"TRUNCATE {', '.join(map(quote, counts))}")
        for table in counts:
            with target.wrap_database_errors:
                copy_table(source, table, cursor, bar)
            set_sequences(source, target, table, cursor)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ANALYZE")


def copy_table(source: BaseDatabaseWrapper, table: str, cursor: Any, bar: Bar) -> None:
    """As texts, which PostgreSQL itself reads: so nothing is taken for what it is not."""
    quote = source.ops.quote_name
    columns = columns_of(source, table)
    names = ", ".join(quote(column.name) for column in columns)
    with cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN") as copying:
        for rows in table_rows(source, table, columns):
            for row in rows:
                copying.write_row(row)
            bar.add(len(rows))


def set_sequences(source: BaseDatabaseWrapper, target: BaseDatabaseWrapper, table: str, cursor: Any) -> None:
    """To go on where SQLite would: the number of a row that was removed is not given again."""
    with source.cursor() as asked:
        asked.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = asked.fetchone()
    if last is None or not last[0]:
        return
    for sequence in target.introspection.get_sequences(cursor, table):
        cursor.execute("SELECT setval(%s, %s)", [target.ops.quote_name(sequence["name"]), last[0]])
