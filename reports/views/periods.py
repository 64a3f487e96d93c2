"""Reporting periods as staff open and follow them."""

from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plans.access import writable_plan
from reports import actions
from reports.access import (
    extendable_obligation,
    plan_with_state,
    readable_period,
    writable_period,
)
from reports.forms.periods import ExtensionForm, PeriodForm, PresetForm
from reports.history import period_timeline
from reports.models import Obligation, Period
from reports.owed.calendar import suggestions
from reports.owed.outlook import not_asked_yet, outlook, owing_units
from reports.owed.standing import MISSING, Stage, Tally, standings, tallies, tally, window, worst_first
from units.history import Timeline
from units.watching import Watch

PAGE = 30
# What the address calls them: the stages that each choice of the list shows.
SHOWN = {
    "": (gettext_lazy("All"), tuple(Stage)),
    "missing": (gettext_lazy("Not reported"), MISSING),
    "waiting": (gettext_lazy("Waiting for review"), (Stage.WAITING,)),
    "returned": (pgettext_lazy("reports", "Returned"), (Stage.RETURNED,)),
    "accepted": (gettext_lazy("Accepted"), (Stage.ACCEPTED,)),
}


@require_safe
def list_periods(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_with_state(request.user, pk)
    today = timezone.localdate()
    page = Paginator(plan.periods.all(), PAGE).get_page(request.GET.get("page"))
    counts = tallies(page.object_list)
    rows = [(period, window(period, today), counts[period.pk]) for period in page]
    return render(request, "reports/list_periods.html", {"plan": plan, "page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def open_period(request: HttpRequest, pk: int) -> HttpResponse:
    """A suggestion fills every field; the page says who will owe a report before anything is stored."""
    plan = writable_plan(request.user, pk)
    today = timezone.localdate()
    dates = PresetForm(request.GET).dates()
    initial = dates.initial() if dates else {"kind": Period.Kind.AD_HOC}
    form = PeriodForm(request.POST or None, instance=Period(plan=plan), initial=initial)
    if request.method == "POST" and form.is_valid() and (asked := form.open()) is not None:
        tell_opened(request, form, asked)
        return redirect(form.instance)
    context = {
        "plan": plan,
        "form": form,
        "chosen": dates,
        "filling": dates or request.method == "POST" or "kind" in request.GET,
        "suggestions": suggestions(today, set(plan.periods.values_list("name", flat=True))),
        "outlook": outlook(plan, today),
    }
    return render(request, "reports/open_period.html", context)


def tell_opened(request: HttpRequest, form: PeriodForm, asked: int) -> None:
    """With the warning again: days that were typed were not shown with one before."""
    text = ngettext(
        "“%(name)s” is open: %(count)d unit owes its report.",
        "“%(name)s” is open: %(count)d units owe their reports.",
        asked,
    )
    messages.success(request, text % {"name": form.instance, "count": asked})
    if warning := form.overlap_warning:
        messages.warning(request, warning)


@require_safe
def show_period(request: HttpRequest, pk: int) -> HttpResponse:
    period = readable_period(request.user, pk)
    today = timezone.localdate()
    found = worst_first(standings(period.obligations.select_related("unit"), today))
    shown = request.GET.get("state", "")
    stages = SHOWN.get(shown, SHOWN[""])[1]
    counts = tally(found)
    closes = window(period, today)
    context = {
        "period": period,
        "today": today,
        "window": closes,
        "tally": counts,
        "choices": choices(counts, shown),
        "standings": [standing for standing in found if standing.stage in stages],
        "missing": [standing.obligation for standing in found if standing.is_missing],
        "unasked": [] if period.is_locked(today) else not_asked_yet(period, today),
        # Opening a period writes a row for each of some hundred units, which read as one change.
        "changes": period_timeline(period).latest(30)[:5],
    }
    return render(request, "reports/show_period.html", context)


class Choice(NamedTuple):
    value: str
    label: str
    units: int
    chosen: bool


def choices(counts: Tally, shown: str) -> list[Choice]:
    return [
        Choice(value, label, sum(counts.stages[stage] for stage in stages), value == shown)
        for value, (label, stages) in SHOWN.items()
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def edit_period(request: HttpRequest, pk: int) -> HttpResponse:
    period = writable_period(request.user, pk)
    watch = Watch(period, Timeline(Period.history.filter(id=period.pk)), request.POST or None)
    form = PeriodForm(request.POST or None, instance=period)
    if request.method == "POST" and form.is_valid() and form.change(watch):
        messages.success(request, _("The period was saved."))
        return redirect(period)
    context = {"period": period, "form": form, "watch": watch, "begun": period.reports.count()}
    return render(request, "reports/edit_period.html", context)


@require_POST
def remove_period(request: HttpRequest, pk: int) -> HttpResponse:
    period = writable_period(request.user, pk)
    if not period.remove():
        messages.error(request, _("Nothing was removed: units have begun their reports of this period."))
        return redirect(period)
    messages.success(request, _("“%(name)s” was removed. The history keeps it.") % {"name": period})
    return redirect("list-periods", period.plan_id)


@require_POST
def ask_units(request: HttpRequest, pk: int) -> HttpResponse:
    period = writable_period(request.user, pk)
    try:
        asked = actions.ask_units(period, owing_units(period.plan, timezone.localdate()))
    except Period.DoesNotExist:
        raise Http404 from None
    text = ngettext("%(count)d more unit owes its report.", "%(count)d more units owe their reports.", asked)
    if asked:
        messages.success(request, text % {"count": asked})
    return redirect(period)


@require_http_methods(["GET", "HEAD", "POST"])
def extend_obligation(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one unit submit after the lock, with a reason; empty fields take it back."""
    obligation = extendable_obligation(request.user, pk)
    watch = Watch(obligation, Timeline(Obligation.history.filter(id=obligation.pk)), request.POST or None)
    form = ExtensionForm(request.POST or None, instance=obligation)
    if request.method == "POST" and form.is_valid() and watch.save(form):
        tell_extended(request, obligation)
        return redirect(obligation.period)
    context = {"obligation": obligation, "form": form, "watch": watch, "was_extended": form.was_extended}
    return render(request, "reports/extend_obligation.html", context)


def tell_extended(request: HttpRequest, obligation: Obligation) -> None:
    facts = {"unit": obligation.unit, "day": localize(obligation.extended_to)}
    text = (
        _("%(unit)s may submit until %(day)s.")
        if obligation.extended_to
        else _("The exception for %(unit)s was taken back.")
    )
    messages.success(request, text % facts)
