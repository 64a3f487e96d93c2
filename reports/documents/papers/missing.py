"""The units that have not sent the report of a period (Danh sách đơn vị chưa báo cáo)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from reports.documents.choices import Choices, NothingToPrint
from reports.documents.content import Block, Column, Paper, Row, Table, Text, Value, closed, shown
from reports.documents.letterheads import frame_of_plan
from reports.documents.papers.plan_names import as_of_day, named, stem_of
from reports.documents.papers.unit_names import KINDS, now_called
from reports.documents.texts import ascii_name, capitalized, tidy, title_lines, written_date, written_period
from reports.models import Period
from reports.state.days import end_of
from reports.state.reporting import Cell, Outcome, Reporting, reporting
from units.models import User
from units.past import rows_as_of

COLUMNS = (
    Column("STT", 8, "center"),
    Column("Đơn vị", 27),
    Column("Hạn nộp", 16, "center"),
    Column("Quá hạn (ngày)", 11, "center"),
    Column("Liên hệ", 22),
)
EXCEPTION = Column("Gia hạn riêng đến", 16, "center")


def missing_paper(choices: Choices) -> Paper:
    """Of the period, or of the current one, as it stood when the day ended; of one kind of units or all.

    Raises NothingToPrint where there is no period. Twelve queries or fewer.
    """
    choices = as_of_day(choices)
    state = reporting(choices.plan, choices.day).narrowed(kind=choices.kind_of_unit or None)
    period = _period(state, choices)
    frame, name = frame_of_plan(choices, "DS"), written_period(period.name)
    who = KINDS.get(choices.kind_of_unit, "đơn vị")
    usual = (f"{capitalized(who)} chưa gửi báo cáo", f"kết quả thực hiện {named(choices.plan)} {name}")
    return Paper(
        kind="DANH SÁCH",
        title=title_lines(*((tidy(choices.title),) if choices.title else usual)),
        blocks=closed(_blocks(state, period, choices.day, who)),
        stem=ascii_name(f"Danh sách chưa báo cáo {name} {stem_of(choices.plan)} đến {choices.day:%d.%m.%Y}"),
        head=frame.head,
        signature=frame.signature,
        sent_to=frame.sent_to,
    )


def _period(state: Reporting, choices: Choices) -> Period:
    if choices.period is None:
        found = state.current
    else:
        found = next((period for period in state.periods if period.pk == choices.period.pk), None)
    if found is None:
        raise NothingToPrint(_("There was no such reporting period on this day."))
    return found


def _blocks(state: Reporting, period: Period, day: date, who: str) -> list[Block]:
    missing, asked = state.missing_of(period), state.outcomes_of(period).asked
    name, until = written_period(period.name), f"Đến hết {written_date(day)}"
    if not asked:
        return [Text(f"{until}, chưa có {who} nào được yêu cầu báo cáo {name}.")]
    if not missing:
        return [Text(f"{until}, tất cả {asked} {who} đã gửi báo cáo {name}.")]
    due = f"hạn nộp {shown(period.due_on)}"
    grace = f", được gửi chậm đến {shown(period.last_day_in_time)}" if period.grace_days else ""
    return [
        Text(f"{until}, còn {len(missing)}/{asked} {who} chưa gửi báo cáo {name} ({due}{grace}), gồm:"),
        _table(missing, _contacts(missing, day)),
    ]


def _table(missing: list[Cell], contacts: dict[int, str]) -> Table:
    """With a column of exceptions where a unit has one."""
    has_exceptions = any(cell.exception for cell in missing)
    *columns, contact = COLUMNS
    columns += [EXCEPTION] if has_exceptions else []
    rows = _rows(missing, contacts, with_exceptions=has_exceptions)
    return Table("Đơn vị chưa báo cáo", (*columns, contact), tuple(rows))


def _rows(missing: list[Cell], contacts: dict[int, str], *, with_exceptions: bool) -> list[Row]:
    """By kind of unit; the numbers go on."""
    rows: list[Row] = []
    number = 0
    for kind in KINDS:
        of_kind = [cell for cell in missing if cell.carrier.kind == kind]
        if of_kind:
            rows.append(Row((f"{capitalized(KINDS[kind])} ({len(of_kind)} đơn vị)",), "group"))
        for cell in of_kind:
            number += 1
            exception = [cell.exception] if with_exceptions else []
            rows.append(Row((number, *_facts(cell), *exception, contacts.get(cell.carrier.pk, ""))))
    return rows


def _facts(cell: Cell) -> tuple[Value, ...]:
    name = capitalized(now_called(cell.unit, cell.carrier))
    due = cell.period.due_on
    late = (cell.standing.on - due).days if cell.outcome == Outcome.MISSING else None
    return name, due, late


def _contacts(missing: Iterable[Cell], day: date) -> dict[int, str]:
    """Names and telephones of the officers of who answers, by the key of the unit."""
    units = {cell.carrier.pk for cell in missing}
    officers = rows_as_of(User, end_of(day), unit_id__in=units, role=User.Role.OFFICER, is_active=True)
    found: dict[int, list[str]] = {}
    for officer in sorted(officers, key=lambda officer: officer.pk):
        said = ", ".join(filter(None, (tidy(str(officer)), tidy(officer.phone))))
        found.setdefault(officer.unit_id or 0, []).append(said)
    return {unit: "; ".join(said) for unit, said in found.items()}
