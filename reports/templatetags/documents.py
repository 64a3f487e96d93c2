"""Ways to print a paper from the page that shows what it tells."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import urlencode

from reports.access import may_print
from reports.documents.formats import Format
from reports.documents.kinds import Kind
from reports.templatetags.state import past_day

register = template.Library()

# What is a table before all is counted with as well.
TABLES = (Kind.ASSIGNMENTS, Kind.MISSING)


@register.inclusion_tag("reports/parts/print_links.html", takes_context=True)
def print_links(context: template.Context, paper: str, plan: int, **asked: Any) -> dict[str, Any]:
    """The paper's name, which leads to its choices, and its files; of the day of the page.

    Nothing where the person may not print it.
    """
    kind, day = Kind(paper), past_day(context)
    if not may_print(context["request"].user, kind):
        return {}
    given = {"on": day.isoformat() if day else None, **asked}
    query = urlencode({name: value for name, value in given.items() if value not in (None, "")})
    end = f"?{query}" if query else ""
    formats = [format for format in Format if format != Format.XLSX or kind in TABLES]
    return {
        "label": kind.label,
        "chosen": f"{reverse('choose-document', args=[plan])}?paper={kind}{query and '&'}{query}",
        "files": [
            (format.label, reverse("print-document", args=[plan, kind, format]) + end) for format in formats
        ],
    }
