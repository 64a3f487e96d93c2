from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse

from reports.models import Obligation, Period
from tests.factories import make_assignment, make_group, make_period, make_plan, make_task, make_unit
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, form_data, in_english, links, texts, words

ERRORS = "//main//*[contains(@class, 'invalid-feedback')] | //main//*[@data-problems]/p"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")), tick=False):
        yield


def url(work, asked: str = "") -> str:
    return reverse("open-period", args=[work.plan.pk]) + asked


QUARTER = "?kind=quarter&year=2026&number=4"


def offered(page) -> list[str]:
    return texts(page, "//main//ul[@class='suggestions']//b")


def test_a_tap_fills_every_field_and_a_second_one_opens_the_period(cast, work, as_user):
    client = in_english(as_user(cast.staff))
    first = client.get(url(work))
    assert texts(first, "//main//form") == []
    link = next(link for link in links(first) if "quarter" in link and "2026" in link)
    data = form_data(client.get(url(work, link)))
    data.pop("csrfmiddlewaretoken")
    assert data == {
        "name": ["Quý IV/2026"],
        "kind": ["quarter"],
        "figures_from": ["15/09/2026"],
        "figures_to": ["14/12/2026"],
        "cut_off_on": ["14/12/2026"],
        "due_on": ["20/12/2026"],
        "grace_days": ["3"],
        "locks_on": ["31/01/2027"],
    }
    response = client.post(url(work, link), data)
    period = Period.objects.get()
    assert response["Location"] == reverse("show-period", args=[period.pk])
    assert (period.plan, period.kind, period.name) == (work.plan, "quarter", "Quý IV/2026")
    assert (period.figures_from, period.figures_to, period.cut_off_on) == (
        date(2026, 9, 15),
        date(2026, 12, 14),
        date(2026, 12, 14),
    )
    assert (period.due_on, period.grace_days, period.locks_on) == (date(2026, 12, 20), 3, date(2027, 1, 31))
    assert Obligation.objects.get().unit == cast.ward
    assert [(row.history_type, row.history_user) for row in period.history.all()] == [("+", cast.staff)]
    assert [row.history_user for row in Obligation.history.all()] == [cast.staff]
    assert texts(client.get(response["Location"]), "//main//*[@role='status']") == [
        "“Quý IV/2026” is open: 1 unit owes its report."
    ]


def test_what_is_open_already_is_not_suggested_again(cast, work, as_user):
    client = as_user(cast.staff)
    assert offered(client.get(url(work)))[:-1] == [
        "Tháng 12/2026",
        "Quý IV/2026",
        "Năm 2026",
        "Quý I/2027",
        "Tháng 11/2026",
    ]
    make_period(work.plan, name="Quý IV/2026")
    make_period(make_plan(), name="Năm 2026")
    assert offered(client.get(url(work)))[:-1] == [
        "Tháng 12/2026",
        "Năm 2026",
        "Quý I/2027",
        "Tháng 11/2026",
    ]


def test_a_suggestion_whose_due_day_has_passed_says_so(cast, work, as_user):
    page = in_english(as_user(cast.staff)).get(url(work))
    assert texts(page, "//main//ul[@class='suggestions']//span")[-3:-1] == [
        "Due 20/03/2027",
        "Due 20/11/2026 · past due",
    ]


def test_figures_that_another_period_counts_too_are_warned_of_before_it_is_opened(cast, work, as_user):
    client = in_english(as_user(cast.staff))
    note = "//main//form//*[@class='note']"
    year = url(work, "?kind=year&year=2026&number=1")
    assert texts(client.get(year), note) == []
    days = {"figures_from": date(2026, 12, 14), "figures_to": date(2027, 1, 14), "due_on": date(2027, 1, 20)}
    make_period(make_plan(), name="Kỳ khác", **days)
    make_period(work.plan, name="Sau", **days | {"figures_from": date(2026, 12, 15)})
    make_period(work.plan, name="Trước", figures_from=date(2025, 11, 15), figures_to=date(2025, 12, 14))
    assert texts(client.get(year), note) == []
    make_period(work.plan, name="Giáp ranh", **days)
    make_period(work.plan)
    warning = (
        "The figures share days with Giáp ranh, Quý III/2026: indicators that are added up over several "
        "periods would count twice."
    )
    assert texts(client.get(year), note) == [warning]
    typed = form_data(client.get(year))
    assert texts(client.post(url(work), typed | {"name": ""}), note) == [warning]
    assert texts(client.post(url(work), typed | {"figures_to": "x"}), note) == []
    page = client.post(url(work), typed, follow=True)
    assert texts(page, "//main//*[@role='status']") == [
        "“Năm 2026” is open: 1 unit owes its report.",
        warning,
    ]


