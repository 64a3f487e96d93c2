"""Who signed a PDF digitally, and whether it is unchanged since: read offline, in the process of its own.

Nothing is fetched: whether a certificate was revoked is only known where the file itself brings the answer.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf

MOST_SIGNATURES = 30
LONGEST_NAME = 200
UNREADABLE = {"content": "unreadable"}
CERTIFICATES = ("*.pem", "*.crt", "*.cer")


def has_signatures(pdf: pikepdf.Pdf) -> bool:
    """Whether some field holds a signature: most files hold none, and are not read further."""
    return any(
        isinstance(value, pikepdf.Dictionary) and "/ByteRange" in value and "/Contents" in value
        for value in pdf.objects
    )


def read_signatures(source: BinaryIO, roots: Path | None) -> list[dict[str, Any]]:
    """Each signature in the order of the file: `signer`, `organisation`, `issuer`, `signed_at` (ISO, as the
    signer's clock said, or the stamp of an authority where `stamped`), `content` ("whole": as it was signed,
    "added": something allowed came after it, "changed", "broken": not what was signed, "unreadable"), and
    `trusted` (None: no certificates to trust are there).
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    # What it finds wrong stands in the answer.
    logging.disable(logging.CRITICAL)
    anchors = list(read_certificates(roots)) if roots else []
    try:
        embedded = PdfFileReader(source, strict=False).embedded_regular_signatures[:MOST_SIGNATURES]
    except Exception:
        # The reader of a foreign format may fail in any way; that is an answer too.
        return [UNREADABLE]
    return [described(signature, anchors) for signature in embedded]


def read_certificates(folder: Path) -> Iterator[Any]:
    """Those of the folder's files; one that is none is passed over."""
    from pyhanko.keys import load_certs_from_pemder

    for path in sorted(path for pattern in CERTIFICATES for path in folder.glob(pattern)):
        try:
            yield from load_certs_from_pemder([str(path)])
        except (ValueError, OSError):
            continue


def described(signature: Any, anchors: list[Any]) -> dict[str, Any]:
    try:
        return facts_of(signature, anchors)
    except Exception:
        return UNREADABLE


def facts_of(signature: Any, anchors: list[Any]) -> dict[str, Any]:
    from pyhanko.sign.validation import validate_pdf_signature

    said_at = signature.self_reported_timestamp
    context = validation_context(anchors, said_at)
    status = validate_pdf_signature(signature, context, context)
    subject, issuer = signature.signer_cert.subject.native, signature.signer_cert.issuer.native
    stamp = status.timestamp_validity
    # Anybody can make a stamp: that of an authority is one that is trusted.
    is_stamped = stamp and stamp.intact and stamp.valid and stamp.trusted
    stamped_at = stamp.timestamp if stamp and is_stamped else None
    signed_at = stamped_at or said_at
    return {
        "signer": named(subject, "common_name"),
        "organisation": named(subject, "organization_name"),
        "issuer": named(issuer, "common_name") or named(issuer, "organization_name"),
        "signed_at": signed_at.isoformat() if signed_at else None,
        "stamped": stamped_at is not None,
        "content": content_of(status),
        "trusted": status.trusted if anchors else None,
    }


def validation_context(anchors: list[Any], moment: datetime | None) -> Any:
    """Asked of the time of signing: certificates end after a year or two, what was signed with them stays."""
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(trust_roots=anchors, allow_fetching=False, moment=moment)


def content_of(status: Any) -> str:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if not (status.intact and status.valid):
        return "broken"
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return "whole"
    level = status.modification_level
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION or level in (None, ModificationLevel.OTHER):
        return "changed"
    if level == ModificationLevel.NONE:
        return "whole"
    return "added" if status.docmdp_ok else "changed"


def named(name: dict[str, Any], field: str) -> str:
    """The last one where there are several, printable."""
    found = name.get(field) or ""
    text = found[-1] if isinstance(found, list) else found
    return "".join(letter for letter in str(text) if letter.isprintable())[:LONGEST_NAME]
