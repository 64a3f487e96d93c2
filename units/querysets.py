from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from units.searching import Searched

if TYPE_CHECKING:
    from units.models import Unit

# Fields of a letterhead that leave a gap on every paper while they are empty.
LEFT_OPEN = ("symbol", "signer_position", "signer_name", "sent_to")


class UnitQuerySet(Searched["Unit"]):
    def valid_on(self, day: date) -> UnitQuerySet:
        """Units that existed on `day`; both ends of the validity belong to it."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def of_kind(self, kind: str) -> UnitQuerySet:
        return self.filter(kind=kind)

    def issuing(self) -> UnitQuerySet:
        """Units whose papers are made here, with their letterheads."""
        kinds = self.model.Kind
        addressees = Q(kind__in=(kinds.SUPERIOR, kinds.PARTY), letterhead__isnull=True)
        return self.exclude(addressees).select_related("letterhead")

    def leaving_gaps(self) -> UnitQuerySet:
        """Units without a letterhead, or with one that leaves something open."""
        empty = (Q(**{f"letterhead__{name}": ""}) for name in LEFT_OPEN)
        return self.filter(reduce(or_, empty, Q(letterhead__isnull=True)))

    def by_kind(self) -> list[tuple[Unit.Kind, list[Unit]]]:
        """(kind, units) in the order of the kinds; kinds without a unit are left out."""
        found: dict[str, list[Unit]] = {kind: [] for kind in self.model.Kind.values}
        for unit in self:
            found[unit.kind].append(unit)
        return [(self.model.Kind(kind), units) for kind, units in found.items() if units]
