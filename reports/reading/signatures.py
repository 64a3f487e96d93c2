"""The digital signatures of a file of evidence, as people read them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from reports.models import Attachment

# What became of the file since: the end of a class, and the words.
CONTENTS = {
    "whole": ("good", _("The file is unchanged since it was signed")),
    "added": (
        "good",
        _("What was signed is unchanged; only what the signature allows came after it, such as another one"),
    ),
    "changed": ("bad", _("The file was changed after it was signed")),
    "broken": (
        "bad",
        _("The content does not fit the signature: it was altered, or the signature is damaged"),
    ),
    "unreadable": ("none", _("This signature cannot be read. Ask for the file again, or check it elsewhere")),
}


@dataclass(frozen=True)
class Signed:
    """One signature; `trusted` is None where no certificates to trust were there."""

    content: str
    signer: str = ""
    organisation: str = ""
    issuer: str = ""
    signed_at: str | None = None
    stamped: bool = False
    trusted: bool | None = None

    @property
    def time(self) -> datetime | None:
        return datetime.fromisoformat(self.signed_at) if self.signed_at else None

    @property
    def look(self) -> str:
        return CONTENTS[self.content][0]

    @property
    def words(self) -> Any:
        return CONTENTS[self.content][1]

    @property
    def is_sound(self) -> bool:
        """Whether it is of use to ask who issued the certificate."""
        return self.look == "good"


def signatures_of(attachment: Attachment) -> list[Signed]:
    return signed(attachment.signatures)


def signed(found: list[dict[str, Any]]) -> list[Signed]:
    """As `reports/evidence/signatures.py` tells them."""
    known = {field.name for field in fields(Signed)}
    return [Signed(**{name: fact for name, fact in row.items() if name in known}) for row in found]
