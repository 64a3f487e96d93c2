"""A paper as PDF: tagged, in Vietnamese, with the package's own Times face embedded.

WeasyPrint takes half a second to import, so only the first paper of a process pays for it. A long paper is
cut where pages end (`cutting`), laid out by several processes at once (`parts`) and joined (`joining`).
"""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from reports.documents.content import Paper, Table
from reports.documents.pdf.children import cores, without_collection
from reports.documents.pdf.house import the_house
from reports.documents.pdf.tagging import finish_tags
from reports.documents.telling import Told, nobody

# Two processes and a join cost about a tenth of a second: fewer rows are sooner done in one.
WORTH_PARTS = 60
# A part of more rows would need more memory than an office's server has to spare (see docs/deploy.md).
ROWS_OF_A_PART = 500


def render_pdf(paper: Paper, told: Told = nobody) -> bytes:
    """The paper on A4 (Decree 30/2020/ND-CP, Annex I); the same content gives the same bytes
    on the same machine, whose cores decide into how many parts a long one is cut.

    Reads nothing but the templates and the typeface: whatever address a text may hold is refused.
    """
    return render_html(
        render_to_string("documents/paper.html", {"paper": paper}), parts_for(paper), options_of(paper), told
    )


def options_of(paper: Paper) -> dict[str, Any]:
    """Of the engine, by what the file must keep to."""
    return {"pdf_variant": "pdf/a-2a" if paper.archival else "pdf/ua-1"}


def parts_for(paper: Paper) -> int:
    rows = sum(len(block.rows) for block in paper.all_blocks if isinstance(block, Table))
    if rows < WORTH_PARTS:
        return 1
    turns = -(-rows // (ROWS_OF_A_PART * cores()))
    return cores() * turns


def render_html(html: str, parts: int, options: dict[str, Any], told: Told = nobody) -> bytes:
    """In so many parts as its tables can be cut into."""
    with without_collection():
        if parts > 1:
            from reports.documents.pdf.parts import rendered_in_parts

            return rendered_in_parts(html, parts, options, told)
        told(0, 1)
        file = the_house().laid_out(html, **options).write_pdf(finisher=finish_tags, **options)
        told(1, 1)
        return file
