"""What every table of the product shares: nothing changes without its history, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from django.conf import settings
from django.db import models, transaction
from simple_history.models import HistoricalRecords


class History(HistoricalRecords):
    """History rows that keep who made them: a user with history cannot be deleted."""

    def _get_history_user_fields(self) -> dict:
        return {
            "history_user": models.ForeignKey(
                settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.PROTECT
            )
        }


class Recorded(models.Model):
    """A row and its history row are written together or not at all.

    django-simple-history writes from a signal that is sent after the save's own transaction.
    """

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)

    @transaction.atomic
    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        return super().delete(*args, **kwargs)


@contextmanager
def acting_as(user) -> Iterator[None]:
    """Outside a request (commands), write history in the name of `user`; None stands for the machine."""
    HistoricalRecords.context.request = SimpleNamespace(user=user)
    try:
        yield
    finally:
        del HistoricalRecords.context.request
