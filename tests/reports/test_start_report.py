import pytest
from django.urls import reverse

from reports.models import ProgressReport
from tests.factories import bring_to, make_assignment, make_entry, make_report, make_task

pytestmark = pytest.mark.django_db


def start(client, obligation):
    return client.post(reverse("start-report", args=[obligation.pk]))


def test_the_officer_begins_and_writes(owed, as_user):
    answer = start(as_user(owed.cast.owner), owed.obligation)
    report = ProgressReport.objects.get()
    assert answer.url == f"/reports/{report.pk}/edit/"
    assert (report.unit, report.period, report.plan) == (owed.cast.ward, owed.period, owed.plan)
    assert (report.state, report.version, report.revision, report.typed) == ("draft", 1, 1, {})
    assert [(row.history_type, row.history_user) for row in report.history.all()] == [("+", owed.cast.owner)]


def test_a_second_click_gives_the_same_report(owed, as_user):
    client = as_user(owed.cast.owner)
    assert start(client, owed.obligation).url == start(client, owed.obligation).url
    assert ProgressReport.objects.count() == 1


def test_what_was_submitted_is_shown_instead(owed, as_user):
    report = make_report(owed.cast.ward, owed.period, state="submitted", by=owed.cast.owner)
    assert start(as_user(owed.cast.owner), owed.obligation).url == f"/reports/{report.pk}/"


def test_it_begins_with_what_was_accepted_last(owed, as_user):
    earlier = make_report(owed.cast.ward, None, plan=owed.plan)
    make_entry(earlier, owed.assignment, percent=60, result="Đã họp 01 buổi.")
    bring_to(earlier, "accepted", owed.cast.staff)
    start(as_user(owed.cast.owner), owed.obligation)
    key = f"e{owed.assignment.pk}"
    assert ProgressReport.objects.get(period=owed.period).typed == {
        f"{key}-status": "in_progress",
        f"{key}-percent": "60",
        f"{key}-result": "Đã họp 01 buổi.",
    }


def test_only_a_last_value_goes_on(owed, as_user):
    added = owed.task.indicators.create(name="Hội nghị", sum="added")
    last = owed.task.indicators.create(name="Hội viên", sum="last")
    earlier = make_report(owed.cast.ward, None, plan=owed.plan)
    entry = make_entry(earlier, owed.assignment, status="done", percent=100)
    entry.values.create(indicator=added, value=2)
    entry.values.create(indicator=last, value="186.50")
    bring_to(earlier, "accepted", owed.cast.staff)
    start(as_user(owed.cast.owner), owed.obligation)
    typed = ProgressReport.objects.get(period=owed.period).typed
    key = f"e{owed.assignment.pk}"
    assert typed == {
        f"{key}-status": "done",
        f"{key}-percent": "",
        f"{key}-result": "",
        f"{key}-i{last.pk}": "186.5",
    }


def test_what_another_unit_reported_is_not_taken_over(owed, as_user):
    foreign = make_assignment(owed.task, owed.cast.other_ward)
    earlier = make_report(owed.cast.other_ward, None, plan=owed.plan)
    make_entry(earlier, foreign, result="Của phường khác.")
    bring_to(earlier, "accepted", owed.cast.staff)
    start(as_user(owed.cast.owner), owed.obligation)
    assert ProgressReport.objects.get(period=owed.period).typed == {}


def test_beginning_costs_the_same_for_60_assignments(owed, as_user, django_assert_num_queries):
    for place in range(58):
        make_assignment(make_task(owed.group, position=place + 2), owed.cast.ward)
    client = as_user(owed.cast.owner)
    with django_assert_num_queries(12):
        start(client, owed.obligation)
