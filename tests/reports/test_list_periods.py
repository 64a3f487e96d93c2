from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from tests.factories import make_obligation, make_period, make_plan, make_report, make_unit
from tests.pages import HOSTILE_NUMBERS, in_english, links, texts, tree, words

TODAY = datetime(2026, 9, 24, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


def url(work) -> str:
    return reverse("list-periods", args=[work.plan.pk])


def test_each_period_says_its_days_its_state_and_who_has_reported(cast, work, as_user):
    make_period(
        work.plan,
        name="6 tháng đầu năm 2026",
        figures_from=date(2025, 12, 15),
        figures_to=date(2026, 6, 14),
        due_on=date(2026, 6, 20),
        locks_on=date(2026, 7, 31),
    )
    quarter = make_period(work.plan, grace_days=4)
    year = make_period(work.plan, name="Năm 2026", figures_to=date(2026, 12, 14), due_on=date(2026, 12, 20))
    for state in ("draft", "submitted", "returned", "accepted", None):
        unit = make_unit()
        make_obligation(quarter, unit)
        if state:
            make_report(unit, quarter, state)
    make_obligation(year, cast.ward)
    for person in (cast.admin, cast.staff, cast.leader):
        page = in_english(as_user(person)).get(url(work))
        assert texts(page, "//main//ul[@class='rows']/li") == [
            "Năm 2026 Open Figures: 15/06/2026 – 14/12/2026 Due: 20/12/2026"
            " 0/1 submitted 0 accepted 1 missing",
            "Quý III/2026 In the days of grace Figures: 15/06/2026 – 14/09/2026 Due: 20/09/2026"
            " 3/5 submitted 1 accepted 1 waiting for review 2 missing",
            "6 tháng đầu năm 2026 Locked Figures: 15/12/2025 – 14/06/2026 Due: 20/06/2026"
            " 0/0 submitted 0 accepted",
        ]
        assert reverse("show-period", args=[year.pk]) in links(page)


def test_an_open_period_says_how_many_days_are_left(work, cast, as_user):
    make_period(work.plan, due_on=date(2026, 9, 30))
    page = in_english(as_user(cast.leader)).get(url(work))
    assert texts(page, "//main//*[contains(@class, 'mark')]") == ["Open", "6 days left"]


def test_periods_of_other_plans_are_not_among_them(cast, work, as_user):
    make_period(make_plan(), name="Kỳ của kế hoạch khác")
    assert "Kỳ của kế hoạch khác" not in words(as_user(cast.staff).get(url(work)))


def test_an_empty_list_says_what_to_do(cast, work, as_user):
    opens = reverse("open-period", args=[work.plan.pk])
    page = in_english(as_user(cast.staff)).get(url(work))
    assert (texts(page, "//main//h2"), opens in links(page)) == (["No reporting periods yet"], True)
    page = in_english(as_user(cast.leader)).get(url(work))
    assert opens not in links(page)
    assert "as soon as city staff have opened one" in words(page)


def test_only_staff_are_offered_to_open_one(cast, work, as_user):
    make_period(work.plan)
    opens = reverse("open-period", args=[work.plan.pk])
    offered = {
        person.role: opens in links(as_user(person).get(url(work)))
        for person in (cast.admin, cast.staff, cast.leader)
    }
    assert offered == {"admin": True, "staff": True, "leader": False}


def test_the_plan_leads_here_those_who_read_everything(cast, work, as_user):
    shown = {
        person.role: url(work) in links(as_user(person).get(work.plan.get_absolute_url()))
        for person in (cast.admin, cast.staff, cast.leader, cast.owner)
    }
    assert shown == {"admin": True, "staff": True, "leader": True, "officer": False}


@pytest.mark.parametrize("rows", [1, 30])
def test_many_periods_ask_no_more_than_one(cast, work, as_user, django_assert_num_queries, rows):
    for number in range(rows):
        period = make_period(work.plan, name=f"Kỳ {number}")
        make_obligation(period, cast.ward)
        make_report(cast.ward, period, "submitted", by=cast.owner)
    client = as_user(cast.leader)
    with django_assert_num_queries(7):
        page = client.get(url(work))
    assert len(texts(page, "//main//ul[@class='rows']/li")) == rows


def test_the_pages_are_turned_and_a_page_that_is_not_there_is_no_fault(cast, work, as_user):
    for number in range(31):
        make_period(work.plan, name=f"Kỳ {number}")
    client = as_user(cast.staff)
    assert texts(client.get(url(work), {"page": 2}), "//main//ul[@class='rows']/li//a") == ["Kỳ 0"]
    for value in HOSTILE_NUMBERS:
        assert client.get(url(work), {"page": value}).status_code == 200


def test_it_is_one_of_the_plans_pages_and_leads_back_to_the_day(cast, work, as_user):
    client = in_english(as_user(cast.leader))
    day = {"on": "2026-09-19"}
    for name in ("list-periods", "show-content"):
        page = client.get(reverse(name, args=[work.plan.pk]), day)
        assert texts(page, "//nav[@class='tabs']/a") == [
            "State",
            "Reports sent",
            "Difficulties and proposals",
            "Matrix",
            "Assignments",
            "Indicators",
            "Content",
            "Documents",
            "Reporting periods",
        ]
        tabs = tree(page).xpath("//nav[@class='tabs']/a/@href")
        assert [address.partition("?")[2] for address in tabs] == ["on=2026-09-19"] * 9
        assert texts(page, "//main/div[@class='note']") == [
            "This page shows today, whichever day is asked for; the other pages stay at 19/09/2026."
        ]
    for nothing in ("", "2026-09-25", *HOSTILE_NUMBERS):
        page = client.get(url(work), {"on": nothing})
        assert texts(page, "//main/div[@class='note']") == []
        assert tree(page).xpath("//nav[@class='tabs']/a[@aria-current]/@href") == [url(work)]


def test_the_head_of_a_plan_names_only_what_it_has(cast, as_user):
    client = in_english(as_user(cast.leader))
    whole = make_plan(number="12-KH/UB", issued_on=date(2026, 3, 5), issuer="Ban Thường trực")
    for plan, facts in ((make_plan(), ""), (whole, "No. 12-KH/UB 05/03/2026 Ban Thường trực")):
        page = client.get(reverse("list-periods", args=[plan.pk]))
        assert words(page, "//*[@class='plan-head']/div[@class='meta']") == facts
