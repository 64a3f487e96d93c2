"""The distribution list of a plan (Nơi nhận) as a paper of its own."""

import re
from dataclasses import dataclass
from typing import ClassVar

from django.db.models import QuerySet

from plans.models import Plan, Recipient
from reports.documents.content import Paper
from reports.documents.letterheads import head_of, signature_of
from reports.documents.texts import GAP, ascii_name, tidy, written_date

MEANINGS = {
    Recipient.Purpose.REPORT: "để báo cáo",
    Recipient.Purpose.COORDINATE: "để phối hợp",
    Recipient.Purpose.CARRY_OUT: "để thực hiện",
}
ARCHIVED = re.compile(r"^lưu\b[\s:.]*", re.IGNORECASE)


@dataclass(frozen=True)
class Expansion:
    """The units that one line of the list stands for; `number` is the line's own, from 1."""

    number: int
    name: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class RecipientsPaper(Paper):
    """`lines` are "Tên nơi nhận (b/c)", without stops and without the archive's; `note` says what the
    marks mean; `expansions` is empty where nothing is to be expanded.
    """

    template: ClassVar[str] = "documents/recipients.html"

    lines: tuple[str, ...]
    note: str
    expansions: tuple[Expansion, ...]


def recipients_paper(plan: Plan, *, expanded: bool = False) -> RecipientsPaper:
    """The plan's distribution list; `expanded` adds the units that each line stands for.

    The list belongs to the plan but leaves the office on its own, so it names the plan's number and date
    in its title and leaves its own open: they come from the register on the day it is signed, and to
    print the plan's in their place would make it look like a second original of the plan.

    Reads the database in one query for the list, one for its units where expanded, and up to two for
    the letterhead where the plan came without it.
    """
    recipients = list(_list_of(plan, expanded))
    sent_to = [recipient for recipient in recipients if not recipient.is_archive]
    return RecipientsPaper(
        head=head_of(plan),
        kind="DANH SÁCH NƠI NHẬN",
        title=_title(plan),
        signature=signature_of(plan),
        sent_to=_own_recipients(recipients),
        stem=ascii_name(f"{_kind_of_list(expanded)} {plan.number or f'kế hoạch {plan.pk}'}"),
        lines=tuple(map(_line, sent_to)),
        note=_note(sent_to),
        expansions=_expansions(sent_to) if expanded else (),
    )


def _kind_of_list(expanded: bool) -> str:
    return "Nơi nhận kèm đơn vị" if expanded else "Nơi nhận"


def _list_of(plan: Plan, expanded: bool) -> QuerySet[Recipient]:
    recipients = plan.recipients.all()
    return recipients.prefetch_related("units") if expanded else recipients


def _title(plan: Plan) -> tuple[str, str]:
    number = tidy(plan.number) or GAP * 16
    return f"Kế hoạch số {number} {written_date(plan.issued_on)}", f"về {_topic(tidy(plan.title))}"


def _topic(title: str) -> str:
    """The plan's title as it goes on after "về": a small first letter unless it starts a name."""
    topic = re.sub(r"^(?:về việc|về|v/v)\s+", "", title, flags=re.IGNORECASE).rstrip(" ;.,/")
    first, _, rest = topic.partition(" ")
    starts_a_name = first[1:] != first[1:].lower() or rest[:1].isupper()
    return topic if starts_a_name else topic[:1].lower() + topic[1:]


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


def _expansions(sent_to: list[Recipient]) -> tuple[Expansion, ...]:
    expansions = (
        Expansion(number, _bare_name(recipient), tuple(tidy(unit.name) for unit in recipient.units.all()))
        for number, recipient in enumerate(sent_to, start=1)
    )
    # A line that stands for one unit names it already.
    return tuple(expansion for expansion in expansions if len(expansion.units) > 1)
