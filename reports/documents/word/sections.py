"""The words of a paper in their sections: what it says itself, then its appendices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from reports.documents.content import Appendix, Block, Chart, Heading, Listing, Paper, Table, Text
from reports.documents.word.charts import chart_items
from reports.documents.word.frame import end_items, head_items, title_items
from reports.documents.word.geometry import section, text_width
from reports.documents.word.markup import NAMESPACES, POINT, Item, Paragraph, run
from reports.documents.word.sizes import sizes_of
from reports.documents.word.tables import Grid, table_items
from reports.templatetags.papers import numbered

FIRST_NUMBERED_LIST = 2
# Word adds the room below a paragraph to that above the next one; here, as in the PDF, the larger one counts.
BELOW = {"Reference": 14 * POINT, "Centred": 12 * POINT}
ABOVE = {"Heading1": 12 * POINT, "Caption": 14 * POINT, "ChartCaption": 10 * POINT}
# So many letters are hardly more than one line.
ONE_LINE = 75
# Word wants a paragraph behind the last table; this one takes the least room.
CLOSING = 1 * POINT


class Document:
    """Word's document of a paper. Every numbered list in it is one of its own, so that it begins with 1."""

    def __init__(self, paper: Paper) -> None:
        self.paper, self.sizes = paper, sizes_of(paper)
        self.lists = count(FIRST_NUMBERED_LIST)
        sections = [
            (paper.landscape, self.sheet()),
            *(
                (appendix.landscape, self.appendix(kind, appendix))
                for kind, appendix in numbered(paper.appendices)
            ),
        ]
        *before, (last_turned, last) = [
            (section(landscape, is_first=place == 0), "".join(item.xml for item in items))
            for place, (landscape, items) in enumerate(sections)
        ]
        closed = "".join(f"{items}{_closing(end)}" for end, items in before)
        body = f"{closed}{last}{_closing()}{last_turned}"
        self.xml = f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        self.numbered_lists = range(FIRST_NUMBERED_LIST, next(self.lists))

    def sheet(self) -> Iterator[Item]:
        paper, width = self.paper, text_width(self.paper.landscape)
        if paper.head:
            yield from head_items(paper.head, width)
        words = [
            *title_items(paper.kind, paper.title, paper.reference, width, self.sizes.text / 2),
            *self.blocks(paper.blocks, width),
        ]
        if paper.signature:
            yield from self.spaced(kept(words, len(last_words(paper.blocks[-1]))))
            yield from end_items(paper.signature, paper.sent_to, width, self.sizes.above_end)
        else:
            yield from self.spaced(words)

    def appendix(self, kind: str, appendix: Appendix) -> Iterator[Item]:
        width = text_width(appendix.landscape)
        title = title_items(kind, appendix.title, appendix.reference, width, self.sizes.text / 2)
        yield from self.spaced([*title, *self.blocks(appendix.blocks, width)])

    def blocks(self, blocks: Iterable[Block], width: int) -> Iterator[Item]:
        for block in blocks:
            match block:
                case Heading():
                    yield Paragraph(f"Heading{block.level}", run(block.text))
                case Text():
                    look = "Centred" if block.centered else "Note" if block.italic else "BodyText"
                    yield Paragraph(look, run(block.text))
                case Listing():
                    style, number = (
                        ("ListNumber", next(self.lists)) if block.numbered else ("ListBullet", None)
                    )
                    yield from (Paragraph(style, run(line), number=number) for line in block.lines)
                case Table():
                    yield from table_items(block, width)
                case Chart():
                    yield from chart_items(block, width)

    def spaced(self, items: Iterable[Item]) -> Iterator[Item]:
        """With the larger of the rooms that two paragraphs have between them."""
        below, room = {**BELOW, "TitleRule": self.sizes.below_title}, 0
        for item in items:
            match item:
                case Paragraph(style="Gap"):
                    yield replace(item, line=max(room, item.line or 0))
                case Paragraph() if room > ABOVE.get(item.style, 0):
                    yield replace(item, before=room)
                case _:
                    yield item
            room = below.get(item.style, 0) if isinstance(item, Paragraph) else 0


def last_words(block: Block) -> str:
    """Those of the last paragraph; none where it is a table or a chart."""
    match block:
        case Text():
            return block.text
        case Listing():
            return block.lines[-1]
    return ""


def kept(items: list[Item], letters: int) -> list[Item]:
    """With the last words on the page of what follows, and never a last line alone."""
    first = len(items) - (2 if 0 < letters < ONE_LINE else 1)
    return [
        replace(item, keep=True) if place >= first and isinstance(item, Paragraph | Grid) else item
        for place, item in enumerate(items)
    ]


def _closing(section: str = "") -> str:
    return Paragraph("Gap", line=CLOSING, section=section).xml
