from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.models.reports import ProgressReport
from tasks.models import Assignment
from units.records import History, Recorded


class Attachment(Recorded):
    """A file that shows what a report says of an assignment, or of the whole; stored under its SHA-256."""

    report = models.ForeignKey(
        ProgressReport,
        verbose_name=_("progress report"),
        on_delete=models.PROTECT,
        related_name="attachments",
    )
    assignment = models.ForeignKey(
        Assignment,
        verbose_name=_("assignment"),
        on_delete=models.PROTECT,
        related_name="attachments",
        null=True,
        blank=True,
    )
    name = models.CharField(_("file name"), max_length=200)
    digest = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("size in bytes"))
    media_type = models.CharField(_("media type"), max_length=100)
    inert = models.BooleanField(_("may be opened in the page"), default=False)
    # As they were read when the file came (`reports/evidence/signatures.py` gives the shape).
    signatures = models.JSONField(_("digital signatures"), default=list, blank=True, editable=False)
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+"
    )

    history = History()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["report", "assignment", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="file_once_an_assignment", fields=["report", "assignment", "digest"]
            ),
            models.UniqueConstraint(
                name="file_once_a_report",
                fields=["report", "digest"],
                condition=Q(assignment__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name
