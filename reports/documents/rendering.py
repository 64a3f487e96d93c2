"""The files that a paper becomes."""

from __future__ import annotations

from collections.abc import Callable

from reports.documents.content import Paper
from reports.documents.excel.books import book_of
from reports.documents.excel.sheets import render_xlsx
from reports.documents.formats import Format
from reports.documents.pdf import render_pdf
from reports.documents.telling import Told, nobody
from reports.documents.word import render_docx

RENDERERS: dict[Format, Callable[[Paper, Told], bytes]] = {
    Format.PDF: render_pdf,
    Format.DOCX: lambda paper, _told: render_docx(paper),
    Format.XLSX: lambda paper, _told: render_xlsx(book_of(paper)),
}


def render(paper: Paper, format: Format, told: Told = nobody) -> bytes:
    """The same paper gives the same file."""
    return RENDERERS[format](paper, told)
