from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.forms import DateInput, RecordedForm, text_area
from plans.models import Plan, TaskGroup
from tasks.models import Assignment, Task
from tasks.querysets import Assigned, TaskQuerySet
from units.models import Unit
from units.querysets import UnitQuerySet


class TaskForm(RecordedForm):
    class Meta:
        model = Task
        fields = ("title", "text", "lead_named", "support_named", "due_on", "ongoing", "product")
        widgets = {"due_on": DateInput(), "text": text_area(4), "support_named": text_area(2)}


class TaskOfPlanForm(TaskForm):
    """A task of a stored plan, which can move to another group of the same plan."""

    class Meta(TaskForm.Meta):
        fields = ("group", *TaskForm.Meta.fields)

    def __init__(self, *args, plan: Plan, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = TaskGroup.objects.filter(plan=plan)
        self.fields["group"].empty_label = None

    def save(self, commit: bool = True) -> Task:
        if self.instance._state.adding or "group" in self.changed_data:
            self.instance.position = self.instance.group.next_position()
        return super().save(commit)


class AssignmentForm(RecordedForm):
    class Meta:
        model = Assignment
        fields = ("role", "due_on")
        widgets = {"due_on": DateInput()}


class RowsField(forms.ModelMultipleChoiceField):
    """Rows by key; a key that no database could hold is an invalid choice as any other."""

    def clean(self, value: Any) -> Any:
        for key in value or []:
            if not (key.isascii() and key.isdecimal() and len(key) < 19):
                raise forms.ValidationError(self.error_messages["invalid_choice"], params={"value": key})
        return super().clean(value)


class AssignForm(forms.Form):
    """Tasks times units: whole kinds of units, single ones, or both."""

    tasks = RowsField(
        label=_("Tasks"),
        queryset=Task.objects.none(),
        error_messages={"required": _("Choose at least one task.")},
    )
    kinds = forms.MultipleChoiceField(
        label=_("All units of a kind"), required=False, choices=Unit.Kind.choices
    )
    units = RowsField(label=_("Units"), required=False, queryset=Unit.objects.none())
    role = forms.ChoiceField(
        label=_("Role"), choices=Assignment.Role.choices, initial=Assignment.Role.CARRY_OUT
    )
    due_on = forms.DateField(
        label=_("Own deadline"),
        required=False,
        widget=DateInput(),
        help_text=_("Empty: the task's deadline holds."),
    )

    overwrite = forms.BooleanField(
        label=_("Also give this role and deadline to units that have the task already"), required=False
    )

    def __init__(self, *args, tasks: TaskQuerySet, units: UnitQuerySet, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tasks"].queryset = tasks
        self.fields["units"].queryset = units
        self.offered = units

    def clean(self) -> None:
        chosen = self.cleaned_data
        by_kind = self.offered.filter(kind__in=chosen.get("kinds", []))
        chosen["units"] = set(chosen.get("units") or []) | set(by_kind)
        if not chosen["units"] and "units" not in self.errors:
            self.add_error("units", _("Choose at least one unit."))

    def chosen(self) -> dict[str, set[str]]:
        """What is ticked now, for the page that draws the boxes itself."""
        return {name: set(map(str, self[name].value() or [])) for name in ("tasks", "units", "kinds")}

    def save(self) -> Assigned:
        chosen = self.cleaned_data
        return Assignment.objects.assign(
            chosen["tasks"], chosen["units"], chosen["role"], chosen["due_on"], chosen["overwrite"]
        )
