"""A chart as HTML with drawn bars: the same in a paper's PDF and in its preview."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reports.documents.content import Bar, Chart, shown
from reports.documents.look.shades import Shade, shades_of
from reports.state.counts import percent

SVG = 'xmlns="http://www.w3.org/2000/svg" role="img"'
HEIGHT = 22
FACE = "'TeX Gyre Termes', 'Times New Roman', serif"
# In percents of a bar: the room of a number alone, and of one more letter.
NARROWEST = 5
LETTER = 2


def chart_html(chart: Chart) -> SafeString:
    shades = shades_of(len(chart.parts))
    return format_html(
        '<div class="chart"><p class="caption">{}</p>{}<p class="legend">{}</p></div>',
        chart.caption,
        format_html_join("", "{}", ((bar_html(bar, chart.parts, shades),) for bar in chart.bars)),
        format_html_join(
            " ",
            f'<span class="key"><svg {SVG} width="22" height="12">'
            "<title>Ô {}</title>{}</svg> {}</span>",
            (
                (shade.name, _box(0, 100, 12, shade), legend_of(chart, place))
                for place, shade in enumerate(shades)
            ),
        ),
    )


def bar_html(bar: Bar, parts: tuple[str, ...], shades: list[Shade]) -> SafeString:
    total = sum(bar.numbers)
    words = "; ".join(
        f"{part} {_with_share(number, total)}" for part, number in zip(parts, bar.numbers, strict=True)
    )
    return format_html(
        f'<p class="label">{{}}: {{}}</p><svg {SVG} class="shares" width="100%" height="{{}}">'
        "<title>{}: {}.</title>{}</svg>",
        bar.label,
        shown(total),
        HEIGHT,
        bar.label,
        words,
        format_html_join("", "{}", ((part,) for part in _drawn(bar, shades))),
    )


def legend_of(chart: Chart, place: int) -> str:
    """Bars may count the same thing twice, so only the numbers of a single one belong to its parts."""
    if len(chart.bars) > 1:
        return chart.parts[place]
    (numbers,) = (bar.numbers for bar in chart.bars)
    return f"{chart.parts[place]}: {_with_share(numbers[place], sum(numbers))}"


def _drawn(bar: Bar, shades: list[Shade]) -> Iterator[SafeString]:
    total = sum(bar.numbers)
    if not total:
        yield _box(0, 100, HEIGHT, Shade("", "FFFFFF", "000000"))
    widths = widths_of(bar.numbers)
    starts = accumulate(widths, initial=0.0)
    for number, width, start, shade in zip(bar.numbers, widths, starts, shades, strict=False):
        if number:
            yield _box(start, width, HEIGHT, shade)
            yield _words(start, width, fitting(number, total, width), shade)


def widths_of(numbers: tuple[int, ...]) -> list[float]:
    """Their shares, but each that is not nothing wide enough for its own number."""
    total = sum(numbers) or 1
    wide = [max(100 * number / total, NARROWEST) if number else 0.0 for number in numbers]
    return [100 * width / (sum(wide) or 1) for width in wide]


def fitting(number: int, total: int, width: float) -> str:
    whole = _with_share(number, total)
    return whole if LETTER * len(whole) < width else shown(number)


def _with_share(number: int, total: int) -> str:
    return f"{shown(number)} ({percent(number, total)}%)"


def _box(start: float, width: float, height: int, shade: Shade) -> SafeString:
    stripes = range(3, height, 4) if shade.striped else ()
    return format_html(
        '<rect x="{0}%" y="0.5" width="{1}%" height="{2}" fill="#{3}" stroke="#000000"/>{4}',
        f"{start:.2f}",
        f"{width:.2f}",
        height - 1,
        shade.fill,
        format_html_join(
            "",
            '<line x1="{}%" x2="{}%" y1="{}" y2="{}" stroke="#000000" stroke-width="0.75"/>',
            ((f"{start:.2f}", f"{start + width:.2f}", y, y) for y in stripes),
        ),
    )


def _words(start: float, width: float, words: str, shade: Shade) -> SafeString:
    """On stripes the words get a ground of their own."""
    centre, room = start + width / 2, min(width, LETTER * len(words) * 0.75)
    ground = format_html(
        '<rect x="{}%" y="3" width="{}%" height="{}" fill="#{}"/>',
        f"{centre - room / 2:.2f}",
        f"{room:.2f}",
        HEIGHT - 6,
        shade.fill,
    )
    return format_html(
        '{}<text x="{}%" y="{}" text-anchor="middle" font-family="{}" font-size="13" fill="#{}">{}</text>',
        ground if shade.striped else "",
        f"{centre:.2f}",
        HEIGHT * 0.7,
        FACE,
        shade.ink,
        words,
    )
