"""What the address asks of the indicators of a plan: of which tasks and units, or one of them by unit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.forms.state import DayForm, select, select_row
from reports.state.indicators import Measured
from units.folding import fold
from units.models import Unit


class IndicatorFilter(DayForm):
    """Which indicators and units are shown; a choice that the plan does not have chooses nothing."""

    NARROWING = ("group", "task", "kind", "unit")

    group = select_row(_("Task group"))
    task = select_row(_("Task"))
    kind = select(_("Kind of unit"))
    unit = select_row(_("Unit"))
    indicator = select_row(_("Indicator"))

    def __init__(self, data: Any, measures: Iterable[Measured]) -> None:
        super().__init__(data)
        self.measures = list(measures)
        units = {pk: unit for row in self.measures for pk, unit in row.units.items()}
        kinds = {unit.kind for unit in units.values()}
        tasks = {row.task.pk: row.task for row in self.measures}
        self.offer("group", {task.group_id: task.group for task in tasks.values()}.items())
        self.offer("task", ((pk, f"{task.number} {task}") for pk, task in tasks.items()))
        self.offer("kind", (choice for choice in Unit.Kind.choices if choice[0] in kinds))
        self.offer("unit", sorted(units.items(), key=lambda item: fold(str(item[1]))))
        self.offer("indicator", ((row.indicator.pk, row.indicator) for row in self.measures))
        self.is_valid()
        asked = {name: self.cleaned_data.get(name) for name in (*self.NARROWING, "indicator")}
        self.asked = {name: value for name, value in asked.items() if value}

    def offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", _("All")), *choices]

    @property
    def chosen(self) -> list[Measured]:
        """Of the units asked for; where there is such a choice, only what at least one of them has."""
        if any(self[name].errors for name in (*self.NARROWING, "indicator")):
            return []
        asked: dict[str, Any] = {name: self.asked[name] for name in ("kind", "unit") if name in self.asked}
        rows = [row for row in self.measures if self.asks_for(row)]
        if not asked:
            return rows
        narrowed = [row.narrowed(lambda unit: is_asked(unit, asked)) for row in rows]
        return [row for row in narrowed if row.holders or row.values]

    def asks_for(self, row: Measured) -> bool:
        facts = {"group": row.task.group_id, "task": row.task.pk, "indicator": row.indicator.pk}
        return all(self.asked.get(name, value) == value for name, value in facts.items())

    @property
    def one(self) -> int | None:
        """The indicator that is shown by unit."""
        return self.asked.get("indicator")

    @property
    def is_narrowed(self) -> bool:
        return any(name in self.asked or self[name].errors for name in self.NARROWING)

    @property
    def narrowing(self) -> list[forms.BoundField]:
        return [self[name] for name in self.NARROWING]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the address asks for besides the day."""
        return [(name, str(value)) for name, value in self.asked.items()]


def is_asked(unit: Unit, asked: dict[str, Any]) -> bool:
    facts = {"kind": unit.kind, "unit": unit.pk}
    return all(facts[name] == value for name, value in asked.items())
