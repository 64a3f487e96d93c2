"""Part I of a summary: how much there is to do, how far it is, and who reported."""

from __future__ import annotations

from collections.abc import Iterator

from reports.documents.content import (
    Bar,
    Block,
    Chart,
    Column,
    Heading,
    Listing,
    Percent,
    Row,
    Table,
    Text,
    shown,
)
from reports.documents.papers.states import CLASS_HEADS, CLASSES
from reports.documents.papers.summary.wording import changed, cut, share, written_day
from reports.documents.papers.unit_names import BLOCS
from reports.documents.texts import capitalized, tidy, written_period
from reports.state.counts import Counts
from reports.state.dashboard import Part
from reports.state.summary import Summary
from reports.state.work import Progress

LONGEST_LABEL = 70


def overview(summary: Summary) -> Iterator[Block]:
    yield Heading("I. TÌNH HÌNH CHUNG")
    yield Heading("1. Tiến độ thực hiện", level=2)
    yield Text(scale(summary))
    if summary.works:
        yield Text(f"Tính đến {written_day(summary.closed_on)}, {done(summary.dashboard.counts)}, cụ thể:")
        yield classes(summary.dashboard.counts)
        if summary.change:
            yield Text(development(summary))
    yield Heading("2. Thực hiện chế độ báo cáo", level=2)
    yield Text(discipline(summary))
    if summary.works:
        yield Heading("3. Kết quả theo nhóm nhiệm vụ", level=2)
        yield shares(summary)
        yield groups_table(summary)


def scale(summary: Summary) -> str:
    """ "Kế hoạch có 8 nhiệm vụ thuộc 3 nhóm, giao 15 đơn vị thực hiện với 51 phần việc."."""
    dashboard, told = summary.dashboard, "Nhóm nhiệm vụ" if summary.group else "Kế hoạch"
    tasks, groups = len(dashboard.register.tasks), len([part for part in dashboard.groups if part.size])
    of_kind = f" thuộc khối {BLOCS[summary.scope.kind]}" if summary.scope.kind else ""
    if not summary.works and of_kind:
        return f"{told} không giao nhiệm vụ cho đơn vị nào{of_kind}."
    if not tasks:
        return f"{told} chưa có nhiệm vụ nào được xác định."
    within = "" if summary.group or groups < 2 else f" thuộc {shown(groups)} nhóm"
    if not summary.works:
        return f"{told} có {shown(tasks)} nhiệm vụ{within}, chưa giao đơn vị thực hiện."
    left = len(dashboard.unassigned)
    rest = f"; còn {shown(left)} nhiệm vụ chưa giao đơn vị thực hiện" if left else ""
    units, works = shown(len(summary.units)), shown(len(summary.works))
    return (
        f"{told} có {shown(tasks)} nhiệm vụ{within}, giao {units} đơn vị{of_kind} thực hiện"
        f" với {works} phần việc{rest}."
    )


def done(counts: Counts) -> str:
    """ "đã hoàn thành 20/51 phần việc, đạt 39%"."""
    part = f"{shown(counts.done)}/{shown(counts.total)}"
    return f"đã hoàn thành {part} phần việc, đạt {shown(Percent(counts.share_done))}"


def classes(counts: Counts) -> Listing:
    return Listing(
        "Tình hình thực hiện",
        tuple(
            f"{capitalized(name)}: {shown(counts.classes[progress])} phần việc"
            f" ({share(counts.classes[progress], counts.total)})"
            for progress, name in CLASSES.items()
        ),
        numbered=False,
    )


def development(summary: Summary) -> str:
    change, counts = summary.change, summary.dashboard.counts
    assert change
    before, since = written_period(change.period.name), written_day(change.since)
    of = f"{before} (số liệu đến {since})" if summary.period else f"{since} (hết hạn báo cáo {before})"
    overdue = counts.classes[Progress.OVERDUE]
    said = (
        changed("số phần việc hoàn thành", counts.done - change.done, counts.done),
        changed("số phần việc chưa hoàn thành, quá hạn", overdue - change.overdue, overdue),
    )
    return f"So với {of}, {'; '.join(said)}."


def shares(summary: Summary) -> Chart:
    parts = [part for part in summary.dashboard.groups if part.counts.total]
    return Chart(
        "Biểu đồ tình hình thực hiện theo nhóm nhiệm vụ",
        CLASS_HEADS,
        tuple(Bar(label(part.name), numbers(part.counts)) for part in parts),
    )


def label(name: str) -> str:
    return cut(tidy(name), LONGEST_LABEL)


def numbers(counts: Counts) -> tuple[int, ...]:
    return tuple(counts.classes[progress] for progress in CLASSES)


def groups_table(summary: Summary) -> Table:
    columns = (
        Column("Nhóm nhiệm vụ", 40),
        Column("Số nhiệm vụ", 14, "right"),
        Column("Số phần việc", 14, "right"),
        *(Column(head, 17, "right") for head in CLASS_HEADS),
        Column("Tỷ lệ hoàn thành", 15, "right"),
    )
    parts = summary.dashboard.groups
    whole = Part("", "Tổng cộng", len(summary.dashboard.register.tasks), summary.dashboard.counts)
    rows = [part_row(part) for part in parts]
    if len(parts) > 1:
        rows.append(part_row(whole, "total"))
    return Table("Theo nhóm nhiệm vụ", columns, tuple(rows), "Bảng tổng hợp theo nhóm nhiệm vụ")


def part_row(part: Part, look: str = "") -> Row:
    rate = Percent(part.counts.share_done) if part.counts.total else None
    return Row((cut(tidy(part.name), 160), part.size, part.counts.total, *numbers(part.counts), rate), look)


def nobody_asked(summary: Summary) -> str:
    name = written_period(summary.asked_for.name) if summary.asked_for else ""
    whom = "đơn vị nào thuộc phạm vi báo cáo này" if summary.scope.is_narrow else "đơn vị nào báo cáo"
    return f"kỳ báo cáo {name} không yêu cầu {whom}."


def discipline(summary: Summary) -> str:
    period, came = summary.asked_for, summary.outcomes
    if period is None or came is None:
        return "Đến nay chưa có kỳ báo cáo nào được mở."
    name = written_period(period.name)
    if not came.asked:
        return capitalized(nobody_asked(summary))
    said = f"Kỳ báo cáo {name} yêu cầu {shown(came.asked)} báo cáo"
    if not came.sent:
        state = "chưa đến hạn nộp" if came.time_left == came.asked else "chưa có báo cáo nào được nộp"
        return f"{said}; tính đến {written_day(summary.day)}, {state}."
    late, missing = came.sent - came.in_time, came.asked - came.sent - came.time_left
    parts = [f"{shown(came.in_time)} báo cáo nộp đúng hạn ({share(came.in_time, came.asked)})"]
    parts += [f"{shown(late)} báo cáo nộp muộn"] if late else []
    parts += [f"{shown(missing)} báo cáo chưa nộp"] if missing else []
    parts += [f"{shown(came.time_left)} báo cáo chưa đến hạn nộp"] if came.time_left else []
    return f"{said}; tính đến {written_day(summary.day)}, có {', '.join(parts)}."
