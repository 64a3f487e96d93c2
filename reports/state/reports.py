"""The reports of a unit as they stood on a day."""

from datetime import date

from plans.models import Plan
from reports.models import Period, ProgressReport
from reports.state.days import end_of
from units.models import Unit
from units.past import rows_as_of


def reports_of_unit(unit: Unit, day: date) -> list[ProgressReport]:
    """In the states of that day, the newest first, also those that were dropped since; four queries."""
    moment = end_of(day)
    reports = rows_as_of(ProgressReport, moment, unit_id=unit.pk)
    periods = rows_as_of(Period, moment, id__in={report.period_id for report in reports} - {None})
    by_key = {period.pk: period for period in periods}
    named = rows_as_of(Plan, moment, id__in={report.plan_id for report in reports})
    plans = {plan.pk: plan for plan in named}
    kept = set(ProgressReport.objects.filter(unit=unit).values_list("pk", flat=True))
    reports = [report for report in reports if report.plan_id in plans]
    for report in reports:
        report.plan, report.unit = plans[report.plan_id], unit
        report.period = by_key.get(report.period_id or 0)
        report.is_gone = report.pk not in kept
    return sorted(reports, key=lambda report: -report.pk)
