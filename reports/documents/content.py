"""What every paper says, whatever file it becomes: its head, its title, its blocks, its end.

All texts are Vietnamese and ready to print; a renderer adds only place, face and size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from reports.documents.texts import GAP, written_date, written_number


class Marked(NamedTuple):
    """A word with the look of its state: "good", "late", "info", "bad" or "none"."""

    text: str
    look: str


class Percent(NamedTuple):
    number: int


Value = str | int | Decimal | date | Marked | Percent | None


@dataclass(frozen=True)
class Heading:
    """With its own number in the text; level 1 for "I.", 2 for "1.", 3 for "1.1."."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    """A paragraph with its own full stop; a centred one ("Kính gửi: …") has none and no first-line indent."""

    text: str
    italic: bool = False
    centered: bool = False


@dataclass(frozen=True)
class Listing:
    """Items without their stops, numbered or with dashes; `name` is what they are, for a sheet of a book."""

    name: str
    items: tuple[str, ...]
    numbered: bool = True
    end: str = "."

    @property
    def lines(self) -> list[str]:
        """The items with their stops, still without numbers and dashes."""
        return [
            f"{item}{self.end if place == len(self.items) else ';'}"
            for place, item in enumerate(self.items, start=1)
        ]


class Column(NamedTuple):
    """`width` is its share of the table's; `across` is "left", "center" or "right"."""

    head: str
    width: int
    across: str = "left"


class Row(NamedTuple):
    """A row of cells. The look "group" has one cell that goes over all columns; "total" is bold."""

    cells: tuple[Value, ...]
    look: str = ""


@dataclass(frozen=True)
class Table:
    """`name` is at most 31 characters, for a sheet of a book; `caption` is printed above, empty for none."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""


class Bar(NamedTuple):
    """One stacked bar; a number for each of the chart's parts."""

    label: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Chart:
    """Bars of equal length, each divided by the shares of its numbers. Told apart in black and white."""

    caption: str
    parts: tuple[str, ...]
    bars: tuple[Bar, ...]


Block = Heading | Text | Listing | Table | Chart


@dataclass(frozen=True)
class Head:
    """Fields 2, 3 and 4 of the decree. Names are in capitals, one string a printed line.

    An empty `number`, `place` or `dated` is unknown and leaves a gap to be filled by hand; `symbol` is what
    stands behind the stroke of an unknown number, where that is known.
    """

    superior: tuple[str, ...]
    issuer: tuple[str, ...]
    number: str = ""
    symbol: str = ""
    place: str = ""
    dated: date | None = None

    @property
    def number_line(self) -> str:
        return written_number(self.number, self.symbol)

    @property
    def place_and_date(self) -> str:
        return f"{self.place or '…' * 4}, {written_date(self.dated)}"


@dataclass(frozen=True)
class Signature:
    """Field 7: in whose name and in what office (capitals), and the name; empty where unknown."""

    authority: tuple[str, ...] = ()
    position: str = ""
    name: str = ""

    @property
    def office(self) -> tuple[str, ...]:
        """The lines above the room to sign; dots to write on where nothing is known."""
        return tuple(filter(None, (*self.authority, self.position))) or ("…" * 12,)


@dataclass(frozen=True)
class Appendix:
    """What comes after the signature on a page of its own; `reference` says of what it is an appendix."""

    title: tuple[str, ...]
    reference: str
    blocks: tuple[Block, ...]
    landscape: bool = True


@dataclass(frozen=True)
class Paper:
    """A whole paper. `title` has a string for each line that the title surely breaks into; `sent_to` are the
    lines of "Nơi nhận", the last one of the archive; `stem` names the file; `sheets` are the tables of its
    book where its blocks tell them in words or short.

    One without head and signature is itself an appendix of another paper, which `reference` names. As a PDF
    one that is `archival` is PDF/A. A `compact` one is set in the smaller sizes that the decree leaves, to be
    on one page.
    """

    kind: str
    title: tuple[str, ...]
    blocks: tuple[Block, ...]
    stem: str
    head: Head | None = None
    signature: Signature | None = None
    sent_to: tuple[str, ...] = ()
    reference: str = ""
    appendices: tuple[Appendix, ...] = ()
    landscape: bool = False
    archival: bool = False
    compact: bool = False
    sheets: tuple[Table, ...] = ()

    @property
    def subject(self) -> str:
        """The title of the file itself, for readers and search."""
        return " ".join(f"{self.kind.capitalize()} {' '.join(self.title)}".replace(GAP, " ").split())

    @property
    def author(self) -> str:
        return " ".join(self.head.issuer) if self.head else ""

    @property
    def all_blocks(self) -> tuple[Block, ...]:
        return (*self.blocks, *(block for appendix in self.appendices for block in appendix.blocks))


def closed(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """With the mark "./." behind the last words, where the last block is words."""
    *before, last = blocks
    if isinstance(last, Text):
        last = replace(last, text=f"{last.text.rstrip('. ')}./.")
    elif isinstance(last, Listing):
        last = replace(last, end="./.")
    return (*before, last)


# As English writes numbers, to be written in Vietnamese.
APART = str.maketrans(",.", ".,")


def shown(value: Value) -> str:
    """A value as a paper writes it: thousands apart, a comma before parts, days as d/m/Y."""
    if value is None:
        return ""
    if isinstance(value, Percent):
        return f"{value.number}%"
    if isinstance(value, Marked):
        return value.text
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | Decimal):
        return f"{Decimal(value).normalize():,f}".translate(APART)
    return value


def file_name(stem: str, extension: str) -> str:
    """For example "Noi-nhan-05-KH-MTTQ-BTT.pdf": ASCII, as an office names its files."""
    return f"{stem}.{extension}"
