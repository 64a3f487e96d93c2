from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, ProtectedError, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plans.models import Plan
from reports.querysets import ObligationQuerySet
from units.models import Unit
from units.records import History, Recorded

# A day outside them is a slip of the finger, and so is a grace of years.
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_GRACE_DAYS = 366
QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}
QUARTER = re.compile(r"(quý) (I{1,3}|IV)\b(.*)", re.IGNORECASE)


class Period(Recorded):
    """A span of time that units report on, with the days that count; every one of them is data."""

    class Kind(models.TextChoices):
        MONTH = "month", _("Month")
        QUARTER = "quarter", _("Quarter")
        HALF_YEAR = "half_year", _("Half year")
        NINE_MONTHS = "nine_months", _("Nine months")
        YEAR = "year", _("Year")
        AD_HOC = "ad_hoc", _("Ad hoc")

    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="periods")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=80)
    figures_from = models.DateField(_("figures from"))
    figures_to = models.DateField(_("figures to"))
    cut_off_on = models.DateField(_("cut-off day"), help_text=_("The day whose state the figures show."))
    due_on = models.DateField(_("due on"))
    grace_days = models.PositiveSmallIntegerField(
        _("days of grace"), default=0, help_text=_("A report that comes within them is not late.")
    )
    locks_on = models.DateField(
        _("lock day"),
        null=True,
        blank=True,
        help_text=_("The last day on which units can submit. Empty: the period stays open."),
    )

    history = History()

    class Meta:
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        ordering = ["-figures_to", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="period_once_a_plan",
                fields=["plan", "name"],
                violation_error_message=_("The plan already has a period of this name."),
            ),
            models.CheckConstraint(
                name="period_figures_from_before_to",
                condition=Q(figures_to__gte=F("figures_from")),
                violation_error_message=_("The figures end before they begin."),
            ),
            models.CheckConstraint(
                name="period_due_within_or_after_its_figures",
                condition=Q(due_on__gte=F("figures_from")),
                violation_error_message=_("The report is due before its figures begin."),
            ),
            models.CheckConstraint(
                name="period_locks_when_due_or_later",
                condition=Q(locks_on__isnull=True) | Q(locks_on__gte=F("due_on")),
                violation_error_message=_("The lock day is before the day on which the report is due."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("show-period", args=[self.pk])

    def clean(self) -> None:
        slips: dict[str, Any] = {}
        for name in ("figures_from", "figures_to", "cut_off_on", "due_on", "locks_on"):
            day = getattr(self, name)
            if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
                slips[name] = _("Please check the year.")
        if self.grace_days is not None and self.grace_days > MOST_GRACE_DAYS:
            slips["grace_days"] = _("No more than a year, please.")
        if slips:
            raise ValidationError(slips)

    @property
    def in_figures(self) -> str:
        """As it is spoken of where its name has a Roman number: "Quý 3/2026"; else empty."""
        found = QUARTER.search(self.name)
        return f"{found[1]} {QUARTERS[found[2].upper()]}{found[3]}" if found else ""

    @property
    def last_day_in_time(self) -> date:
        return self.due_on + timedelta(days=self.grace_days)

    def is_locked(self, on: date) -> bool:
        return self.locks_on is not None and on > self.locks_on

    @transaction.atomic
    def remove(self) -> bool:
        """Take back that the period was opened; False, and nothing happens, once a report was begun."""
        # Who begins a report locks the same rows first, who asks more units the period.
        list(self.obligations.select_for_update().order_by("pk"))
        list(Period.objects.select_for_update().filter(pk=self.pk))
        if self.reports.exists():
            return False
        for obligation in self.obligations.all():
            obligation.delete()
        self.delete()
        return True


class Obligation(Recorded):
    """That a unit owes the report of a period, and until when it may still send it after the lock."""

    period = models.ForeignKey(
        Period, verbose_name=_("reporting period"), on_delete=models.PROTECT, related_name="obligations"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="obligations"
    )
    extended_to = models.DateField(_("may submit until"), null=True, blank=True)
    extension_reason = models.CharField(_("reason"), max_length=300, blank=True)

    history = History()
    history_label_fields = ("unit", "period")
    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("report owed")
        verbose_name_plural = _("reports owed")
        ordering = ["period", "unit__folded"]
        constraints = [
            models.UniqueConstraint(name="unit_owes_a_period_once", fields=["period", "unit"]),
            models.CheckConstraint(
                name="extension_with_its_reason",
                condition=Q(extended_to__isnull=True, extension_reason="")
                | (Q(extended_to__isnull=False) & ~Q(extension_reason="")),
                violation_error_message=_("An exception needs both a day and a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.period}"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises ProtectedError where the unit has begun its report: no key of the database links the two."""
        reports: set[models.Model] = set(self.period.reports.filter(unit=self.unit_id))
        if reports:
            raise ProtectedError(str(_("The unit has begun its report.")), reports)
        return super().delete(*args, **kwargs)

    def may_submit(self, on: date) -> bool:
        """Whether the unit may still send its report on the day; `open_on` says it of a set."""
        if self.period.plan.state != Plan.State.ACTIVE:
            return False
        extended = self.extended_to is not None and on <= self.extended_to
        return extended or not self.period.is_locked(on)
