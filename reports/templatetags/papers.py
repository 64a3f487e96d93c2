"""The blocks of a paper as HTML: the same in its PDF and in its preview."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from reports.documents.content import (
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

register = template.Library()


@register.filter
def printed(blocks: Iterable[Block]) -> SafeString:
    return format_html_join("\n", "{}", ((block_html(block),) for block in blocks))


def block_html(block: Block) -> SafeString:
    match block:
        case Heading():
            return format_html("<h{0}>{1}</h{0}>", block.level + 1, block.text)
        case Text():
            return format_html('<p class="{}">{}</p>', "note" if block.italic else "text", block.text)
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
    total = sum(column.width for column in table.columns)
    cols = "".join(f'<col width="{100 * column.width / total:.2f}%">' for column in table.columns)
    heads = "".join(f'<th scope="col">{escape(column.head)}</th>' for column in table.columns)
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    rows = "".join(row_html(row, table.columns) for row in table.rows)
    return mark_safe(  # noqa: S308 - every text in it is escaped
        f"<table>{caption}<colgroup>{cols}</colgroup><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def row_html(row: Row, columns: tuple[Column, ...]) -> str:
    if row.look == "group":
        name = escape(shown(row.cells[0]))
        return f'<tr class="group"><th colspan="{len(columns)}" scope="colgroup">{name}</th></tr>'
    cells = "".join(
        f'<td class="{across(value, column)}">{escape(shown(value))}</td>'
        for value, column in zip(row.cells, columns, strict=True)
    )
    return f'<tr class="{row.look}">{cells}</tr>' if row.look else f"<tr>{cells}</tr>"


def across(value: Value, column: Column) -> str:
    return (
        "right" if isinstance(value, int | Decimal | Percent) and column.across == "left" else column.across
    )


def chart_html(chart: Chart) -> SafeString:
    raise NotImplementedError
