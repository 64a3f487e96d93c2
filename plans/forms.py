"""Forms of a plan's parts; the preview of an import and the later corrections use the same ones."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

from django import forms
from django.db import transaction
from django.db.models import Model
from django.forms import BaseInlineFormSet, inlineformset_factory
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from plans.models import LegalBasis, Plan, Recipient, TaskGroup
from plans.numbers import tidy_number
from units.models import Unit
from units.querysets import UnitQuerySet

# Far above any plan, far below what would keep the server busy for a forged post.
MOST_ROWS = 1000
SELECTED = format_html(" {}", "selected")


class DateInput(forms.DateInput):
    """Typed day first, whatever language the machine speaks: the browser's own picker follows the machine."""

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__({"placeholder": _("dd/mm/yyyy"), "autocomplete": "off", **(attrs or {})})


class PlainSelect(forms.Select):
    """For hundreds of choices without groups: a template for each would take longer than all else."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = {str(each) for each in self.format_value(value)}
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, SELECTED if str(key) in chosen else "", label) for key, label in self.choices),
        )
        own = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return format_html("<select{}>{}</select>", own, options)


class TextArea(forms.Textarea):
    """Lines end as they were stored, not as browsers send them; else every text would look changed."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


def text_area(rows: int) -> TextArea:
    return TextArea({"rows": rows})


class RecordedForm(forms.ModelForm):
    """Saving what nobody changed writes no history."""

    def save(self, commit: bool = True) -> Any:
        untouched = self.instance.pk and not self.has_changed()
        return self.instance if untouched else super().save(commit)


class PlanForm(RecordedForm):
    class Meta:
        model = Plan
        fields = (
            "title",
            "number",
            "issued_on",
            "place",
            "issuer",
            "issuing_unit",
            "term",
            "signing_authority",
            "signer_position",
            "signer_name",
        )
        widgets = {"title": text_area(3), "issued_on": DateInput()}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        present = Unit.objects.filter(pk=self.instance.issuing_unit_id)
        self.fields["issuing_unit"].queryset = Unit.objects.of_kind(Unit.Kind.CITY) | present

    def clean_number(self) -> str:
        return tidy_number(self.cleaned_data["number"])


class PlanStateForm(PlanForm):
    """The facts and, once the plan is in use, where it stands."""

    class Meta(PlanForm.Meta):
        fields = (*PlanForm.Meta.fields, "state", "parent")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Plan.objects.exclude(pk=self.instance.pk)


class LegalBasisForm(RecordedForm):
    class Meta:
        model = LegalBasis
        fields = ("number", "date", "text")
        widgets = {"text": text_area(2), "date": DateInput()}

    def clean_number(self) -> str:
        return tidy_number(self.cleaned_data["number"])


class TaskGroupForm(RecordedForm):
    class Meta:
        model = TaskGroup
        fields = ("number", "title", "kind")
        widgets = {"title": text_area(2)}


class UnitChoices:
    """What a recipient may stand for, loaded once for all rows: whole kinds first, then each unit.

    A choice's value is the ids of its units, joined by commas.
    """

    def __init__(self, units: UnitQuerySet) -> None:
        self.by_kind = dict(units.by_kind())
        self.today = timezone.localdate()
        self.by_id = {str(unit.pk): unit for units in self.by_kind.values() for unit in units}

    @staticmethod
    def value(units: Iterable[Unit]) -> str:
        return ",".join(sorted((str(unit.pk) for unit in units), key=int))

    def units(self, value: str) -> list[Unit]:
        """The units of a choice's value; KeyError when one is not offered."""
        return [self.by_id[pk] for pk in value.split(",") if pk]

    def living(self, kind: Unit.Kind) -> list[Unit]:
        """A whole kind means the units of today; those that have ended stay to be chosen singly."""
        return [unit for unit in self.by_kind.get(kind, []) if unit.is_valid_on(self.today)]

    @cached_property
    def offered(self) -> list[tuple]:
        wards, members = self.living(Unit.Kind.WARD), self.living(Unit.Kind.MEMBER)
        whole = [
            (self.value(wards), _("All wards and communes (%(count)d)") % {"count": len(wards)}),
            (self.value(members), _("All member organisations (%(count)d)") % {"count": len(members)}),
        ]
        single = [
            (kind.label, [(str(unit.pk), unit.short_name) for unit in units])
            for kind, units in self.by_kind.items()
        ]
        return [("", _("No unit of this system")), *(choice for choice in whole if choice[0]), *single]

    def offered_with(self, current: str) -> list[tuple]:
        """The choices, and the present one where it is a selection of its own."""
        known = {value for value, label in self.offered if isinstance(label, (str, Promise))} | set(
            self.by_id
        )
        if current in known or not current:
            return self.offered
        names = ", ".join(unit.short_name for unit in self.units(current))
        return [(current, Truncator(names).chars(80)), *self.offered]


