from typing import Any

from django import template

from reports.models import ProgressEntry
from reports.progress import Progress

register = template.Library()

# Colour and shape of each class; its word stands beside them.
LOOKS = {
    Progress.DONE_IN_TIME: ("good", "✓"),
    Progress.DONE_LATE: ("late", "✓"),
    Progress.IN_PROGRESS: ("info", "→"),
    Progress.OVERDUE: ("bad", "!"),
    Progress.NOT_STARTED: ("none", "–"),
}


@register.inclusion_tag("reports/parts/progress_mark.html")
def progress_mark(assignment: Any) -> dict[str, Any]:
    """Where an assignment of `with_progress` stands, in colour, shape and word; in time is only what has a
    deadline."""
    progress = Progress(assignment.progress)
    colour, shape = LOOKS[progress]
    known = assignment.holds_until is not None or assignment.status is None
    label = progress.label if known else ProgressEntry.Status(assignment.status).label
    return {"assignment": assignment, "label": label, "colour": colour, "shape": shape}
