"""Text as a paper can print it: clean, and line by line."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# No half of a paper holds more, however its lines break.
LONGEST_LINE = 120
SPACED_DASH = re.compile(r"\s*[-‐‑‒–—−]\s*")
ARCHIVE = re.compile(r"lưu\b")


def tidy(text: str) -> str:
    """One line of printable NFC text: single spaces, no control, bidi or private-use characters.

    >>> tidy("Số\\u00a0 155- KH/TU\\u202e")
    'Số 155- KH/TU'
    """
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return " ".join(text.split())
    printable = (
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or not unicodedata.category(character).startswith("C")
    )
    return " ".join("".join(printable).split())


def tidy_lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in map(tidy, text.splitlines()) if line)


def tidy_symbol(text: str) -> str:
    """
    >>> tidy_symbol(" MTTQ – BTT ")
    'MTTQ-BTT'
    """
    return SPACED_DASH.sub("-", tidy(text)).strip("-")


def recipient_lines(text: str) -> tuple[str, ...]:
    """Without the dashes and stops that a paper prints anyway, the archive last.

    >>> recipient_lines("- Lưu: VT.\\n- Như trên;")
    ('Như trên', 'Lưu: VT')
    """
    bare = (line.lstrip("-–+• ").rstrip(" ;.,") for line in tidy_lines(text))
    return tuple(sorted(filter(None, bare), key=is_archive))


def is_archive(line: str) -> bool:
    return ARCHIVE.match(line.casefold()) is not None


def lines_error(text: str, most: int) -> ValidationError | None:
    """What of the tidied lines a paper has no room for."""
    lines = text.splitlines()
    if len(lines) > most:
        message = ngettext(
            "Give at most %(most)d line: these are %(count)d.",
            "Give at most %(most)d lines: these are %(count)d.",
            most,
        )
        return ValidationError(message % {"most": most, "count": len(lines)})
    for place, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            message = _("Line %(place)d has %(count)d characters: at most %(most)d fit. Make it two lines.")
            return ValidationError(message % {"place": place, "count": len(line), "most": LONGEST_LINE})
    return None
