"""What may happen in the office of a history, and how often. An act does nothing where there is nothing."""

from __future__ import annotations

from collections.abc import Callable

from tests.reports.state import plan_acts, report_acts
from tests.reports.state.histories import Office

WEIGHTS: dict[Callable[[Office], None], int] = {
    report_acts.report: 36,
    report_acts.log: 12,
    report_acts.answer: 6,
    plan_acts.assign: 8,
    plan_acts.edit_task: 8,
    plan_acts.take_away: 5,
    plan_acts.edit_assignment: 5,
    plan_acts.move_task: 5,
    plan_acts.add_task: 4,
    plan_acts.remove_task: 3,
    plan_acts.edit_group: 3,
    plan_acts.add_group: 1,
    plan_acts.drop_group: 2,
    plan_acts.give_again: 3,
    plan_acts.add_plan: 2,
    plan_acts.edit_plan: 2,
    plan_acts.drop_plan: 2,
    plan_acts.add_unit: 1,
    plan_acts.edit_unit: 4,
    plan_acts.succeed: 6,
    plan_acts.edit_succession: 2,
    plan_acts.add_indicator: 2,
    plan_acts.edit_indicator: 2,
    plan_acts.drop_indicator: 1,
    report_acts.open_period: 5,
    report_acts.edit_period: 4,
    report_acts.remove_period: 2,
    report_acts.extend: 2,
    report_acts.ask_units: 3,
}


BEGINNING: list[tuple[Callable[[Office], None], int]] = [
    (plan_acts.add_plan, 2),
    (plan_acts.add_unit, 4),
    (plan_acts.add_task, 4),
    (plan_acts.add_indicator, 3),
    (plan_acts.assign, 4),
    (report_acts.open_period, 2),
]


def begin_office(office: Office) -> None:
    """What there is on the first day: some work, and somebody who owes a report of it."""
    for act, times in BEGINNING:
        for _time in range(times):
            act(office)


def act(office: Office) -> None:
    (drawn,) = office.random.choices(list(WEIGHTS), WEIGHTS.values())
    drawn(office)
