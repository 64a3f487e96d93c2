"""Whether what the rows name is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import BinaryIO, cast

from reports.evidence.actions import evidence_storage
from reports.evidence.storage import digest_of, name_of
from reports.models import Attachment, ProgressReport

# What a report is named by.
NAMED_BY = ("reported_on", "unit__short_name", "period__name")


@dataclass
class Named:
    """A file that rows name, and where: the report and the name it has there."""

    digest: str
    size: int
    places: list[str] = field(default_factory=list)


def named_files() -> list[Named]:
    """The files of all attachments, then those that only the history still names."""
    files: dict[str, Named] = {}
    facts = ("digest", "size", "report", "name")
    present = Attachment.objects.order_by("report", "pk").values_list(*facts)
    past = Attachment.history.order_by("report", "history_id").values_list(*facts)
    reports = ProgressReport.objects.select_related("unit", "period").only(*NAMED_BY).in_bulk()
    for row in [*present, *past]:
        digest, size, report, name = row
        file = files.setdefault(digest, Named(digest, size))
        place = f"{reports.get(report, '–')} ({report}): {name}"
        if place not in file.places:
            file.places.append(place)
    return list(files.values())


def problem_of(file: Named, *, quick: bool) -> str:
    """ "missing", "damaged", or nothing. Raises ConnectionError."""
    storage, name = evidence_storage(), name_of(file.digest)
    try:
        if storage.size(name) != file.size:
            return "damaged"
        if quick:
            return ""
        with storage.open(name) as content:
            return "" if digest_of(cast(BinaryIO, content)) == file.digest else "damaged"
    except FileNotFoundError:
        return "missing"
    except ConnectionError:
        raise
    except OSError:
        return "damaged"
