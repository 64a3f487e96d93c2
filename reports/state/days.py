"""Days in the time zone of the product."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def end_of(day: date) -> datetime:
    """The first instant after the day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
