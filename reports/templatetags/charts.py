"""Charts as inline SVG without scripts or styles of their own: the same in a page and on paper."""

from collections.abc import Iterable
from typing import NamedTuple

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from reports.owed.standing import Stage, Tally
from reports.state.counts import Counts
from reports.templatetags.progress import LOOKS, SHORT
from tasks.templatetags.figures import figure

register = template.Library()

STAGES = {
    Stage.ACCEPTED: "good",
    Stage.WAITING: "info",
    Stage.RETURNED: "warn",
    Stage.WRITING: "begun",
    Stage.NOT_STARTED: "none",
}


class Part(NamedTuple):
    """A stretch of a bar; `look` is the end of its class. `address` leads to what was counted; `change` is
    how many more they are than before."""

    look: str
    label: str
    number: int
    address: str = ""
    change: int = 0


def progress_parts(counts: Counts) -> list[Part]:
    return [
        Part(LOOKS[progress][0], str(progress.label), count) for progress, count in counts.classes.items()
    ]


def short_parts(counts: Counts) -> list[Part]:
    return [
        Part(LOOKS[progress][0], str(SHORT[progress]), count) for progress, count in counts.classes.items()
    ]


def stage_parts(tally: Tally) -> list[Part]:
    return [Part(look, str(stage.label), tally.stages[stage]) for stage, look in STAGES.items()]


@register.simple_tag
def progress_bar(counts: Counts) -> SafeString:
    counted = ngettext("%(count)d assignment", "%(count)d assignments", counts.total)
    return bar(progress_parts(counts)) + legend(progress_parts(counts), counted % {"count": counts.total})


@register.simple_tag
def answers_bar(tally: Tally) -> SafeString:
    counted = ngettext("%(count)d unit owes a report", "%(count)d units owe a report", tally.owed)
    return bar(stage_parts(tally)) + legend(stage_parts(tally), counted % {"count": tally.owed})


def bar(parts: Iterable[Part]) -> SafeString:
    """The parts as lengths of one line, read aloud as their words and numbers."""
    shown = [part for part in parts if part.number]
    total = sum(part.number for part in shown)
    starts = [sum(part.number for part in shown[:place]) for place in range(len(shown))]
    stretches = format_html_join(
        "",
        '<rect class="bar-{}" x="{}" y="0" width="{}" height="8"/>',
        (
            (part.look, f"{100 * start / total:.3f}", f"{100 * part.number / total:.3f}")
            for part, start in zip(shown, starts, strict=True)
        ),
    )
    title = "; ".join(f"{part.label}: {part.number}" for part in shown) or "0"
    return format_html(
        '<svg class="bar" role="img" viewBox="0 0 100 8" preserveAspectRatio="none">'
        "<title>{}</title>{}</svg>",
        title,
        stretches,
    )


def legend(parts: Iterable[Part], counted: str = "") -> SafeString:
    """The numbers by their parts, after what they are numbers of."""
    items = format_html_join(
        "",
        '<li><svg class="swatch" viewBox="0 0 8 8" aria-hidden="true">'
        '<rect class="swatch-{}" width="8" height="8" rx="2"/></svg>{}{}</li>',
        ((part.look, linked(part), changed(part.change)) for part in parts if part.number or part.change),
    )
    first = format_html("<li><b>{}</b></li>", counted) if counted else ""
    return format_html('<ul class="legend">{}{}</ul>', first, items)


def linked(part: Part) -> SafeString:
    shown = figure(part.number)
    if not (part.address and part.number):
        return format_html("{} <b>{}</b>", part.label, shown)
    return format_html(
        '<a href="{}" data-figure="{}">{} <b>{}</b></a>', part.address, part.number, part.label, shown
    )


def changed(number: int) -> SafeString | str:
    """How many more or fewer, with its sign; nothing where nothing has changed."""
    return format_html(' <span class="change">{}</span>', signed(number)) if number else ""


@register.filter
def signed(number: int) -> str:
    return f"{'+' if number > 0 else '−'}{figure(abs(number))}"
