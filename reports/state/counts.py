"""Assignments counted by the classes of summaries."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from reports.state.work import Progress, Work

Key = TypeVar("Key", bound=Hashable)


def percent(part: int, whole: int) -> int:
    """Whole, a half rounded up; 100 is said of no less than all, and 0 of no more than none."""
    if part in (0, whole):
        return 100 if part else 0
    return min(max((200 * part + whole) // (2 * whole), 1), 99)


@dataclass
class Counts:
    """How many assignments are in each class."""

    classes: dict[Progress, int] = field(default_factory=lambda: dict.fromkeys(Progress, 0))

    @property
    def total(self) -> int:
        return sum(self.classes.values())

    @property
    def done(self) -> int:
        return sum(count for progress, count in self.classes.items() if progress.is_done)

    @property
    def share_done(self) -> int:
        return percent(self.done, self.total)


def count(works: Iterable[Work]) -> Counts:
    counts = Counts()
    for work in works:
        counts.classes[work.progress] += 1
    return counts


def counts_by(works: Iterable[Work], key: Callable[[Work], Key]) -> dict[Key, Counts]:
    """In the order in which the keys come; a key without any work is not there."""
    found: dict[Key, Counts] = {}
    for work in works:
        found.setdefault(key(work), Counts()).classes[work.progress] += 1
    return found
