from __future__ import annotations

import sys
from types import TracebackType

WIDTH = 30


class Bar:
    """On a terminal, how far a part of the work has come; elsewhere nothing."""

    def __init__(self, label: str, total: int) -> None:
        self.label, self.total, self.done = label, total, 0
        self.shown = sys.stderr.isatty()
        self.percent = -1

    def __enter__(self) -> Bar:
        self.show(0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.shown:
            sys.stderr.write("\n")

    def add(self, count: int) -> None:
        self.show(self.done + count)

    def show(self, done: int) -> None:
        self.done = done
        percent = min(100 * done // self.total, 100) if self.total else 100
        if self.shown and percent != self.percent:
            self.percent = percent
            bar = WIDTH * percent // 100
            sys.stderr.write(f"\r{self.label:10} [{'#' * bar}{'.' * (WIDTH - bar)}] {percent:3} %")
            sys.stderr.flush()
