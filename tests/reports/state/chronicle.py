"""What an office should be told of one unit, of all that was reported, and of what changed since a day.

Functions of the oracle's world; slow and obvious like it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.reports.state.oracle import Facts, Log, World, days

# A unit


def lineage(world: World, unit: int) -> Facts:
    return {
        "unit": known(world, unit),
        "goes on in": successions(world, unit, "predecessor", "successor"),
        "goes on for": successions(world, unit, "successor", "predecessor"),
        "answers for": predecessors(world, unit),
    }


def known(world: World, unit: int) -> tuple[str, str] | None:
    facts = world.units.get(unit)
    return (facts["short_name"], facts["kind"]) if facts else None


def successions(world: World, unit: int, own: str, other: str) -> list[tuple]:
    """Also those that take effect on a later day."""
    rows = [(key, each) for key, each in world.successions.items() if each[own] == unit]
    rows.sort(key=lambda row: (row[1]["effective_on"], row[0]))
    return [
        (each["effective_on"], each[other], world.units[each[other]]["short_name"]) for _key, each in rows
    ]


def predecessors(world: World, unit: int) -> list[int]:
    found = [each for each in world.units if each != unit and world.heir(each) == unit]
    return sorted(found, key=lambda each: (world.units[each]["short_name"], each))


def reports(world: World, unit: int) -> list[tuple]:
    """All that were begun, the newest first."""
    return [
        (key, report["plan"], period_name(world, report), report["revision"], report["state"])
        for key, report in sorted(world.reports.items(), reverse=True)
        if report["unit"] == unit
    ]


def period_name(world: World, report: Facts) -> str | None:
    return None if report["period"] is None else world.periods[report["period"]]["name"]


def parts(world: World, unit: int) -> list[Facts]:
    """Of each plan what the unit does for itself and for those that it goes on for, the newest plan first."""
    narrow = of_units(world, [unit, *predecessors(world, unit)])
    found = []
    for plan in sorted(narrow.plans, reverse=True):
        held = [{**work, "task": unnumbered(work)} for work in narrow.works_of_plan(plan)]
        measures = [row for row in narrow.measures(plan) if concerns(narrow, row["indicator"][0])]
        if held or measures:
            found.append({"plan": (plan, narrow.plans[plan]["title"]), "works": held, "measures": measures})
    return found


def concerns(narrow: World, task: int) -> bool:
    """Whether they have the task, or ever counted something for it."""
    told = (report["said"].get(task) for report in narrow.standing().values())
    return bool(narrow.given(task)) or any(said and said[2] for said in told)


def unnumbered(work: Facts) -> tuple[int, str, str]:
    task, _number, title = work["task"]
    return task, "", title


def of_units(world: World, units: list[int]) -> World:
    """What there would be if only they had been given work, and had reported."""
    given = {key: facts for key, facts in world.assignments.items() if key[1] in units}
    said = {key: report for key, report in world.reports.items() if report["unit"] in units}
    return replace(world, assignments=given, reports=said)


# What was reported


def timeline(world: World, units: list[int], tasks: list[int]) -> list[tuple[int, Facts]]:
    """What accepted reports of the units said of the tasks, the latest word first."""
    accepted = [(key, report) for key, report in world.reports.items() if report["state"] == "accepted"]
    accepted.sort(key=lambda each: (each[1]["reported_on"], each[1]["accepted_at"]), reverse=True)
    found = []
    for key, report in accepted:
        later = [
            other["revision"]
            for _key, other in accepted
            if report["period"] is not None
            and (other["unit"], other["period"]) == (report["unit"], report["period"])
            and other["revision"] > report["revision"]
        ]
        said = {
            task: (status, percent, amounts(world, values))
            for task, (status, percent, values) in report["said"].items()
            if task in tasks
        }
        if said and report["unit"] in units:
            facts = {
                "unit": world.units[report["unit"]]["short_name"],
                "period": period_name(world, report),
                "reported_on": report["reported_on"],
                "replaced_by": max(later, default=None),
                "said": said,
            }
            found.append((key, facts))
    return found


def amounts(world: World, values: dict[int, Any]) -> Facts:
    """By the names of the indicators."""
    return {world.indicators[key]["name"]: value for key, value in values.items()}


def assignment(world: World, task: int, unit: int, row: int) -> Facts | None:
    """With its number, also of one that has ended; none before it was given, or where it was given anew."""
    given = world.assignments.get((task, unit))
    if given is None or given["row"] != row:
        return None
    plan = world.groups[world.tasks[task]["group"]]["plan"]
    return world.work(task, unit, dict(world.tasks_of_plan(plan))[task])


# What changed


def change(log: Log, day: date, plan: int) -> tuple[int, date, dict[str, int]] | None:
    """Which period is compared with, at the end of which day, and how many more there are of each class."""
    world = log.told(day)
    if (period := world.periods_of(plan)["before"]) is None:
        return None
    facts = world.periods[period]
    since = facts["due_on"] + days(facts["grace_days"])
    now, then = (each.counts()["plan"].get(plan, {}) for each in (world, log.told(since)))
    classes = {name: now.get(name, 0) - then.get(name, 0) for name in {**now, **then}}
    return period, since, {name: more for name, more in classes.items() if more}
