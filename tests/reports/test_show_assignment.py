from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from reports.models import IndicatorValue
from tasks.models import Assignment, Indicator
from tests.factories import bring_to, make_attachment, make_entry, make_period, make_report
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, in_english, links, texts, tree, words
from tests.reports.acts import log

pytestmark = pytest.mark.usefixtures("underway")

COUNTED = "//article/section[1]"
OTHERS = "//section[.//h2[.='Other reports of it']]//li"


@pytest.fixture
def shown(as_user):
    """The page of an assignment as a person gets it, in English."""

    def get(user, assignment, **asked):
        return in_english(as_user(user)).get(reverse("show-assignment", args=[assignment.pk]), asked)

    return get


def test_the_state_on_the_day_and_what_counts_with_who_and_when(cast, underway, shown):
    page = shown(cast.leader, underway.soon)
    assert texts(page, "//h1") == ["2.1 Giám sát cơ sở"]
    assert texts(page, "//article//div[@class='meta']/span") == [
        "MTTQ thành phố",
        "Support",
        "01/10/2026 11 days left",
        "→ In progress, in time · 40%",
    ]
    assert words(page, COUNTED) == (
        "Latest accepted result In progress · 40% Logged progress, 15/09/2026 as of 15/09/2026"
        " logged by Cán bộ thành phố, 09:00 15/09/2026 Nothing was written about the result."
    )
    report = underway.soon.entries.get().report
    assert f"/reports/{report.pk}/#entry-{underway.soon.pk}" in links(page)
    assert tree(page).xpath(OTHERS) == []


def test_what_was_said_stands_with_figures_against_target_and_evidence(cast, underway, shown):
    indicator = Indicator.objects.create(
        task=underway.held, name="Tờ gấp", measure="tờ", target=800, sum=Indicator.Sum.ADDED
    )
    report = make_report(cast.other_ward, make_period(underway.plan))
    entry = make_entry(report, underway.overdue, percent=60, result="Đã phát 400 tờ.")
    IndicatorValue.objects.create(entry=entry, indicator=indicator, value=400)
    file = make_attachment(report, cast.outsider, underway.overdue, name="anh.pdf")
    bring_to(report, "accepted", cast.staff, datetime(2026, 9, 19, 3, tzinfo=UTC))
    for person in (cast.leader, cast.outsider):
        page = shown(person, underway.overdue)
        assert texts(page, f"{COUNTED}//p[@class='pre-line mb-0']") == ["Đã phát 400 tờ."]
        assert texts(page, f"{COUNTED}//dl/div") == ["Tờ gấp (tờ) 400 400 of the target of 800 50%"]
        assert reverse("show-evidence", args=[file.pk]) in links(page)
        assert "accepted by Cán bộ thành phố, 10:00 19/09/2026" in words(page, COUNTED)


def test_others_stand_below_newest_first_with_what_was_replaced(cast, underway, shown):
    log(underway.soon, cast.staff, "in_progress", date(2026, 9, 10), 20, result="Mới bắt đầu.")
    period = make_period(underway.plan, name="Quý III/2026")
    for revision in (1, 2):
        report = make_report(cast.city, period, revision=revision)
        make_entry(report, underway.soon, percent=50 + revision)
        bring_to(report, "accepted", cast.staff, datetime(2026, 9, 18, 2 + revision, tzinfo=UTC))
    page = shown(cast.leader, underway.soon)
    assert "52%" in words(page, COUNTED)
    assert "Quý III/2026 · revision 2" in words(page, COUNTED)
    names = f"{OTHERS}/div[@class='holder']"
    assert texts(page, names) == [
        "Report: Quý III/2026 replaced by revision 2 In progress · 51%",
        "Logged progress, 15/09/2026 In progress · 40%",
        "Logged progress, 10/09/2026 In progress · 20%",
    ]
    assert "Mới bắt đầu." in words(page, OTHERS)


def test_the_page_of_a_day_gone_by_is_that_of_the_day(cast, underway, shown):
    before = words(shown(cast.leader, underway.late, on="2026-09-11"), "//article")
    assert "1 day past" in before
    assert "No report of it was accepted by this day." in before
    underway.held.due_on = date(2026, 12, 1)
    underway.held.save()
    assert words(shown(cast.leader, underway.late, on="2026-09-11"), "//article") == before
    assert "Done in time" in words(shown(cast.leader, underway.late), "//article")


def test_what_was_removed_since_is_still_there_on_its_day(cast, underway, shown):
    Assignment.objects.get(pk=underway.assignment.pk).remove()
    assert shown(cast.leader, underway.assignment).status_code == 404
    assert shown(cast.leader, underway.assignment, on="2026-09-19").status_code == 200


