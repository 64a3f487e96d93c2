"""A paper as PDF: tagged, in Vietnamese, with the package's own Times face embedded.

WeasyPrint takes half a second to import, so only the first paper of a process pays for it.
"""

from __future__ import annotations

import atexit
import logging
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from reports.documents.content import Paper

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

# Seven lines a paper at the level INFO would bury an office's log.
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)

# Pango's font maps are not made for two threads at once.
_rendering = Lock()


def render_pdf(paper: Paper) -> bytes:
    """The paper on A4 (Decree 30/2020/ND-CP, Annex I); the same content gives the same bytes.

    Reads nothing but the templates and the typeface: whatever address a text may hold is refused.
    """
    from weasyprint import HTML

    html = render_to_string("documents/paper.html", {"paper": paper})
    with _rendering:
        styles, fonts, fetcher = _house_style()
        document = HTML(string=html, url_fetcher=fetcher)
        return document.write_pdf(
            stylesheets=styles, font_config=fonts, presentational_hints=True, pdf_variant="pdf/ua-1"
        )


@cache
def _house_style() -> tuple[list[CSS], FontConfiguration, URLFetcher]:
    """The parsed stylesheets and the loaded typeface, once a process."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    from reports.documents.fetching import TypefaceFetcher

    # The font configuration removes its temporary files when it goes, which fails once modules are gone.
    atexit.register(_house_style.cache_clear)
    fonts, fetcher = FontConfiguration(), TypefaceFetcher()
    texts = (
        Path(str(finders.find("css/paper.css"))).read_text("utf-8"),
        render_to_string("documents/page.css"),
    )
    sheets = [CSS(string=text, font_config=fonts, url_fetcher=fetcher) for text in texts]
    return sheets, fonts, fetcher
