"""What the address asks of a page that shows the state of a plan: the day, and a part of what there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from plans.forms import DateInput, PlainSelect
from units.folding import fold
from units.models import Unit

ISO_AND_TYPED = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]


def has_come(day: date) -> None:
    if day > timezone.localdate():
        raise forms.ValidationError(_("This day has not come yet."))


class DayForm(forms.Form):
    """A day that has come; today where the address names none, or none that is one.

    What is today is asked once: a page that is made at midnight speaks of one day.
    """

    on = forms.DateField(
        label=_("Figures as of"),
        required=False,
        input_formats=ISO_AND_TYPED,
        widget=DateInput({"class": "form-control"}),
        validators=[has_come],
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.today = timezone.localdate()
        try:
            self.day = self.fields["on"].clean(data.get("on")) or self.today
        except forms.ValidationError:
            self.day = self.today

    @property
    def is_past(self) -> bool:
        return self.day != self.today


def select(label: Any, choices: Iterable = (), field: type = forms.ChoiceField, **more: Any) -> Any:
    """A field of a filter; nothing chosen asks for all."""
    widget = PlainSelect({"class": "form-select"})
    return field(label=label, required=False, choices=[("", _("All")), *choices], widget=widget, **more)


def select_row(label: Any) -> Any:
    """By the key of a row."""
    return select(label, field=forms.TypedChoiceField, coerce=int, empty_value=None)


class Chip(NamedTuple):
    """One filter that is on; `query` is the address without it."""

    label: str
    value: str
    query: str


class StateFilter(DayForm):
    """A day and choices among what there is on it: `look_at` offers them, then `asked` is what was chosen.

    A choice that is none of them chooses nothing, and is told. Those of NARROWING stand beside the day;
    those BESIDE it are sent along unseen. What is on of TAKEN_AWAY is a chip that takes it away.
    """

    NARROWING: ClassVar[tuple[str, ...]] = ()
    BESIDE: ClassVar[tuple[str, ...]] = ()
    TAKEN_AWAY: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: Any, there: Callable[[date], Any]) -> None:
        """`there` gives what there is on a day."""
        super().__init__(data)
        self.look_at(there(self.day))

    def look_at(self, found: Any) -> None:
        raise NotImplementedError

    def offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", _("All")), *choices]

    def offer_units(self, units: Iterable[Unit]) -> None:
        """By kind, and each by its name."""
        by_key = {unit.pk: unit for unit in units}
        kinds = {unit.kind for unit in by_key.values()}
        self.offer("kind", (choice for choice in Unit.Kind.choices if choice[0] in kinds))
        self.offer("unit", sorted(by_key.items(), key=lambda item: fold(str(item[1]))))

    def read(self) -> None:
        self.is_valid()
        chosen = {name: self.cleaned_data.get(name) for name in (*self.BESIDE, *self.NARROWING)}
        self.asked = {name: value for name, value in chosen.items() if value}

    def fits(self, facts: dict[str, Any]) -> bool:
        """Whether every fact is as it is asked, or is not asked."""
        return all(self.asked.get(name, value) == value for name, value in facts.items())

    @property
    def narrowing(self) -> list[forms.BoundField]:
        return [self[name] for name in self.NARROWING]

    @property
    def chips(self) -> list[Chip]:
        return [
            Chip(str(self[name].label), label_of(self[name], value), self.query(**{name: None}))
            for name, value in self.asked.items()
            if name in self.TAKEN_AWAY
        ]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the address asks for besides the day."""
        return [(name, "1" if value is True else str(value)) for name, value in self.asked.items()]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        return [pair for pair in self.kept if pair[0] in self.BESIDE]

    @property
    def unfiltered(self) -> str:
        """The end of the address of all that there is on the day."""
        return self.query(**dict.fromkeys(self.TAKEN_AWAY))

    def query(self, **changed: Any) -> str:
        """The end of an address that asks for the same, apart from what is changed; None takes it away."""
        day = self.day.isoformat() if self.is_past else ""
        asked = {**dict(self.kept), **changed, "on": day}
        return "?" + urlencode({name: value for name, value in asked.items() if value})


def label_of(field: forms.BoundField, value: Any) -> str:
    return str(dict(field.field.choices)[value])  # type: ignore[attr-defined]
