"""The generated sample: offices of any size with the reports of past quarters and of the present one.

Nothing in it is real. The same seed on the same day gives the same rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from plans.models import LegalBasis, Plan, Recipient, TaskGroup
from reports.owed.calendar import PeriodDates
from reports.sample import generating_words as words
from reports.sample.generating_reports import Office, tell_year
from reports.sample.generating_units import Houses, accounts, make_units
from reports.sample.generating_walks import make_walks
from reports.sample.loading import administrator, count_rows, make_accounts
from reports.sample.moments import at, quarters
from tasks.actions import create_plan
from tasks.drafting import PlanDraft, RecipientRow, Row, TaskRow
from tasks.models import Assignment, Indicator, Task
from units.models import Unit, User
from units.records import acting_as

# What the story needs at least, and for what its words and some minutes suffice; the units of one province.
LIMITS = {"provinces": (1, 40), "units": (10, 500), "tasks": (6, 120), "periods": (1, 12)}
MARK = "generate_sample"
# These wards have every task: each of them has a part in the story.
STORIED = 8

Role = Assignment.Role


@dataclass(frozen=True)
class Size:
    """`units` of all provinces together."""

    provinces: int
    units: int
    tasks: int
    periods: int

    def units_of(self, province: int) -> int:
        """The first ones have what is left over, one each."""
        return self.units // self.provinces + (province <= self.units % self.provinces)


def generate(size: Size, seed: int, password: str, today: date, progress: Callable[[int, int], None]) -> None:
    """`progress` is called with how much is done, and of how much."""
    calendar = quarters(today, size.periods)
    began = at(calendar[0].figures_from - timedelta(days=20), 8)
    admin = administrator(password, MARK, began)
    with acting_as(admin, began):
        admin.save()
    for province in range(1, size.provinces + 1):
        # The first one is what it would be alone.
        rng = Random(seed if province == 1 else f"{seed}/{province}")  # noqa: S311 - to be had again, no secret
        with acting_as(admin, began):
            houses = make_units(province, size.units_of(province), rng)
            people = make_accounts(accounts(houses), password, began)
        office = open_office(houses, people, size.tasks, calendar, today, rng)
        if province == 1:
            count_rows()
        for done, total in tell_year(office, calendar, today):
            progress((province - 1) * total + done, size.provinces * total)
    progress(1, 1)


def open_office(
    houses: Houses,
    people: dict[str, User],
    tasks: int,
    calendar: list[PeriodDates],
    today: date,
    rng: Random,
) -> Office:
    """With the plan, and the tasks given."""
    issued_on = calendar[0].figures_from - timedelta(days=20)
    staff = next(user for user in people.values() if user.role == User.Role.STAFF)
    rows = task_rows(tasks, calendar[0].figures_to, today, rng)
    with acting_as(staff, at(issued_on, 10)):
        plan = make_plan(houses, rows, issued_on)
    with acting_as(staff, at(issued_on + timedelta(days=2), 9)):
        assign([row.instance for row in rows], houses, rng)
    officers = {user.unit_id: user for user in people.values() if user.role == User.Role.OFFICER}
    return Office(plan, houses, staff, officers, make_walks(plan, rng), rng)


def make_plan(houses: Houses, tasks: list[TaskRow], issued_on: date) -> Plan:
    plan = Plan(
        number=f"{houses.province:02}/KH-MẪU",
        issued_on=issued_on,
        place=f"Thành phố {houses.place}",
        issuer=f"Ban Thường trực Ủy ban MTTQ thành phố {houses.place}",
        issuing_unit=houses.city,
        title="Kế hoạch mẫu do máy tạo: mọi tên, việc và số liệu đều không có thật",
    )
    groups = [
        TaskGroup(number=str(number), title=group["title"], kind=group["kind"])
        for number, group in enumerate(words.GROUPS, start=1)
    ]
    draft = PlanDraft(
        plan=plan,
        bases=[Row(LegalBasis(number="", text=words.sample("Căn cứ của kế hoạch này không có thật.")))],
        groups=[Row(group) for group in groups],
        tasks=tasks,
        recipients=[
            RecipientRow(Recipient(name="Các tổ chức thành viên"), units=houses.members),
            RecipientRow(Recipient(name="Ban Thường trực UBMTTQ các phường, xã"), units=houses.wards),
            RecipientRow(Recipient(name="Lưu MTTQ thành phố", purpose=Recipient.Purpose.ARCHIVE)),
        ],
    )
    create_plan(draft)
    make_indicators([row.instance for row in tasks])
    return plan


def task_rows(count: int, first_cut_off: date, today: date, rng: Random) -> list[TaskRow]:
    """Spread over the groups; the first ones have every sort of deadline among them."""
    rows: list[TaskRow] = []
    for place, group in enumerate(words.GROUPS):
        share = len(range(place, count, len(words.GROUPS)))
        for title in words.task_titles(group, share, rng):
            text = words.sample(f"{title}; mỗi đơn vị làm theo điều kiện của mình.")
            facts = deadline(len(rows), first_cut_off, today, rng)
            rows.append(TaskRow(Task(title=title, text=text, **facts), group=place))
    return rows


def deadline(place: int, first_cut_off: date, today: date, rng: Random) -> dict[str, Any]:
    match place % 6:
        case 0 | 2:
            return {"due_on": today - timedelta(days=rng.randint(5, (today - first_cut_off).days + 30))}
        case 1:
            return {"due_on": today + timedelta(days=rng.randint(1, 28))}
        case 3:
            return {"due_on": today + timedelta(days=rng.randint(40, 300))}
        case 4:
            return {"ongoing": True}
    return {}


def make_indicators(tasks: list[Task]) -> None:
    """On every other task one or two, of each sort in turn."""
    sorts = len(words.INDICATORS)
    for place, task in enumerate(tasks[::2]):
        for position in range(1 + place % 2):
            facts = words.INDICATORS[(place + position * 2) % sorts]
            Indicator.objects.create(task=task, position=position, **facts)


def assign(tasks: list[Task], houses: Houses, rng: Random) -> None:
    """The city leads, wards carry out most tasks, member organisations support some; few have a deadline
    of their own."""
    given: dict[tuple[Task, Role, date | None], list[Unit]] = defaultdict(list)
    Assignment.objects.assign(tasks, [houses.city], Role.LEAD)
    for units, role, share in ((houses.wards, Role.CARRY_OUT, 0.97), (houses.members, Role.SUPPORT, 0.5)):
        for place, unit in enumerate(units):
            has_all = role == Role.CARRY_OUT and place < STORIED
            own = [task for task in tasks if has_all or rng.random() < share] or [rng.choice(tasks)]
            for task in own:
                later = task.due_on and rng.random() < 0.04 and task.due_on + timedelta(days=30)
                given[task, role, later or None].append(unit)
    for (task, role, due_on), units in given.items():
        Assignment.objects.assign([task], units, role, due_on)
