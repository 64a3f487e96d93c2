from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from plans.models import Plan

if TYPE_CHECKING:
    from reports.models import Obligation, ProgressEntry, ProgressReport  # noqa: F401 - in strings


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def open_on(self, day: date) -> ObligationQuerySet:
        """Those whose units may still send their reports on the day: `Obligation.may_submit` of a set."""
        unlocked = Q(period__locks_on__isnull=True) | Q(period__locks_on__gte=day)
        in_force = self.filter(period__plan__state=Plan.State.ACTIVE)
        return in_force.filter(unlocked | Q(extended_to__gte=day))

    def of_report(self, report: ProgressReport) -> ObligationQuerySet:
        """The one that the report answers; a log answers none."""
        return self.filter(period=report.period_id, unit=report.unit_id)


class ProgressReportQuerySet(models.QuerySet["ProgressReport"]):
    def live(self) -> ProgressReportQuerySet:
        return self.filter(state__in=self.model.LIVE)

    def waiting(self) -> ProgressReportQuerySet:
        """What is to be reviewed, oldest first."""
        return self.filter(state=self.model.State.SUBMITTED).order_by("submitted_at", "pk")

    def accepted(self, before: datetime | None = None) -> ProgressReportQuerySet:
        accepted = self.filter(state=self.model.State.ACCEPTED)
        return accepted if before is None else accepted.filter(accepted_at__lt=before)

    def standing(self, before: datetime | None = None) -> ProgressReportQuerySet:
        """Accepted, and no later revision is: what counts when periods are added up; as it was `before`."""
        later = self.model.objects.accepted(before).filter(
            unit=models.OuterRef("unit"),
            period=models.OuterRef("period"),
            revision__gt=models.OuterRef("revision"),
        )
        return self.accepted(before).filter(~models.Exists(later))


class ProgressEntryQuerySet(models.QuerySet["ProgressEntry"]):
    def accepted(self) -> ProgressEntryQuerySet:
        return self.filter(report__state="accepted")

    def newest_first(self) -> ProgressEntryQuerySet:
        """By the day that the report speaks of; of one day, the one accepted last."""
        return self.order_by("-report__reported_on", "-report__accepted_at", "-pk")
