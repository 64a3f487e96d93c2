from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from tests.factories import make_obligation, make_period, make_report, make_unit
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, in_english, links, texts, tree, words
from units.models import Succession, Unit

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
ROWS = "//main//li[@data-row]"
NAMES = f"{ROWS}//a[contains(@class, 'fw-semibold')]"
TABLE = "//main//table[@class='reporting-table']"
CHOICES = "//main//nav[contains(@class, 'reporting-choices')]/a"


def at(day: date, hour: int = 9):
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=HANOI), tick=False)


@pytest.fixture(autouse=True)
def _today():
    with at(date(2026, 9, 25)):
        yield


@pytest.fixture
def shown(as_user, work):
    """The page as a person gets it, in English."""
    url = reverse("show-reporting", args=[work.plan.pk])
    return lambda user, **asked: in_english(as_user(user)).get(url, asked)


def make_quarter(plan, name: str, first: date, last: date, due_on: date, **fields):
    return make_period(plan, name=name, figures_from=first, figures_to=last, due_on=due_on, **fields)


@pytest.fixture
def periods(work) -> SimpleNamespace:
    """Three quarters that were opened in June: the second is over, the third past its days of grace and not
    locked yet, the fourth to come."""
    with at(date(2026, 6, 1)):
        return SimpleNamespace(
            second=make_quarter(
                work.plan, "Quý II/2026", date(2026, 3, 15), date(2026, 6, 14), date(2026, 6, 20)
            ),
            third=make_quarter(
                work.plan,
                "Quý III/2026",
                date(2026, 6, 15),
                date(2026, 9, 14),
                date(2026, 9, 20),
                grace_days=3,
                locks_on=date(2026, 10, 31),
            ),
            fourth=make_quarter(
                work.plan, "Quý IV/2026", date(2026, 9, 15), date(2026, 12, 14), date(2026, 12, 20)
            ),
        )


@pytest.fixture
def units(periods, cast) -> dict[str, Unit]:
    """Of the third quarter A was in time, B within the days of grace, C late, D, the association E and F,
    which has an exception, have not reported; of the second, A alone was in time and D did not report."""
    with at(date(2026, 6, 2)):
        found = {name: make_unit(f"xã {name}") for name in "ABCDF"}
        found["E"] = make_unit("Hội E", Unit.Kind.MEMBER)
        for name, unit in found.items():
            until = {"extended_to": date(2026, 11, 10), "extension_reason": "Bão số 12"}
            make_obligation(periods.third, unit, **(until if name == "F" else {}))
            make_obligation(periods.fourth, unit)
        for name in "AD":
            make_obligation(periods.second, found[name])
    with at(date(2026, 6, 19)):
        make_report(found["A"], periods.second, "accepted", by=cast.staff)
    for name, day, state in (("A", 19, "accepted"), ("B", 22, "submitted"), ("C", 24, "returned")):
        with at(date(2026, 9, day)):
            make_report(found[name], periods.third, state, by=cast.staff)
    return found


def test_every_unit_has_a_cell_of_each_period_with_its_word_and_sign(cast, shown, units):
    for person in (cast.admin, cast.staff, cast.leader):
        page = shown(person)
        assert texts(page, f"{TABLE}/thead//th") == [
            "Unit",
            "In time",
            "Quý IV/2026 not due yet: 6 0/6 · 0%",
            "Quý III/2026 on time: 1; in grace: 1; late: 1; missing: 3 2/6 · 33%",
            "Quý II/2026 on time: 1; missing: 1 1/2 · 50%",
        ]
        found = tree(page).xpath(f"{TABLE}/tbody/tr")
        assert [[" ".join(cell.text_content().split()) for cell in row] for row in found] == [
            ["Hội E", "0/1", "– not due yet", "✕ missing", "owes none"],
            ["xã A", "2/2", "– not due yet", "✓ on time", "✓ on time"],
            ["xã B", "1/1", "– not due yet", "✓ in gracewaits for review", "owes none"],
            ["xã C", "0/1", "– not due yet", "! latereturned", "owes none"],
            ["xã D", "0/2", "– not due yet", "✕ missing", "✕ missing"],
            ["xã F", "0/1", "– not due yet", "✕ missingexception until 10/11/2026", "owes none"],
        ]


