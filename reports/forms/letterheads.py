"""The form of a letterhead with its further signers."""

from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.forms import BaseInlineFormSet, inlineformset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from plans.forms import Problem, RecordedForm, TextArea, problems_of
from units.letterheads import letterhead_of
from units.models import Letterhead, Signer, Unit

MOST_SIGNERS = 20


def lines(rows: int, example: str) -> TextArea:
    return TextArea({"rows": rows, "placeholder": example})


def line(example: str) -> forms.TextInput:
    return forms.TextInput({"placeholder": example, "autocomplete": "off"})


class LetterheadForm(RecordedForm):
    """Examples are in Vietnamese, as papers are."""

    class Meta:
        model = Letterhead
        fields = (
            "superior_name",
            "issuer_name",
            "symbol",
            "place",
            "signing_authority",
            "signer_position",
            "signer_name",
            "sent_to",
        )
        widgets: ClassVar[dict[str, Any]] = {
            "superior_name": lines(2, "ỦY BAN MTTQ VIỆT NAM\nTHÀNH PHỐ MẪU"),
            "issuer_name": lines(3, "ỦY BAN MTTQ VIỆT NAM\nPHƯỜNG MẪU\nBAN THƯỜNG TRỰC"),
            "symbol": line("MTTQ-BTT"),
            "place": line("Phường Mẫu"),
            "signing_authority": lines(2, "TM. BAN THƯỜNG TRỰC"),
            "signer_position": line("CHỦ TỊCH"),
            "signer_name": line("Nguyễn Văn A"),
            "sent_to": lines(4, "Như trên\nBan Thường trực (b/c)\nLưu: VT"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "superior_name": _("Above the unit, in the upper left. Leave it empty where there is none."),
            "issuer_name": _("One printed line on each line."),
            "symbol": _("Behind the kind of paper in its number: 05/BC-MTTQ-BTT. Unknown stays open."),
            "place": _("Before the day, in the upper right."),
            "signing_authority": _("In whose name it is signed (TM., KT.); empty for who signs alone."),
            "sent_to": _("One on each line, without dashes. The archive (Lưu) is put last."),
        }


class SignerForm(RecordedForm):
    class Meta:
        model = Signer
        fields = ("authority", "position", "name")
        widgets: ClassVar[dict[str, Any]] = {
            "authority": lines(2, "KT. CHỦ TỊCH"),
            "position": line("PHÓ CHỦ TỊCH"),
            "name": line("Nguyễn Văn B"),
        }
        help_texts: ClassVar[dict[str, Any]] = {"authority": ""}


SignerFormSet: type[BaseInlineFormSet] = inlineformset_factory(
    Letterhead,
    Signer,
    form=SignerForm,
    extra=0,
    can_delete=True,
    max_num=MOST_SIGNERS,
    absolute_max=MOST_SIGNERS + 1,
    validate_max=True,
)


class LetterheadForms:
    """The letterhead of a unit and its further signers, checked and stored together: as the page shows them,
    so without signers that somebody else added meanwhile."""

    def __init__(self, unit: Unit, data: QueryDict | None = None) -> None:
        letterhead = letterhead_of(unit)
        if data and data.get("preview") == "signer":
            data = with_one_more(data)
        self.is_new = letterhead.pk is None
        self.letterhead = LetterheadForm(data, instance=letterhead)
        self.signers = SignerFormSet(data, instance=letterhead, prefix="signers")

    @property
    def parts(self) -> list:
        return [self.letterhead, self.signers]

    @property
    def problems(self) -> list[Problem]:
        return problems_of(self.parts)

    def is_valid(self) -> bool:
        # Both are asked, so that the person sees all that is to be mended at once.
        return all([part.is_valid() for part in self.parts])  # noqa: C419

    @transaction.atomic
    def save(self) -> None:
        for part in self.parts:
            part.save()
        shown = [form.instance.pk for form in self.signers.forms if form.instance.pk]
        for signer in self.letterhead.instance.signers.exclude(pk__in=shown):
            signer.delete()

    @property
    def typed(self) -> Letterhead:
        """What stands in the fields, mended or not: to be shown, never stored."""
        return Letterhead(**values_of(self.letterhead))

    @property
    def typed_signers(self) -> list[Signer]:
        """Those that stay and say something."""
        staying = [form for form in self.signers.forms if not form["DELETE"].value()]
        return [
            Signer(**values) for values in map(values_of, staying) if any(map(str.strip, values.values()))
        ]


def with_one_more(data: QueryDict) -> QueryDict:
    """With a row for one more signer, where the form says how many it has."""
    name = "signers-TOTAL_FORMS"
    count = data.get(name, "")
    data = data.copy()
    if count.isascii() and count.isdecimal():
        data[name] = str(min(int(count[:4]), MOST_SIGNERS) + 1)
    return data


def values_of(form: Any) -> dict[str, str]:
    """What stands in each field, no longer than it may be."""
    lengths = {name: form.Meta.model._meta.get_field(name).max_length for name in form.Meta.fields}
    return {name: str(form[name].value() or "")[:length] for name, length in lengths.items()}
