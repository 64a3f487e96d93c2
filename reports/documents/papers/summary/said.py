"""What the units say of a plan in words, put together once for the body and the appendices."""

from __future__ import annotations

from dataclasses import dataclass

from reports.documents.papers.summary.proposals import Asked, by_addressee
from reports.documents.papers.summary.proposals import are_long as proposals_are_long
from reports.documents.papers.summary.shortcomings import are_long
from reports.documents.papers.summary.wording import Voice, voices
from reports.state.summary import Summary


@dataclass(frozen=True)
class Said:
    """What most units say first; `asked` by whom it is asked of."""

    difficulties: list[Voice]
    next_steps: list[Voice]
    asked: list[tuple[str, list[Asked]]]

    @property
    def is_long(self) -> bool:
        """Whether the body leaves something of it out."""
        return are_long(self.difficulties) or are_long(self.next_steps) or proposals_are_long(self.asked)


def said_of(summary: Summary) -> Said:
    return Said(voices(summary.difficulties), voices(summary.next_steps), by_addressee(summary.proposals))
