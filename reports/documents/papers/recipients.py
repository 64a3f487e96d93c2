"""The distribution list of a plan (Nơi nhận) as a paper of its own."""

import re
from collections.abc import Iterator

from django.db.models import QuerySet

from plans.models import Plan, Recipient
from reports.documents.choices import Choices
from reports.documents.content import Block, Column, Heading, Listing, Paper, Row, Table, Text, closed
from reports.documents.letterheads import frame_of_plan, signature_of
from reports.documents.papers.plan_names import stem_of
from reports.documents.papers.unit_names import KINDS
from reports.documents.texts import GAP, ascii_name, tidy, title_lines, topic_of, written_date

MEANINGS = {
    Recipient.Purpose.REPORT: "để báo cáo",
    Recipient.Purpose.COORDINATE: "để phối hợp",
    Recipient.Purpose.CARRY_OUT: "để thực hiện",
}
ARCHIVED = re.compile(r"^lưu\b[\s:.]*", re.IGNORECASE)


def recipients_paper(choices: Choices) -> Paper:
    """The plan's distribution list; `expanded` adds the units that each line stands for.

    The list belongs to the plan but leaves the office on its own, so it names the plan's number and date
    in its title and leaves its own open: they come from the register on the day it is signed, and to
    print the plan's in their place would make it look like a second original of the plan.

    Reads the database in one query for the list, one for its units where expanded, and up to two for
    the letterhead where the plan came without it.
    """
    plan, expanded = choices.plan, choices.expanded
    recipients = list(_list_of(plan, expanded))
    sent_to = [recipient for recipient in recipients if not recipient.is_archive]
    return Paper(
        head=frame_of_plan(choices, "DS").head,
        kind="DANH SÁCH NƠI NHẬN",
        title=title_lines(*((tidy(choices.title),) if choices.title else _title(plan))),
        blocks=closed([*_list_blocks(sent_to), *(_expansions(sent_to) if expanded else ())]),
        signature=signature_of(plan, choices.signer),
        sent_to=_own_recipients(recipients),
        stem=ascii_name(f"{_kind_of_list(expanded)} {stem_of(plan)}"),
        sheets=_sheets(sent_to, expanded),
    )


def _kind_of_list(expanded: bool) -> str:
    return "Nơi nhận kèm đơn vị" if expanded else "Nơi nhận"


def _list_of(plan: Plan, expanded: bool) -> QuerySet[Recipient]:
    recipients = plan.recipients.all()
    return recipients.prefetch_related("units") if expanded else recipients


def _title(plan: Plan) -> tuple[str, str]:
    number = tidy(plan.number) or GAP * 16
    return f"Kế hoạch số {number} {written_date(plan.issued_on)}", f"về {topic_of(plan.title)}"


def _bare_name(recipient: Recipient) -> str:
    """The printed name without the dash, mark and full stop that its line gets anyway."""
    name = tidy(recipient.name).lstrip("-–+ ").rstrip(" ;.,")
    return re.sub(rf"\s*\((?:để )?{recipient.purpose}\)$", "", name)


def _line(recipient: Recipient) -> str:
    name = _bare_name(recipient)
    return f"{name} ({recipient.purpose})" if recipient.purpose else name


def _own_recipients(recipients: list[Recipient]) -> tuple[str, ...]:
    """The line "- Như trên;" and the archive's, which the decree makes the last; "VT" where none is named."""
    archives = [ARCHIVED.sub("", _bare_name(recipient)) for recipient in recipients if recipient.is_archive]
    places = ", ".join(dict.fromkeys(filter(None, archives)))
    archive = f"- Lưu: {places or 'VT'}."
    return (archive,) if len(archives) == len(recipients) else ("- Như trên;", archive)


def _note(sent_to: list[Recipient]) -> str:
    """What the marks in use mean: "(b/c): để báo cáo; (t/h): để thực hiện."; empty without marks."""
    used = {recipient.purpose for recipient in sent_to}
    meanings = [f"({purpose}): {meaning}" for purpose, meaning in MEANINGS.items() if purpose in used]
    return f"Ghi chú: {'; '.join(meanings)}." if meanings else ""


def _list_blocks(sent_to: list[Recipient]) -> list[Block]:
    if not sent_to:
        return [Text("Kế hoạch này chưa có nơi nhận.")]
    note = _note(sent_to)
    return [
        Text("Kế hoạch này được gửi đến các cơ quan, đơn vị sau:"),
        Listing("Nơi nhận", tuple(map(_line, sent_to))),
        *([Text(note, italic=True)] if note else []),
    ]


def _sheets(sent_to: list[Recipient], expanded: bool) -> tuple[Table, ...]:
    """What mail is addressed from: the lines, and each unit that they stand for in a row of its own."""
    lines = [(number, _bare_name(sent), sent) for number, sent in enumerate(sent_to, start=1)]
    columns = (Column("STT", 8, "center"), Column("Nơi nhận", 62), Column("Mục đích", 30))
    rows = tuple(Row((number, name, _meaning(sent))) for number, name, sent in lines)
    addressed = [
        Row((number, name, _meaning(sent), tidy(unit.name), KINDS[unit.kind]))
        for number, name, sent in lines
        for unit in (sent.units.all() if expanded else ())
    ]
    units = (
        Column("Mục", 8, "center"),
        Column("Nơi nhận", 32),
        Column("Mục đích", 18),
        Column("Đơn vị", 40),
        Column("Loại đơn vị", 20),
    )
    expansions = [Table("Đơn vị nhận", units, tuple(addressed))] if addressed else []
    return (Table("Nơi nhận", columns, rows), *expansions) if rows else ()


def _meaning(recipient: Recipient) -> str:
    return MEANINGS.get(Recipient.Purpose(recipient.purpose), "") if recipient.purpose else ""


def _expansions(sent_to: list[Recipient]) -> Iterator[Block]:
    """The units of each line by its number; a line that stands for one unit names it already."""
    for number, recipient in enumerate(sent_to, start=1):
        units = tuple(tidy(unit.name) for unit in recipient.units.all())
        if len(units) > 1:
            yield Heading(f"Mục {number}. {_bare_name(recipient)} gồm {len(units)} đơn vị:", level=2)
            yield Listing(f"Mục {number}", units)
