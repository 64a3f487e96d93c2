"""From what was read in a document to rows that a person can correct before anything is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from plans.importing.outline import Outline
from plans.importing.outline import Recipient as ReadRecipient
from plans.models import LegalBasis, Plan, Recipient, TaskGroup
from tasks.models import Task
from units.matching import UnitNames
from units.models import Unit


@dataclass
class Row:
    """An unsaved instance and the source lines it was read from (numbers from 1)."""

    instance: Any
    first_line: int | None = None
    last_line: int | None = None

    def form_kwargs(self) -> dict[str, Any]:
        return {"instance": self.instance}


@dataclass
class TaskRow(Row):
    """`group` is the place of the task's group in the draft, from 0."""

    group: int = 0

    def form_kwargs(self) -> dict[str, Any]:
        return {"instance": self.instance, "initial": {"group": self.group}}


@dataclass
class RecipientRow(Row):
    units: list[Unit] = field(default_factory=list)

    def form_kwargs(self) -> dict[str, Any]:
        return {"instance": self.instance, "units": self.units}


@dataclass
class PlanDraft:
    """A whole plan without keys; `tasks.actions.create_plan` stores it."""

    plan: Plan
    bases: list[Row]
    groups: list[Row]
    tasks: list[TaskRow]
    recipients: list[RecipientRow]


def draft_of(outline: Outline, units: Iterable[Unit]) -> PlanDraft:
    """The outline as rows; `units` are those that recipients may stand for."""
    units = list(units)
    names = UnitNames(units)
    return PlanDraft(
        plan=plan_of(outline, units),
        bases=[
            Row(
                LegalBasis(number=basis.number or "", date=basis.date, text=basis.text),
                basis.line,
                basis.line,
            )
            for basis in outline.legal_bases
        ],
        groups=[
            Row(
                TaskGroup(number=group.number or "", title=group.title, kind=group.kind),
                group.line,
                group.line,
            )
            for group in outline.groups
        ],
        tasks=[row for place, group in enumerate(outline.groups) for row in task_rows(group.tasks, place)],
        recipients=[recipient_row(recipient, names) for recipient in outline.recipients],
    )


def plan_of(outline: Outline, units: list[Unit]) -> Plan:
    signer = outline.signer
    cities = [unit for unit in units if unit.kind == Unit.Kind.CITY]
    return Plan(
        number=outline.number or "",
        issued_on=outline.issued_on,
        place=outline.place or "",
        issuer=outline.issuer or "",
        # With one city Front the choice is no choice; with several the person makes it.
        issuing_unit=cities[0] if len(cities) == 1 else None,
        title=outline.title or "",
        term=outline.term or "",
        signing_authority=(signer and signer.authority) or "",
        signer_position=(signer and signer.position) or "",
        signer_name=(signer and signer.name) or "",
    )


def task_rows(tasks: Iterable[Any], group: int) -> list[TaskRow]:
    return [
        TaskRow(
            Task(
                title=task.title,
                text=task.text,
                lead_named=task.lead or "",
                support_named="\n".join(task.support),
                due_on=task.due_on,
                ongoing=task.ongoing,
                product=task.product or "",
            ),
            task.line,
            task.end_line,
            group,
        )
        for task in tasks
    ]


def recipient_row(recipient: ReadRecipient, names: UnitNames) -> RecipientRow:
    instance = Recipient(name=recipient.name, purpose=recipient.purpose or "")
    units = [] if instance.is_archive else names.find(recipient.name)
    return RecipientRow(instance, recipient.line, recipient.line, units)
