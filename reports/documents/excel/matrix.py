"""The assignments of a plan as a workbook: tasks by units, and one row of each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import override

from plans.models import Plan
from reports.documents.content import Marked, Percent, Value
from reports.documents.excel.sheets import Book, Sheet
from reports.documents.texts import ascii_name
from reports.models import Period, ProgressReport
from reports.state.days import end_of
from reports.state.matrix import Line, Matrix
from reports.state.register import plans_known
from reports.state.work import Account, Work
from reports.templatetags.matrix import Signs, name_of
from reports.templatetags.progress import LOOKS
from tasks.models import Assignment
from units.past import rows_as_of

LIST_HEADS = (
    "Số",
    "Nhiệm vụ",
    "Nhóm nhiệm vụ",
    "Đơn vị",
    "Vai trò",
    "Thời hạn",
    "Tình trạng",
    "Tỷ lệ",
    "Số liệu đến",
    "Báo cáo",
)
LIST_WIDTHS = (6, 44, 30, 26, 12, 12, 26, 8, 12, 24)


def matrix_book(
    plan: Plan, matrix: Matrix, listed: Iterable[Work], day: date, filters: Iterable[str]
) -> Book:
    """`filters` are those that are on, in words, in the language of papers; three queries."""
    plan = plans_known([plan.pk], end_of(day)).get(plan.pk, plan)
    number = plan.number or f"kế hoạch {plan.pk}"
    narrowed = "; ".join(filters)
    title = (
        plan.title,
        f"Số liệu tính đến {day:%d/%m/%Y}",
        *([f"Bộ lọc: {narrowed}"] if narrowed else []),
    )
    with override("vi"):
        sheets = (matrix_sheet(matrix, title), list_sheet(listed, title, day))
    return Book(ascii_name(f"Ma trận {number} đến {day:%d.%m.%Y}"), f"Ma trận: {plan.title}", sheets)


def matrix_sheet(matrix: Matrix, title: tuple[str, ...]) -> Sheet:
    first = "Nhiệm vụ" if matrix.tasks_down else "Đơn vị"
    signs = Signs()

    def state(works: list[Work]) -> Value:
        if not works:
            return None
        leads = any(work.assignment.role == Assignment.Role.LEAD for work in works)
        said = f"{signs.of(works)} (chủ trì)" if leads else signs.of(works)
        return Marked(said, LOOKS[works[0].progress][0])

    rows = [
        [name_of(row), *(state(matrix.cell(row, column)) for column in matrix.columns), *sums(row)]
        for row in matrix.rows
    ]
    done = [line.counts.done for line in matrix.columns]
    total = [line.counts.total for line in matrix.columns]
    return Sheet(
        "Ma trận",
        title,
        (first, *map(name_of, matrix.columns), "Hoàn thành", "Tổng số"),
        rows,
        (34, *(16 for _column in matrix.columns), 12, 12),
        totals=[
            ["Hoàn thành", *done, matrix.counts.done, None],
            ["Tổng số", *total, None, matrix.counts.total],
        ],
    )


def sums(line: Line) -> tuple[int, int]:
    return line.counts.done, line.counts.total


def list_sheet(works: Iterable[Work], title: tuple[str, ...], day: date) -> Sheet:
    works = list(works)
    periods = periods_by_report((work.account for work in works if work.account), day)
    return Sheet(
        "Danh sách", title, LIST_HEADS, [list_row(work, periods) for work in works], LIST_WIDTHS, fixed=2
    )


def list_row(work: Work, periods: dict[int, str]) -> list[Value]:
    account = work.account
    return [
        work.task.number,  # type: ignore[attr-defined]
        str(work.task),
        str(work.group),
        str(work.assignment.unit),
        work.assignment.get_role_display(),
        work.deadline,
        Marked(str(work.progress.label), LOOKS[work.progress][0]),
        Percent(account.percent) if account else None,
        account.reported_on if account else None,
        said_in(account, periods) if account else None,
    ]


def periods_by_report(accounts: Iterable[Account], day: date) -> dict[int, str]:
    """What the reports' periods were called on the day; a log has none."""
    reports = ProgressReport.objects.filter(pk__in={account.report for account in accounts})
    periods = dict(reports.order_by().values_list("pk", "period"))
    rows = rows_as_of(Period, end_of(day), id__in=set(periods.values()) - {None})
    names = {row.pk: str(row) for row in rows}
    return {report: names[period] for report, period in periods.items() if period}


def said_in(account: Account, periods: dict[int, str]) -> str:
    if account.report not in periods:
        return "Ghi tiến độ"
    name = periods[account.report]
    return f"{name}, bản {account.revision}" if account.revision > 1 else name
