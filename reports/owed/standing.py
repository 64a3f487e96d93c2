"""Where the reports that are owed stand on a day: in time or late, and how far on their way.

Nothing of it is stored. The days are those of the product's time zone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Subquery, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.models import Obligation, Period, ProgressReport

State = ProgressReport.State


class Window(TextChoices):
    """What a report would be that came on the day."""

    OPEN = "open", pgettext_lazy("reporting period", "Open")
    GRACE = "grace", _("In the days of grace")
    LATE = "late", _("Past due")
    LOCKED = "locked", _("Locked")

    @property
    def is_past_due(self) -> bool:
        return self in (Window.LATE, Window.LOCKED)


class Arrival(TextChoices):
    IN_TIME = "in_time", _("on time")
    IN_GRACE = "in_grace", _("within the days of grace")
    LATE = "late", pgettext_lazy("report", "late")


class Stage(TextChoices):
    """How far a unit's report is; the worst first."""

    NOT_STARTED = "not_started", pgettext_lazy("report", "Not started")
    WRITING = "writing", _("Being written")
    RETURNED = "returned", _("Returned")
    WAITING = "waiting", _("Waiting for review")
    ACCEPTED = "accepted", _("Accepted")


class Step(TextChoices):
    """What a unit is to do next; the most urgent first."""

    MEND = "mend"
    ASK = "ask"
    WRITE = "write"
    START = "start"
    WAIT = "wait"
    MISSED = "missed"
    NOTHING = "nothing"


WINDOWS = {
    Arrival.IN_TIME: Window.OPEN,
    Arrival.IN_GRACE: Window.GRACE,
    Arrival.LATE: Window.LATE,
}
STAGES = {
    State.DRAFT: Stage.WRITING,
    State.SUBMITTED: Stage.WAITING,
    State.RETURNED: Stage.RETURNED,
    State.ACCEPTED: Stage.ACCEPTED,
}
MISSING = (Stage.NOT_STARTED, Stage.WRITING)


def window(period: Period, on: date) -> Window:
    return Window.LOCKED if period.is_locked(on) else WINDOWS[arrival(period, on)]


def arrival(period: Period, on: date) -> Arrival:
    """What a report is that came on the day."""
    if on <= period.due_on:
        return Arrival.IN_TIME
    return Arrival.IN_GRACE if on <= period.last_day_in_time else Arrival.LATE


def arrival_of(report: ProgressReport) -> Arrival | None:
    """None for what was never submitted, for a log, and for a correction of what was accepted."""
    if report.period is None or report.first_submitted_at is None or report.revision > 1:
        return None
    return arrival(report.period, timezone.localdate(report.first_submitted_at))


@dataclass(frozen=True)
class ObligationStanding:
    """One unit and one period on the day `on`; `reports` are its revisions, oldest first."""

    obligation: Obligation
    reports: list[ProgressReport]
    on: date

    @property
    def report(self) -> ProgressReport | None:
        """The newest revision."""
        return self.reports[-1] if self.reports else None

    @property
    def accepted(self) -> ProgressReport | None:
        """The newest revision that counts."""
        return next((report for report in reversed(self.reports) if report.state == State.ACCEPTED), None)

    @property
    def revision(self) -> ProgressReport | None:
        """One that is on its way while an earlier one counts."""
        return self.report if self.accepted and self.report is not self.accepted else None

    @property
    def stage(self) -> Stage:
        """An accepted report stays accepted while a revision of it is on its way."""
        counts = self.accepted or self.report
        return STAGES[State(counts.state)] if counts else Stage.NOT_STARTED

    @property
    def is_missing(self) -> bool:
        """Nothing is there to be reviewed; a report that the unit took back is missing again."""
        return self.stage in MISSING

    @property
    def arrived_on(self) -> date | None:
        """The day on which the unit first sent its report, whatever became of it."""
        first = self.reports[0].first_submitted_at if self.reports else None
        return timezone.localdate(first) if first else None

    @property
    def arrival(self) -> Arrival | None:
        return arrival(self.obligation.period, self.arrived_on) if self.arrived_on else None

    @property
    def is_open(self) -> bool:
        """The unit may still send its report."""
        return self.obligation.may_submit(self.on)

    @property
    def last_day(self) -> date:
        """The last day in time, or of the unit's own exception."""
        return max(self.obligation.extended_to or date.min, self.obligation.period.due_on)

    @property
    def window(self) -> Window:
        """The period's, except that a unit with an exception is late instead of locked out."""
        of_period = window(self.obligation.period, self.on)
        return Window.LATE if of_period == Window.LOCKED and self.is_open else of_period

    @property
    def is_late(self) -> bool:
        """It came late, or has not come although it is past due."""
        return self.window.is_past_due if self.arrival is None else self.arrival == Arrival.LATE

    @property
    def step(self) -> Step:
        """What is begun and cannot be sent any more asks nothing of a unit whose accepted report counts."""
        match self.report.state if self.report else None:
            case State.ACCEPTED:
                return Step.NOTHING
            case State.SUBMITTED:
                return Step.WAIT
            case _ if self.report and self.report.is_to_be_mended:
                return Step.MEND if self.is_open else Step.ASK
            case _ if not self.is_open:
                return Step.NOTHING if self.accepted else Step.MISSED
            case State.DRAFT:
                return Step.WRITE
        return Step.START


