"""What the address asks of the page on which reports have come."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from reports.forms.state import StateFilter, select, select_row
from reports.models import Period
from reports.state.reporting import Cell, Outcome, Outcomes, Reporting, outcomes

EVERY_PERIOD = "all"


class Standing(TextChoices):
    """What may be asked for besides the outcomes."""

    ALL = "all", _("All")
    IN_TIME = "in_time", _("Within the time, with grace")
    DUE = "due", _("Due by the day")


class Choice(NamedTuple):
    """`query` is the address that asks for it, after the page's own."""

    value: str
    label: str
    count: int
    chosen: bool
    query: str


class Column(NamedTuple):
    """A period with what became of its reports; the addresses lead to those that are missing, and to all."""

    period: Period
    outcomes: Outcomes
    chosen: bool
    query: str
    all: str


class ReportingFilter(StateFilter):
    """Which reports are listed: without a period those of the current one, without a standing those that have
    not come. A choice that is none is told, and is as if it were not made."""

    NARROWING = ("period", "kind", "unit")
    BESIDE = ("standing",)
    TAKEN_AWAY = ("kind", "unit")

    period = select(_("Reporting period"))
    kind = select(_("Kind of unit"))
    unit = select_row(_("Unit"))
    standing = forms.ChoiceField(required=False, choices=[("", ""), *Outcome.choices, *Standing.choices])

    def look_at(self, found: Reporting) -> None:
        current = found.current
        units = {row.carrier.pk: row.carrier for row in found.rows}
        periods = {str(period.pk): period for period in found.periods}
        self.fields["period"].choices = [*periods.items(), (EVERY_PERIOD, _("All periods"))]  # type: ignore[attr-defined]
        self.offer_units(units.values())
        self.read()
        named = self.asked.get("period")
        if named is None and current:
            # The field shows what the page shows.
            self.data = {**self.data.dict(), "period": str(current.pk)}  # type: ignore[union-attr]
        self.chosen_period = None if named == EVERY_PERIOD else periods.get(named or "", current)
        self.chosen_unit = units.get(self.asked.get("unit", 0))
        self.reporting = found.narrowed(self.asked.get("kind"), self.asked.get("unit"))

    @property
    def matching(self) -> list[Cell]:
        """Of every standing, the newest period first."""
        periods = [self.chosen_period] if self.chosen_period else self.reporting.periods
        return [cell for period in periods for cell in self.reporting.cells_of(period)]

    @property
    def shown(self) -> str:
        """The standing that is listed."""
        if standing := self.asked.get("standing"):
            return str(standing)
        return self.reporting.silence(self.chosen_period) if self.chosen_period else Outcome.MISSING

    @property
    def shows_silent(self) -> bool:
        return self.shown in Outcome.values and not Outcome(self.shown).is_sent

    @property
    def chosen(self) -> list[Cell]:
        return [cell for cell in self.matching if stands(cell.outcome, self.shown)]

    @property
    def missing(self) -> list[Cell]:
        """Whom to ask for the report of the chosen period."""
        return self.reporting.missing_of(self.chosen_period) if self.chosen_period else []

    @property
    def counts(self) -> Outcomes:
        return outcomes(self.matching)

    @property
    def in_time(self) -> str:
        return self.query(standing=Standing.IN_TIME)

    @property
    def choices(self) -> list[Choice]:
        """Every standing that any has, that which is shown, and all."""
        counts = self.counts
        numbers = {Standing.ALL.value: counts.asked} | {
            outcome.value: number
            for outcome, number in counts.counts.items()
            if number or outcome == self.shown
        }
        found = {Standing.IN_TIME.value: counts.in_time, Standing.DUE.value: counts.due}
        numbers |= {name: number for name, number in found.items() if name == self.shown}
        labels = dict([*Standing.choices, *Outcome.choices])
        return [
            Choice(name, str(labels[name]), number, name == self.shown, self.query(standing=name))
            for name, number in numbers.items()
        ]

    @property
    def columns(self) -> list[Column]:
        """The periods, newest first."""
        return [
            Column(
                period,
                self.reporting.outcomes_of(period),
                period == self.chosen_period,
                self.query(period=period.pk, standing=None),
                self.query(period=period.pk, standing=Standing.ALL),
            )
            for period in self.reporting.periods
        ]

    def query(self, **changed: Any) -> str:
        """Names the period always: the current one is another on another day."""
        period = self.chosen_period.pk if self.chosen_period else EVERY_PERIOD
        return super().query(**{"period": period, **changed})


def stands(outcome: Outcome, standing: str) -> bool:
    match standing:
        case Standing.ALL:
            return True
        case Standing.IN_TIME:
            return outcome.is_in_time
        case Standing.DUE:
            return outcome != Outcome.TIME_LEFT
    return outcome == standing
