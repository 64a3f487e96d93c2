"""What stands in a unit's way and what it asks for: the difficulties and proposals of the reports that count.

A difficulty holds until its unit, or one that had gone on for it by then, reports of a later day; then what
the new report says holds, and if it says nothing, nothing does. A proposal of an older report holds as long
as it is not answered: silence in the next report takes no request back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plans.models import Plan
from reports.models import Answer, Period, ProgressReport, Proposal
from reports.state.days import end_of
from reports.state.succession import KnownUnits, known_units
from units.models import Unit
from units.past import rows_as_of


class Kind(TextChoices):
    DIFFICULTIES = "difficulties", _("Difficulties")
    PROPOSAL = "proposal", _("Proposals")


class Reply(TextChoices):
    """What became of a proposal: the states of an answer, and that there is none."""

    NONE = "none", _("Not answered")
    IN_HAND = Answer.State.IN_HAND.value, Answer.State.IN_HAND.label
    ANSWERED = Answer.State.ANSWERED.value, Answer.State.ANSWERED.label


@dataclass(frozen=True)
class Remark:
    """The difficulties that a report names, or one proposal of it; `is_current`: it still holds.

    The report's unit and period, and the answer, are as they were on the day; `carrier` is who answers for
    the unit on it.
    """

    report: ProgressReport
    carrier: Unit
    is_current: bool
    proposal: Proposal | None = None
    answer: Answer | None = None

    @property
    def kind(self) -> Kind:
        return Kind.PROPOSAL if self.proposal else Kind.DIFFICULTIES

    @property
    def text(self) -> str:
        return self.proposal.text if self.proposal else self.report.difficulties

    @property
    def unit(self) -> Unit:
        return self.report.unit

    @property
    def period(self) -> Any:
        """There is one: logs have no remarks."""
        return self.report.period

    @property
    def day(self) -> date:
        """On which the unit sent it."""
        return timezone.localdate(self.report.submitted_at)

    @property
    def reply(self) -> Reply | None:
        """None of difficulties: they ask for no answer."""
        if self.proposal is None:
            return None
        return Reply(self.answer.state) if self.answer else Reply.NONE

    @property
    def anchor(self) -> str:
        """Its place in the report."""
        return f"proposal-{self.proposal.pk}" if self.proposal else "difficulties"

    def get_absolute_url(self) -> str:
        return f"{self.report.get_absolute_url()}#{self.anchor}"


def remarks(plan: Plan, day: date) -> list[Remark]:
    """All that was known by the end of the day, those sent last first; up to six queries."""
    return remarks_of(plan, day, *reports_of(plan, day))


def remarks_of(plan: Plan, day: date, reports: list[ProgressReport], known: KnownUnits) -> list[Remark]:
    """Of these reports alone; two queries, or one where they propose nothing."""
    unfollowed = unfollowed_of(reports, known)
    proposals = proposals_of(reports)
    origins = {proposal.origin for of_report in proposals.values() for proposal in of_report}
    given = rows_as_of(Answer, end_of(day), proposal_id__in=origins)
    answers = {answer.proposal_id: answer for answer in given}
    found = []
    for report in reports:
        carrier, holds = known.carrier(report.unit), report.pk in unfollowed
        if report.difficulties:
            found.append(Remark(report, carrier, holds))
        for proposal in proposals[report.pk]:
            answer = answers.get(proposal.origin)
            is_open = answer is None or answer.state != Answer.State.ANSWERED
            found.append(Remark(report, carrier, holds or is_open, proposal, answer))
    return found


def reports_of(plan: Plan, day: date) -> tuple[list[ProgressReport], KnownUnits]:
    """Those that count and whose unit and period were known, the one sent last first."""
    counted = ProgressReport.objects.standing(before=end_of(day)).filter(plan=plan, period__isnull=False)
    facts = ("unit", "period", "reported_on", "submitted_at", "accepted_at", "difficulties", "next_steps")
    reports = list(counted.only(*facts).order_by("-submitted_at", "-pk"))
    known = known_units((report.unit_id for report in reports), day)
    periods: dict[int | None, Period] = {
        period.pk: period for period in rows_as_of(Period, end_of(day), plan_id=plan.pk)
    }
    found = [report for report in known.rows(reports) if report.period_id in periods]
    for report in found:
        report.period = periods[report.period_id]
    return found, known


def unfollowed_of(reports: Iterable[ProgressReport], known: KnownUnits) -> set[int]:
    """Keys of those that no report of a later day has followed, of their unit or of one that went on for it
    by then."""
    last = {report.unit_id: report for report in sorted(reports, key=told)}
    return {
        report.pk
        for report in last.values()
        if not any(
            follower in last and follows(last[follower], report, since)
            for follower, since in known.followers(report.unit)
        )
    }


def follows(later: ProgressReport, report: ProgressReport, since: date) -> bool:
    day, _accepted_at = told(later)
    return day >= since and told(later) > told(report)


def told(report: ProgressReport) -> tuple[Any, Any]:
    """Which of two reports is the later word: as `newest_first` has it."""
    return report.reported_on, report.accepted_at


def proposals_of(reports: Iterable[ProgressReport]) -> dict[int, list[Any]]:
    """By the key of the report; each with its `origin`."""
    found = defaultdict(list)
    for proposal in Proposal.objects.filter(report__in=[report.pk for report in reports]).with_origin():
        found[proposal.report_id].append(proposal)
    return found
