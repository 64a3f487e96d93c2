"""A year of reports on the sample plan, told from the day of loading.

Their words and figures are made up and say so; who has no account here sent them on paper to the city.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from plans.models import Plan
from reports.models import Obligation, ProgressEntry
from reports.owed.calendar import PeriodDates
from reports.reading.content import Content, EntryContent, ProposalContent
from reports.sample import data, telling
from reports.sample.book import Book
from reports.sample.moments import at, open_quarter, owed
from reports.sample.telling import Fate, Told
from tasks.models import Assignment
from tasks.overview import task_numbers
from units.models import User

Status = ProgressEntry.Status


@dataclass
class Scene:
    """Who acts; `officers` by the key of the unit, `numbers` by that of the task."""

    book: Book
    plan: Plan
    staff: User
    officers: dict[int | None, User]
    numbers: dict[int, str]
    yesterday: date

    def officer_of(self, obligation: Obligation) -> User:
        return self.officers.get(obligation.unit_id, self.staff)


def make_reports(calendar: list[PeriodDates], today: date) -> None:
    plan = Plan.objects.get()
    staff = User.objects.get(username=data.STAFF)
    officers = {user.unit_id: user for user in User.objects.filter(role=User.Role.OFFICER)}
    scene = Scene(Book(), plan, staff, officers, task_numbers(plan), today - timedelta(days=1))
    present = len(calendar) - 1
    for quarter, dates in enumerate(calendar):
        period = open_quarter(plan, dates, today, staff)
        for place, obligation in enumerate(owed(period)):
            said = content(scene, obligation, quarter, place)
            key = obligation.unit.code, quarter
            if quarter < present:
                told = tell(scene, obligation, said, data.FATES.get(key, Fate.IN_TIME))
                if told and key in data.ANSWERS:
                    answer(scene, told, data.ANSWERS[key])
            elif obligation.unit.code in (data.WAITS, data.RETURNED):
                send_now(scene, obligation, said)
        log(scene, quarter, min(dates.figures_to, scene.yesterday))
        scene.book.write()


def content(scene: Scene, obligation: Obligation, quarter: int, place: int) -> Content:
    """`place` makes the units differ."""
    key = obligation.unit.code, quarter
    return Content(
        entries=[
            entry(scene, assignment, data.PATHS[(number + place) % len(data.PATHS)], quarter, place)
            for number, assignment in enumerate(assignments_of(scene.plan, obligation.unit.code))
        ],
        proposals=[ProposalContent(*data.PROPOSALS[key])] if key in data.PROPOSALS else [],
        overview=data.OVERVIEW,
        difficulties=data.DIFFICULTIES.get(key, ""),
        next_steps=data.NEXT_STEPS,
    )


def assignments_of(plan: Plan, code: str) -> list[Assignment]:
    """In the order of the plan."""
    assignments = Assignment.objects.of_plan(plan).filter(unit__code=code)
    return list(
        assignments.select_related("unit", "task__group__plan")
        .prefetch_related("task__indicators")
        .order_by("task__group__position", "task__position")
    )


def entry(
    scene: Scene, assignment: Assignment, path: tuple[int, ...], quarter: int, place: int
) -> EntryContent:
    """Amounts are those of the quarter: what was done before has none."""
    said = entry_at(scene, assignment, path[quarter])
    is_settled = quarter > 0 and path[quarter - 1] == 100
    if said.percent and not is_settled:
        said.values = {
            indicator.pk: Decimal(1 + place % 2 if indicator.target else 40 + 10 * place)
            for indicator in assignment.task.indicators.all()
        }
    return said


def entry_at(scene: Scene, assignment: Assignment, percent: int) -> EntryContent:
    status = {0: Status.NOT_STARTED, 100: Status.DONE}.get(percent, Status.IN_PROGRESS)
    result = next(text for least, text in data.RESULTS if percent >= least)
    task = assignment.task
    return EntryContent(assignment, scene.numbers[task.pk], task.title, status.value, percent, result)


def tell(scene: Scene, obligation: Obligation, said: Content, fate: Fate) -> Told | None:
    """The report of a past quarter, accepted in the end unless it never came."""
    period, officer, staff = obligation.period, scene.officer_of(obligation), scene.staff
    day = {
        Fate.IN_GRACE: period.last_day_in_time,
        Fate.LATE: period.last_day_in_time + timedelta(days=2),
        Fate.MENDED: period.due_on - timedelta(days=5),
    }.get(fate, period.due_on - timedelta(days=2))
    if fate == Fate.MISSING:
        return None
    report = telling.start(scene.book, obligation, officer, at(day, 8))
    if fate == Fate.MENDED:
        first = said.entries[0]
        report.submit(deepcopy(said), officer, at(day, 9))
        reasons = {first.assignment.pk: data.ENTRY_REASON}
        report.send_back(staff, at(day, 15), data.RETURN_REASON, reasons)
        first.result = data.MENDED
        day += timedelta(days=2)
    report.submit(said, officer, at(day, 9))
    report.accept(staff, at(day + timedelta(days=1), 9))
    if fate == Fate.REVISED:
        said.entries[0].result = data.REVISED
        day += timedelta(days=3)
        revision = report.revise(officer, at(day, 8))
        revision.submit(said, officer, at(day, 9))
        revision.accept(staff, at(day, 15))
    return report


def answer(scene: Scene, told: Told, text: str) -> None:
    assert told.report.period
    day = told.report.period.due_on + timedelta(days=7)
    telling.answer(scene.book, told.proposals[0], text, scene.staff, at(day, 14))


def send_now(scene: Scene, obligation: Obligation, said: Content) -> None:
    officer = scene.officer_of(obligation)
    report = telling.start(scene.book, obligation, officer, at(scene.yesterday, 8))
    report.submit(said, officer, at(scene.yesterday, 9))
    if obligation.unit.code == data.RETURNED:
        reasons = {said.entries[0].assignment.pk: data.ENTRY_REASON}
        report.send_back(scene.staff, at(scene.yesterday, 15), data.RETURN_REASON, reasons)


def log(scene: Scene, quarter: int, day: date) -> None:
    """The city reports to nobody here: staff log what it has done itself, and what a ward told them."""
    for code, place, when, percent, told_by in data.LOGS:
        if when == quarter:
            assignments = {each.task.position: each for each in assignments_of(scene.plan, code)}
            said = entry_at(scene, assignments[place], percent)
            telling.log(scene.book, said, scene.staff, at(day, 14), told_by, uuid4())
