from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from plans.models import Plan
from units.searching import Searched

if TYPE_CHECKING:
    from reports.models import Obligation, Period, ProgressEntry, ProgressReport, Proposal  # noqa: F401 - in strings


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def open_on(self, day: date) -> ObligationQuerySet:
        """Those whose units may still send their reports on the day: `Obligation.may_submit` of a set."""
        unlocked = Q(period__locks_on__isnull=True) | Q(period__locks_on__gte=day)
        in_force = self.filter(period__plan__state=Plan.State.ACTIVE)
        return in_force.filter(unlocked | Q(extended_to__gte=day))

    def of_report(self, report: ProgressReport) -> ObligationQuerySet:
        """The one that the report answers; a log answers none."""
        return self.filter(period=report.period_id, unit=report.unit_id)


class ProgressReportQuerySet(Searched["ProgressReport"]):
    def live(self) -> ProgressReportQuerySet:
        return self.filter(state__in=self.model.LIVE)

    def waiting(self) -> ProgressReportQuerySet:
        """What is to be reviewed, oldest first."""
        return self.filter(state=self.model.State.SUBMITTED).order_by("submitted_at", "pk")

    def accepted(
        self, before: datetime | None = None, until: date | None = None, period: Period | None = None
    ) -> ProgressReportQuerySet:
        """With `before` those accepted by then, with `until` those that speak of no later day or are of the
        `period`."""
        accepted = self.filter(state=self.model.State.ACCEPTED)
        if before is not None:
            accepted = accepted.filter(accepted_at__lt=before)
        if until is None:
            return accepted
        own = Q(period=period.pk) if period else Q()
        return accepted.filter(Q(reported_on__lte=until) | own)

    def standing(
        self, before: datetime | None = None, until: date | None = None, period: Period | None = None
    ) -> ProgressReportQuerySet:
        """What counts: accepted, and no later revision is, among those that `accepted` gives."""
        known = self.model.objects.accepted(before, until, period)
        return self.accepted(before, until, period).filter(~models.Exists(known.later_than()))

    def oldest_first(self) -> ProgressReportQuerySet:
        """By the day that they speak of; of one day, as they were accepted."""
        return self.order_by("reported_on", "accepted_at", "pk")

    def later_than(self, report: str = "") -> ProgressReportQuerySet:
        """In a subquery: the later revisions of the outer row's report; `report` is the way to it."""
        return self.filter(
            unit=models.OuterRef(f"{report}unit"),
            period=models.OuterRef(f"{report}period"),
            revision__gt=models.OuterRef(f"{report}revision"),
        )


class ProgressEntryQuerySet(models.QuerySet["ProgressEntry"]):
    def standing(self, known: ProgressReportQuerySet) -> ProgressEntryQuerySet:
        """Those that count where only the accepted reports `known` are."""
        there = known.filter(pk=models.OuterRef("report"))
        return self.filter(models.Exists(there), ~models.Exists(known.later_than("report__")))

    def newest_first(self) -> ProgressEntryQuerySet:
        """As their reports, the other way round; one report speaks once of an assignment."""
        return self.order_by("-report__reported_on", "-report__accepted_at", "-report_id")

    def oldest_first(self) -> ProgressEntryQuerySet:
        return self.newest_first().reverse()


class ProposalQuerySet(Searched["Proposal"]):
    def with_origin(self) -> ProposalQuerySet:
        """Each with `origin`, the key of the row that its answer belongs to: the first that said the same to
        the same addressee in the revisions of its report. What staff log has none."""
        same = self.model.objects.filter(
            report__unit=OuterRef("report__unit"),
            report__period=OuterRef("report__period"),
            addressee=OuterRef("addressee"),
            text=OuterRef("text"),
        )
        first = Subquery(same.order_by("report__revision", "pk").values("pk")[:1])
        return self.annotate(origin=Coalesce(first, F("pk")))
