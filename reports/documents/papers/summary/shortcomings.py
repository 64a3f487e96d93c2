"""Part IV of a summary: what is late, who did not report, and what stands in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from reports.documents.content import Block, Heading, Listing, Text, shown
from reports.documents.papers.summary.overview import nobody_asked
from reports.documents.papers.summary.wording import Voice, cut, names_of, several, written_day
from reports.documents.papers.unit_names import now_called
from reports.documents.texts import capitalized, tidy, written_period
from reports.state.dashboard import Line, Silent, lines
from reports.state.reporting import Outcome
from reports.state.summary import Summary
from reports.state.work import Work

MOST_LINES = 6
MOST_VOICES = 6
MOST_NAMES = 10


def shortcomings(summary: Summary, difficulties: list[Voice], more: str) -> Iterator[Block]:
    """`more` names the appendix that has the words of all units."""
    yield Heading("IV. HẠN CHẾ, KHÓ KHĂN VÀ NGUYÊN NHÂN")
    yield Heading("1. Nhiệm vụ chậm tiến độ", level=2)
    yield from overdue(summary)
    yield Heading("2. Đơn vị chưa nộp báo cáo", level=2)
    yield Text(silent(summary))
    yield Heading("3. Khó khăn, vướng mắc và nguyên nhân do các đơn vị phản ánh", level=2)
    yield from spoken("Khó khăn", difficulties, "Các đơn vị không nêu khó khăn, vướng mắc.", more)


def overdue(summary: Summary) -> Iterator[Block]:
    late = summary.dashboard.overdue
    if not late:
        yield Text(f"Tính đến {written_day(summary.closed_on)}, không có phần việc nào quá hạn.")
        return
    found, day = lines(late), written_day(summary.closed_on)
    first = "; chậm nhất là" if len(found) > MOST_LINES else ""
    yield Text(
        f"Tính đến {day}, còn {shown(len(late))} phần việc chưa hoàn thành, quá hạn"
        f" của {shown(summary.dashboard.late_units)} đơn vị{first}:"
    )
    yield Listing("Quá hạn", tuple(map(late_line, found[:MOST_LINES])), numbered=False)
    if said := slowest(late):
        yield Text(f"Đơn vị có nhiều phần việc quá hạn: {said}.")


def late_line(line: Line) -> str:
    deadline, days = deadline_of(line), shown(line.first.days_overdue)
    units = several(names_of(line.units))
    return f"{task_said(line)} (thời hạn {deadline}, quá hạn {days} ngày): {units}"


def deadline_of(line: Line) -> str:
    return shown(line.first.deadline)


def task_said(line: Line) -> str:
    title = cut(tidy(line.task.title).rstrip(" .;:"), 160)
    return f"Nhiệm vụ {line.task.number}. {title}"  # type: ignore[attr-defined]


def slowest(late: list[Work]) -> str:
    """Those that are behind with more than one; said where there are more units than the lines name."""
    behind = Counter(work.carrier.pk for work in late)
    names = {work.carrier.pk: tidy(work.carrier.short_name) for work in late}
    several_each = [(pk, number) for pk, number in behind.most_common(MOST_NAMES // 2) if number > 1]
    if len(behind) <= MOST_NAMES // 2:
        return ""
    return ", ".join(f"{names[pk]} ({shown(number)})" for pk, number in several_each)


def silent(summary: Summary) -> str:
    silent = summary.silent
    if silent is None:
        return "Đến nay chưa có kỳ báo cáo nào được mở."
    period = written_period(silent.period.name)
    if not silent.asked:
        return capitalized(nobody_asked(summary))
    if not silent.missing:
        return f"Tất cả các đơn vị được yêu cầu đã nộp báo cáo {period}."
    names = silent_names(silent)
    units = f"{shown(len(names))} đơn vị {not_sent(silent)} báo cáo {period}"
    return f"Còn {units}: {several(names, MOST_NAMES)}."


def not_sent(silent: Silent) -> str:
    return "chưa nộp" if silent.outcome == Outcome.MISSING else "chưa nộp (còn trong thời hạn)"


def silent_names(silent: Silent) -> list[str]:
    return [now_called(cell.unit, cell.carrier) for cell in silent.missing]


def spoken(name: str, told: list[Voice], nothing: str, more: str) -> Iterator[Block]:
    if not told:
        yield Text(nothing)
        return
    yield Listing(name, tuple(voice.said for voice in told[:MOST_VOICES]), numbered=False)
    if len(told) > MOST_VOICES:
        yield Text(f"{shown(len(told) - MOST_VOICES)} ý kiến khác nêu tại {more}.")


def are_long(told: Iterable[Voice]) -> bool:
    """Whether the body leaves something of them out."""
    told = list(told)
    return len(told) > MOST_VOICES or any(voice.is_long for voice in told)
