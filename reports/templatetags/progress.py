from typing import Any

from django import template

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
    """Where an assignment of `with_progress` stands, in colour, shape and word."""
    progress = Progress(assignment.progress)
    colour, shape = LOOKS[progress]
    return {"assignment": assignment, "label": progress.label, "colour": colour, "shape": shape}
