"""The parts of a Word file, put into one: our own alone, without a template's leftovers."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string

from reports.documents.content import Paper
from reports.documents.word.markup import DECLARATION, plain
from reports.documents.word.sections import Document
from reports.documents.word.sizes import sizes_of

# Word expects what lists the parts to be the first of them.
PARTS = {
    "[Content_Types].xml": "content_types",
    "_rels/.rels": "package_relations",
    "word/_rels/document.xml.rels": "document_relations",
    "docProps/core.xml": "core",
    "word/styles.xml": "styles",
    "word/numbering.xml": "numbering",
    "word/settings.xml": "settings",
    "word/fontTable.xml": "fonts",
    "word/header1.xml": "header",
}


def render_docx(paper: Paper) -> bytes:
    """The paper as a clerk would have built it in Word, on the same pages as its PDF; the same content gives
    the same bytes."""
    document = Document(paper)
    told = {
        "title": plain(paper.subject),
        "author": plain(paper.author),
        "sizes": sizes_of(paper),
        "numbered_lists": document.numbered_lists,
    }
    parts = {name: render_to_string(f"documents/word/{part}.xml", told) for name, part in PARTS.items()}
    return _zipped({**parts, "word/document.xml": DECLARATION + document.xml})


def _zipped(parts: dict[str, str]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        for name, text in parts.items():
            # Of a fixed day, unlike a name alone.
            file.writestr(ZipInfo(name), text.encode(), ZIP_DEFLATED)
    return buffer.getvalue()
