"""What the address asks of a page that shows the state of a plan: the day, and which part of the work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plans.forms import DateInput
from reports.state.work import Progress, Work
from tasks.models import Assignment
from units.models import Unit

ISO_AND_TYPED = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]


class DayForm(forms.Form):
    """A day that has come; today where the address names none, or none that is one."""

    on = forms.DateField(
        label=_("Figures as of"),
        required=False,
        input_formats=ISO_AND_TYPED,
        widget=DateInput({"class": "form-control"}),
    )

    def clean_on(self) -> date | None:
        day = self.cleaned_data["on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    @property
    def day(self) -> date:
        # Only the fields that hold are in what was cleaned.
        self.is_valid()
        return self.cleaned_data.get("on") or timezone.localdate()

    @property
    def is_past(self) -> bool:
        return self.day != timezone.localdate()


class Standing(TextChoices):
    """What the list may be asked for besides the classes of summaries."""

    DONE = "done", _("Done, in time or late")
    LATE = "late", _("Late: overdue or done late")
    DUE_SOON = "due_soon", _("Due within 30 days")


class WorkFilter(DayForm):
    """Which assignments are shown; a choice that the plan does not have chooses nothing and is told."""

    group = forms.TypedChoiceField(label=_("Task group"), required=False, coerce=int, empty_value=None)
    task = forms.TypedChoiceField(label=_("Task"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=_("Kind of unit"), required=False)
    unit = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None)
    role = forms.ChoiceField(label=_("Role"), required=False)
    standing = forms.ChoiceField(label=_("State of the work"), required=False)

    def offer(self, works: Iterable[Work]) -> None:
        """Choices of what these works have."""
        works = list(works)
        groups = {work.group.pk: work.group for work in works}
        tasks = {work.task.pk: work.task for work in works}
        units = {work.carrier.pk: work.carrier for work in works}
        kinds = {unit.kind for unit in units.values()}
        self._choose_from("group", groups.items())
        self._choose_from("task", ((pk, f"{task.number} {task}") for pk, task in tasks.items()))
        self._choose_from("unit", sorted(units.items(), key=lambda item: str(item[1])))
        self._choose_from("kind", (choice for choice in Unit.Kind.choices if choice[0] in kinds))
        self._choose_from("role", Assignment.Role.choices)
        self._choose_from("standing", [*Progress.choices, *Standing.choices])

    def _choose_from(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", _("All")), *choices]

    def chosen(self, works: Iterable[Work]) -> list[Work]:
        """After `offer`: those that the address asks for, in their order."""
        self.is_valid()
        return [work for work in works if self._asks_for(work)]

    def _asks_for(self, work: Work) -> bool:
        asked = {name: value for name, value in self.cleaned_data.items() if value and name != "on"}
        standing = asked.pop("standing", None)
        facts = {
            "group": work.group.pk,
            "task": work.task.pk,
            "kind": work.carrier.kind,
            "unit": work.carrier.pk,
            "role": work.assignment.role,
        }
        return all(facts[name] == value for name, value in asked.items()) and stands(work, standing)


def stands(work: Work, standing: str | None) -> bool:
    match standing:
        case None:
            return True
        case Standing.DONE:
            return work.progress.is_done
        case Standing.LATE:
            return work.progress in (Progress.OVERDUE, Progress.DONE_LATE)
        case Standing.DUE_SOON:
            return work.is_due_soon
    return work.progress == standing
