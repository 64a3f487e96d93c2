"""A task's facts together with what is counted for it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from plans.forms import RecordedForm, part_formset
from plans.models import Plan
from tasks.forms.numbers import NumberField
from tasks.forms.tasks import TaskOfPlanForm
from tasks.models import Indicator, Task


class IndicatorForm(RecordedForm):
    class Meta:
        model = Indicator
        fields = ("name", "measure", "target", "sum")
        field_classes = {"target": NumberField}
        help_texts = {"target": _("Empty: it is only counted.")}


class IndicatorFormSet(part_formset(Indicator, IndicatorForm, Task)):  # type: ignore[misc]
    def clean(self) -> None:
        super().clean()
        for form in self.deleted_forms:
            if form.instance.pk and form.instance.values.exists():
                raise forms.ValidationError(
                    _("Units have reported figures of “%(name)s”, so it stays; you can rename it."),
                    params={"name": form.instance.name},
                )


class TaskForms:
    """A task of a plan and its indicators, checked and saved together."""

    def __init__(
        self, task: Task, plan: Plan, data: QueryDict | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        self.task = TaskOfPlanForm(data, instance=task, plan=plan, initial=initial)
        self.indicators = IndicatorFormSet(data, instance=task, prefix="indicators")

    def is_valid(self) -> bool:
        # Both are asked, so that the person sees all that is to be mended at once.
        return all([self.task.is_valid(), self.indicators.is_valid()])

    @transaction.atomic
    def save(self) -> Task:
        task = self.task.save()
        self.indicators.save()
        return task
