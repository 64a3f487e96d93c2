from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from reports.models import Obligation, Period, ProgressEntry, ProgressReport  # noqa: F401 - in strings


class PeriodQuerySet(models.QuerySet["Period"]):
    def open_on(self, day: date) -> PeriodQuerySet:
        return self.filter(Q(locks_on__isnull=True) | Q(locks_on__gte=day))


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def open_on(self, day: date) -> ObligationQuerySet:
        """Reports that may still be submitted on the day."""
        unlocked = Q(period__locks_on__isnull=True) | Q(period__locks_on__gte=day)
        return self.filter(unlocked | Q(extended_to__gte=day))

    def unanswered(self) -> ObligationQuerySet:
        """Those of which nothing was ever submitted."""
        reports: Any = apps.get_model("reports", "ProgressReport")
        submitted = reports.objects.filter(
            period=models.OuterRef("period"), unit=models.OuterRef("unit"), first_submitted_at__isnull=False
        )
        return self.filter(~models.Exists(submitted))


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
