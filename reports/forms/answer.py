"""What staff answer to a unit's proposal."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plans.forms import RecordedForm, text_area
from reports.models import Answer
from units.models import User


class AnswerForm(RecordedForm):
    """Whoever changes something of it has answered anew, now."""

    class Meta:
        model = Answer
        fields = ("state", "text")
        widgets = {"state": forms.RadioSelect, "text": text_area(5)}
        labels = {"state": _("Where it stands"), "text": _("Answer")}
        help_texts = {"text": _("The unit reads it beside its proposal.")}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["state"].choices = Answer.State.choices

    def clean(self) -> None:
        """The database holds it too; said at the field, it is found."""
        given = self.cleaned_data
        if given.get("state") == Answer.State.ANSWERED and given.get("text") == "":
            self.add_error("text", _("Write the answer, or choose “In hand”."))

    def save(self, commit: bool = True) -> Answer:
        self.instance.answered_at, self.instance.answered_by = timezone.now(), self.by
        return super().save(commit)
