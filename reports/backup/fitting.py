"""What SQLite has taken and PostgreSQL would refuse, found before anything is written."""

from __future__ import annotations

from typing import NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

from reports.backup.hashing import table_names

MOST_TOLD = 20
INTEGERS = {"smallint": 2**15, "integer": 2**31, "bigint": 2**63}
# An escaped NUL, and no escaped backslash before "u0000".
NUL_IN_JSON = r"(^|[^\\])(\\\\)*\\u0000"


class Check(NamedTuple):
    """SQL that is true of a value that does not fit, its parameters, and what to say then."""

    condition: str
    parameters: list[str | int]
    words: str


def misfits(source: BaseDatabaseWrapper, target: BaseDatabaseWrapper) -> list[str]:
    """A line for each value: its table, its row and why."""
    found = broken_keys(source)
    for table in table_names(source):
        for column, kind, length in described(target, table):
            for check in checks(source.ops.quote_name(column), kind, length):
                found += [f"{table} {key}: {column} {check.words}" for key in failing(source, table, check)]
    if len(found) > MOST_TOLD:
        found = [*found[:MOST_TOLD], f"and {len(found) - MOST_TOLD} more"]
    return found


def described(target: BaseDatabaseWrapper, table: str) -> list[tuple[str, str, int | None]]:
    """Each column with its type and the longest text that it takes."""
    with target.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type, character_maximum_length FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = %s ORDER BY ordinal_position",
            [table],
        )
        return cursor.fetchall()


def checks(column: str, kind: str, length: int | None) -> list[Check]:
    found = []
    if kind in ("text", "character varying"):
        found.append(Check(f"instr({column}, char(0))", [], "has a NUL character"))
    if kind == "jsonb":
        found.append(Check(f"{column} REGEXP %s", [NUL_IN_JSON], "has a NUL character"))
    if length:
        found.append(Check(f"length({column}) > %s", [length], f"is longer than {length} characters"))
    if kind in INTEGERS:
        most = INTEGERS[kind]
        condition = f"typeof({column}) <> 'null' AND {column} NOT BETWEEN %s AND %s"
        found.append(Check(condition, [-most, most - 1], "is no number of its range"))
    return found


def failing(source: BaseDatabaseWrapper, table: str, check: Check) -> list[object]:
    """The keys of the rows."""
    quote = source.ops.quote_name
    with source.cursor() as cursor:
        key = source.introspection.get_primary_key_column(cursor, table) or "rowid"
        query = f"SELECT {quote(key)} FROM {quote(table)} WHERE {check.condition}"  # noqa: S608
        cursor.execute(query, check.parameters)
        return [row[0] for row in cursor.fetchall()]


def broken_keys(source: BaseDatabaseWrapper) -> list[str]:
    with source.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        return [
            f"{table} {key}: leads to no row of {other}" for table, key, other, _place in cursor.fetchall()
        ]
