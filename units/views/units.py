from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from units import access


@require_safe
def list_units(request: HttpRequest) -> HttpResponse:
    """The units of today by kind; `?q=` narrows, `?past=1` adds those that have ended."""
    units = access.visible_units(request.user).matching(request.GET.get("q", ""))
    if not request.GET.get("past"):
        units = units.valid_on(timezone.localdate())
    return render(request, "units/list_units.html", {"kinds": units.by_kind()})