def test_one_that_has_ended_says_so_and_keeps_what_was_reported(cast, underway, shown):
    underway.late.remove()
    task = underway.held.get_absolute_url()
    for person, leads in ((cast.staff, True), (cast.leader, True), (cast.owner, False)):
        page = shown(person, underway.late)
        assert texts(page, "//article//div[@class='meta']/span") == [
            "phường Bãi Cát",
            "Carry out",
            "ended on 20/09/2026",
        ]
        assert "Logged progress, 12/09/2026" in words(page, COUNTED)
        assert (task in links(page)) is leads
        assert tree(page).xpath("//article//div[@class='actions']") == []
        before = shown(person, underway.late, on="2026-09-19")
        assert "ended on" not in words(before)
        assert f"{task}?on=2026-09-19" in links(before)
    assert shown(cast.outsider, underway.late).status_code == 404


def test_a_plan_that_the_officer_does_not_read_any_more_is_no_link(cast, underway, shown):
    address = underway.plan.get_absolute_url()
    underway.recipient.delete()
    assert address in links(shown(cast.owner, underway.late))
    underway.assignment.remove()
    underway.late.remove()
    page = shown(cast.owner, underway.late)
    assert address not in links(page)
    assert "Thực hiện nghị quyết mẫu" in words(page)


def test_a_day_gone_by_asks_for_what_was_wanted_then(cast, underway, shown):
    values = f"{COUNTED}//dl/div"
    added = Indicator.objects.create(task=underway.watched, name="Cuộc", target=10)
    last = Indicator.objects.create(task=underway.watched, name="Tỷ lệ", sum="last", target=50, position=1)
    for day, amount in ((16, 4), (18, 3)):
        report = make_report(cast.city, make_period(underway.plan, name=f"Kỳ {day}"))
        entry = make_entry(report, underway.soon)
        for indicator in (added, last):
            IndicatorValue.objects.create(entry=entry, indicator=indicator, value=amount)
        bring_to(report, "accepted", cast.staff, datetime(2026, 9, day, 3, tzinfo=UTC))
    told = [
        "Cuộc 3 last time 4 7 of the target of 10 70%",
        "Tỷ lệ 3 last time 4 3 of the target of 50 6%",
    ]
    with time_machine.travel(datetime(2026, 9, 21, 3, tzinfo=UTC)):
        added.target, added.name = 7, "Tên mới"
        added.save()
        page = shown(cast.leader, underway.soon, on="2026-09-20")
        assert texts(page, values) == told
        assert tree(page).xpath(f"{values}//progress/@value") == ["70", "6"]
        later = shown(cast.leader, underway.soon)
        assert texts(later, values)[0].startswith("Tên mới 3 last time 4 ✓ 7 of the target of 7 ")
        # Of one that has ended all that was reached still stands.
        underway.soon.remove()
        assert texts(shown(cast.leader, underway.soon), values) == texts(later, values)


def test_only_staff_are_led_to_log_and_change_and_only_today(cast, underway, shown):
    acts = {reverse(name, args=[underway.late.pk]) for name in ("log-progress", "edit-assignment")}
    for person, asked, found in (
        (cast.staff, {}, acts),
        (cast.staff, {"on": "2026-09-19"}, set()),
        (cast.leader, {}, set()),
        (cast.owner, {}, set()),
    ):
        assert acts & set(links(shown(person, underway.late, **asked))) == found


def test_an_officer_reads_the_own_units_and_finds_no_other(cast, underway, shown):
    assert shown(cast.owner, underway.late).status_code == 200
    assert shown(cast.owner, underway.overdue).status_code == 404
    assert shown(cast.outsider, underway.late).status_code == 404


def test_what_waits_or_was_returned_does_not_count(cast, underway, shown):
    for state in ("submitted", "returned"):
        report = make_report(cast.city, make_period(underway.plan, name=state))
        make_entry(report, underway.soon, percent=90)
        bring_to(report, state, cast.staff, datetime(2026, 9, 19, 3, tzinfo=UTC))
    assert "90%" not in words(shown(cast.leader, underway.soon), "//article")


def test_the_matrix_finds_the_part_to_open_and_the_day_to_leave_out(cast, underway, shown):
    (part,) = tree(shown(cast.leader, underway.soon)).xpath("//article[@data-part]")
    assert [form.get("class") for form in part.xpath(".//form")] == ["as-of"]
    assert part.xpath("count(.//h1)") == 1


def test_hostile_days_show_today(cast, underway, shown):
    for value in (*HOSTILE_NUMBERS, *HOSTILE_TEXTS):
        assert "40%" in words(shown(cast.leader, underway.soon, on=value), COUNTED), value


@pytest.mark.parametrize("reports", [2, 30])
def test_much_said_asks_no_more_than_little(cast, underway, as_user, django_assert_num_queries, reports):
    for number in range(reports):
        period = make_period(underway.plan, name=f"Kỳ {number}")
        report = make_report(cast.city, period)
        make_entry(report, underway.soon)
        make_attachment(report, cast.staff, underway.soon)
        bring_to(report, "accepted", cast.staff, datetime(2026, 9, 19, 3, tzinfo=UTC))
    client = as_user(cast.leader)
    with django_assert_num_queries(21):
        page = client.get(reverse("show-assignment", args=[underway.soon.pk]))
    assert len(tree(page).xpath("//article//li[contains(@class, 'told')]")) == reports
