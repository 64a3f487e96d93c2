"""A .docx file as blocks: paragraphs with their printed numbers, and tables as grids."""

from collections.abc import Iterator

from lxml import etree

from .blocks import Block, GridCell, Paragraph, Table
from .layout import lay_out
from .lines import Document
from .numbering import Numbering, W
from .package import Package

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DROPPED = {
    f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "smartTagPr")
}
BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
OFF = ("0", "false", "off")


def read_word(data: bytes) -> Document:
    """The document in a .docx file as lines. Raises NotAPlan."""
    package = Package(data)
    part = package.main_part()
    root = package.xml(part)
    numbering = Numbering(package.related(part, "numbering"), package.related(part, "styles"))
    body = root.find(f"{W}body") if root is not None else None
    blocks = list(_Walker(numbering).blocks(body)) if body is not None else []
    return lay_out(blocks)


class _Walker:
    """Walks the elements in document order; numbers count along the way."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._boxes: list[Block] = []
        self._open = ""

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        """The paragraphs and tables below an element, also those inside content controls and
        insertions."""
        for element in parent:
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield self._table(element)
            elif element.tag == f"{MC}AlternateContent":
                yield from self.blocks(_choice(element))
            elif isinstance(element.tag, str) and element.tag not in DROPPED:
                yield from self.blocks(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        """The paragraph, and the text boxes anchored in it.

        A deleted paragraph mark joins it to the next one.
        """
        label, level = self._numbering.label(element) if _has_text(element) else ("", 0)
        text = self._open + "".join(self._text(element))
        self._open = ""
        boxes, self._boxes = self._boxes, []
        if _mark_is_deleted(element):
            self._open = text
        else:
            yield Paragraph(f"{label} {text}" if label else text, level)
        yield from boxes

    def _text(self, parent: etree._Element) -> Iterator[str]:
        for element in parent:
            tag = element.tag
            if tag in DROPPED or not isinstance(tag, str):
                continue
            if tag == f"{W}t":
                yield element.text or ""
            elif tag in BREAKS:
                yield BREAKS[tag]
            elif tag == f"{W}sym":
                yield _symbol(element)
            elif tag == f"{MC}AlternateContent":
                yield from self._text(_choice(element))
            elif tag == f"{W}txbxContent":
                self._boxes += list(_Walker(self._numbering).blocks(element))
            elif tag not in (f"{W}instrText", f"{W}delText", f"{W}fldChar") and not _is_hidden(element):
                yield from self._text(element)

    def _table(self, element: etree._Element) -> Table:
        table = Table()
        for row in _rows(element):
            table.rows.append(self._row(row))
        return table

    def _row(self, row: etree._Element) -> list[GridCell]:
        column = _number(row.find(f"{W}trPr"), "gridBefore")
        cells = []
        for element in _children(row, "tc"):
            properties = element.find(f"{W}tcPr")
            span = min(max(1, _number(properties, "gridSpan")), 60)
            merge = properties.find(f"{W}vMerge") if properties is not None else None
            merged = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            cells.append(GridCell(column, span, merged, list(_Walker(self._numbering).blocks(element))))
            column += span
        return cells


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows that are not deleted."""
    for row in _children(table, "tr"):
        properties = row.find(f"{W}trPr")
        if properties is None or properties.find(f"{W}del") is None:
            yield row


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows or cells of a table, also those wrapped in content controls or insertions."""
    for element in parent:
        if element.tag == f"{W}{name}":
            yield element
        elif element.tag in {
            f"{W}{wrapper}" for wrapper in ("sdt", "sdtContent", "ins", "moveTo", "customXml")
        }:
            yield from _children(element, name)


def _choice(alternate: etree._Element) -> etree._Element:
    """One of the alternatives that a drawing is stored in: the same text box stands in each."""
    choice = alternate.find(f"{MC}Choice")
    fallback = alternate.find(f"{MC}Fallback")
    has_text = choice is not None and choice.find(f".//{W}t") is not None
    if choice is not None and (has_text or fallback is None):
        return choice
    return fallback if fallback is not None else alternate


def _has_text(paragraph: etree._Element) -> bool:
    return any((item.text or "").strip() for item in paragraph.iter(f"{W}t"))


def _mark_is_deleted(paragraph: etree._Element) -> bool:
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish") if run.tag == f"{W}r" else None
    return vanish is not None and vanish.get(f"{W}val", "1") not in OFF


def _symbol(element: etree._Element) -> str:
    """A sign of a symbol font; in plans it is a bullet or a dash."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code <= 0xFFFF and not 0xD800 <= code <= 0xDFFF else ""


def _number(properties: etree._Element | None, name: str) -> int:
    found = properties.find(f"{W}{name}") if properties is not None else None
    text = found.get(f"{W}val", "") if found is not None else ""
    return min(int(text), 60) if text.isdecimal() and len(text) < 6 else 0
