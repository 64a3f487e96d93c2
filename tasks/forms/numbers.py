"""Numbers as people type them: with a comma or a point, with or without separators of thousands."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

DECIMALS = 2
MOST_DIGITS = 18
# One kind of separator between the thousands, another mark before the decimals.
GROUPED = re.compile(
    r"(?P<whole>[1-9]\d{0,2}(?P<between>[., ])\d{3}(?:(?P=between)\d{3})*)"
    r"(?:(?!(?P=between))[.,](?P<decimals>\d+))?",
    re.ASCII,
)
PLAIN = re.compile(r"(?P<whole>\d+)(?:[.,](?P<decimals>\d+))?", re.ASCII)
SPACES = re.compile(r"\s+")
# With a comma this is a thousand in English and one and a bit in Vietnamese.
TWO_READINGS = re.compile(r"[1-9]\d{0,2},\d{3}", re.ASCII)


def read_number(text: str) -> Decimal:
    """The number that was typed, in Vietnamese or English spelling, whatever the page's language is.

    "1.234" and "1.234.567" are whole numbers, as no number has three decimals. Raises ValidationError.
    """
    text = SPACES.sub(" ", text).strip()
    if text.startswith(("-", "\N{MINUS SIGN}")):
        raise ValidationError(_("Enter 0 or more."), "negative")
    if TWO_READINGS.fullmatch(text):
        raise ValidationError(
            _("“%(text)s” can be read in two ways: write %(whole)s, or at most two decimals."),
            "two_readings",
            {"text": text, "whole": text.replace(",", "")},
        )
    spelled = GROUPED.fullmatch(text) or PLAIN.fullmatch(text)
    if spelled is None:
        raise ValidationError(_("Enter a number in digits, such as 1250 or 12.5."), "invalid")
    whole = re.sub(r"[., ]", "", spelled["whole"]).lstrip("0") or "0"
    decimals = spelled["decimals"] or ""
    if len(decimals) > DECIMALS:
        raise ValidationError(_("Enter at most two decimals."), "max_decimals")
    if len(whole) > MOST_DIGITS - DECIMALS:
        raise ValidationError(_("This number is too large."), "too_large")
    return Decimal(f"{whole}.{decimals or 0}")


class NumberField(forms.DecimalField):
    """A number of 0 or more with at most two decimals; see `read_number` for its spellings."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Decimal | None:
        text = "" if value is None else str(value).strip()
        return read_number(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        """Without separators of thousands, which are the decimal mark of the other language."""
        return number_format(plain(value)) if isinstance(value, Decimal) else value


def plain(number: Decimal) -> Decimal:
    """The same number without zeros at the end of its decimals."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
