"""The parts of a long paper, each laid out in a process of its own.

A part first says how many pages it has and waits to hear how many come before it; so its pages bear the
right numbers without anybody having guessed. What is laid out counts twice as much as what is written.
"""

from __future__ import annotations

import logging
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from reports.documents.pdf.children import Line, Work, cores, share
from reports.documents.pdf.cutting import CONTINUED, cut
from reports.documents.pdf.house import PROGRESS, House, the_house
from reports.documents.pdf.joining import Part, joined, marks_of, prepared
from reports.documents.telling import Told

# The paper's first page alone bears no number.
NUMBERED = "@page :first { @top-center { content: counter(page); } }"

PAGES, LAID_OUT, WRITTEN = "pages", "laid out", "written"


def rendered_in_parts(html: str, parts: int, options: dict[str, Any], told: Told) -> bytes:
    house = the_house()
    pieces, pages = cut(html, parts, house.with_style(CONTINUED).laid_out)
    later = house.with_style(CONTINUED + NUMBERED)
    works: list[Work] = [
        partial(part_of, number, piece, later if number else house, options)
        for number, piece in enumerate(pieces)
    ]
    count = Count(len(pieces), pages, told)
    results = share(works, count.heard, cores())
    file = joined(results) if len(results) > 1 else results[0].file
    count.end()
    return file


def part_of(number: int, html: str, house: House, options: dict[str, Any], line: Line) -> Part:
    """In a child: its part of the paper."""
    before = Before(line)
    with before:
        document = house.laid_out(html, **options)
    continues = "<table data-continued" in html
    finisher = prepared(number, before.pages, continues)
    file = document.write_pdf(finisher=finisher, **options)
    line.say((WRITTEN, len(document.pages)))
    return Part(file, marks_of(document), continues)


class Before(logging.Handler):
    """Between a layout and its numbers: says each page, then waits for the number of pages before the part.

    The engine tells the pages in its log, and makes the margins with the numbers when all pages are made.
    """

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.line = line
        self.pages = 0

    def __enter__(self) -> None:
        from weasyprint import layout

        self.margins = layout.make_margin_boxes
        layout.make_margin_boxes = self.numbered_margins
        self.heard = False
        PROGRESS.setLevel(logging.INFO)
        PROGRESS.addHandler(self)
        PROGRESS.propagate = False

    def __exit__(self, *_error: object) -> None:
        from weasyprint import layout

        layout.make_margin_boxes = self.margins
        PROGRESS.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        if "Page %d" in str(record.msg):
            self.line.say((LAID_OUT, 1))

    def numbered_margins(self, context: Any, page: Any, state: Any) -> Any:
        if not self.heard:
            self.line.say((PAGES, len(context.page_maker) - 1))
            self.pages = self.line.hear()
            self.heard = True
        state[1]["page"] = [self.pages + context.current_page]
        return self.margins(context, page, state)


class Count:
    """In the parent: the pages of each part as they are known, and how far the whole is."""

    def __init__(self, parts: int, pages: int, told: Told) -> None:
        self.pages: dict[int, int] = {}
        self.asking: dict[int, Connection] = {}
        self.parts, self.told = parts, told
        self.done, self.all = 0, 3 * pages

    def heard(self, part: int, word: tuple[str, int], line: Connection) -> None:
        what, number = word
        if what == PAGES:
            self.pages[part] = number
            self.asking[part] = line
            self.answer()
        else:
            self.done += number if what == WRITTEN else 2 * number
            self.told(min(self.done, self.all - 1), self.all)

    def answer(self) -> None:
        for part, line in list(self.asking.items()):
            if all(before in self.pages for before in range(part)):
                line.send(sum(self.pages[before] for before in range(part)))
                del self.asking[part]

    def end(self) -> None:
        self.told(self.all, self.all)
