"""What a letterhead makes of a paper, also one that is only being typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from django.utils import timezone

from plans.models import Plan
from reports.documents.choices import Choices
from reports.documents.content import Paper
from reports.documents.kinds import Kind
from reports.documents.letterheads import WIDEST_NAME, Frame, framed
from reports.documents.papers.unit_report import kept_letterhead
from reports.documents.texts import broken, tidy_lines
from units.models import Letterhead, Signer


class Samples(NamedTuple):
    """The frame of a report that the usual signer signs, those of the others, and the lines of the head
    that are wider than their half."""

    usual: Frame
    further: list[Frame]
    wide: list[str]

    @property
    def title(self) -> tuple[str, ...]:
        return ("Kết quả thực hiện …",)


def samples(letterhead: Letterhead, signers: Iterable[Signer]) -> Samples:
    usual = Choices(Plan(), timezone.localdate())
    names = tidy_lines(f"{letterhead.superior_name}\n{letterhead.issuer_name}")
    return Samples(
        framed(letterhead, usual, "BC"),
        [framed(letterhead, replace(usual, signer=signer), "BC") for signer in signers],
        [name for name in names if len(broken(name.upper(), WIDEST_NAME)) > 1],
    )


class Gaps(NamedTuple):
    """What a paper leaves open since its letterhead does, by the names of the fields. `kept`: it is the
    letterhead of the paper's own day, which no later change reaches."""

    names: list[str]
    kept: bool


def gaps_of(kind: Kind, paper: Paper, choices: Choices) -> Gaps:
    is_report = kind == Kind.UNIT_REPORT
    kept = kept_letterhead(choices) if is_report else None
    issuer = choices.unit if is_report else choices.plan.issuing_unit
    letterhead = kept or getattr(issuer, "letterhead", None) or Letterhead()
    lacking = lacking_on(paper) if issuer else set()
    return Gaps([name for name in letterhead.left_open if name in lacking], kept is not None)


def lacking_on(paper: Paper) -> set[str]:
    """The names of a letterhead's fields for which the paper has a gap."""
    if paper.head is None:
        return set()
    signature = paper.signature
    given = {
        "symbol": "…" not in paper.head.number_line,
        "signer_position": signature is None or signature.position,
        "signer_name": signature is None or signature.name,
        "sent_to": not any(line.startswith("- …") for line in paper.sent_to),
    }
    fields = (field for field in Letterhead._meta.fields if not given.get(field.name, True))
    return {str(field.verbose_name) for field in fields}
