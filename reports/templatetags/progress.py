from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from reports.models import ProgressEntry
from reports.state.work import Progress, Work

register = template.Library()

# Colour and shape of each class; its word stands beside them.
LOOKS = {
    Progress.DONE_IN_TIME: ("good", "✓"),
    Progress.DONE_LATE: ("late", "✓"),
    Progress.IN_PROGRESS: ("info", "→"),
    Progress.OVERDUE: ("bad", "!"),
    Progress.NOT_STARTED: ("none", "–"),
}
# Where many stand side by side.
SHORT = {
    Progress.DONE_IN_TIME: pgettext_lazy("short", "done in time"),
    Progress.DONE_LATE: pgettext_lazy("short", "done late"),
    Progress.IN_PROGRESS: pgettext_lazy("short", "in progress"),
    Progress.OVERDUE: pgettext_lazy("short", "overdue"),
    Progress.NOT_STARTED: pgettext_lazy("short", "not started"),
}


@register.simple_tag
def progress_mark(work: Work) -> SafeString:
    """Where an assignment stands, in colour, shape and word; in time is only what has a deadline."""
    colour, shape = LOOKS[work.progress]
    label = work.progress.label
    if work.deadline is None and work.account is not None:
        label = ProgressEntry.Status(work.account.status).label
    begun = work.account is not None and work.account.status == ProgressEntry.Status.IN_PROGRESS
    percent = f" · {work.account.percent}%" if begun and work.account else ""
    mark = '<span class="mark mark-{}"><span aria-hidden="true">{}</span> {}{}</span>'
    return format_html(mark, colour, shape, label, percent)
