"""A unit's report of a period as its own official document, as the unit signs it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from django.utils.translation import gettext_lazy as _

from reports.documents.choices import Choices, NothingToPrint
from reports.documents.content import (
    Block,
    Column,
    Heading,
    Listing,
    Paper,
    Percent,
    Row,
    Table,
    Text,
    closed,
    shown,
)
from reports.documents.letterheads import as_above, frame_of_unit, issuer_of, letterhead_at
from reports.documents.papers.plan_names import named, named_whole, stem_of
from reports.documents.papers.states import STATUSES
from reports.documents.papers.unit_account import Account, Item, account_of
from reports.documents.texts import (
    ascii_name,
    paragraphs,
    roman,
    sentence,
    tidy,
    title_lines,
    written_date,
    written_period,
)
from reports.models import ProgressEntry, ProgressReport
from reports.state.days import end_of
from units.models import Letterhead

Status = ProgressEntry.Status
NOTHING = "Không có."


def unit_report_paper(choices: Choices) -> Paper:
    """Of the chosen report, or of the newest that was accepted of the unit and period by the day.

    An accepted one prints the same for ever: all that it names is as of its acceptance. One that waits for
    review prints as well, as of the day, since the unit signs what it has sent; one that is being written
    says that it is a draft, so that nobody signs what may still change. Raises NothingToPrint where there is
    none, and for what staff logged, which is no paper of the unit.
    """
    report = choices.report or _accepted(choices)
    if report.is_log:
        raise NothingToPrint(_("What was logged is not a report of the unit: choose the report of a period."))
    moment = moment_of(report, choices)
    account = account_of(report, moment, choices.as_typed)
    frame = frame_of_unit(account.unit, choices, "BC", moment)
    period = written_period(account.period.name)
    usual = (f"Kết quả thực hiện {named(account.plan)}", period)
    title = title_lines(*((tidy(choices.title),) if choices.title else usual))
    return Paper(
        kind="BÁO CÁO",
        title=(*title, "(Dự thảo)") if report.is_writable else title,
        blocks=(*_opening(account, period), *_sections(account), *_closing(account)),
        stem=_stem(account, report, period),
        head=frame.head,
        signature=frame.signature,
        sent_to=as_above(frame.sent_to) if _is_sent_up(account) else frame.sent_to,
        sheets=(_summary(account, with_results=True), *_indicators(account), *_asked(account)),
    )


def moment_of(report: ProgressReport, choices: Choices) -> datetime:
    """Of what it names, its letterhead among them."""
    return report.accepted_at or end_of(choices.day)


def kept_letterhead(choices: Choices) -> Letterhead | None:
    """That of the report's own moment, which no later change reaches; None as long as there has been none."""
    report = choices.report or _accepted(choices)
    return letterhead_at(report.unit, moment_of(report, choices))


def _accepted(choices: Choices) -> ProgressReport:
    known = ProgressReport.objects.select_related("unit").accepted(before=end_of(choices.day))
    found = known.filter(unit=choices.unit, period=choices.period, period__isnull=False)
    report = found.order_by("-revision").first()
    if report is None:
        raise NothingToPrint(_("No report of this unit and period had been accepted by then."))
    return report


def _stem(account: Account, report: ProgressReport, period: str) -> str:
    revision = f" bản {report.revision}" if report.revision > 1 else ""
    return ascii_name(f"Báo cáo {tidy(str(account.unit))} {period} {stem_of(account.plan)}{revision}")


def _is_sent_up(account: Account) -> bool:
    """Annex I, II.9 wants "Kính gửi" of a report to a higher body; who issued the plan writes to none."""
    return account.plan.issuing_unit_id != account.unit.pk


def _opening(account: Account, period: str) -> Iterator[Block]:
    if _is_sent_up(account):
        addressee = tidy(issuer_of(account.plan)) or "…" * 10
        yield Text(f"Kính gửi: {addressee}", centered=True)
    until = f" (số liệu tính đến {written_date(account.reported_on)})" if account.reported_on else ""
    yield Text(
        f"Thực hiện {named_whole(account.plan)}, {tidy(account.unit.name)} báo cáo kết quả thực hiện"
        f" {period}{until} như sau:"
    )


def _sections(account: Account) -> Iterator[Block]:
    """Directions are told where there are any; that there is no difficulty and no wish is said."""
    said = account.content
    sections: list[tuple[str, list[Block]]] = [
        ("KẾT QUẢ THỰC HIỆN", list(_results(account))),
        ("KHÓ KHĂN, VƯỚNG MẮC VÀ NGUYÊN NHÂN", _words(said.difficulties) or [Text(NOTHING)]),
        ("PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI", _words(said.next_steps)),
        ("KIẾN NGHỊ, ĐỀ XUẤT", list(_proposals(account)) or [Text(NOTHING)]),
    ]
    for number, (name, blocks) in enumerate((part for part in sections if part[1]), 1):
        yield Heading(f"{roman(number)}. {name}")
        yield from blocks


def _words(text: str) -> list[Block]:
    return [Text(line) for line in paragraphs(text)]


