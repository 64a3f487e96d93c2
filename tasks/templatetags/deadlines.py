from datetime import date

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

# Days: what is due within them is marked.
SOON = 30


@register.simple_tag
def deadline(due_on: date | None, ongoing: bool = False, on: date | None = None) -> SafeString:
    """A deadline with the days left of the day (of today), or that there is none."""
    if due_on is None:
        look, words = ("mark", _("Ongoing")) if ongoing else ("soft", _("No deadline"))
        return format_html('<span class="{}">{}</span>', look, words)
    day = format_html('<span class="nowrap">{}</span>', date_format(due_on))
    days = (due_on - (on or timezone.localdate())).days
    if days > SOON:
        return day
    look = "mark" if days < 0 else "mark mark-warn"
    return format_html('{} <span class="{}">{}</span>', day, look, days_left(days))


def days_left(days: int) -> str:
    if days == 0:
        return _("Today")
    if days < 0:
        return ngettext("%(count)s day past", "%(count)s days past", -days) % {"count": -days}
    return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}
