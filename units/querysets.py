from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from units.folding import fold

if TYPE_CHECKING:
    from units.models import Unit


class UnitQuerySet(models.QuerySet["Unit"]):
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

    def matching(self, words: str) -> UnitQuerySet:
        """Units whose names or code hold every word, with or without marks."""
        found = self
        for word in fold(words).split():
            found = found.filter(folded__contains=word)
        return found
