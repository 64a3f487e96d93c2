"""Who sent the report of which period in time, and who has not: as it stood when a day ended.

Nothing counts against a unit as long as its report would not be late: until the days of grace or the lock
are over. An exception of its own opens the lock alone: what has not come is missing, what comes is late.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import groupby

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from plans.models import Plan
from reports.models import Obligation, Period, ProgressReport
from reports.owed.standing import Arrival, ObligationStanding, window
from reports.state.counts import percent
from reports.state.days import end_of
from reports.state.periods import Periods, periods_of
from reports.state.succession import KnownUnits, known_units
from units.folding import fold
from units.models import Unit
from units.past import rows_as_of


class Outcome(TextChoices):
    """What became of a report that is owed."""

    ON_TIME = "on_time", pgettext_lazy("report", "on time")
    IN_GRACE = "in_grace", pgettext_lazy("report", "in grace")
    LATE = "late", pgettext_lazy("report", "late")
    MISSING = "missing", pgettext_lazy("report", "missing")
    TIME_LEFT = "time_left", pgettext_lazy("report", "not due yet")

    @property
    def is_in_time(self) -> bool:
        return self in (Outcome.ON_TIME, Outcome.IN_GRACE)

    @property
    def is_sent(self) -> bool:
        return self not in (Outcome.MISSING, Outcome.TIME_LEFT)


ARRIVED = {
    Arrival.IN_TIME: Outcome.ON_TIME,
    Arrival.IN_GRACE: Outcome.IN_GRACE,
    Arrival.LATE: Outcome.LATE,
}


def silence(period: Period, day: date) -> Outcome:
    """What it is called that nothing has come: only when it is late do reports go missing."""
    return Outcome.MISSING if window(period, day).is_past_due else Outcome.TIME_LEFT


@dataclass(frozen=True)
class Cell:
    """One unit and one period that it owes; `carrier` is the unit, or the one that it goes on in."""

    standing: ObligationStanding
    carrier: Unit

    @property
    def unit(self) -> Unit:
        return self.standing.obligation.unit

    @property
    def period(self) -> Period:
        return self.standing.obligation.period

    @cached_property
    def outcome(self) -> Outcome:
        """By the day on which the report first came; one that was taken back has not come."""
        arrival = self.standing.arrival
        if arrival and not self.standing.is_missing:
            return ARRIVED[arrival]
        return silence(self.period, self.standing.on)

    @property
    def exception(self) -> date | None:
        """The last day of the unit's own exception, while it holds."""
        until = self.standing.obligation.extended_to
        return until if until and self.standing.on <= until else None

    @property
    def report(self) -> ProgressReport | None:
        """The one that counts, or the newest of those that came; none of a missing one."""
        return self.standing.accepted or self.standing.report if self.outcome.is_sent else None


@dataclass
class Outcomes:
    """How many reports became what; `in_time` counts those within the days of grace too."""

    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))

    @property
    def asked(self) -> int:
        return sum(self.counts.values())

    @property
    def due(self) -> int:
        """Those that came or should have."""
        return self.asked - self.time_left

    @property
    def in_time(self) -> int:
        return sum(count for outcome, count in self.counts.items() if outcome.is_in_time)

    @property
    def sent(self) -> int:
        return sum(count for outcome, count in self.counts.items() if outcome.is_sent)

    @property
    def time_left(self) -> int:
        return self.counts[Outcome.TIME_LEFT]

    @property
    def share_in_time(self) -> int:
        """Percent of all that are asked."""
        return percent(self.in_time, self.asked)


def outcomes(cells: Iterable[Cell]) -> Outcomes:
    found = Outcomes()
    for cell in cells:
        found.counts[cell.outcome] += 1
    return found


@dataclass(frozen=True)
class Row:
    """What one unit owes, by the key of the period."""

    unit: Unit
    carrier: Unit
    cells: dict[int, Cell]


@dataclass(frozen=True)
class UnitPart:
    """The rows that one unit answers for."""

    unit: Unit
    rows: list[Row]

    @property
    def outcomes(self) -> Outcomes:
        return outcomes(cell for row in self.rows for cell in row.cells.values())


@dataclass(frozen=True)
class Reporting:
    """Rows by the name of the unit that answers, below it those that go on in it."""

    calendar: Periods
    rows: list[Row]

    @property
    def periods(self) -> list[Period]:
        """Newest first."""
        return self.calendar.rows[::-1]

    @property
    def current(self) -> Period | None:
        """The last one whose figures are closed, else the next to close."""
        return self.calendar.current or self.calendar.coming

    def narrowed(self, kind: str | None = None, unit: int | None = None) -> Reporting:
        """What one kind of units answers for, and one unit by its key."""
        found = [
            row
            for row in self.rows
            if (kind is None or row.carrier.kind == kind) and (unit is None or row.carrier.pk == unit)
        ]
        return replace(self, rows=found)

    @property
    def parts(self) -> list[UnitPart]:
        found = groupby(self.rows, key=lambda row: row.carrier.pk)
        by_carrier = [list(rows) for _carrier, rows in found]
        return [UnitPart(rows[0].carrier, rows) for rows in by_carrier]

    def cells_of(self, period: Period) -> list[Cell]:
        return [row.cells[period.pk] for row in self.rows if period.pk in row.cells]

    def outcomes_of(self, period: Period) -> Outcomes:
        return outcomes(self.cells_of(period))

    def silence(self, period: Period) -> Outcome:
        return silence(period, self.calendar.day)

    def missing_of(self, period: Period) -> list[Cell]:
        """Whom to ask for the report, those with an exception among them."""
        return [cell for cell in self.cells_of(period) if not cell.outcome.is_sent]


def reporting(plan: Plan, day: date) -> Reporting:
    """Five queries, however many units and periods."""
    calendar, moment = periods_of(plan, day), end_of(day)
    periods = {period.pk: period for period in calendar.rows}
    owed = rows_as_of(Obligation, moment, period_id__in=list(periods))
    known = known_units((row.unit_id for row in owed), day)
    owed = known.rows(owed)
    for row in owed:
        row.period = periods[row.period_id]
    return Reporting(calendar, rows(told(plan, owed, day), known))


def told(plan: Plan, owed: Iterable[Obligation], day: date) -> list[ObligationStanding]:
    """What had come of each by the end of the day."""
    reports: dict[tuple[int | None, int], list[ProgressReport]] = defaultdict(list)
    for report in rows_as_of(ProgressReport, end_of(day), plan_id=plan.pk, period_id__isnull=False):
        reports[report.period_id, report.unit_id].append(report)
    for revisions in reports.values():
        revisions.sort(key=lambda report: report.revision)
    return [ObligationStanding(row, reports[row.period_id, row.unit_id], day) for row in owed]


def rows(standings: Iterable[ObligationStanding], known: KnownUnits) -> list[Row]:
    found: dict[int, Row] = {}
    for standing in standings:
        unit = standing.obligation.unit
        row = found.setdefault(unit.pk, Row(unit, known.carrier(unit), {}))
        row.cells[standing.obligation.period_id] = Cell(standing, row.carrier)
    return sorted(found.values(), key=place)


def place(row: Row) -> tuple[str, int, bool, str, int]:
    of_another = row.unit.pk != row.carrier.pk
    return fold(str(row.carrier)), row.carrier.pk, of_another, fold(str(row.unit)), row.unit.pk
