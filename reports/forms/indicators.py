"""What the address asks of the indicators of a plan: of which tasks and units, or one of them by unit."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from reports.forms.state import StateFilter, select, select_row
from reports.state.indicators import Measured
from units.models import Unit


class IndicatorFilter(StateFilter):
    """Which indicators and units are shown; a choice that the plan does not have chooses nothing."""

    NARROWING = TAKEN_AWAY = ("group", "task", "kind", "unit")
    BESIDE = ("indicator",)

    group = select_row(_("Task group"))
    task = select_row(_("Task"))
    kind = select(_("Kind of unit"))
    unit = select_row(_("Unit"))
    indicator = select_row(_("Indicator"))

    def look_at(self, found: Iterable[Measured]) -> None:
        self.measures = list(found)
        tasks = {row.task.pk: row.task for row in self.measures}
        self.offer("group", {task.group_id: task.group for task in tasks.values()}.items())
        self.offer("task", ((pk, f"{task.number} {task}") for pk, task in tasks.items()))
        self.offer_units(unit for row in self.measures for unit in row.units.values())
        self.offer("indicator", ((row.indicator.pk, row.indicator) for row in self.measures))
        self.read()

    @property
    def chosen(self) -> list[Measured]:
        """Of the units asked for; where there is such a choice, only what at least one of them has."""
        if any(self[name].errors for name in (*self.NARROWING, "indicator")):
            return []
        rows = [row for row in self.measures if self.asks_for(row)]
        if not {"kind", "unit"} & self.asked.keys():
            return rows
        narrowed = [row.narrowed(self.asks_for_unit) for row in rows]
        return [row for row in narrowed if row.holders or row.values]

    def asks_for(self, row: Measured) -> bool:
        return self.fits({"group": row.task.group_id, "task": row.task.pk, "indicator": row.indicator.pk})

    def asks_for_unit(self, unit: Unit) -> bool:
        return self.fits({"kind": unit.kind, "unit": unit.pk})

    @property
    def one(self) -> int | None:
        """The indicator that is shown by unit."""
        return self.asked.get("indicator")
