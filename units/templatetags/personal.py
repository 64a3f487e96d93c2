"""What of a page is the person's own, so that all else of it can be kept for everybody who may read it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django import template
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# In the context of a page that is to be kept.
LEFT_OPEN = "leaves_personal_open"
PLACE = re.compile(r"<!--personal (\w+)-->")


def key(request: HttpRequest) -> SafeString:
    return escape(request.user.pk)


def name(request: HttpRequest) -> SafeString:
    return escape(request.user)


def token(request: HttpRequest) -> SafeString:
    """As {% csrf_token %}."""
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


def messages(request: HttpRequest) -> SafeString:
    said = get_messages(request)
    return render_to_string("components/messages.html", {"messages": said}) if said else mark_safe("")


PARTS: dict[str, Callable[[HttpRequest], SafeString]] = {
    part.__name__: part for part in (key, name, token, messages)
}


@register.simple_tag(takes_context=True)
def personal(context: Any, part: str) -> SafeString:
    if context.get(LEFT_OPEN):
        return mark_safe(f"<!--personal {part}-->")  # noqa: S308 - a name of ours
    return PARTS[part](context["request"])


def filled(page: str, request: HttpRequest) -> str:
    """The page that was kept, for this person."""
    made = cache(lambda part: PARTS[part](request))
    return PLACE.sub(lambda place: made(place[1]), page)
