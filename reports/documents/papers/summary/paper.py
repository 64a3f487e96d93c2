"""The report to leadership on how a plan is carried out (Báo cáo tổng hợp)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reports.documents.choices import Choices
from reports.documents.content import Block, Head, Paper, Text, closed
from reports.documents.letterheads import frame_of_plan, issuer_of
from reports.documents.papers.plan_names import named, named_whole, stem_of
from reports.documents.papers.summary.appendices import MEASURES, RESULTS, WORDS, appendices, appendix_names
from reports.documents.papers.summary.measures import measures
from reports.documents.papers.summary.outlook import outlook
from reports.documents.papers.summary.overview import overview
from reports.documents.papers.summary.proposals import proposals
from reports.documents.papers.summary.results import results
from reports.documents.papers.summary.said import Said, said_of
from reports.documents.papers.summary.shortcomings import shortcomings
from reports.documents.papers.summary.wording import LONGEST, cut
from reports.documents.papers.unit_names import BLOCS
from reports.documents.papers.unit_names import KINDS as PLURALS
from reports.documents.texts import (
    ascii_name,
    capitalized,
    tidy,
    title_lines,
    topic_of,
    written_date,
    written_number,
    written_period,
)
from reports.state.summary import Scope, Summary, summary

LONGEST_TITLE = 300
LONGEST_SCOPE = 100


def summary_paper(choices: Choices) -> Paper:
    """Of a period, or as of the day; `expanded` adds every single result also where they are many.

    The same number of queries however large the plan.

    Raises LookupError where the plan, the period or the group was not there yet on the day.
    """
    told = told_of(choices)
    frame = frame_of_plan(replace(choices, plan=told.plan), "BC")
    said = said_of(told)
    names = appendix_names(told, said, choices.expanded)
    return Paper(
        kind="BÁO CÁO",
        title=title_of(choices, told),
        blocks=closed([*opening(told), *body(told, said, names), *closing(told)]),
        stem=stem(choices, told, "Báo cáo tổng hợp"),
        head=frame.head,
        signature=frame.signature,
        sent_to=frame.sent_to,
        appendices=tuple(appendices(told, said, names, reference(frame.head, told))),
    )


def told_of(choices: Choices) -> Summary:
    scope = Scope(choices.group.pk if choices.group else None, choices.kind_of_unit)
    return summary(choices.plan, choices.day, choices.period, scope)


def body(told: Summary, said: Said, names: dict[str, str]) -> Iterator[Block]:
    words = names.get(WORDS, "")
    yield from overview(told)
    yield from results(told, names.get(RESULTS, ""))
    yield from measures(told, names.get(MEASURES, ""))
    yield from shortcomings(told, said.difficulties, words)
    yield from outlook(told, said.next_steps, words)
    yield from proposals(told, said.asked, words)


def title_of(
    choices: Choices, told: Summary, what: str = "Kết quả", longest: int = LONGEST_TITLE
) -> tuple[str, ...]:
    if choices.title:
        return title_lines(cut(tidy(choices.title), longest))
    plan = told.plan
    number, topic = tidy(plan.number), topic_of(plan.title)
    day = f" {written_date(plan.issued_on)}" if plan.issued_on else ""
    subject = f"Kế hoạch số {number}{day} về {topic}" if number else f"Kế hoạch {topic}"
    return title_lines(cut(f"{what} thực hiện {subject}", longest), f"({of_what(told)})")


def of_what(told: Summary) -> str:
    """When, and of a part of the plan which: "Quý III năm 2026; khối tổ chức thành viên"."""
    return "; ".join(filter(None, (when(told, capital=True), scope_of(told, LONGEST_SCOPE))))


def when(told: Summary, capital: bool = False) -> str:
    """ "quý III năm 2023", or the day of the figures."""
    if told.period is None:
        return f"số liệu tính đến {written_date(told.day)}"
    name = written_period(told.period.name)
    return capitalized(name) if capital else name


def opening(told: Summary) -> Iterator[Block]:
    issuer = tidy(issuer_of(told.plan))
    until = when(told) if told.period else f"tính đến {written_date(told.day)}"
    of = f"kết quả thực hiện {until}"
    says = f"{issuer} báo cáo {of}" if issuer else of
    yield Text(f"Căn cứ {named_whole(told.plan)}, {says} như sau:")
    if scope := scope_of(told):
        yield Text(f"Báo cáo này chỉ nêu kết quả của {scope}.", italic=True)


def scope_of(told: Summary, longest: int = LONGEST) -> str:
    parts = []
    if told.group:
        parts.append(f"nhóm nhiệm vụ “{cut(tidy(told.group.title), longest)}”")
    if told.scope.kind:
        parts.append(f"khối {BLOCS[told.scope.kind]}")
    return " thuộc ".join(parts)


def closing(told: Summary) -> Iterator[Block]:
    until = f" {written_period(told.period.name)}" if told.period else ""
    yield Text(f"Trên đây là báo cáo kết quả thực hiện {named(told.plan)}{until}.")


def reference(head: Head, told: Summary) -> str:
    """Of what the appendices are a part: unknown parts stay gaps, as they stay in the head."""
    issuer = tidy(issuer_of(told.plan)) or "…" * 10
    number = written_number(head.number, head.symbol).removeprefix("Số:").strip(" ")
    return f"Kèm theo Báo cáo số {number} {written_date(head.dated)} của {issuer}"


def stem(choices: Choices, told: Summary, kind: str) -> str:
    when = (
        written_period(told.period.name).replace(" năm ", " ") if told.period else f"đến {told.day:%d.%m.%Y}"
    )
    group = f" nhóm {told.group.place}" if told.group else ""  # type: ignore[attr-defined]
    units = f" {PLURALS[told.scope.kind]}" if told.scope.kind else ""
    return ascii_name(f"{kind} {stem_of(told.plan)} {when}{group}{units}")
