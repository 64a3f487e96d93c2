"""From the sample's literals to rows."""

from typing import Any

from django.utils import timezone

from plans.importing.outline import Recipient as ReadRecipient
from plans.models import LegalBasis, Plan, TaskGroup
from reports.sample import data
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
    admin = User(**data.ADMIN)
    admin.set_password(password)
    admin._change_reason = MARK  # type: ignore[attr-defined]
    with acting_as(admin):
        admin.save()
        units = make_units()
        make_letterheads(units)
        for username, role, full_name, code in data.ACCOUNTS:
            User.objects.create_user(username, password, role=role, full_name=full_name, unit=units[code])
        make_plan(units)
    make_reports(timezone.localdate())


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
    Letterhead.objects.create(unit=units[data.CITY["code"]], **data.CITY_LETTERHEAD)
    for place, name, code in data.WARDS:
        Letterhead.objects.create(
            unit=units[code],
            superior_name=data.WARD_SUPERIOR,
            issuer_name=f"ỦY BAN MTTQ VIỆT NAM\n{place.upper()} {name.upper()}\nBAN THƯỜNG TRỰC",
            place=name,
            signing_authority=data.SIGNED_FOR,
        )


def make_plan(units: dict[str, Unit]) -> None:
    names = UnitNames(units.values())
    draft = plan_draft(units[data.CITY["code"]], names)
    create_plan(draft)
    described = [task for group in data.GROUPS for task in group["tasks"]]
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
    facts = {name: value for name, value in task.items() if name not in ("units", "indicators")}
    return TaskRow(Task(**facts), group=group)
