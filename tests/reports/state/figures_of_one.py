"""The figures of the pages of one unit, task or assignment, and what the oracle says of them.

Keys alone are asked for: what is there no more had its figures all the same. Without a key there are none.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from reports.models import ProgressReport
from reports.state.lineage import Lineage, lineage_of
from reports.state.measuring import measured
from reports.state.plans import PlanPart, parts_of_plans
from reports.state.register import Register
from reports.state.reports import reports_of_unit
from reports.state.timeline import Timeline, Told
from reports.state.work import work_of, works, works_of_unit
from tests.reports.state import chronicle
from tests.reports.state.oracle import Facts, World
from tests.reports.state.shapes import amounts, facts
from units.models import Succession, Unit

# Task, unit and the key of the row.
Given = tuple[int, int, int]
OF_UNIT = ("lineage", "works of the unit", "parts of the unit", "reports of the unit", "told of the unit")
OF_TASK = ("works of the task", "told of the task")
OF_ASSIGNMENT = ("assignment", "told of the assignment")


def of_unit(key: int | None, day: date) -> Facts:
    if key is None:
        return dict.fromkeys(OF_UNIT)
    unit = Unit(pk=key)
    lineage = lineage_of(unit, day)
    units = [unit, *lineage.predecessors]
    return {
        "lineage": line(lineage),
        "works of the unit": [facts(work) for work in works_of_unit(unit, day)],
        "parts of the unit": [part(each) for each in parts(units, day)],
        "reports of the unit": [begun(report) for report in reports_of_unit(unit, day)],
        "told of the unit": timeline(day, report__unit__in=[unit.pk for unit in units]),
    }


def expected_of_unit(world: World, unit: int | None) -> Facts:
    if unit is None:
        return dict.fromkeys(OF_UNIT)
    units = [unit, *chronicle.predecessors(world, unit)]
    return {
        "lineage": chronicle.lineage(world, unit),
        "works of the unit": world.works_of_unit(unit),
        "parts of the unit": chronicle.parts(world, unit),
        "reports of the unit": chronicle.reports(world, unit),
        "told of the unit": chronicle.timeline(world, units, list(world.tasks)),
    }


def of_task(key: int | None, day: date) -> Facts:
    if key is None:
        return dict.fromkeys(OF_TASK)
    held = works(Register.of_task(key, day))
    return {
        "works of the task": [facts(work) for work in held],
        "told of the task": timeline(day, assignment__task=key),
    }


def expected_of_task(world: World, task: int | None) -> Facts:
    if task is None:
        return dict.fromkeys(OF_TASK)
    return {
        "works of the task": world.works_of_task(task),
        "told of the task": chronicle.timeline(world, list(world.units), [task]),
    }


def of_assignment(asked: Given | None, day: date) -> Facts:
    if asked is None:
        return dict.fromkeys(OF_ASSIGNMENT)
    _task, _unit, key = asked
    register = Register.of_assignment(key, day)
    return {
        "assignment": facts(work_of(register)) if register.assignments or register.ended else None,
        "told of the assignment": timeline(day, assignment=key),
    }


def expected_of_assignment(world: World, asked: Given | None) -> Facts:
    if asked is None:
        return dict.fromkeys(OF_ASSIGNMENT)
    task, unit, _key = asked
    return {
        "assignment": chronicle.assignment(world, *asked),
        "told of the assignment": chronicle.timeline(world, [unit], [task]),
    }


# Shapes


def line(lineage: Lineage) -> Facts:
    unit = lineage.unit

    def step(each: Succession, other: Unit) -> tuple[date, int, str]:
        return each.effective_on, other.pk, other.short_name

    return {
        "unit": (unit.short_name, unit.kind) if unit else None,
        "goes on in": [step(each, each.successor) for each in lineage.successions],
        "goes on for": [step(each, each.predecessor) for each in lineage.precedences],
        "answers for": [each.pk for each in lineage.predecessors],
    }


def parts(units: list[Unit], day: date) -> list[PlanPart]:
    register = Register.of_units(units, day)
    return parts_of_plans(
        register,
        works(register, report__unit__in=units),
        measured(register, entry__report__unit__in=units),
    )


def part(found: PlanPart) -> Facts:
    return {
        "plan": (found.plan.pk, found.plan.title),
        "works": [facts(work) for work in found.works],
        "measures": [amounts(row) for row in found.measures],
    }


def begun(report: ProgressReport) -> tuple:
    period = report.period.name if report.period else None
    return report.pk, report.plan_id, period, report.revision, report.state


def timeline(day: date, **where: Any) -> list[tuple[int, Facts]]:
    """Of each report what it said, the latest word first."""
    entries = Timeline(ProgressReport.objects.all(), day, **where)[:]
    return [(key, of_report(list(told))) for key, told in groupby(entries, lambda told: told.report.pk)]


def of_report(told: list[Told]) -> Facts:
    report = told[0].report
    return {
        "unit": report.unit.short_name,
        "period": report.period.name if report.period else None,
        "reported_on": report.reported_on,
        "replaced_by": told[0].replaced_by,
        "said": {each.entry.assignment.task_id: said(each) for each in told},
    }


def said(told: Told) -> tuple[str, int, Facts]:
    values = {indicator.name: amount for indicator, amount in told.values}
    return told.entry.status, told.entry.percent, values
