"""What a .docx file consists of: paragraphs and tables."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Paragraph:
    """The text of a paragraph with its printed number; a soft break in it is a newline."""

    text: str
    level: int = 0


@dataclass
class GridCell:
    """A cell at ``column`` of the grid, ``span`` columns wide.

    ``merged``: it goes on from the cell above.
    """

    column: int
    span: int
    merged: bool
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Table:
    """The rows of a table."""

    rows: list[list[GridCell]] = field(default_factory=list)


Block = Paragraph | Table
