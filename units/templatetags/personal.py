"""What of a page is the person's own, so that all else of it can be kept for everybody who may read it."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# In the context of a page that is to be kept.
LEFT_OPEN = "leaves_personal_open"
PLACE = re.compile(r"<!--personal ([\w/.-]+)-->")


@register.simple_tag(takes_context=True)
def personal(context: Any, name: str) -> SafeString:
    """The template, which needs nothing but the request."""
    if context.get(LEFT_OPEN):
        return mark_safe(f"<!--personal {name}-->")  # noqa: S308 - a name of ours
    return mark_safe(render_to_string(name, request=context.get("request")))  # noqa: S308 - made by a template


def filled(page: str, request: HttpRequest) -> str:
    """The page that was kept, for this person."""
    return PLACE.sub(lambda place: render_to_string(place[1], request=request), page)
