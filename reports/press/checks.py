"""What `manage.py check` says of the folder of printed papers."""

from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error, Warning

from reports.evidence.actions import evidence_storage
from reports.evidence.storage import DurableStorage
from reports.press.room import root, try_to_write


def check_papers(**_more: Any) -> list[CheckMessage]:
    papers, storage = root().resolve(), evidence_storage()
    evidence = Path(storage.location).resolve() if isinstance(storage, DurableStorage) else None
    if evidence and (papers.is_relative_to(evidence) or evidence.is_relative_to(papers)):
        return [Error(f"PAPERS_ROOT and the evidence share a folder: {papers}", id="reports.E002")]
    try:
        try_to_write()
    except OSError as error:
        hint = "Nothing can be printed until PAPERS_ROOT is a folder that the server may write to."
        return [Warning(f"PAPERS_ROOT cannot be written: {error}", hint=hint, id="reports.W001")]
    return []
