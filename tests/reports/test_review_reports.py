from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import (
    bring_to,
    make_entry,
    make_group,
    make_period,
    make_plan,
    make_report,
    make_task,
    make_unit,
)
from tests.pages import HOSTILE_NUMBERS, form_data, in_english, links, texts, tree, words
from tests.reports.acts import send_back, submit
from tests.reports.conftest import FIRST_DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(as_user, cast):
    """The page of the queue as staff get it, in English."""
    return lambda **data: in_english(as_user(cast.staff)).get(reverse("review-reports"), data)


def units(page) -> list[str]:
    return texts(page, "//li[contains(@class,'queue-line')]//a[contains(@class,'plain-link')]")


def test_the_oldest_stands_first(waiting, queue):
    second, first = waiting(), waiting()
    first.report.submitted_at = FIRST_DAY - timedelta(days=1)
    first.report.save()
    page = queue()
    assert units(page) == [first.unit.short_name, second.unit.short_name]
    assert "2 reports wait, the oldest first" in words(page)


def test_only_what_waits_stands_in_it(waiting, queue, cast):
    report = waiting().report
    for state in ("draft", "returned", "accepted"):
        make_report(make_unit(), report.period, state, by=cast.staff)
    assert units(queue()) == [report.unit.short_name]


def test_a_line_says_when_it_came_and_how_much_is_new(waiting, queue):
    waits = waiting()
    (line,) = texts(queue(), "//li[contains(@class,'queue-line')]")
    assert line == (
        f"{waits.unit} · Quý III/2026 submitted 08:00 01/09/2026, on time 1 of 1 tasks changed"
        f" Review: {waits.unit}: Quý III/2026"
    )


def test_what_is_odd_is_marked_and_cannot_be_chosen(waiting, queue):
    clean, odd = waiting(), waiting(status="done", percent=100)
    page = queue()
    assert texts(page, "//div[@class='odd-marks']/span") == ["Done without evidence"]
    assert form_data(page).get("pick") is None
    assert tree(page).xpath("//input[@name='pick']/@value") == [f"{clean.report.pk}:{clean.report.version}"]
    assert units(page) == [clean.unit.short_name, odd.unit.short_name]


def test_where_everything_is_odd_there_is_nothing_to_choose(waiting, queue):
    waiting(status="done", percent=100)
    assert texts(queue(), "//button[contains(@class,'btn-primary')]") == []


def test_one_that_was_returned_says_so_when_it_comes_again(sent, queue):
    send_back(sent.report, sent.cast.staff, "Xem lại.")
    submit(sent.report, sent.cast.owner)
    assert "Was returned before" in texts(queue(), "//div[@class='odd-marks']/span")


def test_each_leads_to_its_own_review(waiting, queue):
    report = waiting().report
    assert f"/reports/{report.pk}/review/" in links(queue())


def test_the_plan_that_was_chosen_stays_in_the_address(waiting, queue, cast):
    first = waiting()
    other = make_plan(title="Kế hoạch khác")
    make_task(make_group(other))
    second = waiting(make_period(other))
    page = queue()
    assert units(page) == [first.unit.short_name, second.unit.short_name]
    assert texts(page, "//nav[@class='filters']/a") == [
        "All plans",
        "Kế hoạch khác",
        "Thực hiện nghị quyết mẫu",
    ]
    page = queue(plan=other.pk)
    assert units(page) == [second.unit.short_name]
    assert form_data(page)["plan"] == [str(other.pk)]
    assert texts(page, "//nav[@class='filters']/a[@aria-current]") == ["Kế hoạch khác"]


def test_one_plan_needs_no_choice(waiting, queue):
    waiting()
    assert texts(queue(), "//nav[@class='filters']") == []


def test_a_long_queue_goes_on_with_those_that_came_later(waiting, queue):
    made = [waiting().unit.short_name for _place in range(31)]
    page = queue()
    assert (units(page), texts(page, "//nav[@aria-label='Pages']/a")) == (made[:30], ["Newer →"])
    page = queue(page=2)
    assert (units(page), texts(page, "//nav[@aria-label='Pages']/a")) == (made[30:], ["← Older"])
    assert "31 reports wait" in words(page)


def test_an_empty_queue_says_so(queue, cast):
    page = queue()
    assert texts(page, "//h2") == ["Nothing waits for review"]
    assert texts(page, "//form[@id='queue']") == []


@pytest.mark.parametrize("value", HOSTILE_NUMBERS)
def test_hostile_choices_show_everything(waiting, queue, value):
    report = waiting().report
    assert units(queue(plan=value, page=value)) == [report.unit.short_name]


def test_leaders_and_officers_do_not_review(cast, as_user):
    url = reverse("review-reports")
    assert [as_user(user).get(url).status_code for user in (cast.leader, cast.owner)] == [403, 403]
    home = reverse("home")
    shown = [url in as_user(user).get(home).content.decode() for user in (cast.staff, cast.leader)]
    assert shown == [True, False]


@pytest.mark.parametrize("count", [1, 30])
def test_the_queue_asks_the_database_as_often_for_30_reports(
    waiting, cast, work, as_user, count, django_assert_num_queries
):
    people = work.task.indicators.create(name="Lượt người")
    for _place in range(count):
        waits = waiting(period=make_period(work.plan, name=f"Kỳ {_place}"))
        waits.entry.values.create(indicator=people, value=3)
        waits.report.proposals.create(addressee="Thành phố", text="Loa.")
        before = make_report(waits.unit, make_period(work.plan, name=f"Trước {_place}"))
        last = make_entry(before, waits.entry.assignment)
        last.values.create(indicator=people, value=2)
        bring_to(before, "accepted", cast.staff, FIRST_DAY - timedelta(days=90))
    client = as_user(cast.staff)
    with django_assert_num_queries(14):
        page = client.get(reverse("review-reports"))
    assert len(units(page)) == count
