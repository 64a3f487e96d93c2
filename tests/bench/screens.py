"""Somebody who opens pages in Chromium, each as on a first visit."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from playwright.sync_api import Response, sync_playwright

from tests.bench.printing import CHROMIUM
from tests.browser.conftest import CHROMIUM_ARGUMENTS, DESK, PHONE

# Shifts that come after the page is there count too, for so many milliseconds.
SHIFTS = """() => new Promise(resolve => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(shift => sum += shift.value))
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => resolve(sum), 500);
})"""
FIRST_PAINT = """() => new Promise(resolve => {
    new PerformanceObserver(list => list.getEntriesByName("first-contentful-paint")
        .forEach(paint => resolve(paint.startTime))).observe({type: "paint", buffered: true});
})"""


@dataclass(frozen=True)
class Visit:
    """Bytes, milliseconds, and the part of the screen that moved, as Chromium counts it.

    The page's own bytes: as they are, as they came, and as gzip makes them; `others` are the files it
    wants, as they came, without typefaces.
    """

    page: int
    page_came: int
    page_gzipped: int
    others: int
    first_paint: float
    layout_shift: float

    @property
    def kilobytes(self) -> float:
        return (self.page_gzipped + self.others) / 1000


class Visitor:
    """Signed in by a session; every visit begins with empty caches."""

    def __init__(self, port: int, session: str, on_a_phone: bool) -> None:
        self.server = f"http://127.0.0.1:{port}"
        self.session = session
        self.screen = PHONE if on_a_phone else DESK

    def __enter__(self) -> Self:
        self.driver = sync_playwright().start()
        self.browser = self.driver.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.browser.close()
        self.driver.stop()

    def visit(self, address: str) -> Visit:
        context = self.browser.new_context(viewport=self.screen)
        context.add_cookies([{"name": "sessionid", "value": self.session, "url": self.server}])
        page = context.new_page()
        answers: list[Response] = []
        page.on("response", lambda answer: answers.append(answer))
        page.goto(self.server + address, wait_until="networkidle")
        first_paint, layout_shift = page.evaluate(FIRST_PAINT), page.evaluate(SHIFTS)
        own, *others = answers
        assert own.status == 200, own.status
        text = own.body()
        visit = Visit(
            page=len(text),
            page_came=came(own),
            page_gzipped=len(gzip.compress(text, 6)),
            others=sum(came(other) for other in others if other.request.resource_type != "font"),
            first_paint=first_paint,
            layout_shift=layout_shift,
        )
        context.close()
        return visit


def came(answer: Response) -> int:
    return answer.request.sizes()["responseBodySize"]
