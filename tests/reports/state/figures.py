"""The figures of the state pages, in the shape in which the oracle has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from plans.models import Plan
from reports.state.counts import Counts, counts_by
from reports.state.dashboard import Change, dashboard
from reports.state.measuring import measured
from reports.state.periods import Periods
from reports.state.register import Register
from reports.state.remarks import Remark, remarks
from reports.state.reporting import Cell, Reporting
from reports.state.work import Work, works
from tests.reports.state import chronicle
from tests.reports.state import figures_of_one as of_one
from tests.reports.state.oracle import Facts, Log
from tests.reports.state.shapes import amounts, facts


@dataclass(frozen=True)
class Asked:
    """Of which plans and which one of them, and of one task, unit or assignment, which is known by its task,
    its unit and its own key. All of them may be gone by then."""

    plans: list[int]
    plan: int
    task: int | None = None
    unit: int | None = None
    assignment: tuple[int, int, int] | None = None


def figures(asked: Asked, day: date) -> Facts:
    """What the product says of the day."""
    plan, register = Plan(pk=asked.plan), Register.of_plans([Plan(pk=pk) for pk in asked.plans], day)
    held, state = works(register), dashboard(plan, day)
    return {
        "works": [facts(work) for work in held],
        "ended": [(row.task_id, row.unit_id) for row in register.ended],
        "counts": counts(held),
        "measures": [amounts(row) for row in measured(register)],
        "periods": periods(state.reporting.calendar),
        "reporting": reporting_of(state.reporting),
        "change": change(state.change),
        "remarks": [told(remark) for remark in remarks(plan, day)],
        **of_one.of_unit(asked.unit, day),
        **of_one.of_task(asked.task, day),
        **of_one.of_assignment(asked.assignment, day),
    }


def expected(log: Log, asked: Asked, day: date) -> Facts:
    """What the oracle says of it."""
    world, plans = log.told(day), sorted(asked.plans, reverse=True)
    return {
        "works": [work for plan in plans for work in world.works_of_plan(plan)],
        "ended": [key for plan in plans for key in world.ended(plan)],
        "counts": world.counts(),
        "measures": [row for plan in plans for row in world.measures(plan)],
        "periods": world.periods_of(asked.plan),
        "reporting": world.reporting(asked.plan),
        "change": chronicle.change(log, day, asked.plan),
        "remarks": world.remarks(asked.plan),
        **of_one.expected_of_unit(world, asked.unit),
        **of_one.expected_of_task(world, asked.task),
        **of_one.expected_of_assignment(world, asked.assignment),
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


def periods(known: Periods) -> Facts:
    named: dict[str, Any] = {
        name: row.pk if (row := getattr(known, name)) else None for name in ("current", "before", "coming")
    }
    return {"all": [(row.name, row.due_on, row.grace_days) for row in known.rows], **named}


def change(found: Change | None) -> tuple[int, date, dict[str, int]] | None:
    if found is None:
        return None
    return found.period.pk, found.since, {kind.value: more for kind, more in found.classes.items() if more}


def reporting_of(found: Reporting) -> Facts:
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
