"""A long paper cut into parts that are laid out apart and still look like one run.

A part ends where a page ends anyway: before an appendix, or between two rows of a long table where the
heights of the rows say that a page ends. Appendices need no measure; in a table one small layout (what
stands before it and one row of each look) tells where its rows begin and end on a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from reports.documents.pdf.measuring import ROW, Look, looks_of
from reports.documents.pdf.paging import Pages

if TYPE_CHECKING:
    from weasyprint.document import Document

BODY = re.compile(r"<body\b[^>]*>")
APPENDIX = re.compile(r'<section class="appendix')
TABLE = re.compile(r"<table\b[^>]*>(?:(?!<table\b).)*?<tbody>(.*?)</tbody></table>", re.S)
ELEMENT = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*?(/?)>")
CAPTION = re.compile(r"<caption\b.*?</caption>", re.S)

# A shorter table is not worth a layout of its own to know where its pages end.
LONG_TABLE = 40

# What is open again at the start of a part began in another.
CONTINUED = """
[data-continued] { margin-top: 0 !important; padding-top: 0 !important; }
[data-next-page] { break-before: page !important; }
"""

Layout = Callable[[str], "Document"]


class Place(NamedTuple):
    """Where a page begins: its offset in the HTML, the start tags open there, and the rows before it."""

    at: int
    opened: tuple[str, ...]
    rows: int


def cut(html: str, parts: int, layout: Layout) -> tuple[list[str], int]:
    """The HTML of at most so many parts of about equally many rows, and about how many pages it will have;
    `layout` lays out a piece of it to be measured."""
    start, end = Place(0, (), 0), Place(len(html), (), 0)
    rows = sum(1 for table in TABLE.finditer(html) for _row in ROW.finditer(html, *table.span(1)))
    found, cuts = [start], [start]
    unseen = places(html, layout)
    for part in range(1, parts):
        wanted = rows * part / parts
        # What stands behind the last cut needs no measure.
        while found[-1].rows < wanted and (place := next(unseen, None)):
            found.append(place)
        nearest = min(found, key=lambda place: abs(place.rows - wanted))
        if nearest.at > cuts[-1].at:
            cuts.append(nearest)
    pieces = [piece(html, begin, stop) for begin, stop in zip(cuts, [*cuts[1:], end], strict=True)]
    return pieces, len(found) * rows // found[-1].rows if found[-1].rows else 1


def places(html: str, layout: Layout) -> Iterator[Place]:
    """All places where a page surely begins. In an appendix only the first long table is known beforehand."""
    body = BODY.search(html)
    sheets = [match.start() for match in APPENDIX.finditer(html)]
    rows = 0
    for start, end in zip([0, *sheets], [*sheets, len(html)], strict=True):
        sheet = Place(start, (body[0],) if body and start else (), rows)
        if start:
            yield sheet
        long = None
        for table in TABLE.finditer(html, start, end):
            lines = list(ROW.finditer(html, table.start(1), table.end(1)))
            if long is None and len(lines) >= LONG_TABLE:
                long = Place(table.start(1), tuple(opened_at(html, table.start(1))), rows)
                for row in page_starts(html, sheet, long, [line[0] for line in lines], layout):
                    yield Place(lines[row].start(), long.opened, rows + row)
            rows += len(lines)


def page_starts(html: str, sheet: Place, table: Place, rows: list[str], layout: Layout) -> Iterator[int]:
    """The rows of a table with which a page begins: by its first row and a short one of each look."""
    looks = looks_of(rows)
    samples = {looks[0]: rows[0]}
    for look, row in sorted(zip(looks, rows, strict=True), key=lambda pair: len(pair[1])):
        samples.setdefault(look, row)
    on_next_page = min(rows, key=len).replace("<tr", '<tr data-next-page=""', 1)
    laid_out = layout(piece(html, sheet, table, "".join(samples.values()) + on_next_page))
    pages, boxes = Pages.of(laid_out, len(samples) + 1)
    rulers: dict = {}
    known = {look: Look(box, rulers) for look, box in zip(samples, boxes, strict=False)}
    return pages.starts(known[look].measured(row) for look, row in zip(looks, rows, strict=True))


def piece(html: str, start: Place, end: Place, more: str = "") -> str:
    """The HTML from one place to the other as a document of its own."""
    before = html[: html.index("<body")] + "".join(map(continued, start.opened)) if start.at else ""
    after = "".join(f"</{name}>" for tag in reversed(end.opened) for _end, name, _closed in names(tag))
    return before + html[start.at : end.at] + more + after + ("" if end.at == len(html) else "</html>")


def names(opening: str) -> list[tuple[str, str, str]]:
    """The element that this begins with."""
    return ELEMENT.findall(opening)[:1]


def continued(opening: str) -> str:
    """A start tag with what is repeated behind it (the heads of a table), marked as no beginning."""
    return CAPTION.sub("", opening).replace(">", ' data-continued="">', 1)


def opened_at(html: str, at: int) -> list[str]:
    """The start tags from the body on that are open at this place; a table's with its columns and heads."""
    opened: list[tuple[str, int, int]] = []
    for tag in ELEMENT.finditer(html, html.index("<body"), at):
        closing, name, closed = tag.groups()
        if closing:
            while opened.pop()[0] != name:
                pass
        elif not closed:
            opened.append((name, tag.start(), tag.end()))
    ends = [start for name, start, _end in opened[1:]]
    return [
        html[start : next_start if name == "table" else end]
        for (name, start, end), next_start in zip(opened, [*ends, at], strict=True)
    ]
