"""What counts last of each assignment: what a new report starts from and is compared with."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from reports.models import ProgressEntry, ProgressReport
from tasks.models import Assignment


def last_accepted(assignments: Iterable[Assignment]) -> dict[int, ProgressEntry]:
    """The newest entry that counts by the key of its assignment, with values and report; two queries."""
    counted = ProgressEntry.objects.standing(ProgressReport.objects.accepted())
    known = counted.filter(assignment=OuterRef("pk")).newest_first()
    keys = Assignment.objects.filter(pk__in=[assignment.pk for assignment in assignments])
    newest = keys.annotate(newest=Subquery(known.values("pk")[:1])).order_by().values("newest")
    return {entry.assignment_id: entry for entry in with_report(newest)}


def last_accepted_of(assignment: Assignment) -> ProgressEntry | None:
    """The newest entry that counts, with values and report; two queries."""
    counted = ProgressEntry.objects.standing(ProgressReport.objects.accepted())
    said = counted.filter(assignment=assignment).newest_first()
    return said.select_related("report__period").prefetch_related("values").first()


def accepted_before(reports: Iterable[ProgressReport]) -> dict[int, ProgressEntry]:
    """By the key of each entry of reports that were submitted: the one that counted before it; three queries.

    A report that comes after those of later periods is still compared with the one before its own, and an
    accepted one always with what was accepted by then.
    """
    own = ProgressEntry.objects.filter(report__in=list(reports)).order_by()
    # One that is not accepted yet is compared with all that is.
    by_then = Coalesce(OuterRef(OuterRef("report__accepted_at")), F("accepted_at"))
    others = ProgressReport.objects.accepted().exclude(pk=OuterRef(OuterRef("report")))
    known = others.filter(
        accepted_at__lte=by_then, reported_on__lte=OuterRef(OuterRef("report__reported_on"))
    )
    counted = ProgressEntry.objects.standing(known).filter(assignment=OuterRef("assignment"))
    found = own.annotate(before=Subquery(counted.newest_first().values("pk")[:1]))
    pairs = dict(found.filter(before__isnull=False).values_list("pk", "before"))
    entries = {entry.pk: entry for entry in with_report(set(pairs.values()))}
    return {pk: entries[before] for pk, before in pairs.items()}


def with_report(keys: Iterable) -> QuerySet[ProgressEntry]:
    entries = ProgressEntry.objects.filter(pk__in=keys)
    return entries.select_related("report__period").prefetch_related("values")
