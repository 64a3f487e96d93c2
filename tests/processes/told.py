"""What the database and the folder of evidence tell. For a process of its own."""

from typing import Any

from django.core.files.storage import storages

from reports.evidence.storage import digest_of, name_of
from reports.models import Attachment, ProgressEntry, ProgressReport


def reports() -> dict[str, dict[str, Any]]:
    """By the key of the report."""
    return {str(report.pk): tell(report) for report in ProgressReport.objects.all()}


def tell(report: ProgressReport) -> dict[str, Any]:
    people = {act: getattr(report, f"{act}_by") for act in ("submitted", "returned", "accepted")}
    return {
        "owed": [report.unit_id, report.period_id],
        "state": report.state,
        "version": report.version,
        "typed": report.typed,
        "overview": report.overview,
        "return_reason": report.return_reason,
        "by": {act: person.username for act, person in people.items() if person},
        "entries": [
            [entry.title, entry.status, entry.percent, entry.result] for entry in report.entries.all()
        ],
        "entry_acts": list(
            ProgressEntry.history.filter(report=report)
            .order_by("history_id")
            .values_list("history_type", flat=True)
        ),
        "acts": list(report.history.order_by("history_id").values_list("state", flat=True)),
        "files": [[file.name, file.digest, is_whole(file.digest)] for file in report.attachments.all()],
        "file_acts": list(Attachment.history.filter(report=report).values_list("history_type", flat=True)),
    }


def logs() -> dict[str, list[str]]:
    """What the history tells of every logged result, the oldest first."""
    told: dict[str, list[str]] = {}
    rows = ProgressEntry.history.filter(report__form_key__isnull=False).order_by("history_id")
    for result, act in rows.values_list("result", "history_type"):
        told.setdefault(result, []).append(act)
    assert sorted(told) == sorted(ProgressEntry.objects.values_list("result", flat=True))
    return told


def is_whole(digest: str) -> bool:
    with storages["evidence"].open(name_of(digest)) as content:
        return digest_of(content) == digest
