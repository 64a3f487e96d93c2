"""The generated sample: an office of any size with the reports of past quarters and of the present one.

Nothing in it is real. The same seed on the same day gives the same rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from django.utils.text import slugify

from plans.models import LegalBasis, Plan, Recipient, TaskGroup
from reports.sample import generating_words as words
from reports.sample.generating_reports import Office, tell_year
from reports.sample.generating_walks import PACES, Walk
from reports.sample.loading import administrator, make_accounts
from reports.sample.moments import at, quarters
from tasks.actions import create_plan
from tasks.drafting import PlanDraft, RecipientRow, Row, TaskRow
from tasks.models import Assignment, Indicator, Task
from tasks.overview import task_numbers
from units.folding import fold
from units.models import Letterhead, Unit, User
from units.records import acting_as

# What the story needs at least, and for what its words and some minutes suffice.
LIMITS = {"units": (10, 500), "tasks": (6, 120), "periods": (1, 12)}
MARK = "generate_sample"
# These wards have every task: each of them has a part in the story.
STORIED = 8

Role = Assignment.Role


@dataclass(frozen=True)
class Size:
    units: int
    tasks: int
    periods: int


def generate(size: Size, seed: int, password: str, today: date, progress: Callable[[int, int], None]) -> None:
    """`progress` is called with how much is done, and of how much."""
    rng = Random(seed)  # noqa: S311 - rows that can be had again, no secret
    calendar = quarters(today, size.periods)
    issued_on = calendar[0].figures_from - timedelta(days=20)
    admin = administrator(password, MARK, at(issued_on, 8))
    with acting_as(admin, at(issued_on, 8)):
        admin.save()
        city, wards, members = make_units(size.units, rng)
        people = make_accounts(accounts(city, wards, members), password, at(issued_on, 8))
    staff = people["canbo"]
    with acting_as(staff, at(issued_on, 10)):
        plan, tasks = make_plan(size.tasks, city, wards, members, issued_on, today, rng)
    with acting_as(staff, at(issued_on + timedelta(days=2), 9)):
        assign(tasks, city, wards, members, rng)
    officers = {user.unit_id: user for user in people.values() if user.role == User.Role.OFFICER}
    walks = make_walks(plan, rng)
    tell_year(Office(plan, city, wards, members, staff, officers, walks, rng), calendar, today, progress)


def make_units(count: int, rng: Random) -> tuple[Unit, list[Unit], list[Unit]]:
    """The city, its wards, and of all units but the city a fifth member organisations."""
    city = Unit.objects.create(
        kind=Unit.Kind.CITY,
        code="mttq-mau",
        name="Ủy ban MTTQ Việt Nam thành phố Mẫu",
        short_name="MTTQ thành phố Mẫu",
    )
    Letterhead.objects.create(
        unit=city,
        superior_name="ỦY BAN MTTQ VIỆT NAM TỈNH MẪU",
        issuer_name="ỦY BAN MTTQ VIỆT NAM\nTHÀNH PHỐ MẪU\nBAN THƯỜNG TRỰC",
        place="Thành phố Mẫu",
        signing_authority="TM. BAN THƯỜNG TRỰC",
    )
    members = count // 5
    wards = [
        make_unit(Unit.Kind.WARD, name, f"Ủy ban MTTQ Việt Nam {name}")
        for name in words.ward_names(count - members, rng)
    ]
    return (
        city,
        wards,
        [
            make_unit(Unit.Kind.MEMBER, name, f"{name} thành phố Mẫu")
            for name in words.member_names(members, rng)
        ],
    )


def make_unit(kind: str, short_name: str, name: str) -> Unit:
    code = slugify(fold(short_name))[:40]
    return Unit.objects.create(kind=kind, code=code, name=name, short_name=short_name)


def accounts(city: Unit, wards: list[Unit], members: list[Unit]) -> list[tuple[str, str, str, Unit]]:
    """The sample's own, and officers of all other units, who have no password."""
    known = dict(enumerate(("truongson", "bacson")))
    officers = [
        (known.get(place, f"canbo-{unit.code}"), User.Role.OFFICER, f"cán bộ {unit.short_name}", unit)
        for place, unit in enumerate([*wards, *members])
    ]
    return [
        ("canbo", User.Role.STAFF, "cán bộ thành phố", city),
        ("lanhdao", User.Role.LEADER, "lãnh đạo", city),
        *officers,
    ]


