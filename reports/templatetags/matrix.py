"""The table of the matrix, with its many cells made in one place."""

from collections.abc import Iterable
from itertools import groupby

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.forms.work import MatrixFilter
from reports.models import ProgressEntry
from reports.state.counts import Counts
from reports.state.matrix import Line, Matrix
from reports.state.work import Progress, Work
from reports.templatetags.progress import LOOKS
from tasks.models import Assignment, Task
from tasks.templatetags.figures import figure

register = template.Library()


def short_words() -> dict[Progress, str]:
    """Beside the shape of each state; what is in progress is told by its percentage alone."""
    return {
        Progress.DONE_IN_TIME: pgettext("cell", "in time"),
        Progress.DONE_LATE: pgettext("cell", "late"),
        Progress.IN_PROGRESS: "",
        Progress.OVERDUE: pgettext("cell", "overdue"),
        Progress.NOT_STARTED: pgettext("cell", "not yet"),
    }


class Signs:
    """What cells say, in the language of when it is made."""

    def __init__(self) -> None:
        self.words = {
            progress: f"{LOOKS[progress][1]} {word}".strip() for progress, word in short_words().items()
        }
        self.done = f"{LOOKS[Progress.DONE_IN_TIME][1]} {pgettext('cell', 'done')}"

    def of(self, works: list[Work]) -> str:
        """Shape and word of the worst, its percentage where it is begun, and how many there are."""
        work = works[0]
        in_time_of_nothing = work.progress == Progress.DONE_IN_TIME and work.deadline is None
        parts = [self.done if in_time_of_nothing else self.words[work.progress]]
        if work.account and work.account.status == ProgressEntry.Status.IN_PROGRESS:
            parts.append(f"{work.account.percent}%")
        if len(works) > 1:
            parts.append(f"×{len(works)}")
        return " ".join(parts)


def name_of(line: Line) -> str:
    """A task with its number, or a unit."""
    subject = line.subject
    number = subject.number if isinstance(subject, Task) else ""  # type: ignore[attr-defined]
    return f"{number} {subject}".strip()


class Table:
    """Of thousands of cells each costs little: what they share is made beforehand."""

    def __init__(self, matrix: Matrix, form: MatrixFilter, plan: int) -> None:
        self.matrix, self.form = matrix, form
        self.rows = reverse("list-work", args=[plan])
        self.day = f"?on={form.day.isoformat()}" if form.is_past else ""
        self.before, self.after = reverse("show-assignment", args=[0]).rsplit("0", 1)
        self.empty = format_html("<td>{}</td>", "")
        self.lead = format_html(" <small>{}</small>", Assignment.Role.LEAD.label)
        self.signs = Signs()

    def html(self) -> SafeString:
        head = format_html(
            '<tr><th scope="col">{} {}</th>{}</tr>',
            _("All together"),
            self.sum(self.matrix.counts),
            joined('<th scope="col">{}</th>', map(self.heading, self.matrix.columns)),
        )
        parts = groupby(self.matrix.rows, lambda row: row.part)
        body = joined("{}", (self.part(name, rows) for name, rows in parts))
        return format_html("<table><thead>{}</thead>{}</table>", head, body)

    def part(self, name: str, rows: Iterable[Line]) -> SafeString:
        """The rows of one group or kind, under its name."""
        return format_html(
            '<tbody><tr><th class="matrix-part" scope="rowgroup">{}</th><td colspan="{}"></td></tr>'
            "{}</tbody>",
            name,
            len(self.matrix.columns),
            joined("<tr>{}</tr>", map(self.row, rows)),
        )

    def row(self, row: Line) -> SafeString:
        cells = (self.cell(self.matrix.cell(row, column)) for column in self.matrix.columns)
        return format_html('<th scope="row">{}</th>{}', self.heading(row), joined("{}", cells))

    def heading(self, line: Line) -> SafeString:
        subject = line.subject
        asked = {"task" if isinstance(subject, Task) else "unit": subject.pk}
        return format_html(
            '<div><a href="{}{}">{}</a> {}</div>',
            subject.get_absolute_url(),
            self.day,
            name_of(line),
            self.sum(line.counts, **asked),
        )

    def sum(self, counts: Counts, **asked: int) -> SafeString:
        """Leads to the rows that were counted. Within one state, how many are done says nothing."""
        number = figure(counts.total)
        if not self.form.standing_asked:
            number = f"{figure(counts.done)}/{number}"
        return format_html('<a href="{}">{}</a>', self.rows_of(**asked), number)

    def rows_of(self, **asked: int) -> str:
        return self.rows + self.form.query(turned=None, **asked)

    def cell(self, works: list[Work]) -> SafeString:
        if not works:
            return self.empty
        worst = works[0]
        several = len(works) > 1
        return format_html(
            '<td class="m-{}"><a href="{}">{}{}</a></td>',
            LOOKS[worst.progress][0],
            self.rows_of(task=worst.task.pk, unit=worst.carrier.pk)
            if several
            else f"{self.before}{worst.pk}{self.after}{self.day}",
            self.signs.of(works),
            self.lead if any(work.assignment.role == Assignment.Role.LEAD for work in works) else "",
        )


def joined(markup: str, pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", markup, ((piece,) for piece in pieces))


@register.simple_tag
def matrix_table(matrix: Matrix, form: MatrixFilter, plan: int) -> SafeString:
    return Table(matrix, form, plan).html()