def test_a_cell_leads_to_the_report_or_to_the_page_of_the_period(cast, shown, units, periods):
    rows = tree(shown(cast.staff)).xpath(f"{TABLE}/tbody/tr")
    reports = {report.period_id: report for report in units["A"].reports.all()}
    pages = {period.pk: f"{period.get_absolute_url()}?state=missing" for period in vars(periods).values()}
    assert rows[1].xpath("td[position() > 1]//@href") == [
        pages[periods.fourth.pk],
        reports[periods.third.pk].get_absolute_url(),
        reports[periods.second.pk].get_absolute_url(),
    ]
    assert rows[0].xpath("td[position() > 1]//@href") == [pages[periods.fourth.pk], pages[periods.third.pk]]


def test_revisions_and_what_is_being_written_show_a_sign(cast, shown, units, periods):
    first = units["A"].reports.get(period=periods.third)
    second = make_report(units["A"], periods.third, "submitted", revision=2, by=cast.staff)
    make_report(units["D"], periods.third)
    page = shown(cast.leader)
    cells = texts(page, f"{TABLE}/tbody/tr/td[3]")
    assert (cells[1], cells[4]) == ("✓ on timerevision 2 · waits for review", "✕ missingbeing written")
    found = links(page)
    assert (first.get_absolute_url() in found, second.get_absolute_url() in found) == (True, False)


def test_who_has_not_reported_of_the_last_closed_period_is_listed(cast, shown, units, periods):
    page = shown(cast.leader)
    assert texts(page, ROWS) == [
        "Hội E ✕ missing",
        "xã D ✕ missing",
        "xã F exception until 10/11/2026: Bão số 12 ✕ missing",
    ]
    assert texts(page, "//main//section[@id='list']//h2") == ["Quý III/2026"]
    assert texts(page, "//main//*[@class='reporting-share']") == [
        "2/6 reports in time · 33% Due 20/09/2026 Days of grace until 23/09/2026 Lock after 31/10/2026"
    ]
    assert periods.third.get_absolute_url() in links(page)


def test_the_list_can_be_copied_into_a_message(cast, shown, units, work):
    page = shown(cast.leader, standing="on_time")
    [area] = tree(page).xpath("//main//textarea[@readonly]")
    assert area.text.strip().splitlines() == [
        "Thực hiện nghị quyết mẫu",
        "Quý III/2026, reports due 20/09/2026.",
        "As of 25/09/2026, 3 units have not sent their reports:",
        "- Hội E",
        "- xã D",
        "- xã F (exception until 10/11/2026)",
    ]
    [button] = tree(page).xpath("//main//button[@data-copy]")
    assert (button.get("data-copy"), button.get("data-done"), area.get("id")) == (
        "missing",
        "Copied",
        "missing",
    )


def test_in_vietnamese_too(cast, as_user, work, units):
    page = as_user(cast.leader).get(reverse("show-reporting", args=[work.plan.pk]))
    [area] = tree(page).xpath("//main//textarea")
    assert area.text.strip().splitlines()[1:] == [
        "Quý III/2026, hạn nộp báo cáo 20/09/2026.",
        "Đến ngày 25/09/2026 còn 3 đơn vị chưa nộp báo cáo:",
        "- Hội E",
        "- xã D",
        "- xã F (gia hạn riêng đến 10/11/2026)",
    ]
    assert texts(page, CHOICES) == [
        "Tất cả 6",
        "Đúng hạn 1",
        "Châm chước 1",
        "Gửi muộn 1",
        "Chưa nộp 3",
    ]


def test_before_it_is_late_all_who_have_not_sent_it_are_listed(cast, shown, units, periods):
    page = shown(cast.leader, on="2026-09-21")
    assert texts(page, NAMES) == ["Hội E", "xã B", "xã C", "xã D", "xã F"]
    [area] = tree(page).xpath("//main//textarea")
    assert area.text.splitlines()[2] == "As of 21/09/2026, 5 units have not sent their reports:"
    assert len(texts(shown(cast.leader, period=periods.fourth.pk), ROWS)) == 6


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        ("all", ["Hội E", "xã A", "xã B", "xã C", "xã D", "xã F"]),
        ("on_time", ["xã A"]),
        ("in_grace", ["xã B"]),
        ("in_time", ["xã A", "xã B"]),
        ("late", ["xã C"]),
        ("missing", ["Hội E", "xã D", "xã F"]),
        ("time_left", []),
        ("due", ["Hội E", "xã A", "xã B", "xã C", "xã D", "xã F"]),
    ],
)
def test_the_list_is_of_the_standing_that_is_asked_for(cast, shown, units, standing, expected):
    assert texts(shown(cast.leader, standing=standing), NAMES) == expected


