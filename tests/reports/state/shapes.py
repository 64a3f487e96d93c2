"""Rows of the state pages in the shape in which the oracle has them."""

from __future__ import annotations

from reports.state.indicators import Measured
from reports.state.work import Work
from tests.reports.state.oracle import Facts


def facts(work: Work) -> Facts:
    account, carrier = work.account, work.carrier
    said: tuple = (None,) * 5
    if account:
        said = (account.status, account.percent, account.reported_on, account.report, account.revision)
    return {
        "task": (work.task.pk, work.task.number, work.task.title),
        "group": (work.group.pk, work.group.title),
        "unit": (work.assignment.unit_id, work.assignment.unit.short_name),
        "carrier": (carrier.pk, carrier.short_name, carrier.kind),
        "role": work.assignment.role,
        "deadline": work.deadline,
        "progress": work.progress.value,
        "said": said,
        "done_on": account.done_on if account else None,
        "days_overdue": work.days_overdue,
        "due_soon": work.is_due_soon,
    }


def amounts(row: Measured) -> Facts:
    indicator = row.indicator
    return {
        "indicator": (row.task.pk, indicator.name, indicator.measure, indicator.sum),
        "total": row.total,
        "target": row.target,
        "periods": [(cell.period.pk, cell.amount, cell.total) for cell in row.cells if cell.period],
        "units": [(unit.pk, own.total, own.target) for unit, own in row.by_unit],
    }
