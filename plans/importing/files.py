"""The entrance: which kind of file it is, by its content, and who reads it."""

import re

from django.utils.translation import gettext_lazy as _

from .encodings import decode, refuse_old_fonts
from .errors import NotAPlan
from .outline import Outline
from .reader import read_document
from .text import read_plain
from .word import read_word

MAX_BYTES = 20 * 1024 * 1024
MAX_CHARACTERS = 1_500_000
MAX_SOURCE_LINES = 40_000
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"BM", b"II*\0", b"MM\0*")
HTML = re.compile(rb"\s*<(?:!doctype|html|\?xml|head|body|!--)", re.IGNORECASE)


def read_file(name: str, data: bytes) -> Outline:
    """The outline of the plan in a .docx or text file. Raises NotAPlan.

    ``name`` is not trusted: the content tells the type.
    """
    if not data.strip(b"\0\r\n\t "):
        raise NotAPlan(_("The file is empty. Choose the file with the plan."))
    if len(data) > MAX_BYTES:
        raise NotAPlan(
            _("The file is larger than %(size)d MB. Save the plan without pictures and choose it again."),
            size=MAX_BYTES // (1024 * 1024),
        )
    if data.startswith(b"PK"):
        document = read_word(data)
        refuse_old_fonts("\n".join(document.source))
        return read_document(document)
    _refuse_known(data)
    return read_text(decode(data))


def read_text(text: str) -> Outline:
    """The outline of a plan given as text. Raises NotAPlan."""
    if not text.strip():
        raise NotAPlan(_("There is no text. Paste the whole plan, from its head to the recipients."))
    if len(text) > MAX_CHARACTERS or text.count("\n") > MAX_SOURCE_LINES:
        raise NotAPlan(_("The text is too long for a plan. Choose the plan alone, without other documents."))
    refuse_old_fonts(text)
    return read_document(read_plain(text))


def _refuse_known(data: bytes) -> None:
    """Raise NotAPlan with the way out for the files that people choose by mistake."""
    if data.startswith(COMPOUND):
        _refuse_compound(data)
    if b"%PDF-" in data[:1024]:
        raise NotAPlan(_("This is a PDF. Open it in Word and save it as .docx, or paste the text."))
    if data.startswith(b"{\\rtf"):
        raise NotAPlan(_("This is an RTF file. Open it in Word and save it as .docx."))
    if (
        data.startswith(IMAGES)
        or data[8:12] == b"WEBP"
        or data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1")
    ):
        raise NotAPlan(_("This is a picture. Choose the Word file of the plan, or paste its text."))
    if HTML.match(data[:200].removeprefix(b"\xef\xbb\xbf")):
        raise NotAPlan(_("This is a web page. Copy its text and paste it, or save the plan as .docx."))


def _refuse_compound(data: bytes) -> None:
    """Files in Microsoft's compound format: an encrypted .docx, or a document of Word 97."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise NotAPlan(
            _("The document is protected by a password. Remove the password in Word and choose it again.")
        )
    raise NotAPlan(_("This is an old Word or Office file (.doc). Open it in Word and save it as .docx."))
