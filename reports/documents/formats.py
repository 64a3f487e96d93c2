"""The kinds of files that a paper becomes. Knows no renderer, so that web workers load none."""

from __future__ import annotations

from django.db.models import TextChoices

from reports.documents.content import Listing, Paper, Table


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


def formats_of(paper: Paper) -> list[Format]:
    """A book has nothing to show of a paper without tables and lists."""
    has_rows = any(isinstance(block, Table | Listing) for block in paper.all_blocks)
    return [format for format in Format if has_rows or format != Format.XLSX]
