from __future__ import annotations

from django.db import models

from units.folding import fold


class PlanQuerySet(models.QuerySet):
    def concerning(self, unit_id: int | None) -> PlanQuerySet:
        """Plans that give the unit work or name it among their recipients."""
        given_work = self.filter(groups__tasks__assignments__unit=unit_id)
        received = self.filter(recipients__units=unit_id)
        return self.filter(models.Q(pk__in=given_work.values("pk")) | models.Q(pk__in=received.values("pk")))

    def matching(self, words: str) -> PlanQuerySet:
        """Plans whose number, title or issuer holds every word, with or without marks."""
        found = self
        for word in fold(words).split():
            found = found.filter(folded__contains=word)
        return found
