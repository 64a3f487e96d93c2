"""What leadership reads of a plan on one page: how far, what is late, what comes, what is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

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
from reports.documents.papers.one_page import fits_one_page
from reports.documents.papers.states import CLASS_HEADS, REPLIES
from reports.documents.papers.summary.overview import development, done, nobody_asked, numbers, scale
from reports.documents.papers.summary.paper import scope_of, stem, title_of, told_of
from reports.documents.papers.summary.proposals import Asked, by_addressee
from reports.documents.papers.summary.shortcomings import deadline_of, not_sent, silent_names
from reports.documents.papers.summary.wording import Voice, cut, names_of, several, voices, written_day
from reports.documents.texts import sentence, tidy, written_period
from reports.state.counts import Counts
from reports.state.dashboard import Line, Part, lines
from reports.state.summary import Summary
from reports.state.work import SOON, Progress

MOST = 5
LONGEST_TITLE = 140
LONGEST_NAME = 60
LONGEST_WORDS = 90
# Of what there are lines, in the order in which they get the room that is left.
LATE, ASKED, SILENT, DIFFICULTIES, DUE, CHANGE = range(6)
Limits = Counter[int]


def brief_paper(choices: Choices) -> Paper:
    """At most one page of A4: of each only so much as fits. Asks as `summary_paper` does."""
    brief = Brief(told_of(choices))
    frame = frame_of_plan(replace(choices, plan=brief.told.plan), "BC")
    empty = Paper(
        kind="BÁO CÁO",
        title=title_of(choices, brief.told, "Tóm tắt kết quả", LONGEST_TITLE),
        blocks=(),
        stem=stem(choices, brief.told, "Báo cáo tóm tắt"),
        head=frame.head,
        signature=frame.signature,
        sent_to=frame.sent_to,
        compact=True,
    )
    return filled(with_room(empty, brief), brief)


def with_room(empty: Paper, brief: Brief) -> Paper:
    """Sent to all, or to as many of the first as leave room for the least that it says, and the archive."""
    *sent_to, archive = empty.sent_to
    least = replace(empty, blocks=closed(list(brief.blocks(Counter(), 2))))
    named = [sent_to, *([*sent_to[:most], "- …;"] for most in reversed(range(len(sent_to))))]
    papers = [replace(least, sent_to=(*lines, archive)) for lines in named]
    return replace(next(filter(fits_one_page, papers), papers[-1]), blocks=())


def filled(empty: Paper, brief: Brief) -> Paper:
    """With as many rows of the table, and then with as many lines of everything, as there is room for."""

    def paper(limits: Limits, groups: int) -> Paper:
        return replace(empty, blocks=closed(list(brief.blocks(limits, groups))))

    groups = next((most for most in (MOST, 2) if fits_one_page(paper(Counter(), most))), 0)
    limits: Limits = Counter()
    for _round in range(MOST):
        for topic in range(CHANGE + 1):
            limits[topic] += 1
            if not fits_one_page(paper(limits, groups)):
                limits[topic] -= 1
    return paper(limits, groups)


@dataclass(frozen=True)
class Brief:
    told: Summary

    @cached_property
    def late(self) -> list[Line]:
        return lines(self.told.dashboard.overdue)

    @cached_property
    def due(self) -> list[Line]:
        return lines(self.told.dashboard.due_soon)

    @cached_property
    def difficulties(self) -> list[Voice]:
        return voices(self.told.difficulties)

    @cached_property
    def asked(self) -> list[tuple[str, Asked]]:
        return [(name, each) for name, of_one in by_addressee(self.told.proposals) for each in of_one]

    def blocks(self, limits: Limits, groups: int) -> Iterator[Block]:
        yield Text(self.key_figures(limits[CHANGE]))
        if self.told.works:
            yield self.shares
            if groups:
                yield groups_table(self.told, groups)
        topics = {
            "Chậm tiến độ": self.lateness(limits[LATE]),
            "Chế độ báo cáo": self.reported(limits[SILENT]),
            "Nhiệm vụ thời gian tới": self.coming(limits[DUE]),
            "Khó khăn, vướng mắc": self.in_the_way(limits[DIFFICULTIES]),
            "Kiến nghị, đề xuất": self.asked_for(limits[ASKED]),
        }
        for number, (topic, said) in enumerate(topics.items(), start=1):
            yield Text(sentence(f"{number}. {topic}: {said}"))

    def key_figures(self, with_change: int) -> str:
        told, said = self.told, [scale(self.told)]
        if scope := scope_of(told):
            said.insert(0, f"Phạm vi báo cáo: {cut(scope, LONGEST_TITLE)}.")
        if told.works:
            said.append(f"Tính đến {written_day(told.closed_on)}, {done(told.dashboard.counts)}.")
            said += [development(told)] if told.change and with_change else []
        return " ".join(said)

    @property
    def shares(self) -> Chart:
        bar = Bar("Tổng số phần việc", numbers(self.told.dashboard.counts))
        return Chart("Tình hình thực hiện các phần việc", CLASS_HEADS, (bar,))

    def lateness(self, most: int) -> str:
        if not self.late:
            return "không có phần việc nào quá hạn"
        number, units = shown(len(self.told.dashboard.overdue)), shown(self.told.dashboard.late_units)
        named = [
            f"{task_said(line)} ({units_of(line)}, quá hạn {shown(line.first.days_overdue)} ngày)"
            for line in self.late[:most]
        ]
        return f"còn {number} phần việc chưa hoàn thành, quá hạn của {units} đơn vị{among(named, self.late)}"

    def reported(self, most: int) -> str:
        """Who has not, where there is room for names."""
        came, silent = self.told.outcomes, self.told.silent
        if came is None or silent is None:
            return "chưa có kỳ báo cáo nào được mở"
        if not came.asked:
            return nobody_asked(self.told)
        period, late, missing = silent.period, came.sent - came.in_time, silent_names(silent)
        said = [
            f"{shown(came.in_time)}/{shown(came.asked)} báo cáo {written_period(period.name)} nộp đúng hạn"
        ]
        said += [f"{shown(late)} báo cáo nộp muộn"] if late else []
        said += [f"{shown(len(missing))} đơn vị {not_sent(silent)}"] if missing else []
        names = several([cut(name, LONGEST_NAME) for name in missing], most) if missing and most else ""
        return f"{', '.join(said)}{f': {names}' if names else ''}"

    def coming(self, most: int) -> str:
        until = written_day(self.told.closed_on + SOON)
        if not self.due:
            return f"đến {until} không có phần việc nào đến hạn"
        named = [f"{task_said(line)} ({units_of(line)}, hạn {deadline_of(line)})" for line in self.due[:most]]
        number = shown(len(self.told.dashboard.due_soon))
        return f"đến {until} có {number} phần việc đến hạn{among(named, self.due)}"

    def in_the_way(self, most: int) -> str:
        if not self.difficulties:
            return "các đơn vị không nêu khó khăn, vướng mắc"
        named = [
            f"{cut(voice.text, LONGEST_WORDS)} ({shown(len(voice.units))} đơn vị)"
            for voice in self.difficulties[:most]
        ]
        return f"{shown(len(self.difficulties))} nội dung do các đơn vị nêu{among(named, self.difficulties)}"

    def asked_for(self, most: int) -> str:
        if not self.asked:
            return "các đơn vị không có kiến nghị, đề xuất"
        counts = Counter(asked.reply for _addressee, asked in self.asked)
        replies = ", ".join(
            f"{shown(counts[each])} {REPLIES[each]}" for each in reversed(REPLIES) if counts[each]
        )
        named = [asked_said(addressee, asked) for addressee, asked in self.asked[:most]]
        return f"{shown(len(self.asked))} nội dung ({replies}){among(named, self.asked)}"


def among(named: Sequence[str], every: Sequence[object]) -> str:
    if not named:
        return ""
    return f", {'trước hết là' if len(every) > len(named) else 'gồm'}: {'; '.join(named)}"


def task_said(line: Line) -> str:
    return f"{line.task.number}. {cut(tidy(line.task.title).rstrip(' .;:'), LONGEST_NAME)}"  # type: ignore[attr-defined]


def units_of(line: Line) -> str:
    names = names_of(line.units)
    return cut(names[0], LONGEST_NAME) if len(names) == 1 else f"{shown(len(names))} đơn vị"


def asked_said(addressee: str, asked: Asked) -> str:
    """What is asked, by how many, of whom."""
    units = f"{shown(len(asked.voice.units))} đơn vị"
    return f"{cut(asked.voice.text, LONGEST_WORDS)} ({units} kiến nghị với {cut(addressee, LONGEST_NAME)})"


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
