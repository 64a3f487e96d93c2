"""Bytes of a text file to text: UTF-8, UTF-16, Windows-1258; old Vietnamese fonts are told apart and
refused."""

import codecs
import re
import unicodedata
from typing import NoReturn

from django.utils.translation import gettext_lazy as _

from .errors import NotAPlan

MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1EA0-\u1EF9]")
# Letters that the old fonts put in the place of Vietnamese ones, and that Vietnamese itself never uses.
TCVN3 = re.compile(
    r"(?<=[^\W\d_])[¸µ¶·¹¨»¾¼½©®ª«¬\u00AD§]|[¸µ¶·¹¨»¾¼½©®ª«¬\u00AD§](?=[^\W\d_])|[ÕÖ×ØÜÞßäåæçëîïñöøûþÿ]"
)
VNI = re.compile(r"[aeoiuyôöAEOIUYÔÖ][ùøûõïáàåãäéèúüëêâÙØÛÕÏÁÀÅÃÄÉÈÚÜËÊÂ]|[ñÑöÖ]")
FEWEST = 8
# In Windows-1258 these bytes are signs such as ¹ and «, which never stand inside a word.
SIGN_IN_WORD = re.compile(rb"[A-Za-z][\xa8-\xae\xb5-\xb9\xbb-\xbe]")
FEWEST_SIGNS = 4


def decode(data: bytes) -> str:
    """The text of the bytes. Raises NotAPlan for bytes that are no text."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding) or _no_text()
    if data[:200].count(0) > len(data[:200]) // 5:
        encoding = "utf-16-le" if data[1:200:2].count(0) >= data[0:200:2].count(0) else "utf-16-be"
        return _readable(_decoded(data, encoding)) or _no_text()
    if b"\0" in data:
        _no_text()
    text = _decoded(data, "utf-8")
    if text is None:
        if len(SIGN_IN_WORD.findall(data[:200_000])) >= FEWEST_SIGNS:
            _refuse_old_font()
        text = _decoded(data, "cp1258") or data.decode("cp1252", errors="replace")
    refuse_old_fonts(text)
    return _readable(text) or _no_text()


def refuse_old_fonts(text: str) -> None:
    """Raise NotAPlan for text typed with TCVN3 or VNI fonts, which is unreadable without them."""
    composed = unicodedata.normalize("NFC", text[:200_000])
    own = len(VIETNAMESE.findall(composed))
    foreign = max(len(TCVN3.findall(composed)), len(VNI.findall(composed)))
    if foreign >= FEWEST and foreign > own:
        _refuse_old_font()


def _refuse_old_font() -> NoReturn:
    raise NotAPlan(
        _(
            "The text is typed in an old font (TCVN3 or VNI). Convert it to Unicode, for example with "
            "UniKey, "
            "and choose the file again."
        )
    )


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeError:
        return None
    return text.removeprefix("\ufeff")


def _readable(text: str | None) -> str | None:
    """The text when it is one for people: hardly any control characters."""
    if not text:
        return None
    control = sum(character < " " and character not in "\t\n\r\f\v" for character in text[:20_000])
    return text if control * 50 <= len(text[:20_000]) else None


def _no_text() -> str:
    raise NotAPlan(
        _(
            "The file is neither a Word document (.docx) nor readable text. Save the plan as .docx and "
            "choose it again."
        )
    )
