from django import template
from django.utils.http import urlencode

register = template.Library()


@register.simple_tag(takes_context=True)
def coming_back(context: template.Context, anchor: str = "") -> str:
    """For the end of an address: lets the page there lead back to this one, at the anchor."""
    here = context["request"].get_full_path()
    return "?" + urlencode({"next": f"{here}#{anchor}" if anchor else here})
