"""A paper as PDF."""

from reports.documents.pdf.engine import render_pdf

__all__ = ["render_pdf"]
