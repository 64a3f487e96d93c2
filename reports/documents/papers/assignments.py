"""Who must do what of a plan, as its appendix (Phụ lục phân công nhiệm vụ)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from plans.models import TaskGroup
from reports.documents.choices import Choices, NothingToPrint
from reports.documents.content import Column, Paper, Row, Table, Value, shown
from reports.documents.papers.plan_names import as_of_day, named, reference_to, stem_of
from reports.documents.papers.summary.wording import cut
from reports.documents.papers.unit_names import KINDS, Crowds, all_of, standing_units
from reports.documents.texts import ascii_name, capitalized, tidy, tidy_lines, title_lines
from reports.state.register import Register
from tasks.models import Assignment, Task
from units.models import Unit

Role = Assignment.Role
# So many bold capitals of 14 pt stand on a line of a turned page.
TURNED_LINE = 76
COLUMNS = {
    Role.LEAD: Column("Chủ trì", 17),
    Role.SUPPORT: Column("Phối hợp", 20),
    Role.CARRY_OUT: Column("Thực hiện", 20),
}


def assignments_paper(choices: Choices) -> Paper:
    """The plan's tasks as they were given on the day; one group of them, or those in which units of one kind
    have a part. A unit is named as the one that answers for it then.

    Raises NothingToPrint where there is no such task. Ten queries or fewer.
    """
    choices = as_of_day(choices)
    plan, register = choices.plan, Register.of_plans([choices.plan], choices.day)
    tasks = _chosen(register, choices)
    if not tasks:
        raise NothingToPrint(_("There is no task to print with these choices."))
    told = Assigned(register, tasks, Crowds(standing_units(choices.day)))
    rows = tuple(told.rows(tasks))
    return Paper(
        kind="Phụ lục",
        title=title_lines(*_title(choices, tasks[0].group if choices.group else None), longest=TURNED_LINE),
        blocks=(Table("Phân công nhiệm vụ", told.columns, rows), *told.crowds.tables()),
        stem=ascii_name(f"Phụ lục phân công nhiệm vụ {stem_of(plan)}{_part(register, choices)}"),
        reference=reference_to(plan),
        landscape=True,
        sheets=(Table("Phân công nhiệm vụ", told.columns, rows), told.parts(tasks, choices.kind_of_unit)),
    )


def _part(register: Register, choices: Choices) -> str:
    """What the file's name says of a paper that tells of a part alone."""
    places = {group.pk: group.place for group in register.groups}  # type: ignore[attr-defined]
    group = f" nhóm {places[choices.group.pk]}" if choices.group else ""
    return f"{group} {KINDS[choices.kind_of_unit]}" if choices.kind_of_unit else group


def _title(choices: Choices, group: TaskGroup | None) -> tuple[str, ...]:
    if choices.title:
        return (tidy(choices.title),)
    whom = f" cho {all_of(choices.kind_of_unit)}" if choices.kind_of_unit else ""
    part = f" thuộc nhóm “{cut(tidy(group.title))}”" if group else ""
    return f"Phân công nhiệm vụ{part}{whom}", f"thực hiện {named(choices.plan)}"


def _chosen(register: Register, choices: Choices) -> list[Task]:
    of_kind = {
        row.task.pk
        for row in register.assignments
        if choices.kind_of_unit in ("", register.carrier(row.unit).kind)
    }
    return [
        task
        for task in register.tasks
        if (choices.group is None or task.group_id == choices.group.pk)
        and (not choices.kind_of_unit or task.pk in of_kind)
    ]


class Assigned:
    """The register's assignments told by task and role, in the columns that these tasks need."""

    def __init__(self, register: Register, tasks: list[Task], crowds: Crowds) -> None:
        self.register, self.crowds = register, crowds
        self.by_task: dict[int, list[Assignment]] = {task.pk: [] for task in register.tasks}
        for row in register.assignments:
            self.by_task[row.task.pk].append(row)
        given = {row.role for task in tasks for row in self.by_task[task.pk]}
        self.roles = [role for role in COLUMNS if role != Role.CARRY_OUT or role in given]

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            Column("STT", 7, "center"),
            Column("Nội dung nhiệm vụ", 32),
            *(COLUMNS[role] for role in self.roles),
            Column("Thời hạn", 17, "center"),
            Column("Sản phẩm", 16),
        )

    def rows(self, tasks: list[Task]) -> Iterator[Row]:
        group = None
        for task in tasks:
            if task.group != group:
                group = task.group
                yield Row((tidy(str(group)),), "group")
            units = [self.units(task, role) for role in self.roles]
            number: str = task.number  # type: ignore[attr-defined]
            yield Row((number, tidy(task.title), *units, self.due(task), tidy(task.product)))

    def units(self, task: Task, role: str) -> str:
        """Whom it was given to, else whom the plan's text names."""
        given = [row for row in self.by_task[task.pk] if row.role == role]
        if given:
            number: str = task.number  # type: ignore[attr-defined]
            return capitalized(self.named(given, f"{number} {COLUMNS[Role(role)].head.lower()}"))
        if role == Role.LEAD:
            return tidy(task.lead_named)
        return "; ".join(tidy_lines(task.support_named)) if role == Role.SUPPORT else ""

    def due(self, task: Task) -> Value:
        """The task's deadline, and those of units that have another one."""
        own: dict = {}
        for row in self.by_task[task.pk]:
            if row.due_on and row.due_on != task.due_on:
                own.setdefault(row.due_on, []).append(row)
        usual: Value = "Thường xuyên" if task.ongoing else task.due_on
        if not own:
            return usual
        number: str = task.number  # type: ignore[attr-defined]
        others = [f"{self.named(own[day], f'{number} hạn riêng')}: {shown(day)}" for day in sorted(own)]
        return "; ".join([*([shown(usual)] if usual else []), f"riêng {'; '.join(others)}"])

    def named(self, rows: Iterable[Assignment], what: str) -> str:
        return self.crowds.named((self.register.carrier(row.unit) for row in rows), what)

    def parts(self, tasks: list[Task], kind: str = "") -> Table:
        """A row of each task and unit, of one kind or of all, to be sorted and filtered."""
        columns = (
            Column("STT", 6, "center"),
            Column("Nội dung nhiệm vụ", 36),
            Column("Đơn vị", 26),
            Column("Loại đơn vị", 16),
            Column("Vai trò", 12),
            Column("Thời hạn", 14, "center"),
        )
        given = (row for task in tasks for row in self.by_task[task.pk])
        found = (row for row in given if kind in ("", self.register.carrier(row.unit).kind))
        return Table("Theo đơn vị", columns, tuple(map(self.part, found)))

    def part(self, row: Assignment) -> Row:
        unit: Unit = self.register.carrier(row.unit)
        number: str = row.task.number  # type: ignore[attr-defined]
        due = row.deadline or ("Thường xuyên" if row.task.ongoing else None)
        role = COLUMNS[Role(row.role)].head
        return Row((number, tidy(row.task.title), tidy(str(unit)), KINDS[unit.kind], role, due))
