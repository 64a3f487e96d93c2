"""What differs between two accounts of the same work: two revisions, before and after a return."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import NamedTuple

from django.db.models import Model
from django.utils.translation import gettext as _

from reports.models import ProgressEntry, ProgressReport, Proposal
from reports.reading.content import Content, EntryContent, ProposalContent
from tasks.templatetags.figures import figure

# A number with its points and commas, a word, or one sign; each with the white space after it.
WORD = re.compile(r"(?:\d+(?:[.,]\d+)*|[\w\u0300-\u036f]+|[^\w\s])\s*")
# Texts that have less than this part of their words in common read better one after the other.
ALIKE = 0.4
# Longer texts are shown one after the other: comparing them word by word could take seconds.
MOST_WORDS = 3000


class Kind(StrEnum):
    SAME = "same"
    OLD = "old"
    NEW = "new"


class Piece(NamedTuple):
    kind: Kind
    text: str


class Change(NamedTuple):
    """One field that differs, as pieces to be read in a row."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class EntryDifference:
    """What differs of one assignment; `is_new` and `is_gone` where only one of the two speaks of it."""

    number: str
    title: str
    changes: list[Change]
    is_new: bool = False
    is_gone: bool = False


@dataclass
class Differences:
    """`files_added` and `files_removed` name evidence, where it was compared."""

    entries: dict[int, EntryDifference] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    files_added: list[str] = field(default_factory=list)
    files_removed: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.entries or self.changes or self.files_added or self.files_removed)

    def compare_files(self, old: Mapping[str, str], new: Mapping[str, str]) -> None:
        """Names of evidence by its digest."""
        self.files_added = [name for digest, name in new.items() if digest not in old]
        self.files_removed = [name for digest, name in old.items() if digest not in new]


def word_pieces(old: str, new: str) -> list[Piece]:
    """The two texts as one, word by word; what differs only in its white space is the same."""
    before, after = WORD.findall(old), WORD.findall(new)
    matcher = SequenceMatcher(None, stripped(before), stripped(after))
    if len(before) + len(after) > MOST_WORDS or matcher.quick_ratio() < ALIKE:
        return [Piece(kind, text) for kind, text in ((Kind.OLD, old), (Kind.NEW, new)) if text]
    pieces = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Kind.SAME, "".join(after[new_from:new_to])))
            continue
        if old_to > old_from:
            pieces.append(Piece(Kind.OLD, "".join(before[old_from:old_to])))
        if new_to > new_from:
            pieces.append(Piece(Kind.NEW, "".join(after[new_from:new_to])))
    return pieces


def stripped(found: Iterable[str]) -> list[str]:
    return [word.strip() for word in found]


def whole_pieces(old: str, new: str) -> list[Piece]:
    """Short values, of which no part stays: "50 % → 60 %"."""
    arrow = [Piece(Kind.SAME, " → ")] if old and new else []
    before, after = ([Piece(kind, text)] if text else [] for kind, text in ((Kind.OLD, old), (Kind.NEW, new)))
    return [*before, *arrow, *after]


def text_change(label: object, old: str, new: str) -> list[Change]:
    same = old.split() == new.split()
    return [] if same else [Change(str(label), word_pieces(old, new))]


def value_change(label: object, old: str, new: str) -> list[Change]:
    return [] if old == new else [Change(str(label), whole_pieces(old, new))]


def differences(old: Content, new: Content) -> Differences:
    before = {said.assignment.pk: said for said in old.entries}
    found = Differences()
    for said in new.entries:
        last = before.pop(said.assignment.pk, None)
        changes = entry_changes(last, said)
        if changes or last is None:
            found.entries[said.assignment.pk] = EntryDifference(
                said.number, said.title, changes, is_new=last is None
            )
    for key, gone in before.items():
        found.entries[key] = EntryDifference(gone.number, gone.title, entry_changes(gone, None), is_gone=True)
    for name in ("overview", "difficulties", "next_steps"):
        found.changes += text_change(label(ProgressReport, name), getattr(old, name), getattr(new, name))
    found.changes += proposal_changes(old.proposals, new.proposals)
    return found


def entry_changes(old: EntryContent | None, new: EntryContent | None) -> list[Change]:
    """Field by field; an account that is missing says nothing."""
    changes = value_change(label(ProgressEntry, "status"), standing(old), standing(new))
    indicators = {
        indicator.pk: indicator
        for said in (old, new)
        if said
        for indicator in said.assignment.task.indicators.all()
    }
    for key, indicator in indicators.items():
        before, after = (figure(said.values.get(key)) if said else "" for said in (old, new))
        changes += value_change(indicator, before, after)
    before, after = (said.result if said else "" for said in (old, new))
    return changes + text_change(label(ProgressEntry, "result"), before, after)


def label(model: type[Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def standing(said: EntryContent | None) -> str:
    """Status and percent in words: "In progress, 60 %"."""
    if said is None or not said.status:
        return ""
    label = str(ProgressEntry.Status(said.status).label)
    if said.status != ProgressEntry.Status.IN_PROGRESS or said.percent is None:
        return label
    return f"{label}, {said.percent}%"


def proposal_changes(old: list[ProposalContent], new: list[ProposalContent]) -> list[Change]:
    """Those that stay are left out, the others are set side by side in their order."""
    gone = [said for said in old if said not in new]
    come = [said for said in new if said not in old]
    return [
        change
        for before, after in zip_longest(gone, come)
        for change in text_change(Proposal._meta.verbose_name, proposal_text(before), proposal_text(after))
    ]


def proposal_text(said: ProposalContent | None) -> str:
    return _("To %(addressee)s") % {"addressee": said.addressee} + ": " + said.text if said else ""
