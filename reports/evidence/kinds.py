"""What an uploaded file is, by its content, and what is kept of it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from typing import Any, BinaryIO, NamedTuple, cast

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from reports.evidence.limits import LARGEST_FILE
from reports.evidence.names import clean_name
from reports.evidence.refusals import NotEvidence
from reports.evidence.storage import chunks

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
}
# What a file of the kind begins with, at its first byte, and who reads it.
READERS = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "photo"),
    (b"\x89PNG\r\n\x1a\n", "photo"),
    (b"PK\x03\x04", "office"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "compound"),
)
ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"PK\x05\x06", b"PK\x07\x08", b"BZh", b"\xfd7zXZ")
APPLE = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
SECONDS = 40


class Evidence(NamedTuple):
    """A file as it will be stored. `inert`: it may be opened in the page; `signatures`: those of a PDF."""

    content: BinaryIO
    name: str
    media_type: str
    inert: bool
    signatures: list[dict[str, Any]]


def read_evidence(upload: File) -> Evidence:
    """What is to be kept of an uploaded file. Raises NotEvidence.

    The name decides nothing, and takes the extension that fits the content.
    """
    if not upload.size:
        raise NotEvidence("empty")
    if upload.size > LARGEST_FILE:
        raise NotEvidence("too_large")
    upload.seek(0)
    reader = reader_of(upload.read(1024))
    content = cast(BinaryIO, upload)
    answer, redrawn = look(reader, content)
    return Evidence(
        content=redrawn if reader == "photo" else content,
        name=clean_name(upload.name or "", f".{answer['kind']}", _("evidence")),
        media_type=MEDIA_TYPES[answer["kind"]],
        inert=answer["inert"],
        signatures=answer.get("signatures", []),
    )


def signatures_in(content: BinaryIO) -> list[dict[str, Any]]:
    """The signatures of a stored PDF, read anew. Raises NotEvidence where it cannot be read now."""
    answer, _nothing = look("pdf", content)
    return answer.get("signatures", [])


def reader_of(head: bytes) -> str:
    for signature, reader in READERS:
        if head.startswith(signature):
            return reader
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "photo"
    if head[4:8] == b"ftyp" and head[8:12] in APPLE:
        raise NotEvidence("heic")
    if head.startswith(ARCHIVES):
        raise NotEvidence("archive")
    if b"%PDF-" in head:
        raise NotEvidence("mixed")
    if not head.strip(b"\0\r\n\t "):
        raise NotEvidence("empty")
    raise NotEvidence("kind")


def look(reader: str, content: BinaryIO) -> tuple[dict[str, Any], BinaryIO]:
    """What another process finds (`reports/evidence/__main__.py`), and the file that it has written."""
    redrawn = tempfile.TemporaryFile()  # noqa: SIM115 - it lives until its content is stored
    with tempfile.TemporaryFile() as source:
        for chunk in chunks(content):
            source.write(chunk)
        source.seek(0)
        command = [sys.executable, "-m", "reports.evidence", reader, *roots()]
        try:
            done = subprocess.run(  # noqa: S603 - our own words alone
                command,
                stdin=source,
                stdout=redrawn,
                stderr=subprocess.PIPE,
                cwd=settings.BASE_DIR,
                env={},
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise NotEvidence("complex") from None
    return answer_of(done), cast(BinaryIO, redrawn)


def roots() -> list[str]:
    """The folder of the certificates to trust, where the office has one."""
    return [settings.SIGNATURE_ROOTS] if settings.SIGNATURE_ROOTS else []


def answer_of(done: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    """One that ended early has met its limits."""
    lines = done.stderr.splitlines()
    answer = json.loads(lines[-1]) if done.returncode == 0 and lines else {"refused": "complex"}
    if "refused" in answer:
        raise NotEvidence(answer["refused"])
    return answer
