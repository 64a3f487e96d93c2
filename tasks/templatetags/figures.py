from decimal import Decimal

from django import template
from django.utils.formats import number_format

from tasks.forms.numbers import plain

register = template.Library()


@register.filter
def figure(number: Decimal | int | None) -> str:
    """The number as the page's language writes it, "1.234,5"; nothing where there is none."""
    return "" if number is None else number_format(plain(Decimal(number)), force_grouping=True)
