"""The product without the guard against two at once: what these tests must be able to tell apart."""

from django.db.models import F

from config.wsgi import application
from reports import actions
from reports.models import ProgressReport
from reports.reading.content import Content
from units.models import User

__all__ = ["application"]


def claim(self: ProgressReport, seen: int, *states: str) -> None:
    ProgressReport.objects.filter(pk=self.pk).update(version=F("version") + 1)
    self.refresh_from_db()


submit_guarded = actions.submit_report


def submit_report(report: ProgressReport, content: Content, by: User, seen: int) -> None:
    submit_guarded(report, content, by, report.version)


ProgressReport.claim = claim  # type: ignore[method-assign]
actions.submit_report = submit_report
