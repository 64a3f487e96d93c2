"""Rows and hash of every table, the same for the same rows on SQLite and on PostgreSQL.

A row is one JSON text of its values by the order of their columns' names, in forms that both databases can
give. The hash of a table is the sum of the SHA-256 of its rows, because rows have no order. Tables are read
as the database describes them, so one of an older release can be read too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper

from reports.backup.progress import Bar

ROWS_AT_A_TIME = 2000
# A hash is as long as a SHA-256.
MODULUS = 2**256


class TableState(NamedTuple):
    rows: int
    hash: str


class Column(NamedTuple):
    name: str
    kind: str


def moment(value: Any) -> str:
    at = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return (at.astimezone(UTC) if at.tzinfo else at).replace(tzinfo=None).isoformat(" ")


def decimal(value: Any) -> str:
    """SQLite keeps 2.50 as 2.5."""
    return f"{Decimal(str(value)).normalize():f}"


def truth(value: Any) -> bool:
    return {0: False, 1: True}[value]


def structure(value: Any) -> Any:
    """PostgreSQL keeps JSON as what it means: keys in another order, 1e2 as 100."""
    return json.loads(value, parse_float=number)


def number(text: str) -> int | float:
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)


# Values of other kinds come alike from both.
FORMS: dict[str, Callable[[Any], Any]] = {
    "BinaryField": lambda value: bytes(value).hex(),
    "BooleanField": truth,
    "DateField": str,
    "DateTimeField": moment,
    "DecimalField": decimal,
    "JSONField": structure,
    "TimeField": str,
    "UUIDField": lambda value: UUID(str(value)).hex,
}
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str)


@contextmanager
def snapshot(connection: BaseDatabaseWrapper) -> Iterator[Any]:
    """A cursor; whatever is read meanwhile is of one moment, and nobody who writes has to wait."""
    level = "ISOLATION LEVEL REPEATABLE READ READ ONLY" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"BEGIN {level}")
        try:
            yield cursor
        finally:
            cursor.execute("ROLLBACK")


def table_names(connection: BaseDatabaseWrapper) -> list[str]:
    """Without those that SQLite keeps for itself."""
    return sorted(name for name in connection.introspection.table_names() if not name.startswith("sqlite_"))


def row_counts(connection: BaseDatabaseWrapper) -> dict[str, int]:
    counts = {}
    with connection.cursor() as cursor:
        for table in table_names(connection):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            counts[table] = cursor.fetchone()[0]
    return counts


def table_states(connection: BaseDatabaseWrapper) -> dict[str, TableState]:
    """Read in one transaction: give it a connection that is in one."""
    counts = row_counts(connection)
    with Bar("Tables", sum(counts.values())) as bar:
        return {table: state_of(connection, table, bar) for table in counts}


def columns_of(connection: BaseDatabaseWrapper, table: str) -> list[Column]:
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    columns = [Column(info.name, kind_of(connection, info)) for info in described]
    return sorted(columns)


def kind_of(connection: BaseDatabaseWrapper, info: Any) -> str:
    """The name of Django's field. On SQLite a UUID is told by its length alone."""
    if info.type_code == "char(32)":
        return "UUIDField"
    return str(connection.introspection.get_field_type(info.type_code, info))


def state_of(connection: BaseDatabaseWrapper, table: str, bar: Bar) -> TableState:
    columns = columns_of(connection, table)
    forms = [(place, FORMS[kind]) for place, (_name, kind) in enumerate(columns) if kind in FORMS]
    count, total = 0, hash_of([name for name, _kind in columns])
    for rows in table_rows(connection, table, columns):
        for values in rows:
            row = list(values)
            for place, form in forms:
                row[place] = formed(form, row[place])
            total += hash_of(row)
        count += len(rows)
        bar.add(len(rows))
    return TableState(count, f"{total % MODULUS:064x}")


def table_rows(connection: BaseDatabaseWrapper, table: str, columns: list[Column]) -> Iterator[list[tuple]]:
    quote = connection.ops.quote_name
    names = ", ".join(quote(column.name) for column in columns)
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {quote(table)}")  # noqa: S608 - names of its own tables
        while rows := cursor.fetchmany(ROWS_AT_A_TIME):
            yield rows


def formed(form: Callable[[Any], Any], value: Any) -> Any:
    """What does not fit its column, which SQLite allows, counts as it is."""
    try:
        return None if value is None else form(value)
    except (ArithmeticError, KeyError, TypeError, ValueError):
        return str(value)


def hash_of(row: list) -> int:
    """JSON may hold half a sign, which SQLite keeps as it came."""
    return int.from_bytes(sha256(ENCODER.encode(row).encode(errors="surrogatepass")).digest())


def differences(wanted: dict[str, TableState], found: dict[str, TableState]) -> list[str]:
    """A line for each table that is not the same."""
    lines = []
    for table in sorted(wanted.keys() | found.keys()):
        one, other = wanted.get(table), found.get(table)
        if one is None or other is None:
            lines.append(f"{table}: {'is missing' if other is None else 'should not be there'}")
        elif one.rows != other.rows:
            lines.append(f"{table}: {other.rows} rows instead of {one.rows}")
        elif one.hash != other.hash:
            lines.append(f"{table}: {other.rows} rows as wanted, but not the same ones")
    return lines
