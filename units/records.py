"""What every table of the product shares: nothing changes without its history, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import QuerySet
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords


class OneHistoryManager(HistoryManager):
    """django-simple-history makes a class of managers anew each time that a row is asked for its history,
    which is at every save."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: type[QuerySet], class_name: str | None = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


class History(HistoricalRecords):
    """History rows that keep who made them: a user with history cannot be deleted.

    Days gone by ask of each row for the newest record before a moment (`units.past`): the index answers that
    without the records of other rows.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"history_manager": OneHistoryManager, **options})

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        name = f"{model._meta.model_name}_newest"
        index = models.Index(fields=["id", "history_date", "history_id"], name=name)
        return {**super().get_meta_options(model), "indexes": [index]}

    def _get_history_user_fields(self) -> dict:
        return {
            "history_user": models.ForeignKey(
                settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.PROTECT
            )
        }


class DateOfHistory:
    """What django-simple-history asks a row for before it takes the present time: of `acting_as`."""

    def __get__(self, row: Any, model: Any = None) -> datetime:
        at = getattr(HistoricalRecords.context, "at", None)
        if at is None:
            raise AttributeError("history is dated by the clock")
        return at


class Recorded(models.Model):
    """A row and its history row are written together or not at all.

    django-simple-history writes from a signal that is sent after the save's own transaction. Within another
    transaction there is none for the row alone: what fails there undoes all of it.
    """

    _history_date = DateOfHistory()

    class Meta:
        abstract = True

    @transaction.atomic(savepoint=False)
    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)

    @transaction.atomic(savepoint=False)
    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        return super().delete(*args, **kwargs)


@contextmanager
def acting_as(user, at: datetime | None = None) -> Iterator[None]:
    """Outside a request (commands), write history in the name of `user`; None stands for the machine.

    With `at` it is dated by that time instead of the present: for what happened before it is stored.
    """
    context: Any = HistoricalRecords.context
    before = getattr(context, "request", None), getattr(context, "at", None)
    context.request, context.at = SimpleNamespace(user=user), at
    try:
        yield
    finally:
        context.request, context.at = before
