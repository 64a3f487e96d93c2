"""What a reviewer sends: reasons for a return, and the reports chosen in the queue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.forms import text_area

MOST_CHARACTERS = 2000
MOST_PICKS = 200


def reason_field(label: Any, rows: int) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=MOST_CHARACTERS, widget=text_area(rows))


class ReturnForm(forms.Form):
    """A reason for the whole report and one for each of its entries, by their keys; one of them at least."""

    reason = reason_field(_("Reason for the whole report"), 2)

    def __init__(self, *args: Any, entries: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {entry: f"reason-{entry}" for entry in entries}
        for name in self.names.values():
            self.fields[name] = reason_field(_("What is to be mended here?"), 2)

    def of_entry(self, entry: int) -> forms.BoundField:
        return self[self.names[entry]]

    @property
    def reasons(self) -> dict[int, str]:
        return {entry: self.cleaned_data[name] for entry, name in self.names.items()}

    def clean(self) -> None:
        """PostgreSQL holds no NUL; a field that has one is refused by itself."""
        if not self.errors and not any(self.cleaned_data.values()):
            raise forms.ValidationError(
                _("Say what is to be mended: at one of the tasks, or for the whole report.")
            )


def typed_reasons(data: Mapping[str, str]) -> dict[str, str]:
    """What was typed, whatever report it was for."""
    return {
        name: text
        for name, text in data.items()
        if (name == "reason" or name.startswith("reason-")) and text.strip()
    }


class Pick(NamedTuple):
    """A report as somebody saw it in the queue."""

    report: int
    version: int


def picks_in(texts: Iterable[str]) -> list[Pick]:
    """The picks among what was posted, "7:3"; whatever is none is left out."""
    found = []
    for text in list(texts)[:MOST_PICKS]:
        report, _colon, version = text.partition(":")
        if all(part.isascii() and part.isdecimal() and len(part) < 10 for part in (report, version)):
            found.append(Pick(int(report), int(version)))
    return list(dict.fromkeys(found))
