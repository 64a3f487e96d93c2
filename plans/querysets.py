from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from units.folding import phrase, words
from units.searching import Searched, held_in

if TYPE_CHECKING:
    from plans.models import ImportDraft, Plan  # noqa: F401 - named in strings below


def current_assignments(**conditions: Any) -> models.Q:
    """Plans of which an assignment that has not ended fulfils all the conditions."""
    conditions["ended_on__isnull"] = True
    return models.Q(**{f"groups__tasks__assignments__{name}": value for name, value in conditions.items()})


class PlanQuerySet(Searched["Plan"]):
    def concerning(self, unit_id: int | None) -> PlanQuerySet:
        """Plans that give the unit work or name it among their recipients."""
        if unit_id is None:
            return self.none()
        given_work = self.filter(current_assignments(unit=unit_id))
        received = self.filter(recipients__units=unit_id)
        return self.filter(models.Q(pk__in=given_work.values("pk")) | models.Q(pk__in=received.values("pk")))

    def in_force(self) -> PlanQuerySet:
        return self.filter(state=self.model.State.ACTIVE)

    def with_task_count(self, unit_id: int | None) -> PlanQuerySet:
        """Each with `task_count`: of all its tasks, or of those that a unit has a part in."""
        own = models.Q() if unit_id is None else current_assignments(unit=unit_id)
        return self.annotate(task_count=models.Count("groups__tasks", filter=own, distinct=True))

    def with_progress(self) -> PlanQuerySet:
        """Each with `task_count`, `unassigned_count` and `unit_count`."""
        given = current_assignments(isnull=False)
        given_count = models.Count("groups__tasks", filter=given, distinct=True)
        return self.annotate(
            task_count=models.Count("groups__tasks", distinct=True),
            unassigned_count=models.F("task_count") - given_count,
            unit_count=models.Count("groups__tasks__assignments__unit", filter=given, distinct=True),
        ).order_by("-pk")

    def first_of(self, unit_id: int | None, most: int) -> PlanQuerySet:
        """So many, `with_progress`: what the unit or nobody known has issued, then that of others, the newest
        first."""
        issued = models.Q(issuing_unit=unit_id) | models.Q(issuing_unit__isnull=True)
        own = models.Case(models.When(issued, then=0), default=1)
        first = self.order_by(own, "-pk").values("pk")[:most]
        return self.filter(pk__in=first).with_progress().order_by(own, "-pk")

    def alike(self, number: str | None, title: str | None) -> PlanQuerySet:
        """Plans that may be the same document: the same number, or the title among their words."""
        same_number = models.Q(number__iexact=number) if number else models.Q(pk__in=[])
        titled = phrase([word.plain for word in words(title or "")])
        same_title = models.Q(folded__contains=titled) if titled.strip() else models.Q(pk__in=[])
        return self.filter(same_number | same_title)

    def holding(self, parts: list[str]) -> PlanQuerySet:
        """Also plans that rest on a document which holds all of it."""
        based = self.model.objects.filter(held_in("legal_bases__folded", parts))
        return self.filter(held_in("folded", parts) | models.Q(pk__in=based.values("pk")))


class ImportDraftQuerySet(models.QuerySet["ImportDraft"]):
    def waiting(self) -> ImportDraftQuerySet:
        return self.filter(plan__isnull=True, discarded=False).defer("outline", "typed")

    def put_aside(self) -> ImportDraftQuerySet:
        return self.filter(plan__isnull=True, discarded=True).defer("outline", "typed")
