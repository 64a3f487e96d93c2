"""What a report says, apart from how it is stored: as typed, as rows, or as it was at some time."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from tasks.models import Assignment


@dataclass
class EntryContent:
    """What is said of one assignment; `values` by the key of the indicator.

    `status` and `percent` may be missing only in what has not been submitted yet.
    """

    assignment: Assignment
    number: str
    title: str
    status: str = ""
    percent: int | None = None
    result: str = ""
    values: dict[int, Decimal] = field(default_factory=dict)


class ProposalContent(NamedTuple):
    addressee: str
    text: str


@dataclass
class Content:
    entries: list[EntryContent] = field(default_factory=list)
    proposals: list[ProposalContent] = field(default_factory=list)
    overview: str = ""
    difficulties: str = ""
    next_steps: str = ""
