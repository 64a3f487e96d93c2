"""Plain text as a document of lines."""

from .assembly import assemble
from .lines import Document, clean
from .sheet import mark_tables, read_rows


def read_plain(text: str) -> Document:
    """The paragraphs of the text; ``source`` holds its lines as they stand."""
    source = [line.rstrip() for line in clean(text).split("\n")]
    lines = assemble(mark_tables(read_rows(source)), broken=True)
    return Document(lines, [line.replace("\f", "") for line in source])
