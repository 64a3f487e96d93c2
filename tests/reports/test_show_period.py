from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from reports.models import ProgressReport
from tests.factories import (
    make_assignment,
    make_obligation,
    make_period,
    make_report,
    make_unit,
)
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, in_english, links, texts, tree, words

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
LINES = "//main//li[contains(@class, 'unit-line')]"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime(2026, 9, 25, 9, tzinfo=HANOI), tick=False):
        yield


@pytest.fixture
def period(work):
    """Due on 20 September with three days of grace; past due today, and not locked yet."""
    return make_period(work.plan, grace_days=3, locks_on=date(2026, 10, 31))


@pytest.fixture
def shown(as_user, period):
    """The period's page as a person gets it, in English."""
    return lambda user, **asked: in_english(as_user(user)).get(period.get_absolute_url(), asked)


def make_owing(period, name: str, state: str = "", **fields) -> ProgressReport | None:
    unit = make_unit(name)
    make_obligation(period, unit)
    return make_report(unit, period, state, **fields) if state else None


@pytest.fixture
def units(period, cast):
    """One unit at every stage; the names in the wrong order."""
    early, late = datetime(2026, 9, 20, 17, tzinfo=HANOI), datetime(2026, 9, 24, 8, tzinfo=HANOI)
    by = {"by": cast.staff}
    return {
        "A": make_owing(period, "xã A", "accepted", at=early, **by),
        "B": make_owing(period, "xã B", "submitted", at=late, **by),
        "C": make_owing(period, "xã C", "returned", at=datetime(2026, 9, 22, 8, tzinfo=HANOI), **by),
        "D": make_owing(period, "xã D", "draft", typed_at=late, typed_by=cast.staff),
        "E": make_owing(period, "xã E"),
    }


def test_the_units_stand_worst_first_with_their_state_and_days(cast, shown, units):
    for person in (cast.admin, cast.staff, cast.leader):
        page = shown(person)
        assert texts(page, f"{LINES}/div[1]") == [
            "xã E",
            "xã D last typed 08:00 24/09/2026",
            "xã C sent 22/09/2026, within the days of grace",
            "xã B sent 24/09/2026, late",
            "xã A sent 20/09/2026, on time",
        ]
        assert texts(page, f"{LINES}//*[contains(@class, 'mark')]") == [
            "Not started · past due",
            "Being written · past due",
            "Returned",
            "Waiting for review",
            "Accepted",
        ]


def test_the_head_tells_the_state_the_counts_and_the_days(cast, shown, units):
    page = shown(cast.leader)
    assert texts(page, "//h1 | //main//*[@class='page-head']//*[@class='meta']") == [
        "Quý III/2026",
        "Past due 3/5 submitted 1 accepted 1 waiting for review 2 missing",
    ]
    assert texts(page, "//main//dl/dd") == [
        "15/06/2026 – 14/09/2026",
        "14/09/2026",
        "20/09/2026",
        "until 23/09/2026",
        "after 31/10/2026",
    ]


def test_before_the_due_day_nothing_is_past_due(cast, shown, units):
    with time_machine.travel(datetime(2026, 9, 15, 9, tzinfo=HANOI), tick=False):
        page = shown(cast.staff)
    assert texts(page, f"{LINES}//*[contains(@class, 'mark')]")[:2] == ["Not started", "Being written"]
    assert "5 days left" in texts(page, "//main//dl/dd//*[contains(@class, 'mark')]")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("", ["xã E", "xã D", "xã C", "xã B", "xã A"]),
        ("missing", ["xã E", "xã D"]),
        ("waiting", ["xã B"]),
        ("returned", ["xã C"]),
        ("accepted", ["xã A"]),
    ],
)
def test_the_list_is_narrowed_by_links_that_count(cast, shown, units, state, expected):
    page = shown(cast.leader, state=state)
    assert texts(page, f"{LINES}/div[1]/a") == expected
    assert texts(page, "//main//nav/a") == [
        "All 5",
        "Not reported 2",
        "Waiting for review 1",
        "Returned 1",
        "Accepted 1",
    ]
    assert [link.split("=")[1] for link in tree(page).xpath("//main//nav/a[@aria-current]/@href")] == [state]


def test_a_state_that_is_none_shows_all(cast, as_user, period, units):
    client = as_user(cast.staff)
    for value in [*HOSTILE_NUMBERS, *HOSTILE_TEXTS]:
        response = client.get(period.get_absolute_url(), {"state": value})
        assert (response.status_code, len(texts(response, LINES))) == (200, 5)


def test_a_state_that_no_unit_is_in_says_so(cast, shown, period):
    make_owing(period, "xã E")
    page = shown(cast.staff, state="accepted")
    assert texts(page, "//main//ul[@class='rows']/li") == ["No unit is in this state."]


def test_the_names_lead_to_the_reports_and_what_waits_to_its_review(cast, shown, units):
    found = links(shown(cast.staff))
    for letter in "ABCD":
        assert units[letter].get_absolute_url() in found
    reviews = [link for link in found if link.endswith("/review/")]
    assert reviews == [reverse("review-report", args=[units["B"].pk])]
    assert [link for link in links(shown(cast.leader)) if link.endswith("/review/")] == []


def test_staff_type_for_those_who_sent_paper(cast, as_user, shown, period, units):
    starts = tree(shown(cast.staff)).xpath(f"{LINES}//form/@action")
    owing = {owed.unit.short_name: owed for owed in period.obligations.all()}
    assert starts == [reverse("start-report", args=[owing[name].pk]) for name in ("xã E", "xã D")]
    assert as_user(cast.staff).post(starts[0]).status_code == 302
    report = ProgressReport.objects.get(unit=owing["xã E"].unit)
    assert (report.started_by, report.state) == (cast.staff, "draft")
    assert tree(shown(cast.leader)).xpath("//main//form") == []


