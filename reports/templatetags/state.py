"""Parts of the pages that show where a plan stands."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import urlencode

from reports.forms.state import DayForm

register = template.Library()


@register.simple_tag(takes_context=True)
def state_url(context: template.Context, name: str, pk: int, **asked: Any) -> str:
    """The address of a page of the state, on the day of this page; empty filters are left out."""
    form = context.get("form")
    day = {"on": form.day.isoformat()} if isinstance(form, DayForm) and form.is_past else {}
    query = urlencode({key: value for key, value in {**asked, **day}.items() if value not in (None, "")})
    return f"{reverse(name, args=[pk])}{'?' if query else ''}{query}"
