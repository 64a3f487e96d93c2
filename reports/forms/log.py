"""What staff log for a unit that told it on the phone or on paper."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from plans.forms import DateInput
from reports.evidence.kinds import Evidence, read_evidence
from reports.evidence.limits import MOST_FILES
from reports.evidence.refusals import NotEvidence
from reports.evidence.storage import digest_of
from reports.forms.report import EntryForm
from reports.models import ProgressEntry, ProgressReport
from reports.reading.previous import last_accepted_of
from reports.writing.typed import entry_prefix
from tasks.models import Assignment


class LogForm(forms.Form):
    """When and by whom it was told; `form_key` makes the same form sent twice one log."""

    reported_on = forms.DateField(label=_("State on"), widget=DateInput({"class": "form-control"}))
    told_by = forms.CharField(
        label=_("Who told it"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"class": "form-control"}),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def clean_reported_on(self) -> date:
        day = self.cleaned_data["reported_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class LogForms:
    """The log with its one entry and its files, checked together."""

    def __init__(
        self,
        assignment: Assignment,
        data: QueryDict | None = None,
        files: MultiValueDict | None = None,
    ) -> None:
        self.assignment = assignment
        fresh = {"reported_on": timezone.localdate(), "form_key": uuid4()}
        self.log = LogForm(data.dict() if data else None, initial=fresh)
        goes_on = {} if data else self.goes_on
        self.entry = EntryForm(data, assignment=assignment, prefix=entry_prefix(assignment), initial=goes_on)
        self.uploads: list[UploadedFile] = files.getlist("files") if files else []
        self.evidence: list[Evidence] = []
        self.refused: dict[str, str] = {}

    @cached_property
    def last(self) -> ProgressEntry | None:
        """What counts before it."""
        return last_accepted_of(self.assignment)

    @property
    def goes_on(self) -> dict[str, str]:
        """What an empty form begins with."""
        if self.last is None:
            return {}
        begun = self.last.status == self.last.Status.IN_PROGRESS
        return {"status": self.last.status, **({"percent": str(self.last.percent)} if begun else {})}

    def is_valid(self) -> bool:
        # All are asked, so that the person sees all that is to be mended at once.
        self.read_files()
        if "form_key" in self.log.errors:
            self.renew()
        return all([self.log.is_valid(), self.entry.is_valid(), not self.refused])

    def renew(self) -> None:
        """Let the page be sent as a log of its own."""
        self.log.data = {**self.log.data, "form_key": str(uuid4())}

    @property
    def facts(self) -> dict[str, Any]:
        return self.log.cleaned_data

    def repeats(self, report: ProgressReport) -> bool:
        """Whether the log that was stored says just this."""
        entry = report.entries.get()
        said = self.entry.content()
        mine = (self.assignment.pk, said.status, said.percent, said.result, said.values)
        values = {value.indicator_id: value.value for value in entry.values.all()}
        stored = (entry.assignment_id, entry.status, entry.percent, entry.result, values)
        told = (self.facts["reported_on"], self.facts["told_by"]) == (report.reported_on, report.told_by)
        files = set(report.attachments.values_list("digest", flat=True))
        return told and mine == stored and files == {digest_of(file.content) for file in self.evidence}

    def read_files(self) -> None:
        """Before anything is written: what reads them takes its time."""
        self.evidence, self.refused = [], {}
        if len(self.uploads) > MOST_FILES:
            self.refused[""] = str(NotEvidence("too_many"))
            return
        for upload in self.uploads:
            try:
                self.evidence.append(read_evidence(upload))
            except NotEvidence as refusal:
                self.refused[upload.name or ""] = str(refusal)
