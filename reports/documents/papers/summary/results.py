"""Part II of a summary: what came of each task, by the groups of the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from reports.documents.content import Block, Heading, Percent, Text, shown
from reports.documents.papers.states import CLASSES, TOLD
from reports.documents.papers.summary.overview import done
from reports.documents.papers.summary.wording import cut, share, voices
from reports.documents.texts import capitalized, sentence, tidy
from reports.state.counts import count
from reports.state.indicators import Measured
from reports.state.summary import Summary, Words
from reports.state.work import Progress, Work
from tasks.models import Task

MOST_TASKS = 8
MOST_VOICES = 3
LONGEST_VOICE = 160


def results(summary: Summary, more: str) -> Iterator[Block]:
    """`more` names the appendix that has all of them; without it every task that was given has its line."""
    yield Heading("II. KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ")
    works, measures = by_task(summary)
    register = summary.dashboard.register
    for group in register.groups:
        tasks = [task for task in register.tasks if task.group_id == group.pk]
        if not tasks:
            continue
        yield Heading(f"{group.place}. {cut(tidy(group.title))}", level=2)  # type: ignore[attr-defined]
        own = [work for task in tasks for work in works[task.pk]]
        if len(tasks) > 1 and own:
            yield Text(f"Nhóm có {shown(len(tasks))} nhiệm vụ; {done(count(own))}.")
        most = len(tasks) if own and not more else MOST_TASKS
        for task in tasks[:most]:
            yield Text(task_line(task, works[task.pk], measures[task.pk], summary))
        if len(tasks) > most:
            rest = shown(len(tasks) - most)
            yield Text(
                f"Kết quả của {rest} nhiệm vụ còn lại nêu tại {more}."
                if more
                else f"Còn {rest} nhiệm vụ khác chưa giao đơn vị thực hiện."
            )
    if not register.tasks:
        yield Text("Không có nội dung báo cáo.")
    elif more:
        yield Text(f"Kết quả cụ thể của từng đơn vị nêu tại {more}.")


def by_task(summary: Summary) -> tuple[dict[int, list[Work]], dict[int, list[Measured]]]:
    works, measures = defaultdict(list), defaultdict(list)
    for work in summary.works:
        works[work.task.pk].append(work)
    for row in summary.measures:
        measures[row.task.pk].append(row)
    return works, measures


def task_line(task: Task, works: list[Work], measures: list[Measured], summary: Summary) -> str:
    number = task.number  # type: ignore[attr-defined]
    said = [f"{number}. {tidy(task.title).rstrip(' .;:')}: {state_of(works)}"]
    figures = [figure for row in measures if (figure := figure_of(row, summary))]
    if figures:
        said.append(f"Số liệu: {'; '.join(figures)}")
    if words := own_words(works, summary):
        said.append(words)
    return " ".join(sentence(part) for part in said)


def state_of(works: list[Work]) -> str:
    """Of one unit in words, of several in numbers; what there is none of is not said."""
    if not works:
        return "chưa giao đơn vị thực hiện"
    if len(works) == 1:
        (work,) = works
        return f"{tidy(work.carrier.short_name)} {TOLD[work.progress].removesuffix(no_deadline(work))}"
    counts = count(works)
    rest = [
        f"{shown(counts.classes[progress])} {CLASSES[progress]}"
        for progress in (Progress.IN_PROGRESS, Progress.OVERDUE, Progress.NOT_STARTED)
        if counts.classes[progress]
    ]
    part = f"{shown(counts.done)}/{shown(counts.total)}"
    done = f"{part} phần việc hoàn thành ({share(counts.done, counts.total)})"
    if counts.classes[Progress.DONE_LATE]:
        done += f", trong đó {shown(counts.classes[Progress.DONE_LATE])} quá hạn"
    return "; ".join((done, *rest))


def no_deadline(work: Work) -> str:
    """What is not said of work without one."""
    if work.deadline is not None:
        return ""
    return " đúng hạn" if work.progress.is_done else " trong hạn"


def figure_of(row: Measured, summary: Summary) -> str:
    """ "hội nghị 20/40 cuộc (50%)"; of a period what was counted in it as well; empty where nothing was."""
    cell = summary.cell(row)
    total = cell.total if cell else row.total
    if total is None:
        return ""
    measure = f" {tidy(row.indicator.measure)}" if row.indicator.measure else ""
    name = capitalized(tidy(row.indicator.name))
    against = cell or row
    of = f"/{shown(against.target)}" if against.target else ""
    reached = f" (đạt {shown(Percent(against.share))})" if against.share is not None else ""
    if cell is None or cell.amount in (None, total):
        return f"{name} {shown(total)}{of}{measure}{reached}"
    return f"{name} trong kỳ {shown(cell.amount)}{measure}, lũy kế {shown(total)}{of}{measure}{reached}"


def own_words(works: list[Work], summary: Summary) -> str:
    """Where few said anything, or many the same."""
    told = voices(
        Words(work.carrier, tidy(summary.results[work.pk])) for work in works if work.pk in summary.results
    )
    if not told or len(told) > MOST_VOICES:
        return ""
    if len(works) == 1:
        return f"Kết quả: {'; '.join(cut(voice.text, LONGEST_VOICE) for voice in told)}"
    return f"Theo báo cáo: {'; '.join(voice.said_within(LONGEST_VOICE) for voice in told)}"
