"""What a person chooses of a paper before it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plans.models import Plan, TaskGroup
from reports.models import Period, ProgressReport
from units.models import Signer, Unit


class NothingToPrint(Exception):  # noqa: N818 - no error: the person chooses otherwise
    """With words for the person: a report that nobody has accepted, a list of the silent without a period."""


@dataclass(frozen=True)
class Choices:
    """`day`: as of which the figures are, today's as a rule; `period`: those of that period alone, as they
    were known on the day. `group` and `kind_of_unit` narrow what is told.

    The paper's own `number`, day `dated` and `title` are printed as given; unknown ones stay gaps, and the
    title is the kind's own. Without a `signer` the usual one of the letterhead signs. `archival` asks for a
    PDF that archives take, `expanded` for all that a kind can tell: the units that a recipient stands for,
    each unit's results however many. `as_typed`: of a report that is being written what is typed so far,
    which is for those alone who may write it; else what was sent last.
    """

    plan: Plan
    day: date
    period: Period | None = None
    unit: Unit | None = None
    group: TaskGroup | None = None
    kind_of_unit: str = ""
    report: ProgressReport | None = None
    as_typed: bool = False
    expanded: bool = False
    number: str = ""
    dated: date | None = None
    title: str = ""
    signer: Signer | None = None
    archival: bool = False
