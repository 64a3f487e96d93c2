"""The figures of the state pages, in the shape in which the oracle has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from plans.models import Plan
from reports.state.counts import Counts, counts_by
from reports.state.indicators import Measured
from reports.state.measuring import measured
from reports.state.periods import periods_of
from reports.state.register import Register
from reports.state.remarks import Remark, remarks
from reports.state.reporting import Cell, reporting
from reports.state.work import Work, works, works_of_task, works_of_unit
from tasks.models import Task
from tests.reports.state.oracle import Facts, World
from units.models import Unit


@dataclass(frozen=True)
class Asked:
    """Of which plans, task and unit."""

    plans: list[int]
    task: int | None
    unit: int | None


def figures(asked: Asked, day: date) -> Facts:
    """What the product says of the day; nothing of a task that is no more."""
    found: Facts = {}
    plans = list(Plan.objects.filter(pk__in=asked.plans))
    register = Register.of_plans(plans, day)
    held = works(register)
    found["works"] = [facts(work) for work in held]
    found["ended"] = [(row.task_id, row.unit_id) for row in register.ended]
    found["counts"] = counts(held)
    for plan in plans:
        found[f"periods of {plan.pk}"] = periods(plan, day)
        found[f"reporting of {plan.pk}"] = reporting_of(plan, day)
        found[f"remarks of {plan.pk}"] = [told(remark) for remark in remarks(plan, day)]
    found["measures"] = [amounts(row) for row in measured(register)]
    for task in Task.objects.filter(pk=asked.task):
        found["works of the task"] = [facts(work) for work in works_of_task(task, day)]
    for unit in Unit.objects.filter(pk=asked.unit):
        found["works of the unit"] = [facts(work) for work in works_of_unit(unit, day)]
    return found


def expected(world: World, asked: Asked) -> Facts:
    """What the oracle says of it."""
    plans = sorted(asked.plans, reverse=True)
    found: Facts = {
        "works": [work for plan in plans for work in world.works_of_plan(plan)],
        "ended": [key for plan in plans for key in world.ended(plan)],
        "counts": world.counts(),
        "measures": [row for plan in plans for row in world.measures(plan)],
        "works of the task": world.works_of_task(asked.task),
        "works of the unit": world.works_of_unit(asked.unit),
    }
    for plan in plans:
        found[f"periods of {plan}"] = world.periods_of(plan)
        found[f"reporting of {plan}"] = world.reporting(plan)
        found[f"remarks of {plan}"] = world.remarks(plan)
    return found


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


def counts(held: list[Work]) -> dict[str, dict]:
    keys: dict[str, Callable[[Work], Any]] = {
        "plan": lambda work: work.group.plan_id,
        "group": lambda work: work.group.pk,
        "kind": lambda work: work.carrier.kind,
        "unit": lambda work: work.carrier.pk,
    }
    return {
        what: {each: by_class(counted) for each, counted in counts_by(held, key).items()}
        for what, key in keys.items()
    }


def by_class(counted: Counts) -> dict[str, int]:
    return {progress.value: number for progress, number in counted.classes.items() if number}


def periods(plan: Plan, day: date) -> Facts:
    known = periods_of(plan, day)
    named: dict[str, Any] = {
        name: row.pk if (row := getattr(known, name)) else None for name in ("current", "before", "coming")
    }
    return {"all": [(row.name, row.due_on, row.grace_days) for row in known.rows], **named}


def reporting_of(plan: Plan, day: date) -> Facts:
    found = reporting(plan, day)
    rows = [
        (row.unit.pk, row.carrier.pk, {period: outcome(cell) for period, cell in row.cells.items()})
        for row in found.rows
    ]
    counts = {
        period.pk: {kind.value: number for kind, number in found.outcomes_of(period).counts.items() if number}
        for period in found.periods
    }
    return {"rows": rows, "counts": {period: counted for period, counted in counts.items() if counted}}


def outcome(cell: Cell) -> tuple[str, int | None, date | None]:
    return cell.outcome.value, cell.report.pk if cell.report else None, cell.exception


def told(remark: Remark) -> Facts:
    reply = (remark.reply.value, remark.answer.text if remark.answer else "") if remark.reply else None
    return {
        "report": remark.report.pk,
        "unit": remark.unit.short_name,
        "period": remark.period.name,
        "sent_on": remark.day,
        "said": (remark.kind.value, remark.proposal.addressee if remark.proposal else "", remark.text),
        "holds": remark.is_current,
        "reply": reply,
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
