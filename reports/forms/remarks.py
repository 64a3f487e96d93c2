"""What the address asks of the list of difficulties and proposals."""

from __future__ import annotations

from typing import NamedTuple

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from reports.forms.state import StateFilter, select, select_row
from reports.state.remarks import Kind, Remark, Reply


class Shown(TextChoices):
    CURRENT = "", _("Still open")
    ALL = "all", _("Of all periods")


class Choice(NamedTuple):
    value: str
    label: str
    count: int
    chosen: bool


class RemarkFilter(StateFilter):
    """Which are shown; a choice that the plan does not have chooses nothing and is told."""

    NARROWING = TAKEN_AWAY = ("what", "answer", "kind", "unit", "period")
    BESIDE = ("shown",)

    shown = forms.ChoiceField(label=_("Which"), required=False, choices=Shown.choices)
    what = select(_("What"), Kind.choices)
    answer = select(_("Answer"), Reply.choices)
    kind = select(_("Kind of unit"))
    unit = select_row(_("Unit"))
    period = select_row(_("Reporting period"))

    def look_at(self, found: list[Remark]) -> None:
        self.remarks = found
        periods = {remark.period.pk: remark.period for remark in self.remarks}
        self.offer_units(remark.carrier for remark in self.remarks)
        self.offer("period", sorted(periods.items(), key=lambda item: item[1].figures_to, reverse=True))
        self.read()
        self.matching = [remark for remark in self.remarks if self.asks_for(remark)]

    def asks_for(self, remark: Remark) -> bool:
        """Whichever are shown."""
        return self.fits(
            {
                "what": remark.kind,
                "answer": remark.reply,
                "kind": remark.carrier.kind,
                "unit": remark.carrier.pk,
                "period": remark.period.pk,
            }
        )

    @property
    def scope(self) -> Shown:
        return Shown(self.asked.get("shown", ""))

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
