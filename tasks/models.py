from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plans.models import TaskGroup
from tasks.querysets import AssignmentQuerySet, TaskQuerySet
from units.folding import searchable
from units.models import Unit
from units.records import History, Recorded


class Task(Recorded):
    """A piece of work that the plan names, in a short title and in the document's full words."""

    group = models.ForeignKey(
        TaskGroup, verbose_name=_("task group"), on_delete=models.PROTECT, related_name="tasks"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("short title"), max_length=200)
    text = models.TextField(_("full text"), blank=True)
    lead_named = models.CharField(
        _("lead unit in the text"), max_length=250, blank=True, help_text=_("As the document names it.")
    )
    support_named = models.TextField(
        _("support units in the text"), blank=True, help_text=_("As the document names them, one a line.")
    )
    due_on = models.DateField(_("deadline"), null=True, blank=True)
    ongoing = models.BooleanField(_("ongoing"), default=False)
    product = models.CharField(_("product"), max_length=300, blank=True)
    folded = models.TextField(editable=False, default="")

    history = History(excluded_fields=["folded"])
    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["group__position", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="task_ongoing_without_deadline",
                condition=Q(ongoing=False) | Q(due_on__isnull=True),
                violation_error_message=_("An ongoing task has no deadline: choose one of the two."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = self.searchable()
        super().save(*args, **kwargs)

    def searchable(self) -> str:
        named = (self.lead_named, self.support_named, self.group.title)
        return searchable(self.title, self.text, self.product, *named)

    def get_absolute_url(self) -> str:
        return reverse("show-task", args=[self.pk])

    def remove(self) -> bool:
        """Take the task out of its plan, and with it from every unit; the history keeps all of it.

        False, and nothing is changed, where a unit has reported on it.
        """
        try:
            with transaction.atomic():
                # Who reports on them holds the same rows first.
                held = self.assignments.select_for_update().order_by("pk")
                for part in (*held, *self.indicators.all()):
                    part.delete()
                self.delete()
            return True
        except ProtectedError:
            return False


class Assignment(Recorded):
    """One unit's part in one task."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead")
        SUPPORT = "support", _("Support")
        CARRY_OUT = "carry_out", _("Carry out")

    task = models.ForeignKey(
        Task, verbose_name=_("task"), on_delete=models.PROTECT, related_name="assignments"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="assignments"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.CARRY_OUT)
    due_on = models.DateField(
        _("own deadline"), null=True, blank=True, help_text=_("Empty: the task's deadline holds.")
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)

    history = History()
    history_label_fields = ("unit", "task")
    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["task", "role", "unit__folded"]
        constraints = [
            models.UniqueConstraint(
                name="unit_once_a_task",
                fields=["task", "unit"],
                violation_error_message=_("This unit already has this task."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.task}"

    @property
    def deadline(self) -> date | None:
        return self.due_on or self.task.due_on

    @transaction.atomic
    def remove(self) -> bool:
        """Take the task from the unit; True where nothing hung on it and the row is gone.

        What the unit has reported stays, so that row only ends today.
        """
        # Who reports on it holds the same row first.
        list(Assignment.objects.select_for_update().filter(pk=self.pk))
        try:
            with transaction.atomic():
                self.delete()
            return True
        except ProtectedError:
            self.ended_on = timezone.localdate()
            self.save(update_fields=["ended_on"])
            return False


class Indicator(Recorded):
    """What is counted for a task, in which unit of measure, and how much of it is wanted."""

    class Sum(models.TextChoices):
        ADDED = "added", _("periods are added up")
        LAST = "last", _("the last value counts")

    task = models.ForeignKey(
        Task, verbose_name=_("task"), on_delete=models.PROTECT, related_name="indicators"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name = models.CharField(_("indicator"), max_length=120)
    measure = models.CharField(_("unit of measure"), max_length=40, blank=True)
    target = models.DecimalField(
        _("target of each unit"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    sum = models.CharField(_("over several periods"), max_length=5, choices=Sum, default=Sum.ADDED)

    history = History()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["task", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="indicator_target_not_negative",
                condition=Q(target__isnull=True) | Q(target__gte=0),
                violation_error_message=_("A target is 0 or more."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.measure})" if self.measure else self.name
