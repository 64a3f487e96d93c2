"""What the database itself refuses of a report that is not final yet, by the name of the rule."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from reports.models import (
    Answer,
    Attachment,
    IndicatorValue,
    Obligation,
    Period,
    ProgressEntry,
    ProgressReport,
)
from tasks.models import Indicator
from tests.factories import (
    bring_to,
    make_answer,
    make_entry,
    make_obligation,
    make_period,
    make_proposal,
    make_report,
)

pytestmark = pytest.mark.django_db

# SQLite names the columns of a unique constraint instead.
COLUMNS = {
    "one_live_report_of_a_unit_and_period": "reports_progressreport.unit_id,"
    " reports_progressreport.period_id",
    "report_revision_once": "reports_progressreport.unit_id, reports_progressreport.period_id,"
    " reports_progressreport.revision",
    "reports_progressreport_form_key_key": "reports_progressreport.form_key",
    "assignment_once_a_report": "reports_progressentry.report_id, reports_progressentry.assignment_id",
    "indicator_once_an_entry": "reports_indicatorvalue.entry_id, reports_indicatorvalue.indicator_id",
    "unit_owes_a_period_once": "reports_obligation.period_id, reports_obligation.unit_id",
    "period_once_a_plan": "reports_period.plan_id, reports_period.name",
    "file_once_an_assignment": "reports_attachment.report_id, reports_attachment.assignment_id,"
    " reports_attachment.digest",
    "file_once_a_report": "reports_attachment.report_id, reports_attachment.digest",
    "reports_answer_proposal_id_key": "reports_answer.proposal_id",
}


def refused(rule: str, act) -> None:
    name = COLUMNS.get(rule, rule) if connection.vendor == "sqlite" else rule
    kind = "UNIQUE constraint failed" if name != rule else "CHECK constraint failed"
    says = f"{kind}: {name}" if connection.vendor == "sqlite" else f'constraint "{name}"'
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        act()
    assert says in str(error.value)


@pytest.fixture
def report(cast, work) -> ProgressReport:
    """Submitted, with one entry that is half done."""
    report = make_report(cast.ward, make_period(work.plan))
    make_entry(report, work.assignment)
    return bring_to(report, "submitted", cast.staff)


def each_way(model: type, row, **facts):
    """Acts that store these facts of the row: saved, updated, in bulk, and in SQL's own words."""

    def save():
        again = model.objects.get(pk=row.pk)
        for name, value in facts.items():
            setattr(again, name, value)
        again.save()

    def in_bulk():
        again = model.objects.get(pk=row.pk)
        for name, value in facts.items():
            setattr(again, name, value)
        model.objects.bulk_update([again], list(facts))

    return [save, in_bulk, lambda: model.objects.filter(pk=row.pk).update(**facts)]


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("report_submitted_at_with_submitted_by", {"submitted_by": None}),
        ("report_submitted_at_with_submitted_by", {"submitted_at": None, "state": "draft"}),
        ("report_returned_at_with_returned_by", {"returned_at": timezone.now()}),
        ("report_accepted_at_with_accepted_by", {"accepted_at": timezone.now(), "state": "accepted"}),
        ("report_state_has_its_act", {"state": "accepted"}),
        ("report_state_has_its_act", {"state": "returned"}),
        ("report_state_has_its_act", {"submitted_at": None, "submitted_by": None}),
        ("report_state_has_its_act", {"state": "unheard of"}),
    ],
)
def test_a_report(report, rule, facts):
    for act in each_way(ProgressReport, report, **facts):
        refused(rule, act)


def test_an_accepted_report_has_its_day(report, cast):
    facts = {
        "state": "accepted",
        "accepted_at": timezone.now(),
        "accepted_by": cast.staff,
        "reported_on": None,
    }
    for act in each_way(ProgressReport, report, **facts):
        refused("report_state_has_its_act", act)
    for state in ("draft", "submitted", "returned"):
        more = {"returned_at": timezone.now(), "returned_by": cast.staff} if state == "returned" else {}
        for act in each_way(
            ProgressReport, report, **{**facts, **more, "state": state, "reported_on": date(2026, 9, 14)}
        ):
            refused("report_state_has_its_act", act)


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "done", "percent": 99},
        {"status": "done", "percent": 101},
        {"status": "in_progress", "percent": 100},
        {"status": "not_started", "percent": 1},
        {"status": "", "percent": 0},
        {"status": "late", "percent": 50},
        {"percent": 32000},
    ],
)
def test_the_percent_fits_the_status(report, facts):
    for act in each_way(ProgressEntry, report.entries.get(), **facts):
        refused("percent_fits_the_status", act)


def test_the_percent_is_not_negative(report):
    """Two rules say so; the column's own is asked first in SQLite."""
    for act in each_way(ProgressEntry, report.entries.get(), percent=-1):
        with pytest.raises(IntegrityError, match="percent"), transaction.atomic():
            act()


