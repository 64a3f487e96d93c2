"""The kinds of papers, and which module says what one of them holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from reports.documents.choices import Choices, NothingToPrint
from reports.documents.cleaning import cleaned
from reports.documents.content import Paper
from reports.documents.papers.assignments import assignments_paper
from reports.documents.papers.brief import brief_paper
from reports.documents.papers.missing import missing_paper
from reports.documents.papers.recipients import recipients_paper
from reports.documents.papers.summary.paper import summary_paper
from reports.documents.papers.unit_report import unit_report_paper


class Kind(TextChoices):
    SUMMARY = "summary", _("Summary report")
    BRIEF = "brief", _("Brief on one page")
    UNIT_REPORT = "unit-report", _("Report of a unit")
    ASSIGNMENTS = "assignments", _("Appendix of assignments")
    MISSING = "missing", _("Units that have not reported")
    RECIPIENTS = "recipients", _("Distribution list")


PAPERS: dict[Kind, Callable[[Choices], Paper]] = {
    Kind.SUMMARY: summary_paper,
    Kind.BRIEF: brief_paper,
    Kind.UNIT_REPORT: unit_report_paper,
    Kind.ASSIGNMENTS: assignments_paper,
    Kind.MISSING: missing_paper,
    Kind.RECIPIENTS: recipients_paper,
}


def paper_of(kind: Kind, choices: Choices) -> Paper:
    """In Vietnamese, whatever the screen speaks.

    Raises NothingToPrint.
    """
    with override("vi"):
        try:
            return replace(cleaned(PAPERS[kind](choices)), archival=choices.archival)
        except LookupError as early:
            # With it `reports.state` says what was not there yet; those derived from it are faults.
            if type(early) is LookupError:
                raise NothingToPrint(*early.args) from early
            raise
