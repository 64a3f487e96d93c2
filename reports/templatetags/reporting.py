"""Parts of the page on which reports have come; the table, of some thousand cells, is made in one place."""

from django import template
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from reports.forms.reporting import EVERY_PERIOD, Column, ReportingFilter, Standing
from reports.models import ProgressReport
from reports.state.reporting import Cell, Outcome, Outcomes, Row, UnitPart
from reports.templatetags.charts import Part, bar
from tasks.templatetags.figures import figure

register = template.Library()

State = ProgressReport.State

# Colour and shape of each; its word stands beside them.
LOOKS = {
    Outcome.ON_TIME: ("good", "✓"),
    Outcome.IN_GRACE: ("late", "✓"),
    Outcome.LATE: ("warn", "!"),
    Outcome.MISSING: ("bad", "✕"),
    Outcome.TIME_LEFT: ("none", "–"),
}
SIGNS = {
    State.DRAFT: pgettext_lazy("sign at a report", "being written"),
    State.SUBMITTED: pgettext_lazy("sign at a report", "waits for review"),
    State.RETURNED: pgettext_lazy("sign at a report", "returned"),
}


@register.simple_tag
def outcomes_bar(outcomes: Outcomes) -> SafeString:
    return bar(Part(LOOKS[each][0], str(each.label), number) for each, number in outcomes.counts.items())


@register.filter
def outcome_swatch(standing: str) -> SafeString | str:
    """The colour that an outcome has in the bars."""
    if standing not in Outcome.values:
        return ""
    return format_html(
        '<svg class="swatch" viewBox="0 0 8 8" aria-hidden="true">'
        '<rect class="swatch-{}" width="8" height="8" rx="2"/></svg>',
        LOOKS[Outcome(standing)][0],
    )


@register.simple_tag
def outcome_mark(cell: Cell) -> SafeString:
    look, shape = LOOKS[cell.outcome]
    return format_html('<span class="mark mark-{}">{} {}</span>', look, shape, cell.outcome.label)


@register.filter
def signs(cell: Cell) -> str:
    """What is still to come of the report, and whether it has revisions."""
    newest = cell.standing.report
    if newest is None:
        return ""
    said = [_("revision %(number)s") % {"number": newest.revision}] if newest.revision > 1 else []
    if newest.state in SIGNS:
        said.append(str(SIGNS[State(newest.state)]))
    return " · ".join(said)


def own_time(cell: Cell) -> str:
    """Until when the unit's exception holds, while nothing has come."""
    if cell.outcome.is_sent or not cell.exception:
        return ""
    return _("exception until %(day)s") % {"day": localize(cell.exception)}


@register.simple_tag(takes_context=True)
def reporting_rows(context: template.Context, form: ReportingFilter, columns: list[Column]) -> SafeString:
    """The body of the table of units by periods."""
    cells = Cells(columns, context["periods_with_page"])
    return format_html_join(
        "\n",
        '<tr><th scope="row">{}</th>{}{}</tr>',
        (
            (unit_name(row), unit_rate(part, form) if row is part.rows[0] else "", cells.of_row(row))
            for part in form.reporting.parts
            for row in part.rows
        ),
    )


def unit_name(row: Row) -> SafeString:
    name = format_html('<a class="plain-link" href="{}">{}</a>', row.unit.get_absolute_url(), row.unit)
    if row.carrier.pk == row.unit.pk:
        return name
    heir = _("now %(unit)s") % {"unit": row.carrier}
    return format_html('<span class="goes-on">{}<small>{}</small></span>', name, heir)


def unit_rate(part: UnitPart, form: ReportingFilter) -> SafeString:
    """Of those that came or should have, to which it leads; once for all rows that the unit answers for."""
    return format_html(
        '<td class="rate" rowspan="{}"><a href="{}#list">{}/{}</a></td>',
        len(part.rows),
        form.query(unit=part.unit.pk, period=EVERY_PERIOD, standing=Standing.DUE),
        figure(part.outcomes.in_time),
        figure(part.outcomes.due),
    )


class Cells:
    """Makes those of the columns; `with_page` are the keys of the periods that still have a page."""

    def __init__(self, columns: list[Column], with_page: set[int]) -> None:
        self.pages = {
            column.period.pk: f"{column.period.get_absolute_url()}?state=missing"
            if column.period.pk in with_page
            else ""
            for column in columns
        }
        self.faces = {
            outcome: format_html("{} {}", shape, outcome.label) for outcome, (_look, shape) in LOOKS.items()
        }
        self.unasked = format_html('<td><span class="visually-hidden">{}</span></td>', _("owes none"))

    def of_row(self, row: Row) -> SafeString:
        found = (row.cells.get(period) for period in self.pages)
        return format_html_join("", "{}", ((self.made(cell) if cell else self.unasked,) for cell in found))

    def made(self, cell: Cell) -> SafeString:
        """Leads to the report, or to the page of the period where nothing came."""
        sign = " · ".join(filter(None, (own_time(cell), signs(cell))))
        return format_html(
            '<td><a class="cell cell-{}"{}>{}{}</a></td>',
            LOOKS[cell.outcome][0],
            self.address(cell),
            self.faces[cell.outcome],
            format_html("<small>{}</small>", sign) if sign else "",
        )

    def address(self, cell: Cell) -> SafeString | str:
        report = cell.report
        address = report.get_absolute_url() if report else self.pages[cell.period.pk]
        return format_html(' href="{}"', address) if address else ""
