from datetime import date
from decimal import Decimal

import pytest
from django.contrib import admin
from django.urls import reverse

from plans.models import ImportDraft
from reports.models import (
    Answer,
    Attachment,
    IndicatorValue,
    Obligation,
    Period,
    ProgressEntry,
    ProgressReport,
    Proposal,
)
from tasks.models import Indicator
from tests.factories import (
    bring_to,
    make_answer,
    make_assignment,
    make_basis,
    make_entry,
    make_letterhead,
    make_obligation,
    make_period,
    make_proposal,
    make_report,
    make_unit,
)
from tests.pages import form_data, in_english, texts, words
from units.models import Succession

# What units report; looked up in the admin and never touched there.
REPORTED = (ProgressReport, ProgressEntry, Proposal, Answer, Attachment, IndicatorValue)


def url(model: type, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def report(work, cast):
    """The ward's report of the period it owes, with a part of every kind; a draft."""
    make_obligation(make_period(work.plan), cast.ward)
    return make_whole_report(work.assignment, Period.objects.get(), cast.owner)


def make_whole_report(assignment, period, by) -> ProgressReport:
    report = make_report(assignment.unit, period, by=by)
    entry = make_entry(report, assignment, result="Đã tổ chức 02 hội nghị.")
    indicator, _made = Indicator.objects.get_or_create(task=assignment.task, name="Hội nghị")
    IndicatorValue.objects.create(entry=entry, indicator=indicator, value=Decimal(2))
    make_answer(make_proposal(report), by)
    Attachment.objects.create(
        report=report,
        name="bien-ban.pdf",
        digest="a" * 64,
        size=9,
        media_type="application/pdf",
        added_by=by,
    )
    return report


@pytest.fixture
def one_of_each(cast, work, report):
    """A row in every table that the admin shows."""
    make_letterhead(cast.ward)
    Succession.objects.create(predecessor=cast.ward, successor=cast.other_ward, effective_on=date(2025, 7, 1))
    make_basis(work.plan)
    ImportDraft.objects.create(file_name="ke-hoach.docx", outline={}, created_by=cast.staff, plan=work.plan)


def test_every_page_of_the_admin_opens(cast, as_user, one_of_each):
    client = as_user(cast.admin)
    closed = {ImportDraft, Period, *REPORTED}
    for model in admin.site._registry:
        row = model._default_manager.first()
        assert row is not None, f"make a row of {model._meta.label} in one_of_each"
        pages = [("changelist",), ("add",), ("change", row.pk), ("history", row.pk)]
        answers = {page[0]: client.get(url(model, *page)).status_code for page in pages}
        expected = {page[0]: 403 if page[0] == "add" and model in closed else 200 for page in pages}
        assert (model, answers) == (model, expected)


def test_every_page_of_the_admin_opens_in_english(cast, as_user, one_of_each):
    client = in_english(as_user(cast.admin))
    for model in admin.site._registry:
        row = model._default_manager.first()
        assert client.get(url(model, "change", row.pk)).headers["Content-Language"] == "en"


def test_the_admin_offers_exactly_our_models():
    assert {model._meta.app_label for model in admin.site._registry} <= {"units", "plans", "tasks", "reports"}


@pytest.mark.parametrize("model", [Period, Obligation, *REPORTED])
def test_staff_look_up_everything(cast, as_user, report, model):
    client = as_user(cast.staff)
    row = model._default_manager.get()
    pages = [("changelist",), ("change", row.pk), ("history", row.pk)]
    assert [client.get(url(model, *page)).status_code for page in pages] == [200, 200, 200]


@pytest.mark.parametrize("person", ["nobody", "leader", "owner"])
def test_others_do_not_enter(cast, as_user, report, person):
    client = as_user(getattr(cast, person, None))
    for model in (Period, Obligation, *REPORTED):
        assert client.get(url(model, "changelist")).status_code == 302


@pytest.mark.parametrize("state", ["draft", "accepted"])
@pytest.mark.parametrize("person", ["admin", "staff"])
@pytest.mark.parametrize("model", REPORTED)
def test_nobody_changes_or_deletes_what_was_reported(cast, as_user, report, model, person, state):
    bring_to(report, state, cast.staff)
    client = as_user(getattr(cast, person))
    row = model._default_manager.get()
    page = client.get(url(model, "change", row.pk))
    fields = "//main//input[not(@type='hidden')] | //main//select | //main//textarea"
    assert texts(page, fields) == []
    assert url(model, "delete", row.pk) not in page.content.decode()
    before = list(model.history.values_list("history_id"))
    for target in (url(model, "change", row.pk), url(model, "delete", row.pk)):
        assert client.post(target, {"post": "yes", "state": "draft", "result": "x"}).status_code == 403
    marked = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    client.post(url(model, "changelist"), marked)
    assert (model._default_manager.get(), list(model.history.values_list("history_id"))) == (row, before)


def test_a_report_shows_its_parts(cast, as_user, report):
    page = words(as_user(cast.staff).get(url(ProgressReport, "change", report.pk)))
    for part in ("Đã tổ chức 02 hội nghị.", "Cấp thêm tài liệu.", "bien-ban.pdf"):
        assert part in page


def test_staff_correct_a_period_and_its_plan_stays(cast, work, as_user, report):
    period = Period.objects.get()
    client = as_user(cast.staff)
    page = url(Period, "change", period.pk)
    data = form_data(client.get(page)) | {"due_on": "25/09/2026", "plan": "999"}
    assert client.post(page, data).status_code == 302
    period.refresh_from_db()
    assert (period.due_on, period.plan) == (date(2026, 9, 25), work.plan)
    assert [row.history_user for row in period.history.all()] == [cast.staff, None]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"name": "Năm 2026"}, "The plan already has a period of this name."),
        ({"due_on": "01/01/9999"}, "Please check the year."),
        ({"grace_days": "9999999999"}, "No more than a year, please."),
        ({"locks_on": "19/09/2026"}, "The lock day is before the day on which the report is due."),
    ],
)
def test_a_period_keeps_its_rules_here_too(cast, work, as_user, change, error):
    make_period(work.plan, name="Năm 2026")
    page = url(Period, "change", make_period(work.plan).pk)
    client = in_english(as_user(cast.staff))
    response = client.post(page, form_data(client.get(page)) | change)
    assert error in texts(response, "//main//*[contains(@class, 'errorlist')]/li")


