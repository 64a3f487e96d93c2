"""What a report proposes, with what was answered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import QuerySet

from reports.models import Answer, ProgressReport
from reports.reading.content import ProposalContent

LATELY = timedelta(days=30)


class ProposalReading(NamedTuple):
    """`pk` is that of a proposal that can be answered."""

    addressee: str
    text: str
    answer: Answer | None
    pk: int | None


def read_proposals(report: ProgressReport, said: list[ProposalContent]) -> list[ProposalReading]:
    """What a revision repeats is answered also while it is on its way. Two queries where there are any."""
    if not said:
        return []
    reports = [report] if report.is_log else report.revisions()
    given = Answer.objects.filter(proposal__report__in=reports).select_related("proposal", "answered_by")
    answers = {ProposalContent(one.proposal.addressee, one.proposal.text): one for one in given}
    accepted = report.state == report.State.ACCEPTED
    keys = report.proposals.values_list("pk", flat=True) if accepted else [None] * len(said)
    return [ProposalReading(*words, answers.get(words), key) for words, key in zip(said, keys, strict=True)]


def answered_lately(reports: QuerySet[ProgressReport], on: date) -> QuerySet[Answer]:
    """Of what the reports proposed, answered within thirty days; the newest first."""
    answered = Answer.objects.filter(state=Answer.State.ANSWERED, answered_at__date__gte=on - LATELY)
    of_reports = answered.filter(proposal__report__in=reports.values("pk"))
    return of_reports.select_related("proposal__report", "answered_by")