@pytest.mark.parametrize(
    ("status", "percent"), [("done", 100), ("in_progress", 0), ("in_progress", 99), ("not_started", 0)]
)
def test_what_fits_is_stored(report, status, percent):
    for act in each_way(ProgressEntry, report.entries.get(), status=status, percent=percent):
        act()
    assert list(report.entries.values_list("status", "percent")) == [(status, percent)]


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_a_unit_has_one_live_report_of_a_period(report, cast, state):
    again = ProgressReport(unit=report.unit, plan=report.plan, period=report.period, revision=2)
    rule = "one_live_report_of_a_unit_and_period"
    refused(rule, again.save)
    refused(rule, lambda: ProgressReport.objects.bulk_create([again]))
    other = make_report(cast.ward, make_period(report.plan, name="Quý IV/2026"), revision=2)
    bring_to(other, state, cast.staff)
    for act in each_way(ProgressReport, other, period=report.period):
        refused(rule, act)


def test_a_revision_is_there_once(report, cast):
    bring_to(report, "accepted", cast.staff)
    second = make_report(cast.ward, report.period, revision=2)
    bring_to(second, "accepted", cast.staff)
    third = make_report(cast.ward, report.period, revision=3)
    message = "an accepted report is final" if connection.vendor == "sqlite" else "report_revision_once"
    for act in each_way(ProgressReport, third, revision=2):
        with pytest.raises(IntegrityError, match=message), transaction.atomic():
            act()


def test_logs_without_a_period_are_as_many_as_there_are(cast, work):
    for _number in range(2):
        make_report(cast.ward, plan=work.plan)
    assert ProgressReport.objects.filter(period=None, unit=cast.ward).count() == 2


def test_an_assignment_and_an_indicator_are_named_once(report, work):
    entry = report.entries.get()
    refused("assignment_once_a_report", lambda: make_entry(report, work.assignment))
    indicator = Indicator.objects.create(task=work.task, name="Số hội nghị")
    value = IndicatorValue.objects.create(entry=entry, indicator=indicator, value=2)
    again = IndicatorValue(entry=entry, indicator=indicator, value=3)
    refused("indicator_once_an_entry", again.save)
    refused("indicator_once_an_entry", lambda: IndicatorValue.objects.bulk_create([again]))
    for act in each_way(IndicatorValue, value, value=-1):
        refused("indicator_value_not_negative", act)


def test_an_exception_has_its_reason(report):
    obligation = make_obligation(report.period, report.unit)
    for facts in ({"extended_to": date(2026, 10, 1)}, {"extension_reason": "Bão số 5"}):
        for act in each_way(Obligation, obligation, **facts):
            refused("extension_with_its_reason", act)
    refused("unit_owes_a_period_once", lambda: make_obligation(report.period, report.unit))


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("period_figures_from_before_to", {"figures_from": date(2026, 9, 15), "due_on": date(2026, 9, 20)}),
        ("period_due_within_or_after_its_figures", {"due_on": date(2026, 6, 14)}),
        ("period_locks_when_due_or_later", {"locks_on": date(2026, 9, 19)}),
    ],
)
def test_the_days_of_a_period(report, rule, facts):
    for act in each_way(Period, report.period, **facts):
        refused(rule, act)


def test_a_period_has_its_name_alone_in_the_plan(report):
    refused("period_once_a_plan", lambda: make_period(report.plan))


def test_a_file_is_there_once(report, work, cast):
    for rule, assignment in (("file_once_a_report", None), ("file_once_an_assignment", work.assignment)):
        facts = {"report": report, "assignment": assignment, "digest": "a" * 64, "name": "a.pdf", "size": 1}
        files = [Attachment(**facts, media_type="application/pdf", added_by=cast.staff) for _copy in range(2)]
        files[0].save()
        refused(rule, files[1].save)
        refused(rule, lambda files=files: Attachment.objects.bulk_create([files[1]]))
    assert report.attachments.count() == 2


def test_a_form_makes_one_report(cast, work):
    key = "00000000-0000-4000-8000-000000000001"
    make_report(cast.ward, plan=work.plan, form_key=key)
    other = make_report(cast.ward, plan=work.plan)
    refused(
        "reports_progressreport_form_key_key", lambda: make_report(cast.ward, plan=work.plan, form_key=key)
    )
    for act in each_way(ProgressReport, other, form_key=key):
        refused("reports_progressreport_form_key_key", act)
    assert ProgressReport.objects.filter(pk=other.pk).update(version=F("version") + 1) == 1


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("answered_with_words", {"text": ""}),
        ("answer_state_known", {"state": "unheard of"}),
    ],
)
def test_an_answer_is_one(cast, report, rule, facts):
    answer = make_answer(make_proposal(make_report(cast.other_ward, report.period)), cast.staff)
    for act in each_way(Answer, answer, **facts):
        refused(rule, act)


def test_an_answer_has_a_time_and_a_person(cast, report):
    answer = make_answer(make_proposal(make_report(cast.other_ward, report.period)), cast.staff)
    for name in ("answered_at", "answered_by"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.filter(pk=answer.pk).update(**{name: None})


def test_a_proposal_is_answered_once(cast, report):
    answer = make_answer(make_proposal(make_report(cast.other_ward, report.period)), cast.staff)
    refused("reports_answer_proposal_id_key", lambda: make_answer(answer.proposal, cast.staff))


def test_what_is_in_hand_needs_no_words(cast, report):
    proposal = make_proposal(make_report(cast.other_ward, report.period))
    assert make_answer(proposal, cast.staff, state="in_hand").text == ""
