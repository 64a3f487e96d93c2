from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plans.models import Plan
from reports.models.periods import Period
from reports.querysets import ProgressReportQuerySet
from units.folding import searchable
from units.models import Unit, User
from units.records import History, Recorded


class Overtaken(Exception):  # noqa: N818 - a fact of working together, not a fault
    """Somebody else was faster: the report is no longer as this person saw it. Nothing was changed."""

    def __init__(self, report: ProgressReport) -> None:
        super().__init__(f"{report.pk} is at version {report.version} and {report.state}")
        self.report = report


def person(verbose_name: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=verbose_name,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )


def both_or_neither(act: str) -> models.CheckConstraint:
    """That an act has a time exactly where it has a person."""
    return models.CheckConstraint(
        name=f"report_{act}_at_with_{act}_by",
        condition=Q(**{f"{act}_at__isnull": True, f"{act}_by__isnull": True})
        | Q(**{f"{act}_at__isnull": False, f"{act}_by__isnull": False}),
    )


class ProgressReport(Recorded):
    """A unit's account of a period; without a period, what staff logged for the unit on a day.

    What is being written stays in `typed`, as the page names its fields, until it is submitted and becomes
    entries. `version` counts every change: whoever acts on the report names the version they saw, and of
    two who saw the same one only the first succeeds. An accepted row is final (`reports/guards.py`).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        SUBMITTED = "submitted", _("Waiting for review")
        RETURNED = "returned", _("Returned")
        ACCEPTED = "accepted", _("Accepted")

    # Whether it turned out that the row was dropped meanwhile.
    is_gone = False

    WRITABLE = (State.DRAFT, State.RETURNED)
    LIVE = (State.DRAFT, State.SUBMITTED, State.RETURNED)

    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="reports")
    period = models.ForeignKey(
        Period,
        verbose_name=_("reporting period"),
        on_delete=models.PROTECT,
        related_name="reports",
        null=True,
        blank=True,
    )
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    reported_on = models.DateField(_("state as of"), null=True, blank=True)
    overview = models.TextField(_("overview"), blank=True)
    difficulties = models.TextField(_("difficulties and causes"), blank=True)
    next_steps = models.TextField(_("next steps"), blank=True)
    told_by = models.CharField(_("who told it"), max_length=120, blank=True)

    typed = models.JSONField(editable=False, default=dict, blank=True)
    typed_at = models.DateTimeField(editable=False, null=True, blank=True)
    typed_by = person(_("last typed by"))
    version = models.PositiveIntegerField(editable=False, default=1)
    # The form that made the row; sent twice, it makes no second one.
    form_key = models.UUIDField(editable=False, null=True, blank=True, unique=True)

    started_at = models.DateTimeField(_("started at"), default=timezone.now, editable=False)
    started_by = person(_("started by"))
    first_submitted_at = models.DateTimeField(_("first submitted at"), null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by = person(_("submitted by"))
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)
    returned_by = person(_("returned by"))
    return_reason = models.TextField(_("reason for the return"), blank=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = person(_("accepted by"))
    # Of what was sent, with the names of that day; of a draft that never was, the names alone.
    folded = models.TextField(editable=False, default="")

    history = History(excluded_fields=["typed", "typed_at", "typed_by", "version", "form_key", "folded"])
    history_label_fields = ("unit", "period")
    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "submitted_at"], name="report_by_state")]
        constraints = [
            both_or_neither("submitted"),
            both_or_neither("returned"),
            both_or_neither("accepted"),
            models.CheckConstraint(
                name="report_state_has_its_act",
                condition=Q(state="draft", accepted_at__isnull=True)
                | Q(state="submitted", submitted_at__isnull=False, accepted_at__isnull=True)
                | Q(state="returned", returned_at__isnull=False, accepted_at__isnull=True)
                | Q(state="accepted", accepted_at__isnull=False, reported_on__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_live_report_of_a_unit_and_period",
                fields=["unit", "period"],
                condition=Q(state__in=["draft", "submitted", "returned"]),
            ),
            models.UniqueConstraint(name="report_revision_once", fields=["unit", "period", "revision"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.period or self.reported_on}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = self.folded or searchable(self.names)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("show-report", args=[self.pk])

    @property
    def names(self) -> str:
        """What it is called, also in speaking."""
        figures = self.period.in_figures if self.period else ""
        difficulties = "khó khăn" if self.difficulties else ""
        return f"báo cáo {figures} {difficulties} {self.unit} {self.period or ''}"

    @property
    def is_writable(self) -> bool:
        return self.state in self.WRITABLE and not self.is_gone

    @property
    def is_to_be_mended(self) -> bool:
        """Returned and not sent again; also where it was sent again and taken back."""
        return self.is_writable and self.returned_at is not None

    def counts_before(self, other: ProgressReport) -> bool:
        """Whether it stands where both are accepted and say something of one assignment."""
        mine, theirs = ((report.reported_on, report.accepted_at) for report in (self, other))
        return mine > theirs

    @property
    def is_log(self) -> bool:
        return self.period_id is None

    def revisions(self) -> ProgressReportQuerySet:
        """All reports of the same unit and period, this one among them, the first one first."""
        return ProgressReport.objects.filter(unit=self.unit_id, period=self.period_id).order_by("revision")

    def claim(self, seen: int, *states: str) -> None:
        """Make this act the only one on version `seen`; inside a transaction, before anything is written.

        Raises Overtaken when the version or the state has moved on, or the row was dropped. One UPDATE
        decides, so it holds on SQLite (one writer at a time) and on PostgreSQL (the second waits for the
        row, then finds it moved).
        """
        current = ProgressReport.objects.filter(pk=self.pk, version=seen, state__in=states)
        claimed = current.update(version=F("version") + 1)
        try:
            self.refresh_from_db()
        except ProgressReport.DoesNotExist:
            self.is_gone = True
        if not claimed:
            raise Overtaken(self)

    @transaction.atomic
    def keep(self, typed: dict[str, str], by: User, seen: int) -> None:
        """Remember what is being typed. No history: what is not submitted yet has not been reported."""
        self.claim(seen, *self.WRITABLE)
        self.typed, self.typed_at, self.typed_by = {**self.typed, **typed}, timezone.now(), by
        own = ProgressReport.objects.filter(pk=self.pk)
        own.update(typed=self.typed, typed_at=self.typed_at, typed_by=by)

    @transaction.atomic
    def withdraw(self, seen: int) -> None:
        """Take back what nobody has reviewed yet, to write on."""
        self.claim(seen, self.State.SUBMITTED)
        self.state = self.State.DRAFT
        self.save()

    @transaction.atomic
    def accept(self, by: User, seen: int) -> None:
        self.claim(seen, self.State.SUBMITTED)
        self.state, self.accepted_at, self.accepted_by = self.State.ACCEPTED, timezone.now(), by
        self.save()

    @transaction.atomic
    def send_back(self, by: User, seen: int, reason: str, reasons: dict[int, str]) -> None:
        """Return the report to its unit: `reason` for the whole, `reasons` by the key of an entry.

        Raises ValueError without any reason.
        """
        if not reason and not any(reasons.values()):
            raise ValueError("a report is returned with a reason")
        self.claim(seen, self.State.SUBMITTED)
        for entry in self.entries.all():
            if entry.return_reason != (said := reasons.get(entry.pk, "")):
                entry.return_reason = said
                entry.save()
        self.state, self.return_reason = self.State.RETURNED, reason
        self.returned_at, self.returned_by = timezone.now(), by
        self.save()

    @transaction.atomic
    def discard(self, seen: int) -> None:
        """Drop a draft that was never submitted, with its attachments; their files stay."""
        self.claim(seen, self.State.DRAFT)
        if self.first_submitted_at:
            raise Overtaken(self)
        for attachment in self.attachments.all():
            attachment.delete()
        self.delete()

    def mark_submitted(
        self, by: User, reported_on: date, now: datetime | None = None, said: Iterable[str] | None = None
    ) -> None:
        """The facts of having been submitted; `reports.actions` has written what it says, or it is `said`."""
        self.submitted_at, self.submitted_by = now or timezone.now(), by
        self.first_submitted_at = self.first_submitted_at or self.submitted_at
        self.state, self.reported_on = self.State.SUBMITTED, reported_on
        if said is None:
            said = [text for entry in self.entries.values_list("title", "result") for text in entry]
        self.folded = searchable(self.names, self.overview, self.difficulties, self.next_steps, *said)
