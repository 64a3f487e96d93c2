from django import template

from reports.evidence import limits
from reports.models import Attachment
from reports.reading import signatures
from reports.reading.signatures import Signed

register = template.Library()


@register.simple_tag
def evidence_limits() -> dict[str, object]:
    """`kinds` in words, `largest` in MB, `most` files at one place, `accept` of a field."""
    return {"kinds": limits.KINDS, "accept": limits.ACCEPT, **limits.SIZES}


@register.filter
def is_picture(media_type: str) -> bool:
    return media_type.startswith("image/")


@register.filter
def signed(attachment: Attachment) -> list[Signed]:
    return signatures.signatures_of(attachment)
