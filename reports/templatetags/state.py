"""Parts of the pages that show where a plan stands."""

from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from reports.forms.state import DayForm
from reports.state.counts import Counts
from reports.state.dashboard import Change
from reports.templatetags.charts import bar, legend, progress_parts, short_parts

register = template.Library()


@register.simple_tag(takes_context=True)
def past_day(context: template.Context) -> date | None:
    """The day that is asked for, also on a page that shows today always; nothing where it is today."""
    form = context.get("form")
    if not isinstance(form, DayForm):
        form = DayForm(context["request"].GET)
    return form.day if form.is_past else None


@register.simple_tag(takes_context=True)
def state_url(context: template.Context, name: str, pk: int, **asked: Any) -> str:
    """The address of a page of the state, on the day of this page; empty filters are left out."""
    day = past_day(context)
    asked |= {"on": day.isoformat() if day else None}
    query = urlencode({key: value for key, value in asked.items() if value not in (None, "")})
    return f"{reverse(name, args=[pk])}{'?' if query else ''}{query}"


@register.simple_tag(takes_context=True)
def state_bar(
    context: template.Context, counts: Counts, change: Change | None = None, short: bool = False, **asked: Any
) -> SafeString:
    """The classes as a bar, and their numbers as links to the assignments that were counted."""
    plan = context["plan"].pk
    named = short_parts(counts) if short else progress_parts(counts)
    parts = [
        part._replace(
            address=state_url(context, "list-work", plan, standing=progress, **asked),
            change=change.classes[progress] if change else 0,
        )
        for part, progress in zip(named, counts.classes, strict=True)
    ]
    return bar(parts) + legend(parts)