def test_only_an_administrator_deletes_a_period_and_only_an_empty_one(cast, work, as_user, report):
    full, empty = Period.objects.get(), make_period(work.plan, name="Năm 2026")
    assert as_user(cast.staff).post(url(Period, "delete", empty.pk), {"post": "yes"}).status_code == 403
    client = as_user(cast.admin)
    response = client.post(url(Period, "delete", full.pk), {"post": "yes"})
    assert (response.status_code, bool(response.context["protected"])) == (200, True)
    assert client.post(url(Period, "delete", empty.pk), {"post": "yes"}).status_code == 302
    assert list(Period.objects.all()) == [full]


def test_an_obligation_goes_only_while_the_unit_has_no_report(cast, as_user, report):
    other = make_obligation(Period.objects.get(), cast.other_ward)
    kept = Obligation.objects.get(unit=cast.ward)
    assert as_user(cast.staff).post(url(Obligation, "delete", other.pk), {"post": "yes"}).status_code == 403
    client = as_user(cast.admin)
    response = client.post(url(Obligation, "delete", kept.pk), {"post": "yes"})
    assert (response.status_code, len(response.context["protected"])) == (200, 1)
    marked = {"action": "delete_selected", "_selected_action": [kept.pk, other.pk], "post": "yes"}
    client.post(url(Obligation, "changelist"), marked)
    assert Obligation.objects.count() == 2
    assert client.post(url(Obligation, "delete", other.pk), {"post": "yes"}).status_code == 302
    assert Obligation.objects.get() == kept


def test_an_obligation_stays_with_its_unit_and_needs_a_reason(cast, as_user, report):
    obligation = Obligation.objects.get()
    page = url(Obligation, "change", obligation.pk)
    client = in_english(as_user(cast.staff))
    data = {"unit": cast.other_ward.pk, "extended_to": "01/12/2026", "extension_reason": ""}
    response = client.post(page, data)
    assert "An exception needs both a day and a reason." in words(response)
    assert client.post(page, data | {"extension_reason": "Bão"}).status_code == 302
    obligation.refresh_from_db()
    assert (obligation.unit, obligation.extension_reason) == (cast.ward, "Bão")


def more_reports(number: int, work, by) -> None:
    period = make_period(work.plan)
    for _number in range(number):
        assignment = make_assignment(work.task, make_unit())
        make_obligation(period, assignment.unit)
        make_whole_report(assignment, period, by)


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("model", "queries"),
    [
        (Period, 6),
        (Obligation, 7),
        (ProgressReport, 7),
        (ProgressEntry, 7),
        (Proposal, 7),
        (Answer, 5),
        (Attachment, 8),
        (IndicatorValue, 5),
    ],
)
def test_lists_ask_as_much_for_one_row_as_for_many(
    cast, work, as_user, django_assert_num_queries, model, queries, rows
):
    more_reports(rows, work, cast.owner)
    client = as_user(cast.staff)
    with django_assert_num_queries(queries):
        response = client.get(url(model, "changelist"))
    assert response.context["cl"].result_count == (1 if model is Period else rows)


def test_reports_are_found_by_unit_without_marks_and_filtered_by_period(cast, work, as_user, report):
    other = make_report(cast.other_ward, make_period(work.plan, name="Năm 2026"), "accepted")
    client = as_user(cast.staff)
    for asked, found in [
        ({"q": "bai cat"}, [report]),
        ({"q": "bai cat thong"}, []),
        ({"q": "phuong"}, [report, other]),
        ({"period": str(other.period_id)}, [other]),
        ({"period": "abc"}, [report, other]),
        ({"plan": str(work.plan.pk)}, [report, other]),
        ({"state": "accepted"}, [other]),
    ]:
        shown = client.get(url(ProgressReport, "changelist"), asked).context["cl"].result_list
        assert (asked, sorted(row.pk for row in shown)) == (asked, [row.pk for row in found])