def test_an_ad_hoc_period_takes_typed_days_and_few_of_them(cast, work, as_user):
    client = as_user(cast.staff)
    data = form_data(client.get(url(work, "?kind=ad_hoc")))
    assert (data["kind"], data["name"], data["due_on"]) == (["ad_hoc"], [""], [""])
    typed = {
        "name": "Báo cáo sau bão",
        "figures_from": "1/11/2026",
        "figures_to": "25/11/2026",
        "due_on": "27-11-2026",
    }
    assert client.post(url(work), data | typed).status_code == 302
    period = Period.objects.get()
    assert (period.kind, period.name, period.cut_off_on, period.locks_on, period.grace_days) == (
        "ad_hoc",
        "Báo cáo sau bão",
        date(2026, 11, 25),
        None,
        0,
    )


def test_every_suggested_field_can_be_changed(cast, work, as_user):
    client = as_user(cast.staff)
    change = {"name": "Quý 4", "due_on": "25/12/2026", "grace_days": "0", "locks_on": "", "kind": "month"}
    client.post(url(work), form_data(client.get(url(work, QUARTER))) | change)
    period = Period.objects.get()
    assert (period.name, period.due_on, period.grace_days, period.locks_on, period.kind) == (
        "Quý 4",
        date(2026, 12, 25),
        0,
        None,
        "month",
    )


def test_who_will_owe_a_report_is_shown_before_with_what_staff_should_know(cast, work, as_user):
    make_assignment(make_task(work.group, title="Việc thứ hai", position=1), cast.ward)
    make_task(work.group, title="Việc chưa ai nhận", position=2)
    ended = make_unit("phường Cũ", valid_to=date(2025, 6, 30))
    make_assignment(work.task, ended)
    gone = make_assignment(work.task, cast.other_ward)
    gone.ended_on = date(2026, 1, 1)
    gone.save()
    make_assignment(make_task(make_group(make_plan())), cast.city)
    page = in_english(as_user(cast.staff)).get(url(work, QUARTER))
    assert texts(page, "//main//ul[contains(@class, 'many')]/li") == ["phường Bãi Cát 2 tasks"]
    assert texts(page, "//main//*[@class='note']") == [
        "Nobody has 1 task; no unit will report on it: Việc chưa ai nhận Assign tasks",
        "These units have tasks but exist no more; they will owe nothing: phường Cũ",
    ]
    assert texts(page, "//main//form//button") == ["Open it: 1 unit owes its report"]
    as_user(cast.staff).post(url(work), form_data(page))
    assert [owed.unit for owed in Obligation.objects.all()] == [cast.ward]


def test_without_anybody_who_has_a_task_the_page_leads_to_assigning(cast, work, as_user):
    work.assignment.delete()
    page = in_english(as_user(cast.staff)).get(url(work))
    assert "Nobody: no unit has a task of this plan yet." in words(page)
    assert reverse("assign-tasks", args=[work.plan.pk]) in links(page)


def test_a_second_click_gives_an_error_and_no_second_period(cast, work, as_user):
    client = in_english(as_user(cast.staff))
    data = form_data(client.get(url(work, QUARTER)))
    client.post(url(work), data)
    response = client.post(url(work), data)
    assert (response.status_code, texts(response, ERRORS)) == (
        200,
        ["The plan already has a period of this name."],
    )
    assert form_data(response)["due_on"] == ["20/12/2026"]
    assert (Period.objects.count(), Obligation.objects.count()) == (1, 1)


