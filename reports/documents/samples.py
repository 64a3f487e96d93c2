"""What a letterhead makes of a paper, also one that is only being typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from django.utils import timezone

from plans.models import Plan
from reports.documents.choices import Choices
from reports.documents.content import Paper
from reports.documents.letterheads import WIDEST_NAME, Frame, framed
from reports.documents.texts import broken, tidy_lines
from units.models import Letterhead, Signer, Unit


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


def gaps_of(paper: Paper, issuer: Unit) -> list[str]:
    """What the paper leaves as a gap since the letterhead of today still does, by the names of the fields."""
    if paper.head is None:
        return []
    signature = paper.signature
    given = {
        "symbol": paper.head.symbol,
        "signer_position": signature is None or signature.position,
        "signer_name": signature is None or signature.name,
        "sent_to": not any(line.startswith("- …") for line in paper.sent_to),
    }
    fields = [field for field in Letterhead._meta.fields if not given.get(field.name, True)]
    names = {str(field.verbose_name) for field in fields}
    letterhead = getattr(issuer, "letterhead", None) or Letterhead()
    return [name for name in letterhead.left_open if name in names]
