"""PDFs are kept as they came; only one in which nothing acts may be opened in the page."""

import re
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from reports.evidence.archives import ends_as_archive
from reports.evidence.refusals import NotEvidence
from reports.evidence.signatures import has_signatures

MOST_OBJECTS = 200_000
MOST_VALUES = 2_000_000
DEEPEST = 60
END = re.compile(rb"%%EOF\s*\0*\s*\Z")
TAIL = 2048
# Entries and names that run, fetch, send or carry something.
# fmt: off
ACTIVE_KEYS = {
    "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent", "/RichMediaSettings",
}
ACTIVE_NAMES = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Movie",
    "/Sound", "/RichMediaExecute", "/GoTo3DView", "/RichMedia", "/Screen", "/3D", "/FileAttachment",
    "/EmbeddedFile",
}
# fmt: on


def read_pdf(source: BinaryIO) -> tuple[bool, bool]:
    """Whether nothing in the PDF acts, and whether somebody signed it. Raises NotEvidence."""
    refuse_ends(source)
    try:
        with pikepdf.open(source) as pdf:
            if not len(pdf.pages):
                raise NotEvidence("damaged")
            # What had to be repaired may look different to another reader.
            return nothing_acts(pdf) and not pdf.get_warnings(), has_signatures(pdf)
    except pikepdf.PasswordError:
        raise NotEvidence("protected") from None
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError):
        raise NotEvidence("damaged") from None


def refuse_ends(source: BinaryIO) -> None:
    if ends_as_archive(source):
        raise NotEvidence("mixed")
    source.seek(max(0, source.seek(0, 2) - TAIL))
    if not END.search(source.read()):
        raise NotEvidence("damaged")
    source.seek(0)


def nothing_acts(pdf: pikepdf.Pdf) -> bool:
    if len(pdf.objects) > MOST_OBJECTS:
        return False
    left = MOST_VALUES
    for value in pdf.objects:
        left = passive(value, left, DEEPEST)
        if left <= 0:
            return False
    return True


def passive(value: object, left: int, depth: int) -> int:
    """How many values may still be looked at; none after one that acts. Other objects have their own turn."""
    left -= 1
    if left <= 0 or depth == 0:
        return 0
    if isinstance(value, Name):
        return 0 if str(value) in ACTIVE_NAMES else left
    if isinstance(value, Stream | Dictionary):
        if not ACTIVE_KEYS.isdisjoint(value.keys()):
            return 0
        parts = [part for _key, part in value.items()]
    elif isinstance(value, Array):
        parts = list(value)
    else:
        return left
    for part in parts:
        if not getattr(part, "is_indirect", False):
            left = passive(part, left, depth - 1)
    return left