def test_the_slower_of_two_who_open_the_same_gets_the_same_error(cast, work, as_user, monkeypatch):
    """Both saw no such period when they were checked; the database lets one in."""
    client = in_english(as_user(cast.staff))
    data = form_data(client.get(url(work, QUARTER)))
    make_period(work.plan, name="Quý IV/2026")
    monkeypatch.setattr(Period, "validate_constraints", lambda *_args, **_more: None)
    response = client.post(url(work), data)
    assert texts(response, ERRORS) == ["The plan already has a period of this name."]
    assert (Period.objects.count(), Obligation.objects.count()) == (1, 0)


def test_the_same_name_in_another_plan_is_free(cast, work, as_user):
    make_period(make_plan(), name="Quý IV/2026")
    client = as_user(cast.staff)
    assert client.post(url(work), form_data(client.get(url(work, QUARTER)))).status_code == 302


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        (
            {"name": "", "figures_from": "", "due_on": "mai"},
            ["This field is required.", "This field is required.", "Enter a valid date."],
        ),
        ({"figures_from": "15/12/2026"}, ["The figures end before they begin."]),
        ({"due_on": "14/09/2026"}, ["The report is due before its figures begin."]),
        ({"locks_on": "19/12/2026"}, ["The lock day is before the day on which the report is due."]),
        ({"due_on": "20/12/0026"}, ["Please check the year."]),
        ({"locks_on": "31/12/9999"}, ["Please check the year."]),
        ({"grace_days": "367"}, ["No more than a year, please."]),
        ({"grace_days": "-1"}, ["Ensure this value is greater than or equal to 0."]),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_stored(cast, work, as_user, change, errors):
    client = in_english(as_user(cast.staff))
    response = client.post(url(work), form_data(client.get(url(work, QUARTER))) | change)
    shown = texts(response, ERRORS)
    assert (response.status_code, [error for error in errors if error not in shown]) == (200, [])
    assert {name: form_data(response)[name] for name in change} == {
        name: [value] for name, value in change.items()
    }
    assert Period.objects.count() == 0


@pytest.mark.parametrize("name", ["kind", "year", "number"])
def test_an_address_that_names_no_period_is_no_fault(cast, work, as_user, name):
    client = as_user(cast.staff)
    asked = {"kind": "quarter", "year": "2026", "number": "4"}
    numbers = {"٣": "20/09/2026", "0001": "20/03/2026"}
    for value in [*HOSTILE_NUMBERS, *HOSTILE_TEXTS, "week", "99999", "0001"]:
        response = client.get(url(work), asked | {name: value})
        # A three of another script is a three, and a one with noughts a one.
        due_on = [numbers.get(value, "")] if name == "number" else [""]
        assert (response.status_code, form_data(response)["due_on"]) == (200, due_on), (name, value)


def test_hostile_values_are_no_fault(cast, work, as_user):
    client = as_user(cast.staff)
    whole = form_data(client.get(url(work, QUARTER)))
    for name in ("name", "kind", "figures_from", "cut_off_on", "due_on", "grace_days", "locks_on"):
        for value in [*HOSTILE_NUMBERS, *HOSTILE_TEXTS]:
            assert client.post(url(work), whole | {name: value}).status_code in (200, 302), (name, value)


@pytest.mark.parametrize("rows", [1, 30])
def test_many_units_ask_no_more_than_one(cast, work, as_user, django_assert_num_queries, rows):
    for _number in range(rows):
        make_assignment(work.task, make_unit())
        make_task(work.group)
        make_assignment(work.task, make_unit(valid_to=date(2025, 6, 30)))
    client = as_user(cast.staff)
    with django_assert_num_queries(10):
        page = client.get(url(work, QUARTER))
    assert len(texts(page, "//main//ul[contains(@class, 'many')]/li")) == rows + 1


def test_the_database_itself_holds_a_name_once_a_plan(work):
    make_period(work.plan)
    with pytest.raises(IntegrityError):
        make_period(work.plan)


def test_who_issued_the_plan_owes_itself_no_report(cast, work, as_user):
    make_assignment(work.task, cast.city, role="lead")
    page = as_user(cast.staff).get(url(work, QUARTER))
    assert texts(page, "//main//ul[contains(@class, 'many')]/li") == ["phường Bãi Cát 1 nhiệm vụ"]
