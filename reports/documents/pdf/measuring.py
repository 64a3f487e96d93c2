"""How high the rows of a table will be, without laying them out.

The engine tells its own style, widths and line height of one row of each look; the lines of all other rows
are counted from the widths of their words, which the engine's shaper measures once a word. A word of other
scripts at the end of a line, or wider than its column, is left to the shaper with its whole cell. So the
heights are the engine's own, at a fiftieth of its time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING, Any

from reports.documents.pdf.paging import Measured

if TYPE_CHECKING:
    from weasyprint.formatting_structure.boxes import Box

ROW = re.compile(r'<tr(?: class="([^"]*)")?[^>]*>(.*?)</tr>', re.S)
CELL = re.compile(r"<(t[dh])\b[^>]*>(.*?)</\1>", re.S)
TAG = re.compile(r"<[^>]*>")
SPACE = re.compile(r"[ \t\n\r\f]+")
LETTER = "A-Za-zÀ-ɏẠ-ỹ"
# Letters of Latin script and figures, within stops and brackets, joined by hyphens and strokes.
PLAIN = re.compile(rf"\(?[0-9{LETTER}.,]+([-/][0-9{LETTER}]+)*[),.;:%]*")
# In such a word a line may end nowhere else; before a figure only after a letter and a stroke.
BREAK = re.compile(rf"[-/](?=[{LETTER}])|(?<=[{LETTER}])/(?=[0-9])")

# The class of a row that may go over the end of a page.
TALL = "tall"

# What of a style decides how wide a word is.
FACE = ("font_family", "font_size", "font_weight", "font_style", "font_variant_numeric", "letter_spacing")


def looks_of(rows: list[str]) -> list[tuple[str, int]]:
    """Of each row what decides how its cells are set: its classes, and how many they are."""
    return [
        (" ".join(sorted({*(match[1] or "").split()} - {TALL})), len(CELL.findall(match[2])))
        for match in map(ROW.fullmatch, rows)
        if match
    ]


class Ruler(dict[str, int]):
    """The widths of words in one style, in the shaper's units, measured when first asked for."""

    def __init__(self, style: Any) -> None:
        from weasyprint.text.line_break import create_layout

        super().__init__()
        self.style = style
        self.layout = create_layout(" ", style, None, None, 0)
        self.space = 0
        self.space = self["a a"] - 2 * self["a"]

    def __missing__(self, word: str) -> int:
        from weasyprint.text.ffi import TO_UNITS
        from weasyprint.text.line_break import line_size

        self.layout.set_text(word)
        line, _rest = self.layout.get_first_line()
        self[word] = width = round(line_size(line, self.style)[0] * TO_UNITS)
        return width

    def lines(self, text: str, room: float) -> int:
        """How many lines the text takes where so much room (in px) is from left to right."""
        from weasyprint.text.ffi import TO_UNITS

        if not text:
            return 0
        units, used, lines = int(room * TO_UNITS), 0, 1
        for word in text.split(" "):
            while used + self[word] > units:
                if not PLAIN.fullmatch(word):
                    return self.broken_lines(text, room)
                ends = [end.end() for end in BREAK.finditer(word) if used + self[word[: end.end()]] <= units]
                if not ends and not used:
                    return self.broken_lines(text, room)
                word = word[ends[-1] :] if ends else word
                lines, used = lines + 1, 0
            used += self[word] + self.space
        return lines

    def broken_lines(self, text: str, room: float) -> int:
        from weasyprint.text.line_break import split_first_line

        lines, rest = 0, text.encode()
        while rest:
            lines += 1
            _layout, _length, more, *_size = split_first_line(
                rest.decode().lstrip(" "), self.style, None, room, 0
            )
            rest = rest.lstrip(b" ")[more:] if more else b""
        return lines


@dataclass
class Look:
    """One laid out row, by which all rows of its look are measured."""

    row: Box
    rulers: dict[Any, Ruler]
    known: dict[tuple[int, str], int] = field(default_factory=dict)

    @cached_property
    def line_height(self) -> float:
        return next((line.height for cell in self.row.children for line in lines_in(cell)), 0)

    @cached_property
    def around(self) -> float:
        """Of the row's height what is not lines: paddings and borders."""
        most = max(sum(1 for _ in lines_in(cell)) for cell in self.row.children)
        return self.row.height - most * self.line_height

    @cached_property
    def columns(self) -> list[tuple[Ruler, float]]:
        return [(self.ruler(cell.style), cell.width) for cell in self.row.children]

    def ruler(self, style: Any) -> Ruler:
        key = tuple(str(style[name]) for name in FACE)
        if key not in self.rulers:
            self.rulers[key] = Ruler(style)
        return self.rulers[key]

    def measured(self, html: str) -> Measured:
        lines = max(self.lines(column, cell[1]) for column, cell in enumerate(CELL.findall(html)))
        style = self.row.style
        return Measured(
            height=self.around + self.line_height * lines,
            line=self.line_height,
            sticks_before=style["break_before"].startswith("avoid"),
            sticks_after=style["break_after"].startswith("avoid"),
            splits=TALL in html[: html.index(">")],
        )

    def lines(self, column: int, html: str) -> int:
        lines = self.known.get((column, html))
        if lines is None:
            text = SPACE.sub(" ", unescape(TAG.sub("", html) if "<" in html else html)).strip(" ")
            ruler, room = self.columns[column]
            lines = self.known[column, html] = ruler.lines(text, room)
        return lines


def lines_in(box: Box) -> Iterator[Box]:
    for child in getattr(box, "children", ()):
        if type(child).__name__ == "LineBox":
            yield child
        else:
            yield from lines_in(child)
