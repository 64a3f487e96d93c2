from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plans.querysets import ImportDraftQuerySet, PlanQuerySet
from units.folding import searchable
from units.models import Unit
from units.records import History, Recorded


class Plan(Recorded):
    """An implementation plan as issued: what its own document says of itself."""

    class State(models.TextChoices):
        ACTIVE = "active", _("In force")
        CLOSED = "closed", _("Closed")

    number = models.CharField(
        _("number"),
        max_length=60,
        blank=True,
        help_text=_("For example 05/KH-MTTQ-BTT; empty while unknown."),
    )
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    place = models.CharField(_("place of issue"), max_length=80, blank=True)
    issuer = models.CharField(
        _("issuer"), max_length=250, blank=True, help_text=_("As the document names it.")
    )
    issuing_unit = models.ForeignKey(
        Unit,
        verbose_name=_("issuing unit"),
        on_delete=models.PROTECT,
        related_name="issued_plans",
        null=True,
        blank=True,
        help_text=_("Its letterhead stands on the papers of this plan."),
    )
    title = models.TextField(_("title"), max_length=1000)
    term = models.CharField(
        _("term"), max_length=120, blank=True, help_text=_("For example: nhiệm kỳ 2024 – 2029")
    )
    signing_authority = models.CharField(_("signing authority"), max_length=120, blank=True)
    signer_position = models.CharField(_("signer's position"), max_length=120, blank=True)
    signer_name = models.CharField(_("signer's name"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ACTIVE)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent plan"),
        on_delete=models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
    )
    folded = models.TextField(editable=False, default="")

    history = History(excluded_fields=["folded"])
    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="plan_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                violation_error_message=_("A plan cannot be its own parent."),
            )
        ]

    def __str__(self) -> str:
        return self.title if not self.number else f"{self.number}: {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = searchable(f"{self.number} {self.title}", self.issuer)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("show-plan", args=[self.pk])


class LegalBasis(Recorded):
    """A document that the plan rests on (Căn cứ)."""

    plan = models.ForeignKey(
        Plan, verbose_name=_("plan"), on_delete=models.CASCADE, related_name="legal_bases"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    number = models.CharField(_("number"), max_length=60, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    text = models.TextField(_("text"), max_length=2000)
    folded = models.TextField(editable=False, default="")

    history = History(excluded_fields=["folded"])

    class Meta:
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.number or self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = searchable(self.number, self.text)
        super().save(*args, **kwargs)


class TaskGroup(Recorded):
    class Kind(models.TextChoices):
        PROPAGANDA = "propaganda", _("Propaganda")
        DIRECTIVES = "directives", _("Implementing directives")
        SUPERVISION = "supervision", _("Inspection and supervision")
        OTHER = "other", _("Other")

    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.CASCADE, related_name="groups")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    number = models.CharField(_("heading number"), max_length=20, blank=True)
    title = models.TextField(_("heading"), max_length=1000)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.OTHER)

    history = History()

    class Meta:
        verbose_name = _("task group")
        verbose_name_plural = _("task groups")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}" if self.number else self.title

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self.tasks.fold_again()

    def next_position(self) -> int:
        """Where a task stands that comes last in this group."""
        last = self.tasks.aggregate(last=models.Max("position"))["last"]
        return 0 if last is None else last + 1


class Recipient(Recorded):
    """A line of the distribution list (Nơi nhận), as printed, and the units it stands for."""

    class Purpose(models.TextChoices):
        REPORT = "b/c", _("to report (b/c)")
        COORDINATE = "p/h", _("to coordinate (p/h)")
        CARRY_OUT = "t/h", _("to carry out (t/h)")
        ARCHIVE = "lưu", _("archive (Lưu)")

    plan = models.ForeignKey(
        Plan, verbose_name=_("plan"), on_delete=models.CASCADE, related_name="recipients"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name = models.CharField(_("name as printed"), max_length=250)
    purpose = models.CharField(_("purpose"), max_length=3, choices=Purpose, blank=True)
    units = models.ManyToManyField(Unit, verbose_name=_("stands for"), related_name="receptions", blank=True)

    history = History(m2m_fields=[units])

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_archive(self) -> bool:
        return self.purpose == self.Purpose.ARCHIVE


class ImportDraft(Recorded):
    """A document that was read but not yet confirmed: its outline with the source lines, and what a
    person typed over it so far (`typed`, as the form sends it; `version` counts the changes of it)."""

    file_name = models.CharField(_("file"), max_length=255, blank=True)
    outline = models.JSONField(_("outline"))
    typed = models.TextField(editable=False, default="", blank=True)
    version = models.PositiveIntegerField(editable=False, default=1)
    discarded = models.BooleanField(_("discarded"), default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    plan = models.OneToOneField(
        Plan, on_delete=models.SET_NULL, related_name="source", null=True, blank=True, editable=False
    )

    history = History(excluded_fields=["outline", "typed", "version"])
    objects = ImportDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("import draft")
        verbose_name_plural = _("import drafts")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name or str(_("pasted text"))

    def keep(self, typed: str, seen: str) -> bool:
        """Remember the preview's fields as typed; False when somebody else typed since version `seen`.

        No history: the confirm writes what came of them.
        """
        mine = ImportDraft.objects.filter(pk=self.pk, plan__isnull=True, version=self.version)
        if seen != str(self.version) or not mine.update(typed=typed, version=F("version") + 1):
            return False
        self.typed, self.version = typed, self.version + 1
        return True

    @transaction.atomic
    def discard(self) -> bool:
        """Put it aside, unless it has become a plan meanwhile."""
        current = ImportDraft.objects.select_for_update().get(pk=self.pk)
        if current.plan_id is None and not current.discarded:
            current.discarded = True
            current.save(update_fields=["discarded"])
        return current.plan_id is None
