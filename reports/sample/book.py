"""Rows that are made many at a time, with the history that saving each of them would have left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from itertools import count
from operator import attrgetter
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

from reports.models import ProgressReport
from units.models import User
from units.records import Recorded

# Databases take their values as they are; those of other fields are prepared.
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)
ABOUT_HISTORY = ("history_type", "history_date", "history_user")


class Book:
    """Keeps rows, and what they were before, until `write` stores all of it; then it is empty again.

    It gives the keys itself: until then nobody else may add rows to the same tables.
    """

    def __init__(self) -> None:
        self.rows: dict[type[Recorded], dict[int, Recorded]] = defaultdict(dict)
        self.history: dict[type[Recorded], list[tuple]] = defaultdict(list)
        self.keys: dict[type[Recorded], Iterator[int]] = {}

    def put(self, row: Recorded, by: User, at: datetime, **facts: Any) -> None:
        """Save a new row, or one in which something differs."""
        changed = row.pk is None or any(getattr(row, name) != value for name, value in facts.items())
        for name, value in facts.items():
            setattr(row, name, value)
        if changed:
            self.save(row, by, at)

    def save(self, row: Recorded, by: User, at: datetime) -> None:
        """Raises ValueError for a row that is stored already."""
        model, is_new = type(row), row.pk is None
        if is_new:
            row.pk = self.new_key(model)
            self.rows[model][row.pk] = row
        if row.pk not in self.rows[model]:
            raise ValueError(f"{model.__name__} {row.pk} is stored already")
        self.tell(row, "+" if is_new else "~", by, at)

    def delete(self, row: Recorded, by: User, at: datetime) -> None:
        self.tell(self.rows[type(row)].pop(row.pk), "-", by, at)

    def tell(self, row: Recorded, act: str, by: User, at: datetime) -> None:
        model = type(row)
        self.history[model].append((*values_of(row, tracked(model)), act, at, by.pk))

    def new_key(self, model: type[Recorded]) -> int:
        if model not in self.keys:
            last = model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0
            self.keys[model] = count(last + 1)
        return next(self.keys[model])

    def write(self) -> None:
        # The parts of a report come before it: nothing may be added to one that was accepted.
        for model in sorted(self.rows, key=lambda each: each is ProgressReport):
            fields = tuple(model._meta.concrete_fields)
            insert(model, fields, (values_of(row, fields) for row in self.rows[model].values()))
        for model, told in self.history.items():
            record = history_of(model)
            about = [record._meta.get_field(name) for name in ABOUT_HISTORY]
            own = [record._meta.get_field(field.name) for field in tracked(model)]
            insert(record, (*own, *about), told)
        give_keys_after(list(self.rows))
        if connection.vendor == "postgresql":
            # It remembers every row whose keys it is to ask for at the end.
            connection.check_constraints()
        self.rows.clear()
        self.history.clear()


def history_of(model: type[Recorded]) -> Any:
    return model.history.model  # type: ignore[attr-defined]


@cache
def tracked(model: type[Recorded]) -> tuple[Any, ...]:
    return tuple(history_of(model).tracked_fields)


@cache
def getter(fields: tuple[Any, ...]) -> attrgetter:
    return attrgetter(*(field.attname for field in fields))


def values_of(row: Recorded, fields: tuple[Any, ...]) -> tuple:
    return getter(fields)(row)


def insert(model: type[models.Model], fields: Iterable[Any], rows: Iterable[tuple]) -> None:
    """The fastest way that each database has: a nation's rows are some millions."""
    names = [field.column for field in fields]
    prepared = [
        (place, field.get_db_prep_save) for place, field in enumerate(fields) if not isinstance(field, PLAIN)
    ]

    def ready() -> Iterator[list]:
        for row in rows:
            values = list(row)
            for place, prepare in prepared:
                values[place] = prepare(values[place], connection)
            yield values

    table, columns = model._meta.db_table, ", ".join(names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with (
                connection.wrap_database_errors,
                cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
            ):
                for values in ready():
                    copy.write_row(values)
        else:
            places = ", ".join(["%s"] * len(names))
            statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - names of our own
            cursor.executemany(statement, list(ready()))


def give_keys_after(models_: list[type[models.Model]]) -> None:
    """Rows that are added later follow those whose keys were given here."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models_):
            cursor.execute(statement)
