"""What the address asks of the list of difficulties and proposals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from reports.forms.state import DayForm, select, select_row
from reports.state.remarks import Kind, Remark, Reply
from units.folding import fold
from units.models import Unit


class Shown(TextChoices):
    CURRENT = "", _("Still standing")
    ALL = "all", _("Of all periods")


class Choice(NamedTuple):
    value: str
    label: str
    count: int
    chosen: bool


class RemarkFilter(DayForm):
    """Which are shown; a choice that the plan does not have chooses nothing and is told."""

    NARROWING = ("what", "answer", "kind", "unit", "period")

    shown = forms.ChoiceField(label=_("Which"), required=False, choices=Shown.choices)
    what = select(_("What"), Kind.choices)
    answer = select(_("Answer"), Reply.choices)
    kind = select(_("Kind of unit"))
    unit = select_row(_("Unit"))
    period = select_row(_("Reporting period"))

    def __init__(self, data: Any, remarks: Iterable[Remark]) -> None:
        super().__init__(data)
        self.remarks = list(remarks)
        units = {remark.unit.pk: remark.unit for remark in self.remarks}
        periods = {remark.period.pk: remark.period for remark in self.remarks}
        kinds = {unit.kind for unit in units.values()}
        self.offer("kind", (choice for choice in Unit.Kind.choices if choice[0] in kinds))
        self.offer("unit", sorted(units.items(), key=lambda item: fold(str(item[1]))))
        self.offer("period", sorted(periods.items(), key=lambda item: item[1].figures_to, reverse=True))
        self.is_valid()
        self.asked = {name: self.cleaned_data[name] for name in self.NARROWING if self.cleaned_data.get(name)}
        self.matching = [remark for remark in self.remarks if is_asked(remark, self.asked)]

    def offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        self.fields[name].choices = [("", _("All")), *choices]

    @property
    def scope(self) -> Shown:
        return Shown(self.cleaned_data.get("shown", ""))

    @property
    def chosen(self) -> list[Remark]:
        return self.within(self.scope)

    def within(self, scope: Shown) -> list[Remark]:
        return [remark for remark in self.matching if scope == Shown.ALL or remark.is_current]

    @property
    def scopes(self) -> list[Choice]:
        """How many each of the two has of what is asked for otherwise."""
        return [
            Choice(scope.value, str(scope.label), len(self.within(scope)), scope == self.scope)
            for scope in Shown
        ]

    @property
    def narrowing(self) -> list[forms.BoundField]:
        return [self[name] for name in self.NARROWING]

    @property
    def is_narrowed(self) -> bool:
        return any(name in self.asked or name in self.errors for name in self.NARROWING)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the address asks for besides the day."""
        found = {name: str(value) for name, value in self.asked.items()}
        return list({"shown": self.scope.value, **found}.items()) if self.scope else list(found.items())


def is_asked(remark: Remark, asked: dict[str, Any]) -> bool:
    facts = {
        "what": remark.kind,
        "answer": remark.reply,
        "kind": remark.unit.kind,
        "unit": remark.unit.pk,
        "period": remark.period.pk,
    }
    return all(facts[name] == value for name, value in asked.items())
