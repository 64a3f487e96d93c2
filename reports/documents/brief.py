"""What leadership reads of a plan on one page: how far, what is late, what comes, what is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from reports.documents.choices import Choices
from reports.documents.content import (
    Bar,
    Block,
    Chart,
    Column,
    Paper,
    Percent,
    Row,
    Table,
    Text,
    closed,
    shown,
)
from reports.documents.letterheads import frame_of_plan
from reports.documents.sizes import fits_one_page
from reports.documents.summary.overview import CLASS_HEADS, development, done, numbers, scale
from reports.documents.summary.paper import scope_of, stem, title_of, told_of
from reports.documents.summary.proposals import REPLIES, Asked, by_addressee
from reports.documents.summary.shortcomings import deadline_of
from reports.documents.summary.wording import cut, names_of, several, voices, written_day
from reports.documents.texts import sentence, tidy, written_period
from reports.state.counts import Counts
from reports.state.dashboard import Line, Part, lines
from reports.state.summary import Summary
from reports.state.work import SOON, Progress

MOST_GROUPS = 5
LONGEST_TITLE = 140
LONGEST_NAME = 60


def brief_paper(choices: Choices) -> Paper:
    """At most one page of A4: of each only so much as fits. Asks as `summary_paper` does."""
    told = told_of(choices)
    frame = frame_of_plan(replace(choices, plan=told.plan), "BC")
    title = tuple(cut(line, LONGEST_TITLE) for line in title_of(choices, told, "Tóm tắt kết quả"))

    def paper(most: int, groups: int) -> Paper:
        return Paper(
            kind="BÁO CÁO",
            title=title,
            blocks=closed(list(blocks(told, most, groups))),
            stem=stem(choices, told, "Báo cáo tóm tắt"),
            head=frame.head,
            signature=frame.signature,
            sent_to=frame.sent_to,
            compact=True,
        )

    papers = (paper(most, groups) for groups, most in product((MOST_GROUPS, 2, 0), (5, 4, 3, 2, 1, 0)))
    return next(filter(fits_one_page, papers), paper(0, 0))


def blocks(told: Summary, most: int, groups: int) -> Iterator[Block]:
    """With at most so many of each kind of line and rows of the table."""
    yield Text(key_figures(told, most))
    if told.works:
        yield shares(told)
        if groups:
            yield groups_table(told, groups)
    yield Text(f"1. Chậm tiến độ: {late(told, most)}")
    yield Text(f"2. Chế độ báo cáo: {reported(told, most)}")
    yield Text(f"3. Nhiệm vụ thời gian tới: {coming(told, most)}")
    yield Text(f"4. Khó khăn, kiến nghị: {asked_for(told, most)}")


def key_figures(told: Summary, most: int) -> str:
    said = [scale(told)]
    if scope := scope_of(told):
        said.insert(0, f"Phạm vi báo cáo: {cut(scope, LONGEST_TITLE)}.")
    if told.works:
        said.append(f"Tính đến {written_day(told.closed_on)}, {done(told.dashboard.counts)}.")
    if told.works and told.change and most > 1:
        said.append(development(told))
    return " ".join(said)


def shares(told: Summary) -> Chart:
    bar = Bar("Tổng số phần việc", numbers(told.dashboard.counts))
    return Chart("Tình hình thực hiện các phần việc", CLASS_HEADS, (bar,))


def groups_table(told: Summary, most: int) -> Table:
    columns = (
        Column("Nhóm nhiệm vụ", 74),
        Column("Phần việc", 22, "right"),
        Column("Hoàn thành", 24, "right"),
        Column("Quá hạn", 20, "right"),
        Column("Tỷ lệ", 16, "right"),
    )
    parts = told.dashboard.groups
    if len(parts) > most + 1:
        rest = Counts({each: sum(part.counts.classes[each] for part in parts[most:]) for each in Progress})
        others = f"{shown(len(parts) - most)} nhóm khác"
        parts = [*parts[:most], Part("", others, sum(part.size for part in parts[most:]), rest)]
    return Table("Theo nhóm nhiệm vụ", columns, tuple(part_row(part.name, part.counts) for part in parts))


def part_row(name: str, counts: Counts) -> Row:
    rate = Percent(counts.share_done) if counts.total else None
    overdue = counts.classes[Progress.OVERDUE]
    return Row((cut(tidy(name), LONGEST_NAME), counts.total, counts.done, overdue, rate))


def late(told: Summary, most: int) -> str:
    if not told.dashboard.overdue:
        return "không có phần việc nào quá hạn."
    number, units = shown(len(told.dashboard.overdue)), shown(told.dashboard.late_units)
    tasks = lines(told.dashboard.overdue)
    named = [late_line(line) for line in tasks[:most]]
    return f"còn {number} phần việc chưa hoàn thành, quá hạn của {units} đơn vị{among(named, tasks)}."


def late_line(line: Line) -> str:
    return f"{task_said(line)} ({units_of(line)}, quá hạn {shown(line.first.days_overdue)} ngày)"


def among(named: Sequence[str], every: Sequence[object]) -> str:
    if not named:
        return ""
    return f", {'trước hết là' if len(every) > len(named) else 'gồm'}: {'; '.join(named)}"


def task_said(line: Line) -> str:
    return f"{line.task.number}. {cut(tidy(line.task.title).rstrip(' .;:'), LONGEST_NAME)}"  # type: ignore[attr-defined]


def units_of(line: Line) -> str:
    names = names_of(line.units)
    return cut(names[0], LONGEST_NAME) if len(names) == 1 else f"{shown(len(names))} đơn vị"


def reported(told: Summary, most: int) -> str:
    """Who has not, where there is room for names."""
    period, came = told.asked_for, told.outcomes
    if period is None or came is None or not came.asked:
        return "không có yêu cầu báo cáo."
    late, missing = came.sent - came.in_time, names_of(told.silent.units) if told.silent else []
    said = [f"{shown(came.in_time)}/{shown(came.asked)} báo cáo {written_period(period.name)} nộp đúng hạn"]
    said += [f"{shown(late)} nộp muộn"] if late else []
    said += [f"{shown(len(missing))} đơn vị chưa nộp"] if missing else []
    named = several([cut(name, LONGEST_NAME) for name in missing], most) if missing and most else ""
    return sentence(f"{', '.join(said)}{f': {named}' if named else ''}")


def coming(told: Summary, most: int) -> str:
    soon = told.dashboard.due_soon
    until = written_day(told.closed_on + SOON)
    if not soon:
        return f"đến {until} không có phần việc nào đến hạn."
    tasks = lines(soon)
    named = [f"{task_said(line)} (thời hạn {deadline_of(line)}, {units_of(line)})" for line in tasks[:most]]
    return f"đến {until} có {shown(len(soon))} phần việc đến hạn{among(named, tasks)}."


def asked_for(told: Summary, most: int) -> str:
    difficulties, asked = voices(told.difficulties), by_addressee(told.proposals)
    if not difficulties and not asked:
        return "các đơn vị không nêu khó khăn, kiến nghị."
    said = []
    if difficulties:
        named = [f"{cut(voice.text, 90)} ({shown(len(voice.units))} đơn vị)" for voice in difficulties[:most]]
        said.append(f"{shown(len(difficulties))} ý kiến về khó khăn, vướng mắc{among(named, difficulties)}")
    if asked:
        every = [(name, each) for name, of_one in asked for each in of_one]
        named = [proposal_said(name, each) for name, each in every[:most]]
        said.append(f"{replies(every)}{among(named, every)}")
    return " ".join(sentence(text) for text in said)


def proposal_said(addressee: str, asked: Asked) -> str:
    units = f"{shown(len(asked.voice.units))} đơn vị"
    return (
        f"{cut(asked.voice.text, 90)} (với {cut(addressee, LONGEST_NAME)}; {units}, {REPLIES[asked.reply]})"
    )


def replies(every: Sequence[tuple[str, Asked]]) -> str:
    counts = Counter(asked.reply for _addressee, asked in every)
    parts = [f"{shown(counts[reply])} {REPLIES[reply]}" for reply in reversed(REPLIES) if counts[reply]]
    return f"{shown(len(every))} nội dung kiến nghị, đề xuất ({', '.join(parts)})"
