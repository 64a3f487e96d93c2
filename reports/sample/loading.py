"""From the sample's literals to rows."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from plans.importing.outline import Recipient as ReadRecipient
from plans.models import LegalBasis, Plan, TaskGroup
from reports.owed.calendar import PeriodDates
from reports.sample import data
from reports.sample.moments import at, quarters
from reports.sample.reporting import make_reports
from tasks.actions import create_plan
from tasks.drafting import PlanDraft, Row, TaskRow, recipient_row
from tasks.models import Assignment, Indicator, Task
from units.matching import UnitNames
from units.models import Letterhead, Unit, User
from units.records import acting_as

# Marks the first account in its history, which outlives whatever people change or delete afterwards.
MARK = "load_sample"


def is_loaded() -> bool:
    return User.history.filter(history_change_reason=MARK).exists()


def is_empty() -> bool:
    return not any(model.objects.exists() for model in (User, Unit, Plan))


def load(password: str) -> None:
    today = timezone.localdate()
    calendar = quarters(today, data.PAST_QUARTERS)
    began = at(calendar[0].figures_from + timedelta(days=14), 8)
    admin = administrator(password, MARK, began)
    with acting_as(admin, began):
        admin.save()
        units = make_units()
        make_letterheads(units)
        rows = [(username, role, said, units[code]) for username, role, said, code in data.ACCOUNTS]
        make_accounts(rows, password, began)
        make_plan(units, calendar, today)
    make_reports(calendar, today)


def count_rows() -> None:
    """The database plans its queries by what it counted last, which may be tables without rows."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def administrator(password: str, mark: str, joined: datetime) -> User:
    """Not stored yet: the first one of an empty database makes itself."""
    admin = User(**data.ADMIN, date_joined=joined)
    admin.set_password(password)
    admin._change_reason = mark  # type: ignore[attr-defined]
    return admin


def make_accounts(
    rows: Iterable[tuple[str, str, str, Unit]], password: str, joined: datetime
) -> dict[str, User]:
    """By username, from (username, role, who it is, unit); only the known accounts get the password."""
    return {
        username: User.objects.create_user(
            username,
            password if username in settings.SAMPLE_USERNAMES else None,
            role=role,
            full_name=f"Tài khoản mẫu: {said}",
            unit=unit,
            date_joined=joined,
        )
        for username, role, said, unit in rows
    }


def make_units() -> dict[str, Unit]:
    """All units by code."""
    rows = [
        data.CITY,
        *data.BODIES,
        *(member_row(name, code, aliases) for name, code, aliases in data.MEMBERS),
        *(ward_row(place, name, code) for place, name, code in data.WARDS),
    ]
    return {row["code"]: Unit.objects.create(**row) for row in rows}


def member_row(name: str, code: str, aliases: str) -> dict[str, Any]:
    full_name = f"{name} thành phố Sầm Sơn"
    aliases = f"{name} thành phố\n{aliases}"
    return {"kind": Unit.Kind.MEMBER, "code": code, "name": full_name, "short_name": name, "aliases": aliases}


def ward_row(place: str, name: str, code: str) -> dict[str, Any]:
    full_name = f"Ủy ban MTTQ Việt Nam {place} {name}"
    return {"kind": Unit.Kind.WARD, "code": code, "name": full_name, "short_name": f"{place} {name}"}


def make_letterheads(units: dict[str, Unit]) -> None:
    city = Letterhead.objects.create(unit=units[data.CITY["code"]], **data.CITY_LETTERHEAD)
    city.signers.create(**data.DEPUTY)
    for place, name, code in data.WARDS:
        ward = Letterhead.objects.create(
            unit=units[code],
            superior_name=data.WARD_SUPERIOR,
            issuer_name=f"ỦY BAN MTTQ VIỆT NAM\n{place.upper()} {name.upper()}\nBAN THƯỜNG TRỰC",
            symbol=data.SYMBOL,
            place=name,
            signing_authority=data.SIGNED_FOR,
            signer_position=data.CHAIR,
            sent_to=data.WARD_SENT_TO,
        )
        ward.signers.create(**data.DEPUTY)


def make_plan(units: dict[str, Unit], calendar: list[PeriodDates], today: date) -> None:
    names = UnitNames(units.values())
    draft = plan_draft(units[data.CITY["code"]], names)
    described = [task for group in data.GROUPS for task in group["tasks"]]
    for row, task in zip(draft.tasks, described, strict=True):
        row.instance.due_on = deadline(task, calendar, today)
        if row.instance.due_on:
            row.instance.text += f" {data.DEADLINE_SAID}"
    create_plan(draft)
    for row, task in zip(draft.tasks, described, strict=True):
        for role, named in task["units"].items():
            Assignment.objects.assign([row.instance], names.find(named), role)
        for position, indicator in enumerate(task.get("indicators", ())):
            Indicator.objects.create(task=row.instance, position=position, **indicator)


def plan_draft(issuing_unit: Unit, names: UnitNames) -> PlanDraft:
    bases = [LegalBasis(number=number, date=day, text=text) for number, day, text in data.LEGAL_BASES]
    groups = [
        TaskGroup(number=str(number), title=group["title"], kind=group["kind"])
        for number, group in enumerate(data.GROUPS, start=1)
    ]
    return PlanDraft(
        plan=Plan(issuing_unit=issuing_unit, **data.PLAN),
        bases=[Row(basis) for basis in bases],
        groups=[Row(group) for group in groups],
        tasks=[task_row(task, place) for place, group in enumerate(data.GROUPS) for task in group["tasks"]],
        recipients=[
            recipient_row(ReadRecipient(name, purpose, line), names)
            for line, (name, purpose) in enumerate(data.RECIPIENTS, start=1)
        ],
    )


def task_row(task: dict[str, Any], group: int) -> TaskRow:
    facts = {name: task[name] for name in ("title", "text", "ongoing") if name in task}
    return TaskRow(Task(**facts), group=group)


def deadline(task: dict[str, Any], calendar: list[PeriodDates], today: date) -> date | None:
    if "due_in_days" in task:
        return today + timedelta(days=task["due_in_days"])
    if "due_after_quarter" in task:
        quarter = calendar[task["due_after_quarter"] - 1]
        return quarter.figures_to + timedelta(days=data.DAYS_AFTER_QUARTER)
    return None
