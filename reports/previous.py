"""What was accepted last of each assignment: what a new report starts from and is compared with."""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from reports.models import ProgressEntry, ProgressReport
from tasks.models import Assignment


def last_accepted(
    assignments: Iterable[Assignment], before: ProgressReport | None = None
) -> dict[int, ProgressEntry]:
    """The newest accepted entry by the key of its assignment, with values and report; three queries.

    `before` leaves out that report and whatever was accepted after it.
    """
    known = ProgressEntry.objects.accepted().filter(assignment=OuterRef("pk"))
    if before is not None:
        known = known.exclude(report=before.pk)
    if before is not None and before.accepted_at:
        known = known.filter(report__accepted_at__lt=before.accepted_at)
    newest = Subquery(known.newest_first().values("pk")[:1])
    keys = Assignment.objects.filter(pk__in=[assignment.pk for assignment in assignments])
    entries = ProgressEntry.objects.filter(pk__in=keys.annotate(newest=newest).order_by().values("newest"))
    entries = entries.select_related("report__period").prefetch_related("values")
    return {entry.assignment_id: entry for entry in entries}
