from datetime import date

from django import template
from django.utils import timezone

register = template.Library()


@register.inclusion_tag("components/deadline.html")
def deadline(due_on: date | None, ongoing: bool = False, on: date | None = None) -> dict:
    """A deadline with the days left of the day (of today), or that there is none."""
    days = (due_on - (on or timezone.localdate())).days if due_on else None
    return {
        "due_on": due_on,
        "ongoing": ongoing,
        "days": days,
        "days_past": -days if days is not None else None,
    }
