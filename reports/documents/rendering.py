"""The files that a paper becomes."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import TextChoices

from reports.documents.content import Listing, Paper, Table
from reports.documents.excel.books import book_of
from reports.documents.excel.sheets import render_xlsx
from reports.documents.pdf import render_pdf
from reports.documents.telling import Told, nobody
from reports.documents.word import render_docx


class Format(TextChoices):
    """The value is the end of the file's name."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"

    @property
    def content_type(self) -> str:
        office = "application/vnd.openxmlformats-officedocument"
        return {
            Format.PDF: "application/pdf",
            Format.DOCX: f"{office}.wordprocessingml.document",
            Format.XLSX: f"{office}.spreadsheetml.sheet",
        }[self]


RENDERERS: dict[Format, Callable[[Paper, Told], bytes]] = {
    Format.PDF: render_pdf,
    Format.DOCX: lambda paper, _told: render_docx(paper),
    Format.XLSX: lambda paper, _told: render_xlsx(book_of(paper)),
}


def render(paper: Paper, format: Format, told: Told = nobody) -> bytes:
    """The same paper gives the same file."""
    return RENDERERS[format](paper, told)


def formats_of(paper: Paper) -> list[Format]:
    """A book has nothing to show of a paper without tables and lists."""
    has_rows = any(isinstance(block, Table | Listing) for block in paper.all_blocks)
    return [format for format in Format if format in RENDERERS and (has_rows or format != Format.XLSX)]
