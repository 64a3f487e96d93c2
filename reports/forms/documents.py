"""What the address asks of a paper: which one, of what, and what is printed at its head and end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plans.forms import DateInput
from plans.models import Plan, TaskGroup
from reports.access import may_print, visible_periods
from reports.documents.choices import Choices
from reports.documents.kinds import Kind
from reports.forms.state import ISO_AND_TYPED, DayForm, select, select_row
from reports.models import Period, ProgressReport
from reports.state.periods import Periods
from tasks.models import Assignment
from units.access import visible_units
from units.models import Signer, Unit, User

SAYS: dict[Kind, Promise] = {
    Kind.SUMMARY: _("What was done, by group and by unit, with difficulties, next steps and proposals."),
    Kind.BRIEF: _("The figures and what matters most, for who has one minute."),
    Kind.UNIT_REPORT: _("What one unit reported for a period, as its own document to be signed."),
    Kind.ASSIGNMENTS: _("Each task with who leads, who supports, its deadline and product."),
    Kind.MISSING: _("Who has not sent the report of a period."),
    Kind.RECIPIENTS: _("Whom the plan is sent to, on request with the units behind each line."),
}
# What may be chosen of each kind; what is chosen of one stays chosen where another has it too.
SCOPE = {
    Kind.SUMMARY: ("period", "on", "group", "kind", "expanded"),
    Kind.BRIEF: ("period", "on", "group", "kind"),
    Kind.UNIT_REPORT: ("unit", "period", "on"),
    Kind.ASSIGNMENTS: ("on", "group", "kind"),
    Kind.MISSING: ("period", "on", "kind"),
    Kind.RECIPIENTS: ("expanded",),
}
COMPILED = _("As known at the end of")
OF_THE_PERIOD = _("Figures of the period until %(day)s, from reports accepted by the end of this day.")
# What the day means for papers of a period.
DAY_OF = {
    Kind.UNIT_REPORT: _("The report that was accepted by the end of this day."),
    Kind.MISSING: _("Who had sent no report by the end of this day."),
}
EXPANDED = {
    Kind.SUMMARY: _("Each unit's results also where there are more than 300"),
    Kind.RECIPIENTS: _("With the units that each line stands for"),
}
FRAME = ("number", "dated", "title", "signer", "archival")
FRAME_OF_AN_APPENDIX = ("title", "archival")
OF_A_PERIOD = (Kind.UNIT_REPORT, Kind.MISSING)
NO_SUCH_PAPER = _("There is no such paper. Choose one of these.")
NOT_YOURS = _("This paper is not yours to print: the office prints it. Choose one of these.")
NOT_OFFERED = {
    "period": _("This reporting period is of another plan or does not concern you. Choose one of the list."),
    "group": _("This plan has no such task group. Choose one of the list."),
    "kind": _("No unit of this kind takes part in the plan. Choose one of the list."),
    "unit": _("This unit takes no part in the plan or does not concern you. Choose one of the list."),
    "signer": _("Nobody on the letterhead is meant by this. Choose one of the list."),
}


class Offered(NamedTuple):
    """A kind that the person may print; `query` is the end of the address that chooses it."""

    kind: Kind
    says: Promise
    chosen: bool
    query: str


def line(label: Any, longest: int, **more: Any) -> forms.CharField:
    widget = forms.TextInput({"class": "form-control", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=longest, required=False, widget=widget, **more)


def tick(label: Any) -> forms.BooleanField:
    widget = forms.CheckboxInput({"class": "form-check-input"})
    return forms.BooleanField(label=label, required=False, widget=widget)


class DocumentForm(DayForm):
    """Has only the fields of the chosen kind. A kind that needs a period has the current one unless asked."""

    paper = forms.ChoiceField(required=False)
    period = select_row(_("Reporting period"))
    group = select_row(_("Task group"))
    kind = select(_("Kind of unit"))
    unit = select_row(_("Unit"))
    expanded = tick("")
    number = line(_("Number"), 40, help_text=_("05 is enough: the letterhead makes it 05/BC-MTTQ-BTT."))
    dated = forms.DateField(
        label=_("Day of the paper"),
        required=False,
        input_formats=ISO_AND_TYPED,
        widget=DateInput({"class": "form-control"}),
    )
    title = line(_("Title"), 500)
    signer = select_row(_("Who signs"))
    archival = tick(_("For the archive (PDF/A)"))

    def __init__(self, data: Mapping[str, Any], plan: Plan, user: User) -> None:
        self.typed = dict(data.items())
        super().__init__(self.typed)
        self.plan, self.user = plan, user
        self.kinds = [kind for kind in Kind if may_print(user, kind)]
        asked = self.typed.get("paper")
        self.offer("paper", ((kind.value, kind.label) for kind in self.kinds))
        self.fields["paper"].error_messages["invalid_choice"] = (
            NOT_YOURS if asked in Kind.values else NO_SUCH_PAPER
        )
        self.chosen = Kind(asked) if asked in self.kinds else self.kinds[0]
        self.framing = FRAME_OF_AN_APPENDIX if self.chosen == Kind.ASSIGNMENTS else FRAME
        self.offer_all()
        names = ("paper", *SCOPE[self.chosen], *self.framing)
        self.fields = {name: self.fields[name] for name in names if name in self.fields}

    def offer_all(self) -> None:
        """Of what the chosen kind asks; a choice that is none is no field."""
        scope = SCOPE[self.chosen]
        for name, words in NOT_OFFERED.items():
            self.fields[name].error_messages["invalid_choice"] = words
        self.fields["expanded"].label = EXPANDED.get(self.chosen, "")
        if not self.typed.get("on") or self.is_past:
            self.typed["on"] = f"{self.day:%d/%m/%Y}"
        if "period" in scope:
            self.offer_periods()
            self.explain_day()
        if "group" in scope:
            self.offer("group", self.groups.items(), _("The whole plan"))
        if "kind" in scope:
            kinds = {unit.kind for unit in self.units.values()}
            self.offer("kind", (choice for choice in Unit.Kind.choices if choice[0] in kinds), _("All"))
        if "unit" in scope:
            self.offer_units()
        if "signer" in self.framing:
            self.offer("signer", self.signers.items(), _("The usual one"))

    def offer(self, name: str, choices: Iterable[tuple[Any, Any]], none: Any = None) -> None:
        field: Any = self.fields[name]
        field.choices = [*([] if none is None else [("", none)]), *choices]

    def offer_periods(self) -> None:
        found = Periods(self.day, list(self.periods.values())[::-1])
        usual = found.current or found.coming
        needed = self.chosen in OF_A_PERIOD
        if needed and usual and not self.typed.get("period"):
            self.typed["period"] = str(usual.pk)
        none = None if needed and usual else _("All until the day") if not needed else _("None")
        self.offer("period", self.periods.items(), none)

    def explain_day(self) -> None:
        """Figures of a period close at its end; the day says what was known of them."""
        field = self.fields["on"]
        period = next((row for row in self.periods.values() if str(row.pk) == self.typed.get("period")), None)
        if self.chosen in OF_A_PERIOD:
            field.label, field.help_text = COMPILED, DAY_OF[self.chosen]
        elif period:
            until = f"{min(self.day, period.figures_to):%d/%m/%Y}"
            says = gettext(
                "Figures of the period until %(day)s, from reports accepted by the end of this day."
            )
            field.label, field.help_text = COMPILED, says % {"day": until}
        else:
            field.help_text = _("From reports accepted by the end of this day.")

    def offer_units(self) -> None:
        """Who has only one unit need not choose it."""
        if len(self.units) == 1 and not self.typed.get("unit"):
            self.typed["unit"] = str(*self.units)
        self.offer("unit", self.units.items(), _("Choose a unit"))

    @cached_property
    def periods(self) -> dict[int, Period]:
        return {period.pk: period for period in visible_periods(self.user).filter(plan=self.plan)}

    @cached_property
    def groups(self) -> dict[int, TaskGroup]:
        return {group.pk: group for group in self.plan.groups.all()}

    @cached_property
    def units(self) -> dict[int, Unit]:
        """Those that have or had a part in the plan, as far as the person sees them."""
        given = Assignment.objects.filter(task__group__plan=self.plan).values("unit")
        told = ProgressReport.objects.filter(plan=self.plan).values("unit")
        units = visible_units(self.user).filter(Q(pk__in=given) | Q(pk__in=told))
        return {unit.pk: unit for unit in units}

    @cached_property
    def issuer(self) -> Unit | None:
        """Whose letterhead the paper has."""
        if self.chosen != Kind.UNIT_REPORT:
            return self.plan.issuing_unit
        return next((unit for unit in self.units.values() if str(unit.pk) == self.typed.get("unit")), None)

    @cached_property
    def signers(self) -> dict[int, Signer]:
        """Besides the usual one."""
        return {signer.pk: signer for signer in Signer.objects.filter(letterhead__unit=self.issuer)}

    @property
    def choices(self) -> Choices | None:
        """None where a field says what is wrong."""
        if not self.is_valid():
            return None
        chosen = self.cleaned_data.get
        return Choices(
            plan=self.plan,
            day=self.day,
            period=self.periods.get(chosen("period") or 0),
            unit=self.units.get(chosen("unit") or 0),
            group=self.groups.get(chosen("group") or 0),
            kind_of_unit=chosen("kind") or "",
            expanded=chosen("expanded", False),
            number=chosen("number", ""),
            dated=chosen("dated"),
            title=chosen("title", ""),
            signer=self.signers.get(chosen("signer") or 0),
            archival=chosen("archival", False),
        )

    @property
    def figures_day(self) -> date:
        """The last day of which the figures tell; who has sent nothing is told as of the day."""
        period = self.periods.get(self.cleaned_data.get("period") or 0)
        return min(self.day, period.figures_to) if period and self.chosen != Kind.MISSING else self.day

    @property
    def is_dated_early(self) -> bool:
        """Whether the paper is of a day before that of its figures. A report was dated by its unit."""
        dated = self.cleaned_data.get("dated") if self.is_valid() else None
        tells = self.chosen not in (Kind.UNIT_REPORT, Kind.RECIPIENTS)
        return bool(tells and dated and dated < self.figures_day)

    @property
    def to_choose(self) -> str:
        """What has to be chosen before there is a paper."""
        if self.chosen in OF_A_PERIOD and not self.periods:
            return gettext("There is no reporting period yet. As soon as one is open, this can be printed.")
        if self.chosen == Kind.UNIT_REPORT and not self.typed.get("unit"):
            return gettext("Choose the unit whose report is to be printed.")
        return ""

    @property
    def scope(self) -> list[forms.BoundField]:
        return [self[name] for name in SCOPE[self.chosen]]

    @property
    def frame(self) -> list[forms.BoundField]:
        return [self[name] for name in self.framing]

    @property
    def has_frame(self) -> bool:
        """Whether anything is typed there, or wrong."""
        return any(self.typed.get(field.name) or field.errors for field in self.frame)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What is chosen, and means nothing for this kind."""
        return [pair for pair in self.kept.items() if pair[0] not in SCOPE[self.chosen]]

    @property
    def kept(self) -> dict[str, str]:
        """What goes on being chosen when another kind is."""
        return self.given(dict.fromkeys(name for scope in SCOPE.values() for name in scope))

    @property
    def asked(self) -> dict[str, str]:
        """What asks for the same paper again."""
        return self.given((*SCOPE[self.chosen], *self.framing))

    def given(self, names: Iterable[str]) -> dict[str, str]:
        given = {name: self.typed.get(name) for name in names}
        if "on" in given and not self.errors.get("on"):
            given["on"] = self.day.isoformat() if self.is_past else ""
        return {name: value for name, value in given.items() if value}

    @property
    def query(self) -> str:
        return urlencode(self.asked)

    @property
    def offered(self) -> list[Offered]:
        return [
            Offered(kind, SAYS[kind], kind == self.chosen, urlencode({"paper": kind.value, **self.kept}))
            for kind in self.kinds
        ]
