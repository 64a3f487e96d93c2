from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.targets import Against
from reports.templatetags.charts import Part, bar

register = template.Library()


@register.simple_tag
def share_bar(row: Against) -> SafeString:
    """How much of the target is reached, as a bar with its percent; a dash where nothing is wanted."""
    if row.length is None:
        return format_html('<span class="soft">{}</span>', "–")
    parts = [
        Part("good" if row.is_reached else "info", _("reached"), row.length),
        Part("none", _("still wanted"), 100 - row.length),
    ]
    return format_html('<span class="share">{}<b>{}%</b></span>', bar(parts), row.share)
