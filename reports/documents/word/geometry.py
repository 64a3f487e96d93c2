"""The measures of templates/documents/page.css, and how wide a text is in the typeface."""

from __future__ import annotations

from functools import cache

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

from reports.documents.look.typeface import typeface_files
from reports.documents.word.markup import MM

LONG, SHORT = 16838, 11906
TOP, BOTTOM, LEFT, RIGHT = (round(length * MM) for length in (25, 20, 30, 18))
# The middle of the number is the middle of the margin.
NUMBER_FROM_TOP = TOP // 2 - 182


def text_width(landscape: bool) -> int:
    return (LONG if landscape else SHORT) - LEFT - RIGHT


def section(landscape: bool, is_first: bool) -> str:
    """The pages of a section. Numbers go on from one to the next; the first page shows none."""
    across, down = (LONG, SHORT) if landscape else (SHORT, LONG)
    turned = ' w:orient="landscape"' if landscape else ""
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="rId5"/><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{across}" w:h="{down}"{turned}/>'
        f'<w:pgMar w:top="{TOP}" w:right="{RIGHT}" w:bottom="{BOTTOM}" w:left="{LEFT}"'
        f' w:header="{NUMBER_FROM_TOP}" w:footer="{BOTTOM // 2}" w:gutter="0"/>'
        f'<w:cols w:space="720"/>{"<w:titlePg/>" if is_first else ""}</w:sectPr>'
    )


def bold_width(text: str, size: float) -> int:
    return round(_bold_face().getlength(text) / 1000 * size * 20)


@cache
def _bold_face() -> FreeTypeFont:
    (path,) = (path for path in typeface_files() if path.stem.endswith("-bold"))
    return ImageFont.truetype(str(path), 1000)