def test_the_rows_tell_when_it_came_and_what_holds(cast, shown, units):
    assert texts(shown(cast.leader, standing="all"), ROWS) == [
        "Hội E ✕ missing",
        "xã A sent 19/09/2026 ✓ on time",
        "xã B sent 22/09/2026 waits for review ✓ in grace",
        "xã C sent 24/09/2026 returned ! late",
        "xã D ✕ missing",
        "xã F exception until 10/11/2026: Bão số 12 ✕ missing",
    ]


@pytest.mark.parametrize("asked", [{}, {"on": "2026-09-22"}, {"kind": "ward"}, {"period": "all"}])
def test_every_figure_leads_to_rows_whose_count_it_is(cast, shown, as_user, units, asked):
    page = shown(cast.leader, **asked)
    client = as_user(cast.leader)
    counted = tree(page).xpath("//main//a[@data-figure]")
    figures = [(link.get("href"), int(link.get("data-figure"))) for link in counted]
    rates = tree(page).xpath(f"{TABLE}/tbody//td[@class='rate']/a")
    figures += [(link.get("href"), int(link.text.split("/")[1])) for link in rates]
    url = page.request["PATH_INFO"]
    counts = {href: len(texts(client.get(url + href.split("#")[0]), ROWS)) for href, _figure in figures}
    assert [(href, counts[href]) for href, _figure in figures] == figures
    assert len(figures) >= 12


def test_all_periods_of_a_unit(cast, shown, units):
    page = shown(cast.leader, unit=units["A"].pk, period="all", standing="all")
    assert texts(page, ROWS) == [
        "xã A Quý IV/2026 – not due yet",
        "xã A Quý III/2026 sent 19/09/2026 ✓ on time",
        "xã A Quý II/2026 sent 19/06/2026 ✓ on time",
    ]
    assert (texts(page, "//main//section[@id='list']//h2"), tree(page).xpath("//main//textarea")) == (
        ["All periods: xã A"],
        [],
    )
    assert texts(page, f"{TABLE}/tbody/tr/th") == ["xã A"]


def test_one_kind_of_units(cast, shown, units):
    page = shown(cast.leader, kind="member")
    assert (texts(page, NAMES), texts(page, f"{TABLE}/tbody/tr/th")) == (["Hội E"], ["Hội E"])
    assert texts(page, f"{TABLE}/thead//th")[3] == "Quý III/2026 missing: 1 0/1 · 0%"


def test_the_filters_keep_what_is_asked_and_the_day(cast, shown, units, periods):
    page = shown(cast.leader, period=periods.second.pk, kind="ward", standing="all", on="2026-09-22")
    chosen = tree(page).xpath("//main//form[@class='as-of']//option[@selected]/@value")
    assert chosen == [str(periods.second.pk), "ward", ""]
    kept = tree(page).xpath("//main//form[@class='as-of']//input")
    assert {field.get("name"): field.get("value") for field in kept} == {
        "standing": "all",
        "on": "22/09/2026",
    }
    asked = f"standing=missing&period={periods.second.pk}&kind=ward&on=2026-09-22"
    assert f"?{asked}#list" in links(page)
    default = tree(shown(cast.leader)).xpath("//main//select[@name='period']/option[@selected]/@value")
    assert default == [str(periods.third.pk)]


