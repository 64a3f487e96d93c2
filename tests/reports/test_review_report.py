from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from reports import actions
from tests.factories import bring_to, make_assignment, make_entry, make_period, make_report, make_task
from tests.pages import form_data, in_english, links, texts, tree, words
from tests.reports.acts import accept, send_back, submit
from tests.reports.conftest import FIRST_DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(as_user, cast):
    """The page on which staff review a report, in English."""
    return lambda report: in_english(as_user(cast.staff)).get(reverse("review-report", args=[report.pk]))


def of_entry(page, assignment, path: str = "") -> list[str]:
    return texts(page, f"//section[@id='entry-{assignment.pk}']{path}")


@pytest.fixture
def compared(owed):
    """A report after one that was accepted: the first task went on, the second stands still."""
    before = make_report(owed.cast.ward, make_period(owed.plan, name="Quý II/2026"))
    make_entry(before, owed.assignment, percent=30, result="Đã họp 01 lần.")
    make_entry(before, owed.second, percent=20, result="Đã in.")
    bring_to(before, "accepted", owed.cast.staff, FIRST_DAY)
    report = make_report(owed.cast.ward, owed.period)
    owed.entry = make_entry(report, owed.assignment, percent=60, result="Đã họp 02 lần.")
    make_entry(report, owed.second, number="1.2", percent=20, result="Đã in.")
    owed.report = bring_to(report, "submitted", owed.cast.owner, FIRST_DAY)
    return owed


def test_what_changed_since_last_time(compared, review):
    page = review(compared.report)
    first, second = compared.assignment, compared.second
    assert of_entry(page, first, "//h2") == ["1.1 Tổ chức hội nghị học tập"]
    assert "In progress · 60%" in of_entry(page, first)[0]
    assert (of_entry(page, first, "//del"), of_entry(page, first, "//ins")) == (["01"], ["02"])
    assert "Last time, Quý II/2026: In progress 30%" in of_entry(page, first)[0]
    assert "Đã in. = as in Quý II/2026" in of_entry(page, second)[0]
    assert (of_entry(page, second, "//del"), of_entry(page, second, "//ins")) == ([], [])
    assert "1 of 2 tasks changed" in words(page)


def test_before_it_is_returned_the_lock_is_told_with_the_way_to_an_exception(sent, review, september):
    way = reverse("extend-obligation", args=[sent.obligation.pk])
    said = "The period is locked: to send it again, the unit will need an exception."
    sent.period.locks_on = date(2026, 9, 30)
    sent.period.save()
    page = review(sent.report)
    assert (said in words(page), way in links(page)) == (False, False)
    september.move_to(datetime(2026, 10, 1, 2, tzinfo=UTC))
    page = review(sent.report)
    assert (said in words(page), way in links(page)) == (True, True)
    sent.obligation.extended_to, sent.obligation.extension_reason = date(2026, 10, 5), "Bão lụt."
    sent.obligation.save()
    assert said not in words(review(sent.report))


def test_before_it_is_returned_it_is_told_that_the_plan_is_closed(sent, review):
    sent.plan.state = "closed"
    sent.plan.save()
    page = review(sent.report)
    assert "The plan is closed: the unit could not send it again." in words(page)
    assert reverse("extend-obligation", args=[sent.obligation.pk]) not in links(page)


def test_oddities_are_marked_where_they_are(compared, review):
    page = review(compared.report)
    assert of_entry(page, compared.assignment, "//div[@class='odd-marks']/span") == []
    assert of_entry(page, compared.second, "//div[@class='odd-marks']/span") == ["Result worded as last time"]


def test_what_is_odd_of_the_whole_stands_at_its_head(sent, review):
    page = review(sent.report)
    assert texts(page, "//div[contains(@class,'page-head')]//div[@class='odd-marks']/span") == [
        "Difficulties or proposals"
    ]
    assert of_entry(page, sent.assignment, "//div[@class='odd-marks']/span") == ["Done without evidence"]


def test_indicators_against_their_targets_and_evidence(compared, review):
    people = compared.task.indicators.create(name="Lượt người", target=500)
    compared.entry.values.create(indicator=people, value=Decimal(186))
    compared.report.attachments.create(
        assignment=compared.assignment,
        name="anh.jpg",
        digest="0" * 64,
        size=1,
        media_type="image/jpeg",
        added_by=compared.cast.owner,
    )
    page = review(compared.report)
    assert of_entry(page, compared.assignment, "//dl[@class='report-values']/div") == [
        "Lượt người 186 186 of the target of 500 37%"
    ]
    assert of_entry(page, compared.assignment, "//a[@class='evidence-name']") == ["anh.jpg"]
    assert of_entry(page, compared.second, "//a[@class='evidence-name']") == []


