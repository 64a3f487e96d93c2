"""Rows as they stood at a time gone by, read from their history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q

Row = TypeVar("Row", bound=Model)


def rows_as_of(model: type[Row], moment: datetime, **where: Any) -> list[Row]:
    """The rows that there were just before the moment, as they were then: to be read, never saved.

    `where` is asked of the rows as they were. One query; fields that history leaves out are deferred.
    """
    history = records_of(model).filter(history_date__lt=moment)
    later = Q(history_date__gt=OuterRef("history_date")) | Q(
        history_date=OuterRef("history_date"), history_id__gt=OuterRef("history_id")
    )
    newest = history.filter(~Exists(history.order_by().filter(later, id=OuterRef("id"))), **where)
    names = [field.attname for field in history.model.tracked_fields]
    found = newest.exclude(history_type="-").order_by("id").values_list(*names)
    return [model.from_db(found.db, names, values) for values in found]


def rows_known(model: type[Row], moment: datetime, keys: Iterable[int]) -> dict[int, Row]:
    """By key, as they were just before the moment, or as they were first written down after it; one query,
    and one more where some came later."""
    wanted = set(keys)
    found = {row.pk: row for row in rows_as_of(model, moment, id__in=wanted)}
    if wanted > found.keys():
        later = records_of(model).filter(id__in=wanted - found.keys(), history_date__gte=moment)
        for record in later.order_by("-history_date", "-history_id"):
            found[record.id] = record.instance
    return found


@cache
def records_of(model: type[Model]) -> Any:
    """The manager of a model's history, which django-simple-history makes anew each time it is named."""
    return model.history  # type: ignore[attr-defined]