def standings(obligations: Iterable[Obligation], on: date) -> list[ObligationStanding]:
    """Each obligation's, in their order; one query more than theirs, which should select period and unit.

    What is being typed in the reports is not loaded.
    """
    owed = list(obligations)
    reports = ProgressReport.objects.filter(
        period__in={obligation.period_id for obligation in owed},
        unit__in={obligation.unit_id for obligation in owed},
    )
    found: dict[tuple[int | None, int], list[ProgressReport]] = defaultdict(list)
    for report in reports.defer("typed", "overview", "difficulties", "next_steps").order_by("revision"):
        found[report.period_id, report.unit_id].append(report)
    return [
        ObligationStanding(obligation, found[obligation.period_id, obligation.unit_id], on)
        for obligation in owed
    ]


def worst_first(found: Iterable[ObligationStanding]) -> list[ObligationStanding]:
    """By stage, and of one stage in the order that they have."""
    places = {stage: place for place, stage in enumerate(Stage)}
    return sorted(found, key=lambda standing: places[standing.stage])


@dataclass
class Tally:
    """How many of the reports that are owed stand where."""

    stages: dict[Stage, int] = field(default_factory=lambda: dict.fromkeys(Stage, 0))

    @property
    def owed(self) -> int:
        return sum(self.stages.values())

    @property
    def missing(self) -> int:
        return sum(self.stages[stage] for stage in MISSING)

    @property
    def submitted(self) -> int:
        return self.owed - self.missing

    @property
    def waiting(self) -> int:
        return self.stages[Stage.WAITING]

    @property
    def returned(self) -> int:
        return self.stages[Stage.RETURNED]

    @property
    def accepted(self) -> int:
        return self.stages[Stage.ACCEPTED]

    @property
    def is_settled(self) -> bool:
        return self.accepted == self.owed


def tally(found: Iterable[ObligationStanding]) -> Tally:
    counts = Tally()
    for standing in found:
        counts.stages[standing.stage] += 1
    return counts


def tallies(periods: Iterable[Period]) -> dict[int, Tally]:
    """By the key of the period, as `tally` of its standings; one query that counts in the database."""
    found = {period.pk: Tally() for period in periods}
    own = ProgressReport.objects.filter(period=OuterRef("period"), unit=OuterRef("unit")).order_by()
    counts = (
        Obligation.objects.filter(period__in=found)
        .annotate(settled=Exists(own.accepted()), live=Subquery(own.live().values("state")[:1]))
        .order_by()
        .values_list("period", "settled", "live")
        .annotate(count=Count("pk"))
    )
    for period, settled, live, count in counts:
        stage = Stage.ACCEPTED if settled else STAGES.get(live, Stage.NOT_STARTED)
        found[period].stages[stage] += count
    return found
