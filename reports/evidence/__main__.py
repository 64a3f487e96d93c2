"""Looks at one file in a process of its own: `python -m reports.evidence KIND [ROOTS] <file >redrawn`.

Readers of foreign formats are where a crafted file does harm. Here it meets no settings, no database, and a
limit on memory and time; what it breaks ends with this process. The answer is the last line of stderr.
"""

import json
import resource
import sys
from pathlib import Path
from typing import BinaryIO

from reports.evidence.refusals import NotEvidence

MEMORY = 2**30
SECONDS = 20
LARGEST_RESULT = 100 * 2**20


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_RESULT, LARGEST_RESULT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def look(kind: str) -> dict[str, object]:
    """Each reader is imported only where it is needed."""
    source = sys.stdin.buffer
    if kind == "photo":
        from reports.evidence.photos import redraw

        return {"kind": redraw(source, sys.stdout.buffer), "inert": True}
    if kind == "pdf":
        return look_at_pdf(source)
    if kind == "office":
        from reports.evidence.office import office_kind

        return {"kind": office_kind(source), "inert": False}
    from reports.evidence.archives import ends_as_archive
    from reports.evidence.compound import compound_kind

    if ends_as_archive(source):
        raise NotEvidence("mixed")
    source.seek(0)
    return {"kind": compound_kind(source.read()), "inert": False}


def look_at_pdf(source: BinaryIO) -> dict[str, object]:
    """With its signatures, as far as the folder of trusted certificates (the second word) knows them."""
    from reports.evidence.pdfs import read_pdf

    inert, signed = read_pdf(source)
    answer: dict[str, object] = {"kind": "pdf", "inert": inert}
    if signed:
        from reports.evidence.signatures import read_signatures

        source.seek(0)
        answer["signatures"] = read_signatures(source, Path(sys.argv[2]) if sys.argv[2:] else None)
    return answer


if __name__ == "__main__":
    limit()
    try:
        answer = look(sys.argv[1])
    except NotEvidence as refusal:
        answer = {"refused": refusal.code}
    except (MemoryError, RecursionError):
        answer = {"refused": "complex"}
    print(f"\n{json.dumps(answer)}", file=sys.stderr)  # noqa: T201 - its only way to answer
