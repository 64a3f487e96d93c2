"""The forms of an import: the document, and the preview in which every value can be corrected."""

from collections.abc import Sequence
from functools import cached_property

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from plans import importing
from plans.forms import (
    MOST_ROWS,
    LegalBasisForm,
    PlanForm,
    Problem,
    RecipientForm,
    TaskGroupForm,
    UnitChoices,
    problems_of,
)
from plans.importing.outline import Outline
from plans.numbers import tidy_number
from tasks.drafting import PlanDraft, RecipientRow, Row, TaskRow
from tasks.forms.tasks import TaskForm
from units.matching import UnitNames
from units.querysets import UnitQuerySet


class ImportForm(forms.Form):
    """A file or pasted text; valid means that `outline` holds a plan."""

    file = forms.FileField(
        label=_("Plan document"),
        required=False,
        help_text=_("Word (.docx) or text (.txt), 20 MB at most."),
        widget=forms.ClearableFileInput({"accept": ".docx,.txt"}),
    )
    text = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
        help_text=_("All of it, from the heading to the recipients."),
    )

    def clean(self) -> None:
        file, text = self.cleaned_data.get("file"), self.cleaned_data.get("text")
        if self.errors:
            return
        if not file and not text:
            raise forms.ValidationError(_("Choose a file or paste the text of the plan."))
        if file and text:
            raise forms.ValidationError(_("A file and a text were given: clear one of the two."))
        try:
            self.outline = read_upload(file) if file else importing.read_text(text or "")
        except importing.NotAPlan as refusal:
            self.add_error("file" if file else "text", str(refusal))


def read_upload(file) -> Outline:
    # Too large is said by the reader; it needs no more than one byte over the limit to know.
    return importing.read_file(file.name, file.read(importing.MAX_BYTES + 1))


def never(initial: object, data: object) -> bool:
    return False


class RowFormSet(BaseFormSet):
    """Rows that are not stored yet: each form fills one instance, can be moved and can be dropped."""

    def __init__(self, *args, rows: Sequence[Row], **kwargs) -> None:
        self.rows = rows
        super().__init__(*args, initial=[{} for _row in rows], **kwargs)

    def get_form_kwargs(self, index: int | None) -> dict:
        kwargs = super().get_form_kwargs(index)
        row = self.row(index)
        # What was typed is bound to a new instance: the read values must not shine through.
        return kwargs | row.form_kwargs() if row and not self.is_bound else kwargs

    def add_fields(self, form: forms.BaseForm, index: int | None) -> None:
        super().add_fields(form, index)
        # A row that was added by mistake has a place and nothing else: it counts as empty.
        for name in {"ORDER", "group"} & set(form.fields):
            form.fields[name].has_changed = never  # type: ignore[method-assign]
        form.row = self.row(index)  # type: ignore[attr-defined]

    def row(self, index: int | None) -> Row | None:
        return self.rows[index] if index is not None and index < len(self.rows) else None

    @property
    def kept(self) -> list:
        """The filled forms that were not dropped, in the order asked for; the set must be valid."""
        return [form for form in self.ordered_forms if form.cleaned_data]


class ImportedTaskForm(TaskForm):
    """A task whose group has no key yet: it is named by its place among the groups."""

    group = forms.IntegerField(label=_("Task group"), widget=forms.Select)

    def __init__(self, *args, group_titles: Sequence[tuple[int, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].widget.choices = group_titles


def row_formset(form: type[forms.BaseForm]) -> type[RowFormSet]:
    return formset_factory(
        form, RowFormSet, extra=0, can_order=True, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )


BasisFormSet = row_formset(LegalBasisForm)
GroupFormSet = row_formset(TaskGroupForm)
TaskFormSet = row_formset(ImportedTaskForm)
RecipientFormSet = row_formset(RecipientForm)


class PreviewForms:
    """All forms of the preview, filled from a draft or from what was typed over it."""

    def __init__(self, draft: PlanDraft, units: UnitQuerySet, data: QueryDict | None = None) -> None:
        self.plan = PlanForm(data, instance=None if data else draft.plan, prefix="plan")
        self.bases = BasisFormSet(data, rows=draft.bases, prefix="bases")
        self.groups = GroupFormSet(data, rows=draft.groups, prefix="groups")
        self.tasks = TaskFormSet(
            data, rows=draft.tasks, prefix="tasks", form_kwargs={"group_titles": self.group_titles}
        )
        self.recipients = RecipientFormSet(
            data, rows=draft.recipients, prefix="recipients", form_kwargs={"choices": UnitChoices(units)}
        )
        self.note_unknown_units(UnitNames(units))

    @property
    def parts(self) -> list:
        return [self.plan, self.bases, self.groups, self.tasks, self.recipients]

    @cached_property
    def group_titles(self) -> list[tuple[int, str]]:
        return [
            (place, f"{form['number'].value() or ''} {form['title'].value() or ''}".strip())
            for place, form in enumerate(self.groups.forms)
        ]

    @property
    def tasks_by_group(self) -> list[tuple]:
        """Each group's form with the forms of its tasks; a task of no known group stands with the first."""
        found: dict[str, list] = {str(place): [] for place in range(len(self.groups.forms))}
        for form in self.tasks.forms:
            found.get(str(form["group"].value()), found.get("0", [])).append(form)
        return list(zip(self.groups.forms, found.values(), strict=True))

    @property
    def number(self) -> str:
        return tidy_number(self.plan["number"].value() or "")

    @property
    def title(self) -> str:
        return self.plan["title"].value() or ""

    @property
    def problems(self) -> list[Problem]:
        return problems_of(self.parts)

    def note_unknown_units(self, names: UnitNames) -> None:
        """Each task's form says which of the units typed there are none of this system."""
        for form in self.tasks.forms:
            typed = [form["lead_named"].value() or "", *(form["support_named"].value() or "").splitlines()]
            form.unknown_units = [name for name in typed if name.strip() and not names.find(name)]

    def is_valid(self) -> bool:
        # Every part is asked, so that the person sees all that is to be mended at once.
        if not all([part.is_valid() for part in self.parts]):  # noqa: C419
            return False
        kept, tasks = {self.groups.forms.index(form) for form in self.groups.kept}, self.tasks.kept
        homeless = [form for form in tasks if form.cleaned_data["group"] not in kept]
        for form in homeless:
            form.add_error("group", _("This group was dropped; choose another, or drop the task too."))
        if not tasks:
            self.plan.add_error(None, _("A plan needs at least one task."))
        return bool(tasks) and not homeless

    def draft(self) -> PlanDraft:
        """What the person confirmed; only after `is_valid()`."""
        groups = self.groups.kept
        places = {self.groups.forms.index(form): place for place, form in enumerate(groups)}
        return PlanDraft(
            plan=self.plan.instance,
            bases=[Row(form.instance) for form in self.bases.kept],
            groups=[Row(form.instance) for form in groups],
            tasks=[
                TaskRow(form.instance, group=places[form.cleaned_data["group"]]) for form in self.tasks.kept
            ],
            recipients=[
                RecipientRow(form.instance, units=form.cleaned_data["stands_for"])
                for form in self.recipients.kept
            ],
        )
