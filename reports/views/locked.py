from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _

from plans.models import Plan
from reports.access import may_submit_on
from reports.models import ProgressReport
from units.models import User


def why_locked(user: User, report: ProgressReport) -> str:
    """What keeps the person from sending the report today, as they are told; empty where nothing does."""
    if report.period is None or may_submit_on(user, report, timezone.localdate()):
        return ""
    if report.plan.state != Plan.State.ACTIVE:
        return _("The plan is closed: units can send no more reports of it.")
    text = _("The period was locked on %(day)s. Ask the city Front for an exception to send after it.")
    return text % {"day": localize(report.period.locks_on)}
