from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from units.searching import Searched

if TYPE_CHECKING:
    from units.models import Unit


class UnitQuerySet(Searched["Unit"]):
    def valid_on(self, day: date) -> UnitQuerySet:
        """Units that existed on `day`; both ends of the validity belong to it."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def of_kind(self, kind: str) -> UnitQuerySet:
        return self.filter(kind=kind)

    def by_kind(self) -> list[tuple[Unit.Kind, list[Unit]]]:
        """(kind, units) in the order of the kinds; kinds without a unit are left out."""
        found: dict[str, list[Unit]] = {kind: [] for kind in self.model.Kind.values}
        for unit in self:
            found[unit.kind].append(unit)
        return [(self.model.Kind(kind), units) for kind, units in found.items() if units]
