"""The fields of a report's page. They are filled from what is typed so far and checked before submitting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.forms import text_area
from reports.models import ProgressEntry, ProgressReport
from reports.reading.content import Content, EntryContent, ProposalContent
from reports.reading.reports import ValueReading
from reports.writing.typed import HEADS, MOST_PROPOSALS, assignments_of, entry_prefix, proposal_prefix
from tasks.forms.numbers import NumberField
from tasks.models import Assignment, Indicator
from tasks.overview import task_numbers

Status = ProgressEntry.Status
MOST_CHARACTERS = 20_000


class Problem(NamedTuple):
    """What keeps a report from being submitted: the id of the field, where it stands, what to do."""

    id: str
    place: str
    text: str


class Figure(NamedTuple):
    """The field of an indicator; on a report's page with what was reported before."""

    indicator: Indicator
    field: forms.BoundField
    value: ValueReading | None = None


def long_text(label: Any, rows: int) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=text_area(rows), max_length=MOST_CHARACTERS)


class HeadForm(forms.Form):
    overview = long_text(_("General situation"), 3)
    difficulties = long_text(_("Difficulties and causes"), 3)
    next_steps = long_text(_("Next steps"), 3)


class EntryForm(forms.Form):
    """Status, percent, result and indicators of one assignment."""

    status = forms.ChoiceField(
        label=_("How far is it?"),
        choices=Status.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how far it is.")},
    )
    percent = forms.IntegerField(
        label=_("Percent done"),
        required=False,
        error_messages={"invalid": _("Give a whole number, for example 60.")},
    )
    result = long_text(_("Result"), 3)

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assignment = assignment
        self.indicators = {f"i{indicator.pk}": indicator for indicator in assignment.task.indicators.all()}
        for name, indicator in self.indicators.items():
            self.fields[name] = NumberField(label=str(indicator), required=False)

    @property
    def figures(self) -> list[Figure]:
        return [Figure(indicator, self[name]) for name, indicator in self.indicators.items()]

    def clean(self) -> None:
        said = self.cleaned_data
        match said.get("status"):
            case Status.DONE:
                said["percent"] = 100
                self._errors.pop("percent", None)
            case Status.NOT_STARTED:
                said["percent"] = 0
                self._errors.pop("percent", None)
            case Status.IN_PROGRESS if "percent" not in self.errors:
                self.check_percent(said.get("percent"))
        if said.get("status") in (Status.IN_PROGRESS, Status.DONE) and said.get("result") == "":
            self.add_error("result", _("Say in a sentence what was done."))

    def check_percent(self, percent: int | None) -> None:
        if percent is None:
            self.add_error("percent", _("Say about how many percent are done."))
        elif percent == 100:
            self.add_error("percent", _("100% is done: choose “Done”, or give less."))
        elif not 0 <= percent < 100:
            self.add_error("percent", _("Give a number from 0 to 99."))

    def content(self, number: str = "") -> EntryContent:
        """What is said so far; fields with problems are left out."""
        said = self.cleaned_data
        values: dict[int, Decimal] = {
            indicator.pk: said[name]
            for name, indicator in self.indicators.items()
            if said.get(name) is not None
        }
        return EntryContent(
            assignment=self.assignment,
            number=number,
            title=self.assignment.task.title,
            status=said.get("status", ""),
            percent=said.get("percent"),
            result=said.get("result", ""),
            values=values,
        )


class ProposalForm(forms.Form):
    addressee = forms.CharField(label=_("To whom"), required=False, max_length=200)
    text = long_text(_("Proposal"), 2)

    @property
    def is_blank(self) -> bool:
        return not any(str(field.value() or "").strip() for field in self)

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("text") and said.get("addressee") == "":
            self.add_error("addressee", _("Say who is asked, for example the city Front."))
        if said.get("addressee") and said.get("text") == "":
            self.add_error("text", _("Say what is proposed, or empty “To whom”."))


class ReportForms:
    """All parts of one report's page, filled from `typed`."""

    def __init__(self, report: ProgressReport, typed: Mapping[str, str]) -> None:
        self.numbers = task_numbers(report.plan)
        self.head = HeadForm(typed)
        self.entries = [
            EntryForm(typed, assignment=assignment, prefix=entry_prefix(assignment))
            for assignment in assignments_of(report)
        ]
        places = [place for place in range(MOST_PROPOSALS) if f"{proposal_prefix(place)}-text" in typed]
        rows = range(max(places, default=0) + 1)
        self.proposals = [ProposalForm(typed, prefix=proposal_prefix(place)) for place in rows]
        self.most_proposals = MOST_PROPOSALS
        self.blank_proposal = ProposalForm(prefix="p__place__")

    def number(self, form: EntryForm) -> str:
        return self.numbers.get(form.assignment.task_id, "")

    @property
    def parts(self) -> list[forms.Form]:
        return [*self.entries, self.head, *self.proposals]

    def is_valid(self) -> bool:
        return bool(self.entries) and all([form.is_valid() for form in self.parts])  # noqa: C419

    @property
    def problems(self) -> list[Problem]:
        """Everything that is to be mended before submitting, in the page's order."""
        found = []
        for form in self.parts:
            place = f"{self.number(form)} {form.assignment.task.title}" if isinstance(form, EntryForm) else ""
            for name in form.fields:
                where = place or str(form[name].label)
                found += [
                    Problem(form[name].auto_id, where, str(error)) for error in form.errors.get(name, ())
                ]
        return found

    def content(self) -> Content:
        """What the report says so far; complete where `is_valid`."""
        for form in self.parts:
            form.is_valid()
        return Content(
            entries=[form.content(self.number(form)) for form in self.entries],
            proposals=[
                ProposalContent(form.cleaned_data.get("addressee", ""), form.cleaned_data.get("text", ""))
                for form in self.proposals
                if not form.is_blank
            ],
            **{name: self.head.cleaned_data.get(name, "") for name in HEADS},
        )

    def labels(self, names: Iterable[str]) -> dict[str, str]:
        """What the page calls these fields."""
        known = {
            form.add_prefix(name): " · ".join(filter(None, [place_of(form), str(form.fields[name].label)]))
            for form in self.parts
            for name in form.fields
        }
        return {name: known[name] for name in names if name in known}


def place_of(form: forms.Form) -> str:
    return form.assignment.task.title if isinstance(form, EntryForm) else ""
