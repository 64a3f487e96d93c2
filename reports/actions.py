"""Acts that write several models at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from reports.evidence.actions import attach
from reports.forms.log import LogForms
from reports.models import (
    IndicatorValue,
    Obligation,
    Overtaken,
    Period,
    ProgressEntry,
    ProgressReport,
    Proposal,
)
from reports.owed.outlook import owing_units
from reports.reading.content import Content, EntryContent, ProposalContent
from reports.reading.reports import stored_content
from reports.writing.typed import typed_again, typed_of
from tasks.models import Assignment
from tasks.overview import task_numbers
from units.models import Unit, User


@transaction.atomic
def ask_units(period: Period, units: Iterable[Unit]) -> int:
    """Let these units owe the period's report; how many did not before.

    Raises Period.DoesNotExist when it was removed meanwhile.
    """
    Period.objects.select_for_update().get(pk=period.pk)
    asked = set(period.obligations.values_list("unit", flat=True))
    new = [Obligation(period=period, unit=unit) for unit in units if unit.pk not in asked]
    bulk_create_with_history(new, Obligation)
    return len(new)


@transaction.atomic
def open_period(period: Period) -> int:
    """Store a new period; every unit with tasks of the plan owes its report. How many they are."""
    period.save()
    return ask_units(period, owing_units(period.plan, timezone.localdate()))


@transaction.atomic
def start_report(obligation: Obligation, by: User) -> ProgressReport:
    """The live or accepted report of this obligation, or else a new draft; two who start get the same.

    Raises Obligation.DoesNotExist when its period was removed meanwhile.
    """
    Obligation.objects.select_for_update().get(pk=obligation.pk)
    period, unit = obligation.period, obligation.unit
    of_unit = ProgressReport.objects.filter(period=period, unit=unit)
    present = of_unit.order_by("-revision").first()
    if present is not None:
        return present
    report = ProgressReport(plan=period.plan, unit=unit, period=period, started_by=by)
    report.typed = typed_of(report)
    report.save()
    return report


@transaction.atomic
def revise_report(report: ProgressReport, by: User) -> ProgressReport:
    """A new revision to write, beginning with what was accepted and its evidence; the live one if there is
    one already."""
    list(Unit.objects.select_for_update().filter(pk=report.unit_id))
    of_unit = ProgressReport.objects.filter(period=report.period, unit=report.unit)
    live = of_unit.live().first()
    if live is not None:
        return live
    if report.state != report.State.ACCEPTED or report.is_log:
        raise Overtaken(report)
    last = of_unit.latest("revision")
    revision = ProgressReport(
        plan=last.plan,
        unit=last.unit,
        period=last.period,
        revision=last.revision + 1,
        typed=typed_again(stored_content(last)),
        started_by=by,
    )
    revision.save()
    for attachment in last.attachments.all():
        attachment.pk, attachment.report, attachment._state.adding = None, revision, True
        attachment.save()
    return revision


@transaction.atomic
def submit_report(report: ProgressReport, content: Content, by: User, seen: int) -> None:
    """Make what was typed the report's rows, and the report one that waits for review.

    `content` is what `report`, as it was loaded, has typed. Raises Overtaken when the person saw another
    version than that, the report has moved on or is no longer writable, or one of its tasks was taken from
    the unit meanwhile.
    """
    if seen != report.version:
        raise Overtaken(report)
    report.claim(seen, *report.WRITABLE)
    hold_assignments(report, content)
    write_content(report, content)
    today = timezone.localdate()
    report.mark_submitted(by, min(today, report.period.cut_off_on) if report.period else today)
    report.save()


def hold_assignments(report: ProgressReport, content: Content) -> None:
    """Keep what the content speaks of from being ended or removed until it is stored.

    PostgreSQL asks only at the end whether what a row names is there, and then nobody can be told anything.
    """
    named = {said.assignment.pk for said in content.entries}
    current = Assignment.objects.current().filter(pk__in=named)
    held = current.select_for_update(no_key=True).order_by("pk")
    if len(held.values("pk")) < len(named):
        raise Overtaken(report)


def write_content(report: ProgressReport, content: Content) -> None:
    """Make the report's parts say what the content says; what is equal writes no history."""
    report.overview, report.difficulties = content.overview, content.difficulties
    report.next_steps = content.next_steps
    there = {entry.assignment_id: entry for entry in report.entries.prefetch_related("values")}
    for position, said in enumerate(content.entries):
        entry = there.pop(said.assignment.pk, None) or ProgressEntry(
            report=report, assignment=said.assignment
        )
        save_changed(entry, facts_of(said, position))
        write_values(entry, said.values)
    for entry in there.values():
        write_values(entry, {})
        entry.delete()
    write_proposals(report, content.proposals)


