"""What staff do to the plans and their units in a history; each act draws what it treats."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from tasks.models import Assignment, Task
from tests.reports.state.histories import KINDS, ROLES, Office
from units.models import Unit

# The plan and its units


def add_plan(office: Office) -> None:
    plan = office.add("plans", title=office.name("kế hoạch"))
    for position in range(office.random.randint(1, 3)):
        office.add("groups", plan=plan.pk, position=position, title=office.name("nhóm"))


def edit_plan(office: Office) -> None:
    if plan := office.one(office.world.plans):
        office.change("plans", plan, title=office.name("kế hoạch"))


def drop_plan(office: Office) -> None:
    """One in which there is nothing any more, with its groups; and never the last."""
    world = office.world
    plan = office.one(world.plans)
    if len(world.plans) > 1 and office.drop("plans", plan):
        for group in world.groups_of(plan):
            office.tell("groups", group, None)


def add_group(office: Office) -> None:
    plan = office.one(office.world.plans)
    position = office.random.randrange(3)
    office.add("groups", plan=plan, position=position, title=office.name("nhóm"))


def edit_group(office: Office) -> None:
    group = office.one(office.world.groups)
    if group and office.chance(0.5):
        office.change("groups", group, title=office.name("nhóm"))
    elif group:
        office.change("groups", group, position=office.random.randrange(3))


def drop_group(office: Office) -> None:
    if group := office.one(office.world.groups):
        office.drop("groups", group)


def add_task(office: Office) -> None:
    group = office.one(office.world.groups)
    if group is None:
        return
    due_on = office.deadline()
    position = office.random.randrange(4)
    office.add(
        "tasks",
        {"ongoing": due_on is None and office.chance(0.5)},
        group=group,
        position=position,
        title=office.name("việc"),
        due_on=due_on,
    )


def edit_task(office: Office) -> None:
    task = office.one(office.world.tasks)
    if task and office.chance(0.3):
        office.change("tasks", task, title=office.name("việc"))
    elif task:
        due_on = office.deadline()
        row = Task.objects.get(pk=task)
        row.due_on, row.ongoing = due_on, due_on is None
        row.save()
        office.tell("tasks", task, {"due_on": due_on})


def move_task(office: Office) -> None:
    """Also to another plan, as an administrator can."""
    task, group = office.one(office.world.tasks), office.one(office.world.groups)
    if task and office.chance(0.5):
        office.change("tasks", task, group=group, position=office.random.randrange(4))
    elif task:
        office.change("tasks", task, position=office.random.randrange(4))


def remove_task(office: Office) -> None:
    task = office.one(office.world.tasks)
    if task is None or not Task.objects.get(pk=task).remove():
        return
    world = office.world
    for key in world.assignments:
        if key[0] == task:
            office.tell("assignments", key, None)
    for indicator, facts in world.indicators.items():
        if facts["task"] == task:
            office.tell("indicators", indicator, None)
    office.tell("tasks", task, None)


def assign(office: Office) -> None:
    tasks, units = office.some(office.world.tasks), office.some(office.world.units)
    role, due_on = office.one(ROLES), office.one((None, None, office.day()))
    overwrite = office.chance(0.4)
    Assignment.objects.assign(
        Task.objects.filter(pk__in=tasks), Unit.objects.filter(pk__in=units), role, due_on, overwrite
    )
    there = office.world.assignments
    rows = {(row.task_id, row.unit_id): row.pk for row in Assignment.objects.filter(task__in=tasks)}
    for key in ((task, unit) for task in tasks for unit in units):
        if overwrite or key not in there or there[key]["ended_on"]:
            facts = {"row": rows[key], "role": role, "due_on": due_on, "ended_on": None}
            office.tell("assignments", key, facts)


def give_again(office: Office) -> None:
    """What was taken from a unit that had reported of it."""
    ended = [key for key, given in office.world.assignments.items() if given["ended_on"]]
    if key := office.one(ended):
        role = office.one(ROLES)
        tasks, units = Task.objects.filter(pk=key[0]), Unit.objects.filter(pk=key[1])
        Assignment.objects.assign(tasks, units, role)
        office.tell("assignments", key, {"role": role, "due_on": None, "ended_on": None})


def current(office: Office) -> list[tuple[int, int]]:
    return [key for key, given in office.world.assignments.items() if given["ended_on"] is None]


def edit_assignment(office: Office) -> None:
    if key := office.one(current(office)):
        facts = {"role": office.one(ROLES), "due_on": office.one((None, office.day()))}
        row = Assignment.objects.get(task=key[0], unit=key[1])
        row.role, row.due_on = facts["role"], facts["due_on"]
        row.save()
        office.tell("assignments", key, facts)


def take_away(office: Office) -> None:
    if key := office.one(current(office)):
        gone = Assignment.objects.get(task=key[0], unit=key[1]).remove()
        office.tell("assignments", key, None if gone else {"ended_on": office.now.date()})


def add_unit(office: Office) -> None:
    name = office.name("đơn vị")
    office.add("units", {"name": name, "code": f"u{uuid4().hex}"}, short_name=name, kind=office.one(KINDS))


def edit_unit(office: Office) -> None:
    unit = office.one(office.world.units)
    if unit and office.chance(0.6):
        office.change("units", unit, short_name=office.name("đơn vị"))
    elif unit:
        office.change("units", unit, kind=office.one(KINDS))


def succeed(office: Office) -> None:
    """Merged, split, in chains and in circles; mostly of units that have work, or that merge in turn."""
    units, successions = office.world.units, office.world.successions.values()
    working = {unit for _task, unit in office.world.assignments}
    merged = {each["successor"] for each in successions}
    predecessor = office.one(office.one((units, working, merged or working)))
    successor = office.one(office.one((units, working)))
    pairs = {(each["predecessor"], each["successor"]) for each in successions}
    if (
        None not in (predecessor, successor)
        and predecessor != successor
        and (predecessor, successor) not in pairs
    ):
        day = office.day()
        office.add("successions", predecessor=predecessor, successor=successor, effective_on=day)


def edit_succession(office: Office) -> None:
    succession = office.one(office.world.successions)
    if succession and office.chance(0.6):
        office.change("successions", succession, effective_on=office.day())
    elif succession:
        office.drop("successions", succession)


# Indicators


def add_indicator(office: Office) -> None:
    if task := office.one(office.world.tasks):
        office.add(
            "indicators",
            task=task,
            position=office.random.randrange(3),
            name=office.name("chỉ tiêu"),
            measure=office.one(("người", "cuộc")),
            target=office.one((None, amount(office), amount(office))),
            sum=office.one(("added", "last")),
        )


def edit_indicator(office: Office) -> None:
    if indicator := office.one(office.world.indicators):
        facts = office.one(
            (
                {"sum": office.one(("added", "last"))},
                {"target": amount(office)},
                {"name": office.name("chỉ tiêu")},
            )
        )
        office.change("indicators", indicator, **facts)


def drop_indicator(office: Office) -> None:
    if indicator := office.one(office.world.indicators):
        office.drop("indicators", indicator)


def amount(office: Office) -> Decimal:
    return Decimal(office.random.randint(0, 40)) / 4


def plan_of(office: Office, task: int) -> int:
    world = office.world
    return world.groups[world.tasks[task]["group"]]["plan"]
