from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.models.reports import ProgressReport
from reports.querysets import ProgressEntryQuerySet, ProposalQuerySet
from tasks.models import Assignment, Indicator
from units.folding import searchable
from units.records import History, Recorded


class ProgressEntry(Recorded):
    """What a report says of one assignment; `number` and `title` are the task's on the day of submitting."""

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", _("Not started")
        IN_PROGRESS = "in_progress", _("In progress")
        DONE = "done", _("Done")

    report = models.ForeignKey(
        ProgressReport, verbose_name=_("progress report"), on_delete=models.PROTECT, related_name="entries"
    )
    assignment = models.ForeignKey(
        Assignment, verbose_name=_("assignment"), on_delete=models.PROTECT, related_name="entries"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0, editable=False)
    number = models.CharField(_("number"), max_length=12, blank=True, editable=False)
    title = models.CharField(_("task"), max_length=200, editable=False)
    status = models.CharField(_("status"), max_length=12, choices=Status)
    percent = models.PositiveSmallIntegerField(_("percent done"))
    result = models.TextField(_("result"), blank=True)
    return_reason = models.TextField(_("reason for the return"), blank=True)

    history = History()
    objects = ProgressEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["report", "position", "pk"]
        constraints = [
            models.UniqueConstraint(name="assignment_once_a_report", fields=["report", "assignment"]),
            models.CheckConstraint(
                name="percent_fits_the_status",
                condition=Q(status="done", percent=100)
                | Q(status="in_progress", percent__gte=0, percent__lte=99)
                | Q(status="not_started", percent=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class IndicatorValue(Recorded):
    entry = models.ForeignKey(
        ProgressEntry, verbose_name=_("entry"), on_delete=models.PROTECT, related_name="values"
    )
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="values"
    )
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=2)

    history = History()
    history_label_fields = ("indicator",)

    class Meta:
        verbose_name = _("indicator's value")
        verbose_name_plural = _("indicators' values")
        ordering = ["entry", "indicator__position", "pk"]
        constraints = [
            models.UniqueConstraint(name="indicator_once_an_entry", fields=["entry", "indicator"]),
            models.CheckConstraint(name="indicator_value_not_negative", condition=Q(value__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"


class Proposal(Recorded):
    """What the unit asks for, and of whom."""

    report = models.ForeignKey(
        ProgressReport, verbose_name=_("progress report"), on_delete=models.PROTECT, related_name="proposals"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0, editable=False)
    addressee = models.CharField(_("to whom"), max_length=200)
    text = models.TextField(_("proposal"))
    folded = models.TextField(editable=False, default="")

    history = History(excluded_fields=["folded"])
    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["report", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.addressee}: {self.text}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = self.searchable()
        super().save(*args, **kwargs)

    def searchable(self) -> str:
        return searchable(f"kiến nghị {self.text}", self.addressee, str(self.report.unit))

    def get_absolute_url(self) -> str:
        """Its place in the report."""
        return f"{self.report.get_absolute_url()}#proposal-{self.pk}"
