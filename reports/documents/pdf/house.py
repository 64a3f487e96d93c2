"""What every PDF of this process shares: the parsed stylesheets and the loaded typeface."""

from __future__ import annotations

import atexit
import logging
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.document import Document
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

# Seven lines a paper at the level INFO would bury an office's log.
PROGRESS = logging.getLogger("weasyprint.progress")
PROGRESS.setLevel(logging.WARNING)


@dataclass(frozen=True)
class House:
    """The settings of the engine, kept warm: a fifth of the time of a paper of one page."""

    styles: tuple[CSS, ...]
    fonts: FontConfiguration
    fetcher: URLFetcher

    def laid_out(self, html: str, **options: Any) -> Document:
        from reports.documents.pdf.markup import Markup

        return Markup(html, self.fetcher).render(
            stylesheets=list(self.styles), font_config=self.fonts, presentational_hints=True, **options
        )

    def with_style(self, text: str) -> House:
        return replace(self, styles=(*self.styles, self.style(text)))

    def style(self, text: str) -> CSS:
        from weasyprint import CSS

        return CSS(string=text, font_config=self.fonts, url_fetcher=self.fetcher)


@cache
def the_house() -> House:
    from weasyprint.text.fonts import FontConfiguration

    from reports.documents.pdf.fetching import TypefaceFetcher

    # The font configuration removes its temporary files when it goes, which fails once modules are gone.
    atexit.register(the_house.cache_clear)
    house = House((), FontConfiguration(), TypefaceFetcher())
    paper = Path(str(finders.find("css/paper.css"))).read_text("utf-8")
    return house.with_style(paper).with_style(render_to_string("documents/page.css"))
