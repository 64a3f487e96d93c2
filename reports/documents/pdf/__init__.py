"""A paper as PDF."""

from reports.documents.pdf.rendering import render_pdf

__all__ = ["render_pdf"]
