"""Part V of a summary: what is due next, and what the units mean to do."""

from __future__ import annotations

from collections.abc import Iterator

from reports.documents.content import Block, Heading, Listing, Text, shown
from reports.documents.papers.summary.shortcomings import MOST_LINES, deadline_of, spoken, task_said
from reports.documents.papers.summary.wording import Voice, names_of, several, written_day
from reports.state.dashboard import Line, lines
from reports.state.summary import Summary
from reports.state.work import SOON, Progress


def outlook(summary: Summary, next_steps: list[Voice], more: str) -> Iterator[Block]:
    yield Heading("V. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI")
    yield Heading("1. Nhiệm vụ trọng tâm", level=2)
    if urged := to_urge(summary):
        yield Text(urged)
    yield from due(summary)
    yield Heading("2. Phương hướng, nhiệm vụ do các đơn vị đề ra", level=2)
    yield from spoken(
        "Phương hướng",
        next_steps,
        "Các đơn vị không nêu phương hướng, nhiệm vụ cụ thể.",
        more,
    )


def to_urge(summary: Summary) -> str:
    counts = summary.dashboard.counts.classes
    parts = []
    if counts[Progress.OVERDUE]:
        parts.append(f"hoàn thành dứt điểm {shown(counts[Progress.OVERDUE])} phần việc đã quá hạn")
    if counts[Progress.NOT_STARTED]:
        parts.append(f"triển khai {shown(counts[Progress.NOT_STARTED])} phần việc chưa được triển khai")
    return f"Đôn đốc các đơn vị {', '.join(parts)}." if parts else ""


def due(summary: Summary) -> Iterator[Block]:
    soon = summary.dashboard.due_soon
    until = written_day(summary.closed_on + SOON)
    if not soon:
        yield Text(
            f"Từ nay đến {until} không có phần việc nào đến hạn."
            if not summary.period
            else nothing_due(summary)
        )
        return
    found = lines(soon)
    begun = "trước hết là" if len(found) > MOST_LINES else "gồm"
    yield Text(
        f"Trong {SOON.days} ngày tiếp theo (đến {until}) có {shown(len(soon))} phần việc đến hạn, {begun}:"
    )
    yield Listing("Đến hạn", tuple(map(due_line, found[:MOST_LINES])), numbered=False)


def nothing_due(summary: Summary) -> str:
    return f"Trong {SOON.days} ngày sau {written_day(summary.closed_on)} không có phần việc nào đến hạn."


def due_line(line: Line) -> str:
    return f"{task_said(line)} (thời hạn {deadline_of(line)}): {several(names_of(line.units))}"