def _results(account: Account) -> Iterator[Block]:
    yield from _words(account.content.overview)
    yield Text(_counted(account))
    group = None
    for item in account.items:
        if item.group != group and item.group:
            yield Heading(item.group, level=2)
        group = item.group
        yield Heading(f"{item.number}. {item.title}" if item.number else item.title, level=3)
        first, *more = paragraphs(item.said.result) or [""]
        yield Text(f"{_state(item)}. {first}".strip())
        yield from map(Text, more)
        if item.figures:
            yield Listing("Chỉ tiêu", tuple(_figure(row) for row in item.figures), numbered=False)
    if account.items:
        yield _summary(account)
        yield from _indicators(account)


def _counted(account: Account) -> str:
    if not account.items:
        return "Trong kỳ, đơn vị không có nhiệm vụ được giao."
    counts = Counter(item.said.status for item in account.items)
    told = ((counts[status], name.lower()) for status, name in STATUSES.items())
    parts = [f"{shown(number)} nhiệm vụ {name}" for number, name in told if number]
    return (
        f"Trong {len(account.items)} nhiệm vụ được giao: {', '.join(parts) or 'chưa báo cáo nhiệm vụ nào'}."
    )


def _state(item: Item) -> str:
    state = STATUSES.get(Status(item.said.status)) if item.said.status else "Chưa báo cáo"
    return f"{state} ({item.said.percent or 0}%)" if item.said.status == Status.IN_PROGRESS else f"{state}"


def _figure(row: Row) -> str:
    """ "Hội nghị: 2 cuộc trong kỳ, lũy kế 5/10 cuộc (đạt 50%)"."""
    name, measure, value, total, target, share = row.cells
    of = f" {measure}" if measure else ""
    words = (
        f"{name}: {shown(value)}{of} trong kỳ" if value is not None else f"{name}: chưa có số liệu trong kỳ"
    )
    if not target:
        return f"{words}, lũy kế {shown(total)}{of}" if total != value and total is not None else words
    return f"{words}, lũy kế {shown(total) or '0'}/{shown(target)}{of} (đạt {shown(share)})"


def _summary(account: Account, with_results: bool = False) -> Table:
    columns = [
        Column("STT", 8, "center"),
        Column("Nhiệm vụ", 48),
        Column("Thời hạn", 16, "center"),
        Column("Tình trạng", 18, "center"),
        Column("Tỷ lệ", 10, "right"),
    ]
    rows = []
    for item in account.items:
        cells = [item.number, item.title, item.due, _word(item), _percent(item)]
        rows.append(Row((*cells, "\n".join(paragraphs(item.said.result))) if with_results else tuple(cells)))
    if with_results:
        columns.append(Column("Kết quả thực hiện", 60))
    return Table("Nhiệm vụ", tuple(columns), tuple(rows), "Tổng hợp tình hình thực hiện nhiệm vụ")


def _word(item: Item) -> str:
    return STATUSES[Status(item.said.status)] if item.said.status else ""


def _percent(item: Item) -> Percent | None:
    return Percent(item.said.percent or 0) if item.said.status else None


def _indicators(account: Account) -> Iterator[Table]:
    """Without a row there is no table."""
    rows = [
        Row((f"{item.number} {row.cells[0]}".strip(), *row.cells[1:]))
        for item in account.items
        for row in item.figures
    ]
    if rows:
        columns = (
            Column("Chỉ tiêu", 40),
            Column("Đơn vị tính", 15, "center"),
            Column("Trong kỳ", 12, "right"),
            Column("Lũy kế", 12, "right"),
            Column("Chỉ tiêu giao", 12, "right"),
            Column("Đạt", 10, "right"),
        )
        yield Table("Chỉ tiêu", columns, tuple(rows), "Tổng hợp số liệu các chỉ tiêu")


def _proposals(account: Account) -> Iterator[Block]:
    """By whom they are for, each one named once."""
    asked: dict[str, list[str]] = {}
    for proposal in account.content.proposals:
        asked.setdefault(tidy(proposal.addressee), []).append(proposal.text)
    for number, (addressee, texts) in enumerate(asked.items(), 1):
        yield Heading(f"{number}. Đối với {addressee}" if addressee else f"{number}. Kiến nghị", level=2)
        yield from chain.from_iterable(map(_words, texts))


def _asked(account: Account) -> Iterator[Table]:
    rows = tuple(
        Row((place, tidy(said.addressee), "\n".join(paragraphs(said.text))))
        for place, said in enumerate(account.content.proposals, 1)
    )
    if rows:
        columns = (Column("STT", 8, "center"), Column("Kiến nghị với", 29), Column("Nội dung", 63))
        yield Table("Kiến nghị", columns, rows, "Kiến nghị, đề xuất")


def _closing(account: Account) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if account.evidence:
        blocks.append(Text("Tài liệu minh chứng kèm theo:"))
        blocks.append(Listing("Tài liệu minh chứng", account.evidence))
    blocks.append(Text(sentence(f"Trên đây là báo cáo của {tidy(account.unit.name)}")))
    return closed(blocks)
