"""The product without the guard against two at once: what these tests must be able to tell apart."""

from django.db.models import F

from config.wsgi import application
from reports.models import ProgressReport

__all__ = ["application"]


def claim(self: ProgressReport, seen: int, *states: str) -> None:
    ProgressReport.objects.filter(pk=self.pk).update(version=F("version") + 1)
    self.refresh_from_db()


ProgressReport.claim = claim  # type: ignore[method-assign]
