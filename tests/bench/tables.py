"""What a part of the bench prints, and the limits that it found broken."""

from __future__ import annotations

import sys
from collections.abc import Sequence


class Book:
    """Tables as text. A measure that has a limit goes through `at_most` or `at_least`."""

    def __init__(self) -> None:
        self.broken: list[str] = []

    def say(self, text: str) -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    def line(self, cells: Sequence[object], first: int = 12, width: int = 15) -> None:
        head, *others = map(str, cells)
        self.say(head.ljust(first) + "".join(cell.rjust(width) for cell in others))

    def at_most(self, value: float, most: float, what: str, digits: int = 2) -> str:
        if value > most:
            self.broken.append(f"{what}: {value:.{digits}f}, at most {most:.{digits}f}")
        return f"{value:.{digits}f} (<= {most:.{digits}f})"

    def at_least(self, value: float, least: float, what: str, digits: int = 2) -> str:
        if value < least:
            self.broken.append(f"{what}: {value:.{digits}f}, at least {least:.{digits}f}")
        return f"{value:.{digits}f} (>= {least:.{digits}f})"

    def none(self, faults: Sequence[str]) -> None:
        """What must not have happened at all."""
        self.broken += faults
