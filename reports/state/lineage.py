"""A unit as it stood on a day, with those that it goes on for and in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.state.days import end_of
from reports.state.succession import lines
from units.folding import fold
from units.models import Succession, Unit
from units.past import rows_as_of


@dataclass
class Lineage:
    """`unit` is none where it was not known yet; `predecessors` are all whose work it answers for by then."""

    unit: Unit | None
    successions: list[Succession]
    precedences: list[Succession]
    predecessors: list[Unit]


def lineage_of(unit: Unit, day: date) -> Lineage:
    """Two queries."""
    moment = end_of(day)
    known = rows_as_of(Succession, moment)
    keys = {unit.pk} | {pk for each in known for pk in (each.predecessor_id, each.successor_id)}
    units = {row.pk: row for row in rows_as_of(Unit, moment, id__in=keys)}
    known = [each for each in known if {each.predecessor_id, each.successor_id} <= units.keys()]
    for each in known:
        each.predecessor, each.successor = units[each.predecessor_id], units[each.successor_id]
    known.sort(key=lambda each: (each.effective_on, each.pk))
    gone_on = lines(each for each in known if each.effective_on <= day)
    before = [units[pk] for pk, line in gone_on.items() if line[-1].unit == unit.pk]
    return Lineage(
        units.get(unit.pk),
        [each for each in known if each.predecessor_id == unit.pk],
        [each for each in known if each.successor_id == unit.pk],
        sorted(before, key=lambda row: (fold(row.short_name), row.pk)),
    )