def test_an_earlier_day_keeps_its_answer(cast, shown, units, periods):
    before = words(shown(cast.leader, on="2026-09-24"))
    with at(date(2026, 9, 26)):
        periods.third.due_on, periods.third.name = date(2026, 9, 25), "Quý III (lùi hạn)"
        periods.third.save()
        units["D"].short_name = "xã Đông"
        units["D"].save()
        make_obligation(periods.third, make_unit("xã G"))
        make_report(units["E"], periods.third, "submitted", by=cast.staff)
        assert words(shown(cast.leader, on="2026-09-24")) == before
        page = shown(cast.leader)
    assert texts(page, NAMES) == ["xã Đông", "xã F", "xã G"]
    assert texts(page, f"{TABLE}/thead//th")[3].startswith("Quý III (lùi hạn) on time: 3; in grace: 1;")


def test_a_merged_unit_stands_below_its_successor(cast, shown, units):
    Succession.objects.create(
        predecessor=units["D"], successor=units["A"], effective_on=date(2026, 9, 1), decision_number="1"
    )
    names = texts(shown(cast.leader), f"{TABLE}/tbody/tr/th")
    assert names == ["Hội E", "xã A", "xã Dnow xã A", "xã B", "xã C", "xã F"]
    assert texts(shown(cast.leader), ROWS)[1] == "xã D now xã A ✕ missing"


def test_a_unit_is_asked_for_with_those_that_go_on_in_it_and_its_rate_is_of_all(
    cast, shown, as_user, units, periods
):
    with at(date(2026, 6, 3)):
        Succession.objects.create(
            predecessor=units["A"], successor=units["E"], effective_on=date(2026, 9, 25)
        )
    page = shown(cast.leader)
    beside = {
        row.xpath("string(th//a)"): (row.xpath("string(td[@class='rate'])"), row.xpath("td/@rowspan"))
        for row in tree(page).xpath(f"{TABLE}/tbody/tr")
    }
    assert (beside["Hội E"], beside["xã A"], beside["xã D"]) == (("2/3", ["2"]), ("", []), ("0/2", ["1"]))
    [rate] = tree(page).xpath(f"{TABLE}/tbody/tr[th//a='Hội E']/td[@class='rate']/a/@href")
    asked = as_user(cast.leader).get(page.request["PATH_INFO"] + rate.split("#")[0])
    assert texts(asked, NAMES) == ["Hội E", "xã A", "xã A"]
    assert texts(shown(cast.leader, unit=units["E"].pk, standing="all"), NAMES) == ["Hội E", "xã A"]
    assert texts(shown(cast.leader, kind="member", standing="all"), NAMES) == ["Hội E", "xã A"]
    assert texts(shown(cast.leader), "//main//select[@name='unit']/option") == [
        "All",
        "Hội E",
        "xã B",
        "xã C",
        "xã D",
        "xã F",
    ]
    before = shown(cast.leader, unit=units["A"].pk, standing="all", on="2026-09-24")
    assert texts(before, NAMES) == ["xã A"]


def test_staff_get_to_the_exception_of_who_is_missing(cast, shown, units, periods):
    owed = {owed.unit_id: owed.pk for owed in periods.third.obligations.all()}
    expected = [reverse("extend-obligation", args=[owed[units[name].pk]]) for name in "EDF"]
    assert [link for link in links(shown(cast.staff)) if "extend" in link] == expected
    assert texts(shown(cast.staff), f"{ROWS}//a[contains(@href, 'extend')]") == [
        "Give an exception: Hội E",
        "Give an exception: xã D",
        "Change the exception: xã F",
    ]
    for page in (
        shown(cast.leader),
        shown(cast.staff, on="2026-09-24"),
        shown(cast.staff, period=periods.second.pk),
    ):
        assert [link for link in links(page) if "extend" in link] == []


def test_a_period_that_was_removed_since_has_no_link(cast, shown, units, periods):
    page = periods.fourth.get_absolute_url()
    with at(date(2026, 9, 24)):
        periods.fourth.remove()
    assert [link for link in links(shown(cast.leader, on="2026-09-23")) if link.startswith(page)] == []
    assert "Quý IV/2026" in words(shown(cast.leader, on="2026-09-23"))
    assert "Quý IV/2026" not in words(shown(cast.leader))


def test_when_all_have_reported_nothing_is_to_be_copied(cast, shown, periods):
    unit = make_unit("xã A")
    make_obligation(periods.third, unit)
    make_report(unit, periods.third, "submitted", by=cast.staff)
    page = shown(cast.leader)
    assert (tree(page).xpath("//main//textarea"), texts(page, ROWS)) == ([], [])
    assert "Every report has come." in words(page)
    assert "No unit is in this state." in words(shown(cast.leader, standing="in_grace"))


