import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

NUMBER = re.compile(r"(\d+ ?[-/]\s?[A-ZĐ][\wĐ]*(?:[-/][A-ZĐ][\wĐ]*)*)")


@register.filter
def unbroken(text: str) -> SafeString:
    """The text in which no line ends inside a document's number ("28-NQ/TW")."""
    pieces = NUMBER.split(str(text))
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<span class="nowrap">{}</span>', piece) if place % 2 else piece,)
            for place, piece in enumerate(pieces)
        ),
    )