def facts_of(said: EntryContent, position: int) -> dict[str, Any]:
    return {
        "position": position,
        "number": said.number,
        "title": said.title,
        "status": said.status,
        "percent": said.percent,
        "result": said.result,
    }


def write_values(entry: ProgressEntry, values: dict[int, Decimal]) -> None:
    there = {value.indicator_id: value for value in entry.values.all()}
    for indicator, amount in values.items():
        value = there.pop(indicator, None) or IndicatorValue(entry=entry, indicator_id=indicator)
        save_changed(value, {"value": amount})
    for value in there.values():
        value.delete()


def write_proposals(report: ProgressReport, proposals: list[ProposalContent]) -> None:
    there = list(report.proposals.all())
    for position, said in enumerate(proposals):
        proposal = there[position] if position < len(there) else Proposal(report=report)
        save_changed(proposal, {"position": position, "addressee": said.addressee, "text": said.text})
    for proposal in there[len(proposals) :]:
        proposal.delete()


def save_changed(row: Any, facts: dict[str, Any]) -> None:
    """Save a new row, or one in which something differs."""
    changed = row.pk is None or any(getattr(row, name) != value for name, value in facts.items())
    for name, value in facts.items():
        setattr(row, name, value)
    if changed:
        row.save()


@transaction.atomic(savepoint=False)
def start_log(assignment: Assignment, said: EntryContent, by: User, form_key: UUID) -> ProgressReport:
    """Begin what staff log for a unit: a report of this one entry, to which evidence may still be added.

    The same form sent twice gives the first one's report, which may be accepted already. Raises
    Assignment.DoesNotExist when the task was taken from the unit meanwhile.
    """
    Assignment.objects.current().select_for_update().only("pk").get(pk=assignment.pk)
    present = ProgressReport.objects.filter(form_key=form_key)
    if present.exists():
        return present.get()
    report = ProgressReport(
        plan=assignment.task.group.plan, unit=assignment.unit, started_by=by, form_key=form_key
    )
    report.save()
    entry = ProgressEntry(report=report, assignment=assignment)
    save_changed(entry, facts_of(said, 0))
    for indicator, amount in said.values.items():
        IndicatorValue(entry=entry, indicator_id=indicator, value=amount).save()
    return report


@transaction.atomic(savepoint=False)
def finish_log(
    report: ProgressReport, by: User, reported_on: date, told_by: str, said: EntryContent | None = None
) -> None:
    """Accept what was logged in this transaction, in the words `said`, as reported on a day by somebody."""
    if report.state == report.State.ACCEPTED:
        return
    report.mark_submitted(by, reported_on, said=[said.title, said.result] if said else None)
    report.told_by = told_by
    report.state, report.accepted_at, report.accepted_by = report.State.ACCEPTED, report.submitted_at, by
    report.save()


def record_log(forms: LogForms, by: User) -> tuple[ProgressReport, bool]:
    """Store what staff logged, with its evidence; False with what the same form stored before."""
    facts, assignment = forms.facts, forms.assignment
    # Asked before the transaction: on SQLite all others who write wait for its end.
    number = task_numbers(assignment.task.group.plan).get(assignment.task_id, "")
    said = forms.entry.content(number)
    with transaction.atomic():
        report = start_log(assignment, said, by, facts["form_key"])
        if report.state == report.State.ACCEPTED:
            return report, False
        for evidence in forms.evidence:
            attach(report, assignment, evidence, by)
        finish_log(report, by, facts["reported_on"], facts["told_by"], said)
    return report, True