def test_while_some_may_still_come_it_is_not_said_that_all_have(cast, shown, periods):
    for name in "AB":
        make_obligation(periods.fourth, make_unit(f"xã {name}"))
    make_report(Unit.objects.get(short_name="xã A"), periods.fourth, "submitted", by=cast.staff)
    for period in (periods.fourth.pk, "all"):
        page = words(shown(cast.leader, period=period, standing="missing"))
        assert "No report is past due; 1 is not due yet." in page
        assert "Every report has come." not in page


def test_an_exception_hides_nobody_who_has_not_reported(cast, shown, periods):
    unit = make_unit("xã A")
    make_obligation(periods.third, unit, extended_to=date(2026, 11, 10), extension_reason="Bão số 12")
    page = shown(cast.leader)
    assert texts(page, ROWS) == ["xã A exception until 10/11/2026: Bão số 12 ✕ missing"]
    assert "Every report has come." not in words(page)
    assert "No unit is in this state." in words(shown(cast.leader, standing="time_left"))


def test_without_periods_staff_are_led_to_opening_one(cast, shown, work):
    opening = reverse("open-period", args=[work.plan.pk])
    assert opening in links(shown(cast.staff))
    leader = shown(cast.leader)
    assert ("No reporting periods yet" in words(leader), opening in links(leader)) == (True, False)


def test_before_the_first_period_the_page_says_so(cast, shown, units, work):
    page = shown(cast.staff, on="2026-05-31")
    assert "No reporting period was open by this day" in words(page)
    assert tree(page).xpath("//main//table") == []


def test_without_units_that_owe_anything(cast, shown, periods):
    page = shown(cast.staff)
    assert ("No unit owes a report here." in words(page), tree(page).xpath("//main//table")) == (True, [])


def test_the_page_of_the_period_and_this_one_lead_to_each_other(cast, as_user, shown, units, periods, work):
    there = as_user(cast.leader).get(periods.third.get_absolute_url())
    here = f"{reverse('show-reporting', args=[work.plan.pk])}?period={periods.third.pk}"
    assert here in links(there)
    assert periods.third.get_absolute_url() in links(shown(cast.leader, period=periods.third.pk))


@pytest.mark.parametrize("name", ["period", "kind", "unit", "standing", "on", "page"])
def test_what_the_address_cannot_mean_is_as_if_it_were_not_there(cast, shown, units, name):
    expected = texts(shown(cast.leader), ROWS)
    for value in [*HOSTILE_NUMBERS, *HOSTILE_TEXTS]:
        page = shown(cast.leader, **{name: value})
        assert (page.status_code, texts(page, ROWS)) == (200, expected)


def test_a_period_of_another_plan_is_told(cast, shown, units):
    page = shown(cast.leader, period=999)
    assert texts(page, "//main//form[@class='as-of']//*[contains(@class, 'invalid')]") == [
        "Select a valid choice. 999 is not one of the available choices."
    ]
    [chosen] = tree(page).xpath("//main//select[@name='period']/option[@selected]")
    assert chosen.text == "Quý III/2026"


def test_a_day_to_come_is_told_and_today_is_shown(cast, shown, units):
    page = shown(cast.leader, on="2026-09-26")
    assert "This day has not come yet." in words(page)
    assert texts(page, NAMES) == ["Hội E", "xã D", "xã F"]


@pytest.mark.parametrize("count", [11, 200])
def test_many_units_ask_no_more_than_few(cast, as_user, work, periods, django_assert_num_queries, count):
    for number in range(count):
        unit = make_unit()
        make_obligation(periods.third, unit)
        make_obligation(periods.second, unit)
        if number % 2:
            make_report(unit, periods.third, "submitted", by=cast.staff)
    client = as_user(cast.staff)
    url = reverse("show-reporting", args=[work.plan.pk])
    with django_assert_num_queries(10):
        page = client.get(url, {"standing": "all"})
    assert (len(texts(page, ROWS)), len(texts(page, f"{TABLE}/tbody/tr"))) == (count, count)