def test_after_a_return_it_shows_why_and_what_was_mended(sent, review):
    reasons = {sent.assignment.pk: "Ghi rõ số người.", sent.second.pk: "Ghi rõ nơi phát."}
    send_back(sent.report, sent.cast.staff, "Bổ sung tình hình.", reasons)
    typed = {
        f"e{sent.assignment.pk}-result": "Đã tổ chức 02 hội nghị, 186 người.",
        "overview": "Tình hình tốt.",
    }
    submit(sent.report, sent.cast.owner, typed)
    page = review(sent.report)
    assert of_entry(page, sent.assignment, "//div[@class='mended']") == [
        "Was returned for: Ghi rõ số người. Changed since the return:"
        " ResultĐã tổ chức 02 hội nghị, 186 người."
    ]
    assert of_entry(page, sent.assignment, "//div[@class='mended']//ins") == [", 186 người"]
    assert of_entry(page, sent.second, "//div[@class='mended']") == [
        "Was returned for: Ghi rõ nơi phát. Nothing was changed here."
    ]
    answered = words(page, "//section[contains(@class,'answered')]")
    assert answered.startswith("Submitted again after a return Cán bộ thành phố returned this report at")
    assert "Bổ sung tình hình." in answered
    assert texts(page, "//section[contains(@class,'answered')]//ins") == ["tốt"]


def test_submitted_again_as_it_was(sent, review):
    send_back(sent.report, sent.cast.staff, "Xem lại.")
    submit(sent.report, sent.cast.owner)
    page = review(sent.report)
    assert texts(page, "//section[contains(@class,'answered')]//span[contains(@class,'mark')]") == [
        "Nothing was changed."
    ]


def test_a_revision_shows_what_it_corrects(sent, review):
    accept(sent.report, sent.cast.staff)
    revision = actions.revise_report(sent.report, sent.cast.owner)
    submit(revision, sent.cast.owner, {f"e{sent.second.pk}-percent": "70"})
    page = review(revision)
    assert texts(page, "//section[contains(@class,'answered')]/h2") == [
        "What differs from the revision before"
    ]
    assert texts(page, "//section[contains(@class,'answered')]//h3") == ["1.2 Phát tài liệu tuyên truyền"]
    assert "= as in revision 1" in of_entry(page, sent.assignment)[0]


def test_the_first_report_of_a_unit_is_compared_with_nothing(sent, review):
    page = review(sent.report)
    assert texts(page, "//section[contains(@class,'answered')]") == []
    assert "Last time" not in words(page)


def test_both_answers_name_the_version_that_is_shown(sent, review):
    page = review(sent.report)
    data = form_data(page)
    entries = [f"reason-{entry.pk}" for entry in sent.report.entries.all()]
    assert {name: data[name] for name in ("version", "reason", *entries)} == {
        "version": ["4"],
        "reason": [""],
        entries[0]: [""],
        entries[1]: [""],
    }
    assert tree(page).xpath("//main//form/@action") == [f"/reports/{sent.report.pk}/return/"]
    assert tree(page).xpath("//main//button/@formaction") == [f"/reports/{sent.report.pk}/accept/"]


def test_where_one_is_in_the_queue(waiting, review):
    first, second, third = waiting(), waiting(), waiting()
    places = [
        texts(review(waits.report), "//div[@class='send-bar']/span") for waits in (first, second, third)
    ]
    assert places == [["1 of 3 waiting"], ["2 of 3 waiting"], ["3 of 3 waiting"]]


@pytest.mark.parametrize("state", ["draft", "returned", "accepted"])
def test_what_does_not_wait_is_shown_instead(owed, as_user, state):
    report = make_report(owed.cast.ward, owed.period, state, by=owed.cast.owner)
    answer = as_user(owed.cast.staff).get(reverse("review-report", args=[report.pk]))
    assert (answer.status_code, answer.url) == (302, f"/reports/{report.pk}/")


def test_others_do_not_review(sent, as_user):
    url = reverse("review-report", args=[sent.report.pk])
    people = (sent.cast.leader, sent.cast.owner, sent.cast.outsider)
    assert [as_user(person).get(url).status_code for person in people] == [403, 403, 404]


def test_the_whole_report_and_its_story_are_a_click_away(sent, review):
    assert f"/reports/{sent.report.pk}/" in links(review(sent.report))


@pytest.mark.parametrize("more", [0, 28])
def test_the_page_asks_the_database_as_often_for_30_tasks(compared, as_user, more, django_assert_num_queries):
    report = make_report(compared.cast.other_ward, compared.period)
    for place in range(more + 2):
        task = make_task(compared.group, title=f"Việc {place}", position=place + 2)
        people = task.indicators.create(name="Lượt người", target=9)
        assignment = make_assignment(task, compared.cast.other_ward)
        make_entry(report, assignment).values.create(indicator=people, value=place)
    bring_to(report, "submitted", compared.cast.owner)
    client = as_user(compared.cast.staff)
    with time_machine.travel(FIRST_DAY), django_assert_num_queries(25):
        page = client.get(reverse("review-report", args=[report.pk]))
    assert len(texts(page, "//section[contains(@class,'report-entry')]")) == more + 2
