"""A report's page while it is written: each form beside what was accepted last and the evidence so far."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from reports.forms.report import EntryForm, Figure, ReportForms
from reports.models import ProgressEntry, ProgressReport
from reports.reading.reports import EntryReading, Reading, read_report
from reports.writing.typed import typed_entry
from tasks.models import Assignment


class Withdrawn(NamedTuple):
    title: str
    text: str


@dataclass
class EntryWriting:
    number: str
    form: EntryForm
    reading: EntryReading

    @property
    def is_filled(self) -> bool:
        return self.form.is_valid()

    @property
    def last(self) -> ProgressEntry | None:
        return self.reading.previous

    @property
    def figures(self) -> list[Figure]:
        pairs = zip(self.form.figures, self.reading.values, strict=True)
        return [figure._replace(value=value) for figure, value in pairs]

    @property
    def start(self) -> str:
        """What the fields hold where nothing is new since last time, as JSON for the page's script."""
        return json.dumps(typed_entry(self.last, self.form.assignment) if self.last else {})


@dataclass
class Writing:
    forms: ReportForms
    reading: Reading
    entries: list[EntryWriting]
    last_report: ProgressReport | None
    withdrawn: list[Withdrawn]

    @property
    def filled(self) -> int:
        return sum(entry.is_filled for entry in self.entries)


def writing_of(report: ProgressReport, typed: Mapping[str, str]) -> Writing:
    forms = ReportForms(report, typed)
    reading = read_report(report, forms.content())
    entries = [
        EntryWriting(forms.number(form), form, read)
        for form, read in zip(forms.entries, reading.entries, strict=True)
    ]
    return Writing(forms, reading, entries, last_report_of(report), withdrawn_from(forms, typed))


def withdrawn_from(forms: ReportForms, typed: Mapping[str, str]) -> list[Withdrawn]:
    """What was typed of tasks that the unit no longer has: it is not sent, but not hidden either."""
    asked = {form.add_prefix("result") for form in forms.entries}
    texts = {
        int(name[1:].removesuffix("-result")): text
        for name, text in typed.items()
        if name.endswith("-result") and name not in asked and text.strip()
    }
    gone = Assignment.objects.filter(pk__in=texts).select_related("task") if texts else ()
    return [Withdrawn(assignment.task.title, texts[assignment.pk]) for assignment in gone]


def last_report_of(report: ProgressReport) -> ProgressReport | None:
    """The unit's newest accepted report of another period, whose words may be used again."""
    accepted = ProgressReport.objects.standing().filter(unit=report.unit_id, plan=report.plan_id)
    accepted = accepted.filter(period__isnull=False).exclude(pk=report.pk).select_related("period")
    return accepted.order_by("-reported_on", "-revision", "-pk").first()