class RecipientForm(RecordedForm):
    """One line of the list; `stands_for` offers whole kinds so that nobody picks 200 units by hand."""

    stands_for = forms.CharField(label=_("Stands for"), required=False, widget=forms.Select)

    class Meta:
        model = Recipient
        fields = ("name", "purpose")

    def __init__(self, *args, choices: UnitChoices, units: Iterable[Unit] = (), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        units = self.instance.units.all() if self.instance.pk else units
        self.initial.setdefault("stands_for", choices.value(units))
        current = (
            self.data.get(self.add_prefix("stands_for")) if self.is_bound else self["stands_for"].value()
        )
        try:
            self.fields["stands_for"].widget.choices = choices.offered_with(current or "")
        except KeyError:
            self.fields["stands_for"].widget.choices = choices.offered

    def _save_m2m(self) -> None:
        super()._save_m2m()
        self.instance.units.set(self.cleaned_data["stands_for"])

    def clean_stands_for(self) -> list[Unit]:
        try:
            return self.choices.units(self.cleaned_data["stands_for"])
        except KeyError:
            raise forms.ValidationError(_("This unit is not offered any more; choose again.")) from None


class PartFormSet(BaseInlineFormSet):
    """The parts of a plan or a task: corrected in place, moved by their order number, dropped when marked."""

    @transaction.atomic
    def save(self, commit: bool = True) -> None:
        for form in self.deleted_forms:
            if form.instance.pk:
                form.instance.delete()
        for position, form in enumerate(self.ordered_forms):
            moved = form.instance.position != position
            setattr(form.instance, self.fk.name, self.instance)
            form.instance.position = position
            if form.has_changed():
                form.save()
            elif moved:
                form.instance.save(update_fields=["position"])


def part_formset(
    model: type[Model], form: type[forms.ModelForm], whole: type[Model] = Plan
) -> type[PartFormSet]:
    return inlineformset_factory(
        whole,
        model,
        form=form,
        formset=PartFormSet,
        extra=0,
        can_order=True,
        can_delete=True,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
    )


class GroupFormSet(part_formset(TaskGroup, TaskGroupForm)):  # type: ignore[misc]
    def clean(self) -> None:
        super().clean()
        for form in self.deleted_forms:
            if form.instance.pk and form.instance.tasks.exists():
                raise forms.ValidationError(
                    _("“%(group)s” still has tasks: move or remove them first.") % {"group": form.instance}
                )


class Problem(NamedTuple):
    """A field to be mended: the id of its input, and its label."""

    id: str
    label: str


def problems_of(parts: Iterable[forms.BaseForm | forms.BaseFormSet]) -> list[Problem]:
    """The fields with errors, in the order of the page; only of forms that were sent."""
    single = [form for part in parts for form in (part if isinstance(part, forms.BaseFormSet) else [part])]
    return [
        Problem(form[name].id_for_label, str(form[name].label))
        for form in single
        if form.is_bound
        for name in form.fields
        if name in form.errors
    ]


class PlanPartsForms:
    """A stored plan's facts, legal bases, groups and recipients, checked and saved together."""

    def __init__(self, plan: Plan, data: QueryDict | None = None) -> None:
        choices = UnitChoices(Unit.objects.all())
        self.plan = PlanStateForm(data, instance=plan, prefix="plan")
        self.bases = part_formset(LegalBasis, LegalBasisForm)(data, instance=plan, prefix="bases")
        self.groups = GroupFormSet(data, instance=plan, prefix="groups")
        self.recipients = part_formset(Recipient, RecipientForm)(
            data,
            instance=plan,
            prefix="recipients",
            queryset=plan.recipients.prefetch_related("units"),
            form_kwargs={"choices": choices},
        )

    @property
    def parts(self) -> list:
        return [self.plan, self.bases, self.groups, self.recipients]

    @property
    def problems(self) -> list[Problem]:
        return problems_of(self.parts)

    def is_valid(self) -> bool:
        # Every part is asked, so that the person sees all that is to be mended at once.
        return all([part.is_valid() for part in self.parts])  # noqa: C419

    @transaction.atomic
    def save(self) -> None:
        for part in self.parts:
            part.save()
