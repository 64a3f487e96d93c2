"""Part III of a summary: what was counted against what is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from reports.documents.content import Block, Column, Heading, Percent, Row, Table, Text, shown
from reports.documents.papers.summary.wording import share
from reports.documents.texts import capitalized, tidy, written_period
from reports.state.indicators import Cell, Measured
from reports.state.summary import Summary

MOST_ROWS = 20


def measures(summary: Summary, more: str) -> Iterator[Block]:
    """`more` names the appendix that has the table where it is too long for the body."""
    yield Heading("III. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU")
    if not summary.measures:
        yield Text("Không có chỉ tiêu định lượng.")
        return
    reached = [row for row in summary.measures if standing(row, summary).is_reached]
    wanted = [row for row in summary.measures if row.target]
    if wanted:
        yield Text(achieved(len(reached), len(wanted)))
    if more:
        yield Text(f"Số liệu cụ thể nêu tại {more}.")
    else:
        yield measures_table(summary)


def achieved(reached: int, wanted: int) -> str:
    if not reached:
        return f"Trong {shown(wanted)} chỉ tiêu có mục tiêu, chưa có chỉ tiêu nào đạt."
    rate = share(reached, wanted)
    return f"Trong {shown(wanted)} chỉ tiêu có mục tiêu, đã đạt {shown(reached)} chỉ tiêu ({rate})."


def is_long(summary: Summary) -> bool:
    return len(summary.measures) > MOST_ROWS


def standing(row: Measured, summary: Summary) -> Cell | Measured:
    """The total and the target as they are told."""
    return summary.cell(row) or row


def measures_table(summary: Summary) -> Table:
    columns = (
        Column("STT", 10, "center"),
        Column("Chỉ tiêu", 62),
        Column("Đơn vị tính", 22, "center"),
        Column("Mục tiêu", 20, "right"),
        *((Column("Trong kỳ", 20, "right"),) if summary.period else ()),
        Column("Lũy kế", 20, "right"),
        Column("Tỷ lệ đạt", 16, "right"),
    )
    rows: list[Row] = []
    place = 0
    for task, own in groupby(summary.measures, key=lambda row: row.task):
        rows.append(Row((f"{task.number}. {tidy(task.title)}",), "group"))  # type: ignore[attr-defined]
        for row in own:
            place += 1
            rows.append(measure_row(place, row, summary))
    return Table("Chỉ tiêu", columns, tuple(rows), caption(summary))


def caption(summary: Summary) -> str:
    if summary.period is None:
        return "Kết quả thực hiện các chỉ tiêu"
    return f"Kết quả thực hiện các chỉ tiêu {written_period(summary.period.name)}"


def measure_row(place: int, row: Measured, summary: Summary) -> Row:
    cell, told = summary.cell(row), standing(row, summary)
    in_period = (cell.amount if cell else None,) if summary.period else ()
    reached = None if told.share is None else Percent(told.share)
    name, measure = capitalized(tidy(row.indicator.name)), tidy(row.indicator.measure)
    return Row((place, name, measure, told.target, *in_period, told.total, reached))
