"""A paper as a Word file."""

from reports.documents.word.package import render_docx

__all__ = ["render_docx"]
