from __future__ import annotations

from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plans.forms import DateInput, RecordedForm, text_area
from reports import actions
from reports.models import Obligation, Period
from reports.models.periods import FIRST_YEAR, LAST_YEAR
from reports.owed.calendar import PeriodDates, preset
from reports.owed.outlook import overlapping
from units.watching import Watch

NAME_TAKEN = _("The plan already has a period of this name.")
DAYS = ("figures_from", "figures_to", "cut_off_on", "due_on", "locks_on")


class PresetForm(forms.Form):
    """The suggestion that a link's address names; one that names none is no fault."""

    kind = forms.ChoiceField(choices=Period.Kind.choices)
    year = forms.IntegerField(min_value=FIRST_YEAR + 1, max_value=LAST_YEAR - 1)
    number = forms.IntegerField()

    def dates(self) -> PeriodDates | None:
        if not self.is_valid():
            return None
        try:
            return preset(**self.cleaned_data)
        except ValueError:
            return None


class PeriodForm(RecordedForm):
    class Meta:
        model = Period
        fields = (
            "name",
            "kind",
            "figures_from",
            "figures_to",
            "cut_off_on",
            "due_on",
            "grace_days",
            "locks_on",
        )
        widgets = {name: DateInput() for name in DAYS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cut_off_on"].required = False
        self.fields["cut_off_on"].help_text = _(
            "The day whose state the figures show. Empty: the last day of the figures."
        )

    def clean_cut_off_on(self) -> Any:
        return self.cleaned_data["cut_off_on"] or self.cleaned_data.get("figures_to")

    def _get_validation_exclusions(self) -> set[str]:
        """The plan is not typed here, but a name is taken only within it."""
        return super()._get_validation_exclusions() - {"plan"}

    @property
    def overlap_warning(self) -> str:
        """Which other periods count days of this one, as far as the form knows its days; empty if none."""
        given = self.cleaned_data if self.is_bound else self.initial
        first, last = given.get("figures_from"), given.get("figures_to")
        others = overlapping(self.instance, first, last) if first and last else []
        text = _(
            "The figures share days with %(names)s: indicators that are added up over several periods "
            "would count twice."
        )
        return text % {"names": ", ".join(map(str, others))} if others else ""

    def open(self) -> int | None:
        """How many units owe the report of the new period; None where somebody else was faster with it."""
        try:
            with transaction.atomic():
                return actions.open_period(self.save(commit=False))
        except IntegrityError:
            self.add_error(None, NAME_TAKEN)
            return None

    def change(self, watch: Watch) -> bool:
        """Save the period unless somebody else was faster: with a change of it, or with its new name."""
        try:
            return watch.save(self)
        except IntegrityError:
            self.add_error(None, NAME_TAKEN)
            return False


class ExtensionForm(RecordedForm):
    """An exception after the lock. Both fields empty take back one that was made."""

    class Meta:
        model = Obligation
        fields = ("extended_to", "extension_reason")
        widgets = {"extended_to": DateInput(), "extension_reason": text_area(2)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was_extended = self.instance.extended_to is not None

    def clean(self) -> None:
        given = self.cleaned_data
        until, reason = given.get("extended_to"), given.get("extension_reason")
        if self.was_extended and until is None and not reason and not self.errors:
            return
        for name in self.Meta.fields:
            if not given.get(name) and name not in self.errors:
                self.add_error(name, _("An exception needs both a day and a reason."))
        if until and "extended_to" in self.changed_data:
            self.check_day(until)

    def check_day(self, until: Any) -> None:
        locks_on = self.instance.period.locks_on
        if until < timezone.localdate():
            self.add_error("extended_to", _("This day has passed."))
        elif locks_on is None:
            self.add_error("extended_to", _("The period does not lock: the unit needs no exception."))
        elif until <= locks_on:
            self.add_error("extended_to", _("Until this day the period is open to everybody."))
        elif until.year > LAST_YEAR:
            self.add_error("extended_to", _("Please check the year."))
