"""To add evidence to a report and to take it away again."""

from __future__ import annotations

import logging
from typing import cast

from django.core.files.base import File
from django.core.files.storage import storages
from django.db import transaction

from reports.evidence.kinds import Evidence, read_evidence
from reports.evidence.limits import MOST_FILES
from reports.evidence.refusals import NotEvidence
from reports.evidence.storage import EvidenceStorage, Stored
from reports.models import Attachment, Overtaken, ProgressReport
from tasks.models import Assignment
from units.models import User

logger = logging.getLogger(__name__)


def evidence_storage() -> EvidenceStorage:
    return cast(EvidenceStorage, storages["evidence"])


def attach_evidence(
    report: ProgressReport, assignment: Assignment | None, file: File, by: User, seen: int | None = None
) -> Attachment:
    """Add an uploaded file to what the report says of the assignment, or to the report as a whole.

    The same file at the same place again is the attachment that is there. Raises NotEvidence, and Overtaken
    when the report cannot be written any more, or is no longer at version `seen`.
    """
    return attach(report, assignment, read_evidence(file), by, seen)


def attach(
    report: ProgressReport,
    assignment: Assignment | None,
    evidence: Evidence,
    by: User,
    seen: int | None = None,
) -> Attachment:
    """The same for a file that was read before. It is stored before the row is written."""
    stored = store(evidence)
    with transaction.atomic():
        version = locked_version(report)
        there = report.attachments.filter(assignment=assignment)
        if present := there.filter(digest=stored.digest).first():
            return present
        report.claim(version if seen is None else seen, *report.WRITABLE)
        if there.count() >= MOST_FILES:
            raise NotEvidence("too_many")
        attachment = Attachment(
            report=report,
            assignment=assignment,
            name=evidence.name,
            digest=stored.digest,
            size=stored.size,
            media_type=evidence.media_type,
            inert=evidence.inert,
            signatures=evidence.signatures,
            added_by=by,
        )
        attachment.save()
    return attachment


@transaction.atomic
def remove_evidence(attachment: Attachment, seen: int | None = None) -> None:
    """Take the file off its report; it stays stored, and the history tells of it. Raises Overtaken."""
    report = attachment.report
    version = locked_version(report)
    if report.attachments.filter(pk=attachment.pk).exists():
        report.claim(version if seen is None else seen, *report.WRITABLE)
        attachment.delete()


def locked_version(report: ProgressReport) -> int:
    """The version that stands until the end of the transaction. Raises Overtaken when the report is gone."""
    current = ProgressReport.objects.select_for_update().filter(pk=report.pk).first()
    if current is None:
        report.is_gone = True
        raise Overtaken(report)
    return current.version


def store(evidence: Evidence) -> Stored:
    try:
        return evidence_storage().store(evidence.content)
    except OSError:
        logger.exception("evidence could not be stored")
        raise NotEvidence("not_stored") from None
