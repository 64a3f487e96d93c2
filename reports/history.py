from reports.models import Obligation, Period
from units.history import Timeline


def period_timeline(period: Period) -> Timeline:
    """Changes of the period and of who owes its report, with the exceptions that were made."""
    return Timeline(Period.history.filter(id=period.pk), Obligation.history.filter(period_id=period.pk))
