"""One paper made in the ways that are compared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from playwright.sync_api import sync_playwright

from reports.documents.content import Paper, Text
from reports.documents.pdf import render_pdf
from reports.documents.pdf.fetching import SCHEME, typeface_files
from tests.reports.documents.long import long_paper

CHROMIUM = "/usr/bin/chromium"
# Breaking words anywhere, which fixed widths need, would make automatic ones four times slower than they are.
AUTOMATIC = ".paper table { table-layout: auto } .paper { overflow-wrap: normal }"


def one_page() -> Paper:
    text = Text("Kế hoạch này được gửi đến các cơ quan, đơn vị sau.")
    return replace(long_paper(0), blocks=(text,), appendices=())


def ours(paper: Paper) -> bytes:
    return render_pdf(paper)


def standalone(paper: Paper, style: str = "") -> str:
    """The paper's HTML with its styles in it and the typeface read from its files."""
    css = Path(str(finders.find("css/paper.css"))).read_text("utf-8") + render_to_string("documents/page.css")
    for path in typeface_files():
        css = css.replace(f"{SCHEME}{path.name}", path.as_uri())
    html = render_to_string("documents/paper.html", {"paper": paper})
    return html.replace("</head>", f"<{'style'}>{css}{style}</style></head>")


def plain(paper: Paper) -> bytes:
    """WeasyPrint as its manual begins."""
    from weasyprint import HTML

    return HTML(string=standalone(paper, AUTOMATIC)).write_pdf()


class Chromium:
    """A browser that has started and printed once."""

    def __enter__(self) -> Self:
        self.folder = TemporaryDirectory()
        self.driver = sync_playwright().start()
        self.browser = self.driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        self.printed(one_page(), tagged=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.browser.close()
        self.driver.stop()
        self.folder.cleanup()

    def printed(self, paper: Paper, tagged: bool) -> bytes:
        file = Path(self.folder.name) / "paper.html"
        file.write_text(standalone(paper), encoding="utf-8")
        page = self.browser.new_page()
        page.goto(file.as_uri())
        pdf = page.pdf(prefer_css_page_size=True, tagged=tagged, outline=tagged)
        page.close()
        return pdf

    @classmethod
    def once(cls) -> None:
        """Started, one page printed, closed."""
        with cls():
            pass
