"""What stands behind the figures of a summary: by unit, every result, and all that the units said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from reports.documents.content import Appendix, Block, Column, Marked, Percent, Row, Table, Value, shown
from reports.documents.papers.states import CLASS_HEADS, OUTCOMES
from reports.documents.papers.summary.measures import is_long as measures_are_long
from reports.documents.papers.summary.measures import measures_table
from reports.documents.papers.summary.overview import done, numbers
from reports.documents.papers.summary.proposals import Asked
from reports.documents.papers.summary.said import Said
from reports.documents.papers.summary.wording import Voice
from reports.documents.texts import capitalized, roman, tidy, written_period
from reports.models import ProgressEntry
from reports.state.counts import count, counts_by
from reports.state.matrix import by_kind
from reports.state.reporting import Cell
from reports.state.summary import Summary
from reports.state.work import Work
from reports.templatetags.progress import LOOKS
from tasks.models import Assignment
from units.models import Unit

MOST_RESULTS = 300
UNITS, RESULTS, MEASURES, WORDS = "units", "results", "measures", "words"


def appendix_names(summary: Summary, said: Said, expanded: bool) -> dict[str, str]:
    """What each is called in the body; those that have nothing to tell are not there.

    Every single result is hundreds of pages at a large office: there it is printed only where asked for.
    """
    there = {
        UNITS: bool(summary.works),
        RESULTS: bool(summary.works) and (expanded or len(summary.works) <= MOST_RESULTS),
        MEASURES: measures_are_long(summary),
        WORDS: said.is_long,
    }
    keys = [key for key, is_there in there.items() if is_there]
    if len(keys) == 1:
        return {keys[0]: "Phụ lục"}
    return {key: f"Phụ lục {roman(place)}" for place, key in enumerate(keys, start=1)}


def appendices(summary: Summary, said: Said, names: Iterable[str], reference: str) -> Iterator[Appendix]:
    """Those of the names, in their order."""
    for name in names:
        if name == WORDS:
            yield all_words(said, reference)
        else:
            made = {UNITS: by_unit, RESULTS: every_result, MEASURES: every_measure}
            yield made[name](summary, reference)


def by_unit(summary: Summary, reference: str) -> Appendix:
    heads = ("Tổng số phần việc", *CLASS_HEADS, "Tỷ lệ hoàn thành")
    columns = (
        Column("STT", 10, "center"),
        Column("Đơn vị", 64),
        *(Column(head, 18, "right") for head in heads),
        *(
            (Column(f"Báo cáo {written_period(summary.asked_for.name)}", 22, "center"),)
            if summary.asked_for
            else ()
        ),
    )
    table = Table("Theo đơn vị", columns, tuple(unit_rows(summary)))
    return Appendix(("TỔNG HỢP KẾT QUẢ THỰC HIỆN THEO ĐƠN VỊ",), reference, (table,), landscape=True)


def unit_rows(summary: Summary) -> Iterator[Row]:
    counts = counts_by(summary.works, lambda work: work.carrier.pk)
    came = reports_by_unit(summary)
    units = sorted(summary.units, key=by_kind)
    place = 0
    for kind, of_kind in groupby(units, key=lambda unit: unit.kind):
        yield Row((str(Unit.Kind(kind).label),), "group")
        for unit in of_kind:
            place += 1
            own = counts[unit.pk]
            reported = (came.get(unit.pk),) if summary.asked_for else ()
            name = capitalized(tidy(unit.short_name))
            yield Row((place, name, own.total, *numbers(own), Percent(own.share_done), *reported))
    whole = summary.dashboard.counts
    last = (None,) if summary.asked_for else ()
    yield Row((None, "Tổng cộng", whole.total, *numbers(whole), Percent(whole.share_done), *last), "total")


def reports_by_unit(summary: Summary) -> dict[int, Value]:
    """What became of the report that each unit answers for; of several how many came."""
    found: dict[int, list[Cell]] = {}
    if summary.asked_for:
        for cell in summary.dashboard.reporting.cells_of(summary.asked_for):
            found.setdefault(cell.carrier.pk, []).append(cell)
    return {pk: reported(cells) for pk, cells in found.items()}


def reported(cells: list[Cell]) -> Value:
    outcomes = {OUTCOMES[cell.outcome] for cell in cells}
    if len(outcomes) == 1:
        return outcomes.pop()
    sent = sum(cell.outcome.is_sent for cell in cells)
    return f"Đã nộp {sent}/{len(cells)}"


def every_result(summary: Summary, reference: str) -> Appendix:
    columns = (
        Column("STT", 10, "center"),
        Column("Đơn vị", 50),
        Column("Kết quả thực hiện", 88),
        Column("Tỷ lệ", 14, "right"),
        Column("Tình trạng", 52),
        Column("Thời hạn", 25, "center"),
        Column("Số liệu đến", 23, "center"),
    )
    rows: list[Row] = []
    for task, own in groupby(summary.works, key=lambda work: work.task):
        of_task = list(own)
        name = f"{task.number}. {tidy(task.title)}"  # type: ignore[attr-defined]
        rows.append(Row((f"{name} ({done(count(of_task))})",), "group"))
        rows += [result_row(place, work, summary) for place, work in enumerate(of_task, start=1)]
    table = Table("Kết quả từng đơn vị", columns, tuple(rows))
    return Appendix(("KẾT QUẢ THỰC HIỆN CỦA TỪNG ĐƠN VỊ",), reference, (table,))


def result_row(place: int, work: Work, summary: Summary) -> Row:
    account = work.account
    return Row(
        (
            place,
            unit_said(work),
            tidy(summary.results.get(work.pk, "")),
            Percent(account.percent) if account else None,
            state_of(work),
            work.deadline or ("Thường xuyên" if work.task.ongoing else None),
            account.reported_on if account else None,
        )
    )


def unit_said(work: Work) -> str:
    """With whom the work was given to where another goes on with it."""
    name, given_to = capitalized(tidy(work.carrier.short_name)), work.assignment.unit
    notes = ["chủ trì"] if work.assignment.role == Assignment.Role.LEAD else []
    notes += [f"tiếp nhận từ {tidy(given_to.short_name)}"] if given_to.pk != work.carrier.pk else []
    return f"{name} ({', '.join(notes)})" if notes else name


def state_of(work: Work) -> Marked:
    """In time is only what has a deadline."""
    label = work.progress.label
    if work.deadline is None and work.account is not None:
        label = ProgressEntry.Status(work.account.status).label
    return Marked(str(label), LOOKS[work.progress][0])


def every_measure(summary: Summary, reference: str) -> Appendix:
    return Appendix(
        ("KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU",), reference, (measures_table(summary),), landscape=False
    )


def all_words(said: Said, reference: str) -> Appendix:
    return Appendix(("Ý KIẾN CỦA CÁC ĐƠN VỊ",), reference, tuple(word_tables(said)))


def word_tables(said: Said) -> Iterator[Block]:
    spoken = {"Khó khăn, vướng mắc": said.difficulties, "Phương hướng, nhiệm vụ": said.next_steps}
    columns = (Column("STT", 10, "center"), Column("Nội dung", 120), Column("Đơn vị", 110))
    for name, told in spoken.items():
        if told:
            rows = tuple(Row((place, voice.text, units_said(voice))) for place, voice in enumerate(told, 1))
            yield Table(name, columns, rows, name)
    if said.asked:
        yield Table(
            "Kiến nghị, đề xuất",
            (*columns, Column("Trả lời", 60)),
            tuple(asked_rows(said.asked)),
            "Kiến nghị, đề xuất",
        )


def asked_rows(found: list[tuple[str, list[Asked]]]) -> Iterator[Row]:
    place = 0
    for addressee, asked in found:
        yield Row((f"Đối với {addressee}",), "group")
        for each in asked:
            place += 1
            yield Row((place, each.voice.text, units_said(each.voice), capitalized(each.state())))


def units_said(voice: Voice) -> str:
    number = f"{shown(len(voice.units))} đơn vị: " if len(voice.units) > 5 else ""
    return f"{number}{', '.join(voice.units)}"