def test_a_revision_on_its_way_shows_beside_the_accepted_report(cast, shown, period):
    first = make_owing(period, "xã A", "accepted", by=cast.staff, at=datetime(2026, 9, 1, 8, tzinfo=HANOI))
    second = make_report(first.unit, period, "submitted", revision=2, by=cast.staff)
    page = shown(cast.staff)
    assert texts(page, LINES) == [
        "xã A sent 01/09/2026, on time revision 2: Waiting for review Accepted Review: xã A"
    ]
    assert reverse("review-report", args=[second.pk]) in links(page)


def test_an_exception_and_its_reason_show_and_units_that_ended(cast, shown, period):
    unit = make_unit("xã Cũ", valid_to=date(2026, 6, 30))
    make_obligation(period, unit, extended_to=date(2026, 11, 10), extension_reason="Bão số 12")
    assert texts(shown(cast.leader), f"{LINES}/div[1]") == [
        "xã Cũ exception until 10/11/2026: Bão số 12 ended 30/06/2026"
    ]


def test_exceptions_are_offered_to_staff_for_whom_the_unit_has_to_act(cast, shown, period, units):
    owing = {owed.unit.short_name: owed.pk for owed in period.obligations.all()}
    expected = [reverse("extend-obligation", args=[owing[name]]) for name in ("xã E", "xã D", "xã C")]
    assert [link for link in links(shown(cast.staff)) if "extend" in link] == expected
    with time_machine.travel(datetime(2026, 11, 1, 9, tzinfo=HANOI), tick=False):
        assert [link for link in links(shown(cast.staff)) if "extend" in link] == expected
    assert [link for link in links(shown(cast.leader)) if "extend" in link] == []
    period.locks_on = None
    period.save()
    assert [link for link in links(shown(cast.staff)) if "extend" in link] == []


def test_who_has_not_reported_is_ready_to_be_copied(cast, shown, units, period):
    [area] = tree(shown(cast.leader, state="accepted")).xpath("//main//details//textarea[@readonly]")
    assert area.text.strip().splitlines() == [
        "Quý III/2026: 2 units have not sent their reports yet, due 20/09/2026:",
        "- xã E",
        "- xã D",
    ]


def test_who_has_an_exception_is_copied_with_it_while_it_holds(cast, shown, period):
    until = {"extended_to": date(2026, 11, 10), "extension_reason": "Bão số 12"}
    make_obligation(period, make_unit("xã A"), **until)
    [area] = tree(shown(cast.leader)).xpath("//main//textarea")
    assert area.text.strip().splitlines()[1:] == ["- xã A (exception until 10/11/2026)"]
    with time_machine.travel(datetime(2026, 11, 11, 9, tzinfo=HANOI), tick=False):
        [area] = tree(shown(cast.leader)).xpath("//main//textarea")
    assert area.text.strip().splitlines()[1:] == ["- xã A"]


def test_when_all_have_reported_there_is_nothing_to_copy(cast, shown, period):
    make_owing(period, "xã A", "submitted")
    assert tree(shown(cast.staff)).xpath("//main//textarea") == []


def test_units_that_were_given_tasks_since_are_named(cast, shown, period, work):
    page = shown(cast.staff)
    assert "1 unit has tasks of the plan but does not owe this report: phường Bãi Cát" in words(page)
    assert tree(page).xpath("//main//form/@action") == [reverse("ask-units", args=[period.pk])]
    leader = shown(cast.leader)
    assert ("phường Bãi Cát" in words(leader), tree(leader).xpath("//main//form")) == (True, [])
    period.locks_on = date(2026, 9, 24)
    period.save()
    assert "phường Bãi Cát" not in words(shown(cast.staff))


def test_a_period_that_nobody_owes_says_why(cast, shown, period, work):
    work.assignment.delete()
    assert "No unit owes this report: none had a task of the plan" in words(shown(cast.staff))


def test_the_latest_changes_tell_who_made_them(cast, as_user, shown, period):
    data = {"extended_to": "10/11/2026", "extension_reason": "Bão số 12"}
    owed = make_obligation(period, cast.ward)
    client = as_user(cast.staff)
    page = reverse("extend-obligation", args=[owed.pk])
    stamp = tree(client.get(page)).xpath("//input[@name='seen']/@value")[0]
    client.post(page, data | {"seen": stamp})
    changes = texts(shown(cast.leader), "//main//ul[contains(@class, 'timeline')]/li")
    assert len(changes) == 3
    assert changes[0].startswith("09:00 25/09/2026 · Cán bộ thành phố Changed report owed: phường Bãi Cát")
    assert "Bão số 12" in changes[0]


def test_the_opening_is_among_the_changes_with_many_units_too(cast, shown, period):
    for _number in range(60):
        make_owing(period, "")
    changes = texts(shown(cast.staff), "//main//ul[contains(@class, 'timeline')]/li")
    assert [change for change in changes if "Added reporting period: Quý III/2026" in change] == changes[-1:]


@pytest.mark.parametrize("rows", [1, 30])
def test_many_units_ask_no_more_than_one(cast, as_user, period, django_assert_num_queries, rows):
    states = ("", "draft", "submitted", "returned", "accepted")
    for number in range(rows):
        make_owing(period, "", states[number % 5] if rows > 1 else "accepted", by=cast.staff)
        make_assignment(period.plan.groups.get().tasks.get(), make_unit())
    client = as_user(cast.staff)
    with django_assert_num_queries(14):
        page = client.get(period.get_absolute_url())
    assert len(texts(page, LINES)) == rows
