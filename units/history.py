"""Who changed what and when, read from the history tables of several models as one timeline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Field, ForeignKey, Max, Model, OuterRef, QuerySet, Subquery, Value
from django.utils import formats, timezone
from django.utils.translation import gettext as _

# What a page shows on one line was one thing a line, unless it says itself how the line ends.
END_OF_LINE = re.compile(r"(?<![.,:;!?…])\s*\n\s*")
ACTIONS = {"+": "added", "~": "changed", "-": "removed"}


@dataclass(frozen=True)
class FieldChange:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """One line of the timeline: rows of one model that one person treated alike at one time.

    `telling`: the row matters even where no field that may be shown has changed (a new password).
    """

    when: datetime
    who: str
    action: str
    model: str
    names: list[str]
    fields: list[FieldChange]
    telling: bool = False
    cut: bool = False


class Timeline(Sequence):
    """History rows of several models, newest first; slicing it gives entries.

    `sources` are historical querysets (`Plan.history.filter(...)`). The number of queries depends on
    the number of sources, not of rows. Works with Django's Paginator.
    """

    def __init__(self, *sources: QuerySet) -> None:
        self.sources = sources

    @cached_property
    def rows(self) -> QuerySet:
        parts = [
            source.order_by()
            .annotate(source=Value(place))
            .values_list("history_date", "history_id", "source")
            for place, source in enumerate(self.sources)
        ]
        return parts[0].union(*parts[1:], all=True).order_by("-history_date", "-source", "-history_id")

    def __len__(self) -> int:
        return sum(source.count() for source in self.sources)

    def count(self, value: Any = None) -> int:
        return len(self)

    def __getitem__(self, key: Any) -> Any:
        return self.entries(list(self.rows[key]))

    def stamp(self) -> str:
        """Differs as soon as any row of the timeline does."""
        newest = (source.aggregate(newest=Max("history_id"))["newest"] for source in self.sources)
        return "-".join(str(history_id or 0) for history_id in newest)

    def since(self, stamp: str) -> list[Entry]:
        """What has happened since the stamp was taken; nothing for a stamp that is none of ours."""
        parts = stamp.split("-")
        if len(parts) != len(self.sources) or not all(part.isascii() and part.isdecimal() for part in parts):
            return []
        pairs = zip(self.sources, parts, strict=True)
        return Timeline(*(source.filter(history_id__gt=int(part[:18])) for source, part in pairs))[:100]

    def latest(self, count: int) -> list[Entry]:
        """The newest entries; one that goes on beyond the rows that are read here says so (`cut`)."""
        most = 10 * count
        rows = list(self.rows[: most + 1])
        entries = self.entries(rows[:most])
        if len(rows) > most and entries:
            entries[-1] = replace(entries[-1], cut=True)
        return entries[:count]

    def entries(self, rows: list[tuple]) -> list[Entry]:
        records: dict[tuple[int, int], Any] = {}
        for place, source in enumerate(self.sources):
            wanted = [history_id for _date, history_id, of in rows if of == place]
            if wanted:
                records |= {(place, record.history_id): record for record in with_previous(source, wanted)}
        ordered = [records[of, history_id] for _date, history_id, of in rows]
        ordered = [record for record in ordered if not completes_an_adding(record)]
        names = related_names(ordered)
        entries = [entry_of(list(group), names) for _key, group in groupby(ordered, key=likeness)]
        # A form that changes relations alone leaves a row in which nothing else differs.
        return [entry for entry in entries if entry.action != "changed" or entry.fields or entry.telling]


def with_previous(source: QuerySet, history_ids: list[int]) -> list[Any]:
    """Records by id, each with its `previous` record (or None) and its `relations` at hand."""
    model = source.model
    earlier = model.objects.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    records = list(
        model.objects.filter(history_id__in=history_ids)
        .select_related("history_user")
        .annotate(previous_id=Subquery(earlier.order_by("-history_id").values("history_id")[:1]))
    )
    previous = model.objects.in_bulk([record.previous_id for record in records if record.previous_id])
    for record in records:
        record.previous = previous.get(record.previous_id)
    attach_relations(model, [*records, *previous.values()])
    return records


def attach_relations(model: Any, records: list[Any]) -> None:
    """Give each record `relations`: the ids that each of its many-to-many fields held then."""
    for record in records:
        record.relations = {field: set() for field in model._history_m2m_fields}
    by_id: dict[int, list[Any]] = {}
    for record in records:
        by_id.setdefault(record.history_id, []).append(record)
    for field in model._history_m2m_fields:
        rows = getattr(model, field.name).model.objects.filter(history__in=by_id)
        for history_id, related_id in rows.values_list("history", field.m2m_reverse_field_name()):
            for record in by_id[history_id]:
                record.relations[field].add(related_id)


def completes_an_adding(record: Any) -> bool:
    """Relations can only be set on a stored row, so adding one leaves a second history row at once."""
    previous = record.previous
    return (
        previous is not None
        and previous.history_type == "+"
        and record.history_date - previous.history_date < timedelta(seconds=2)
        and record.relations != previous.relations
    )


def likeness(record: Any) -> tuple:
    """Rows that are alike in this read as one line; a change always stands alone."""
    alone = record.history_id if record.history_type == "~" else None
    minute = record.history_date.replace(second=0, microsecond=0)
    return record.history_user_id, minute, type(record), record.history_type, alone


def entry_of(records: list[Any], names: dict[tuple[type, Any], str]) -> Entry:
    first = records[0]
    return Entry(
        when=first.history_date,
        who=str(first.history_user) if first.history_user else _("the system"),
        action=ACTIONS[first.history_type],
        model=str(first.instance_type._meta.verbose_name),
        # The rows come newest first; what was added together is read in the order it was added.
        names=[label(record, names) for record in reversed(records)],
        fields=changed_fields(first, names) if first.history_type == "~" else [],
        telling=bool(getattr(first.instance_type, "history_tells_secret_changes", False)),
    )


def label(record: Any, names: dict[tuple[type, Any], str]) -> str:
    """What the row calls itself; a row known by its relations names them in `history_label_fields`."""
    model = record.instance_type
    fields = [record._meta.get_field(name) for name in getattr(model, "history_label_fields", ())]
    related = [shown(field, getattr(record, field.attname), names) for field in fields]
    if fields:
        return " · ".join(related)
    # Not `record.instance`: that asks the database for the fields that history leaves out.
    return str(model(**{field.attname: getattr(record, field.attname) for field in record.tracked_fields}))


def changed_fields(record: Any, names: dict[tuple[type, Any], str]) -> list[FieldChange]:
    if record.previous is None:
        return []
    pairs = [
        (field, field.value_from_object(record.previous), field.value_from_object(record))
        for field in record.tracked_fields
    ]
    changes = [
        FieldChange(str(field.verbose_name), shown(field, old, names), shown(field, new, names))
        for field, old, new in pairs
        if old != new and field.editable
    ]
    return changes + changed_relations(record, names)


def changed_relations(record: Any, names: dict[tuple[type, Any], str]) -> list[FieldChange]:
    changes = []
    for field, new in record.relations.items():
        old = record.previous.relations[field]
        if old != new:
            removed, added = (
                ", ".join(sorted(names.get((field.related_model, pk), "?") for pk in ids))
                for ids in (old - new, new - old)
            )
            changes.append(FieldChange(str(field.verbose_name), removed, added))
    return changes


def related_names(records: list[Any]) -> dict[tuple[type, Any], str]:
    """Names of all rows that the records point to, one query for each model pointed to."""
    wanted: dict[type[Model], set[Any]] = {}
    for record in filter(None, [*records, *(record.previous for record in records)]):
        for field in record.tracked_fields:
            if isinstance(field, ForeignKey):
                wanted.setdefault(field.related_model, set()).add(getattr(record, field.attname))
        for field, ids in record.relations.items():
            wanted.setdefault(field.related_model, set()).update(ids)
    return {
        (model, pk): str(row)
        for model, ids in wanted.items()
        for pk, row in model._base_manager.in_bulk(list(ids - {None})).items()
    }


def shown(field: Field, value: Any, names: dict[tuple[type, Any], str]) -> str:
    """A field's value as a reader of the page expects it."""
    if value in (None, ""):
        return ""
    if isinstance(field, ForeignKey):
        return names.get((field.related_model, value), _("(deleted)"))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    choices = dict(field.flatchoices)
    told = str(choices[value]) if value in choices else str(formats.localize(value))
    return END_OF_LINE.sub("; ", told)
