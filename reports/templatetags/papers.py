"""The blocks of a paper as HTML: the same in its PDF and in its preview."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from reports.documents.content import (
    Appendix,
    Block,
    Chart,
    Column,
    Heading,
    Listing,
    Percent,
    Row,
    Table,
    Text,
    Value,
    shown,
)
from reports.documents.look.figures import chart_html
from reports.documents.look.widths import column_widths
from reports.documents.texts import roman

register = template.Library()

# Half a page holds so many letters of a table that is as wide as the page, whichever way the page lies.
LETTERS_ACROSS = 85
LINES_OF_HALF_A_PAGE = 24


@register.filter
def printed(blocks: Iterable[Block]) -> SafeString:
    """The level of a heading is its look; its tag never leaves a level out, where readers would stumble."""
    deepest, parts = 1, []
    for block in blocks:
        if isinstance(block, Heading):
            deepest = min(deepest, block.level) + 1
        parts.append(block_html(block, deepest))
    return format_html_join("\n", "{}", ((part,) for part in parts))


@register.filter
def numbered(appendices: tuple[Appendix, ...]) -> list[tuple[str, Appendix]]:
    """Each with its line "Phụ lục", and with a Roman number where there are several."""
    if len(appendices) == 1:
        return [("Phụ lục", appendices[0])]
    return [(f"Phụ lục {roman(number)}", appendix) for number, appendix in enumerate(appendices, start=1)]


def block_html(block: Block, deepest: int = 2) -> SafeString:
    match block:
        case Heading():
            return format_html('<h{0} class="level-{1}">{2}</h{0}>', deepest, block.level, block.text)
        case Text():
            look = "centered" if block.centered else "note" if block.italic else "text"
            return format_html('<p class="{}">{}</p>', look, block.text)
        case Listing():
            kind = "ol" if block.numbered else "ul"
            items = format_html_join("\n", "<li>{}</li>", ((line,) for line in block.lines))
            return format_html("<{0}>{1}</{0}>", mark_safe(kind), items)  # noqa: S308 - one of two words
        case Table():
            return table_html(block)
        case Chart():
            return chart_html(block)


def table_html(table: Table) -> SafeString:
    """Put together from escaped strings: thousands of rows would take seconds in a template."""
    widths = column_widths(table.columns)
    cols = "".join(f'<col width="{width:.2f}%"/>' for width in widths)
    heads = "".join(f'<th scope="col">{escape(column.head)}</th>' for column in table.columns)
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    letters = [LETTERS_ACROSS * width / 100 for width in widths]
    rows = "".join(row_html(row, table.columns, letters) for row in table.rows)
    return mark_safe(  # noqa: S308 - every text in it is escaped
        f'<div class="table-box" role="region" aria-label="{escape(table.name)}" tabindex="0">'
        f"<table>{caption}<colgroup>{cols}</colgroup><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def row_html(row: Row, columns: tuple[Column, ...], letters: list[float]) -> str:
    if row.look == "group":
        name = escape(shown(row.cells[0]))
        return f'<tr class="group"><th colspan="{len(columns)}" scope="rowgroup">{name}</th></tr>'
    words = [shown(value) for value in row.cells]
    cells = "".join(
        f'<td class="{across(value, column)}">{escape(word)}</td>'
        for value, word, column in zip(row.cells, words, columns, strict=True)
    )
    tall = any(len(word) > LINES_OF_HALF_A_PAGE * fit for word, fit in zip(words, letters, strict=True))
    looks = " ".join(filter(None, (row.look, "tall" if tall else "")))
    return f'<tr class="{looks}">{cells}</tr>' if looks else f"<tr>{cells}</tr>"


def across(value: Value, column: Column) -> str:
    """Numbers stand under each other, days and percents in the middle, unless the column says otherwise."""
    if column.across != "left":
        return column.across
    if isinstance(value, date | Percent):
        return "center"
    return "right" if isinstance(value, int | Decimal) else "left"
