"""Who goes on for units that merged or were renewed, as it was known on a day.

A unit that was split between several, or whose line comes back to itself, goes on in none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeVar

from reports.state.days import end_of
from units.models import Succession, Unit
from units.past import rows_as_of

Row = TypeVar("Row", bound=Any)


class Follower(NamedTuple):
    """A unit, by its key, that answers from the day on."""

    unit: int
    since: date


# Who went on for a unit one after the other, by its key; the last one answers for it.
Lines = dict[int, list[Follower]]
Nexts = dict[int, dict[int, date]]


@dataclass
class KnownUnits:
    """Those that were asked for and all that go on for others, by key, as they were on the day."""

    units: dict[int, Unit] = field(default_factory=dict)
    lines: Lines = field(default_factory=dict)

    def followers(self, unit: Unit) -> list[Follower]:
        return self.lines.get(unit.pk, [])

    def carrier(self, unit: Unit) -> Unit:
        """Who answers on the day for what the unit was given: the unit, or the one that it goes on in."""
        line = self.followers(unit)
        return self.units[line[-1].unit] if line else unit

    def rows(self, rows: Iterable[Row]) -> list[Row]:
        """Those whose unit was known, with it; a clock that was set back or an import may name others."""
        known = [row for row in rows if row.unit_id in self.units]
        for row in known:
            row.unit = self.units[row.unit_id]
        return known


def known_units(named: Iterable[int], day: date) -> KnownUnits:
    """Of these keys; two queries, and one more for each generation that went on in another."""
    moment, keys = end_of(day), set(named)
    successions: list[Succession] = []
    asked = keys
    while asked:
        found = rows_as_of(Succession, moment, effective_on__lte=day, predecessor_id__in=asked)
        asked = {each.successor_id for each in found} - keys
        keys |= asked
        successions += found
    units = {unit.pk: unit for unit in rows_as_of(Unit, moment, id__in=keys)}
    return KnownUnits(units, lines(each for each in successions if each.successor_id in units))


def lines(successions: Iterable[Succession]) -> Lines:
    nexts: Nexts = defaultdict(dict)
    for each in successions:
        nexts[each.predecessor_id][each.successor_id] = each.effective_on
    return {pk: line for pk in nexts if (line := line_of(pk, nexts))}


def line_of(pk: int, nexts: Nexts) -> list[Follower]:
    last, since = pk, {pk: date.min}
    while len(nexts.get(last, ())) == 1:
        ((following, effective_on),) = nexts[last].items()
        if following in since:
            return []
        since[following] = max(since[last], effective_on)
        last = following
    return [Follower(*each) for each in since.items()][1:]
