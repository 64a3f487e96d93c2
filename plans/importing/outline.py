"""The outline of a plan: what was read, where it stood, and what the reader was unsure of.

Everything here turns into plain JSON values and back, so that an outline can be stored, previewed and
corrected before it becomes rows.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

PROPAGANDA, DIRECTIVES, SUPERVISION, OTHER = "propaganda", "directives", "supervision", "other"
KINDS = (PROPAGANDA, DIRECTIVES, SUPERVISION, OTHER)
FOR_REPORT, FOR_COORDINATION, FOR_ACTION, ARCHIVE = "b/c", "p/h", "t/h", "lưu"
PURPOSES = (FOR_REPORT, FOR_COORDINATION, FOR_ACTION, ARCHIVE)


@dataclass
class LegalBasis:
    """A document that the plan rests on, as its preamble cites it."""

    number: str | None
    date: date | None
    text: str
    line: int


@dataclass
class Section:
    """A main heading. ``number`` is what is printed before the title, None for a heading without one."""

    number: str | None
    title: str
    line: int


@dataclass
class Task:
    """One thing to do. ``due_on`` and ``ongoing`` are never both set; ``text`` keeps its line breaks."""

    title: str
    text: str
    line: int
    end_line: int
    lead: str | None = None
    support: list[str] = field(default_factory=list)
    due_on: date | None = None
    ongoing: bool = False
    product: str | None = None


@dataclass
class Group:
    """A group of tasks; ``kind`` is one of ``KINDS``."""

    number: str | None
    title: str
    kind: str
    line: int
    tasks: list[Task] = field(default_factory=list)


@dataclass
class Recipient:
    """A line of "Nơi nhận"; ``purpose`` is one of ``PURPOSES`` or None."""

    name: str
    purpose: str | None
    line: int


@dataclass
class Signer:
    """Who signs: "TM.

    BAN THƯỜNG TRỰC", "CHỦ TỊCH", the name. Each is None when the document does not say it.
    """

    authority: str | None = None
    position: str | None = None
    name: str | None = None


@dataclass
class Warning:
    """What a person should check; ``line`` is a source line, None when the whole document is meant."""

    line: int | None
    message: str


@dataclass
class Outline:
    """A plan document as read. What the document does not say is None or empty. Lines count from 1.

    ``issuer`` says whose it is: where the head sets "BAN THƯỜNG TRỰC" alone, the body above it follows.
    """

    number: str | None = None
    issued_on: date | None = None
    place: str | None = None
    issuer: str | None = None
    title: str | None = None
    term: str | None = None
    legal_bases: list[LegalBasis] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    recipients: list[Recipient] = field(default_factory=list)
    signer: Signer | None = None
    warnings: list[Warning] = field(default_factory=list)
    source: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Everything, as JSON values; ``from_dict`` gives an equal outline back.

        Waiting imports are stored in this shape: who changes these dataclasses migrates those rows too.
        """
        return _with_iso_dates(asdict(self))

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Outline:
        """The outline that ``to_dict`` wrote. Raises KeyError or TypeError for data of another shape."""
        signer = data["signer"]
        return cls(
            **{name: data[name] for name in ("number", "place", "issuer", "title", "term")},
            issued_on=_date(data["issued_on"]),
            legal_bases=[LegalBasis(**{**item, "date": _date(item["date"])}) for item in data["legal_bases"]],
            sections=[Section(**item) for item in data["sections"]],
            groups=[_group(item) for item in data["groups"]],
            recipients=[Recipient(**item) for item in data["recipients"]],
            signer=Signer(**signer) if signer else None,
            warnings=[Warning(**item) for item in data["warnings"]],
            source=list(data["source"]),
        )

    def as_json(self) -> dict[str, Any]:
        """The documented object of the command line: the content without places in the source."""
        data = self.to_dict()
        return {
            **_only(data, "number", "issued_on", "place", "issuer", "title"),
            "legal_bases": [_only(item, "number", "date", "text") for item in data["legal_bases"]],
            "sections": [_only(item, "number", "title") for item in data["sections"]],
            "groups": [_group_as_json(item) for item in data["groups"]],
            "recipients": [_only(item, "name", "purpose") for item in data["recipients"]],
            "signer": data["signer"],
            "warnings": [warning.message for warning in self.warnings],
        }


def _group(data: dict[str, Any]) -> Group:
    tasks = [Task(**{**item, "due_on": _date(item["due_on"])}) for item in data["tasks"]]
    return Group(**{**data, "tasks": tasks})


def _group_as_json(group: dict[str, Any]) -> dict[str, Any]:
    tasks = [_only(item, "title", "text", "lead", "support", "due_on", "ongoing") for item in group["tasks"]]
    return {**_only(group, "number", "title", "kind"), "tasks": tasks}


def _only(data: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: data[name] for name in names}


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _with_iso_dates(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_iso_dates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_iso_dates(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
