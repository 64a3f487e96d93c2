"""What the address asks of a page that shows the state of a plan: the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plans.forms import DateInput

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


def select(label: Any, choices: Iterable = (), field: type = forms.ChoiceField, **more: Any) -> Any:
    """A field of a filter; nothing chosen asks for all."""
    widget = forms.Select({"class": "form-select"})
    return field(label=label, required=False, choices=[("", _("All")), *choices], widget=widget, **more)


def select_row(label: Any) -> Any:
    """By the key of a row."""
    return select(label, field=forms.TypedChoiceField, coerce=int, empty_value=None)