def make_plan(
    count: int,
    city: Unit,
    wards: list[Unit],
    members: list[Unit],
    issued_on: date,
    today: date,
    rng: Random,
) -> tuple[Plan, list[Task]]:
    plan = Plan(
        number="01/KH-MẪU",
        issued_on=issued_on,
        place="Thành phố Mẫu",
        issuer="Ban Thường trực Ủy ban MTTQ thành phố Mẫu",
        issuing_unit=city,
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
        tasks=task_rows(count, issued_on, today, rng),
        recipients=[
            RecipientRow(Recipient(name="Các tổ chức thành viên"), units=members),
            RecipientRow(Recipient(name="Ban Thường trực UBMTTQ các phường, xã"), units=wards),
            RecipientRow(Recipient(name="Lưu MTTQ thành phố", purpose=Recipient.Purpose.ARCHIVE)),
        ],
    )
    create_plan(draft)
    tasks = [row.instance for row in draft.tasks]
    make_indicators(tasks)
    return plan, tasks


def task_rows(count: int, issued_on: date, today: date, rng: Random) -> list[TaskRow]:
    """Spread over the groups; the first ones have every sort of deadline among them."""
    rows: list[TaskRow] = []
    for place, group in enumerate(words.GROUPS):
        share = len(range(place, count, len(words.GROUPS)))
        for title in words.task_titles(group, share, rng):
            text = words.sample(f"{title}; mỗi đơn vị làm theo điều kiện của mình.")
            facts = deadline(len(rows), issued_on, today, rng)
            rows.append(TaskRow(Task(title=title, text=text, **facts), group=place))
    return rows


def deadline(place: int, issued_on: date, today: date, rng: Random) -> dict[str, Any]:
    lasted = (today - issued_on).days
    match place % 6:
        case 0 | 2:
            return {"due_on": today - timedelta(days=rng.randint(10, lasted - 30))}
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


def assign(tasks: list[Task], city: Unit, wards: list[Unit], members: list[Unit], rng: Random) -> None:
    """The city leads, wards carry out most tasks, member organisations support some; few have a deadline
    of their own."""
    given: dict[tuple[Task, Role, date | None], list[Unit]] = defaultdict(list)
    for units, role, share in ((wards, Role.CARRY_OUT, 0.97), (members, Role.SUPPORT, 0.5)):
        for place, unit in enumerate(units):
            has_all = role == Role.CARRY_OUT and place < STORIED
            own = [task for task in tasks if has_all or rng.random() < share] or [rng.choice(tasks)]
            for task in own:
                later = task.due_on and rng.random() < 0.04 and task.due_on + timedelta(days=30)
                given[task, role, later or None].append(unit)
    Assignment.objects.assign(tasks, [city], Role.LEAD)
    for (task, role, due_on), units in given.items():
        Assignment.objects.assign([task], units, role, due_on)


def make_walks(plan: Plan, rng: Random) -> dict[int, list[Walk]]:
    """By the key of the unit, in the order of the plan; some units are quicker than others."""
    numbers = task_numbers(plan)
    assignments = Assignment.objects.of_plan(plan).select_related("unit", "task__group__plan")
    walks: dict[int, list[Walk]] = defaultdict(list)
    weights: dict[int, tuple[int, ...]] = {}
    for each in assignments.prefetch_related("task__indicators").order_by(
        "task__group__position", "task__position", "unit"
    ):
        weight = weights.setdefault(each.unit_id, rng.choice(((1, 4, 3, 1), (3, 4, 2, 0), (0, 2, 4, 2))))
        walks[each.unit_id].append(Walk(each, numbers[each.task_id], rng.choices(PACES, weight)[0]))
    return walks
