from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def chosen(field: BoundField) -> str:
    """What a select shows for its present value; an empty choice shows nothing."""
    value = str(field.value() or "")
    for key, label in field.field.widget.choices:
        options = label if isinstance(label, list) else [(key, label)]
        for option, text in options:
            if value and str(option) == value:
                return str(text)
    return ""
