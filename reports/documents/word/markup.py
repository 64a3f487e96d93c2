"""WordprocessingML put together from strings: thousands of rows would take a minute as objects.

Lengths are in twips, twentieths of a point, as Word counts them; Word refuses properties in another order
than its schema's.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Protocol
from xml.sax.saxutils import escape

from reports.documents.content import Value, shown

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MM = 1440 / 25.4
POINT = 20
# What XML has no place for: control characters, halves of letters, codes that are no letters.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A gap to be filled by hand keeps its width.
SPACES = re.compile("[ \t\n\r]+")


def plain(value: Value) -> str:
    """A value's text in one line of letters that every XML reader takes."""
    text = SPACES.sub(" ", NOT_XML.sub("", shown(value)))
    return unicodedata.normalize("NFC", text).strip(" ")


def run(text: Value, look: str = "") -> str:
    """`look` holds properties of the run, where they differ from the paragraph's style."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(plain(text))}</w:t></w:r>'


def lines(texts: tuple[str, ...]) -> str:
    """Runs on a line each."""
    return "<w:r><w:br/></w:r>".join(map(run, texts))


class Item(Protocol):
    """What follows another in a section."""

    @property
    def xml(self) -> str: ...


@dataclass(frozen=True)
class Paragraph:
    """`runs` as the functions above make them. `keep` holds it on the page of what follows; `number` is the
    list that it belongs to; what is None is as the style has it."""

    style: str
    runs: str = ""
    keep: bool = False
    number: int | None = None
    before: int | None = None
    line: int | None = None
    aside: int | None = None
    section: str = ""

    @property
    def xml(self) -> str:
        spacing = "".join(
            f' w:{name}="{value}"'
            for name, value in (("before", self.before), ("line", self.line))
            if value is not None
        )
        properties = (
            f'<w:pStyle w:val="{self.style}"/>',
            "<w:keepNext/>" if self.keep else "",
            _list(self.number) if self.number else "",
            f"<w:spacing{spacing}/>" if spacing else "",
            f'<w:ind w:left="{self.aside}" w:right="{self.aside}"/>' if self.aside is not None else "",
            self.section,
        )
        return f"<w:p><w:pPr>{''.join(properties)}</w:pPr>{self.runs}</w:p>"


def _list(number: int) -> str:
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'


def cell(width: int, content: str, properties: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def grid(style: str, widths: list[int], rows: str, told: str = "") -> str:
    """A table whose columns stay as wide as they are; `told` is what it is for those who do not see it."""
    description = f'<w:tblDescription w:val="{escape(plain(told), {chr(34): "&quot;"})}"/>' if told else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{description}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
    )
