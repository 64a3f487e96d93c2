"""What is counted for a plan: by group and task, or one indicator by unit."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests.factories import make_assignment, make_group, make_period, make_plan, make_task, make_unit
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, in_english, links, texts, tree, words
from tests.reports.telling import on, tell
from units.models import Succession

ROWS = "//table/tbody/tr"
FIRST = "//table/tbody/tr[th[starts-with(., 'Lượt người dự')]]"
HEAD = ["Quý II", "Quý III", "Total", "Target of all", "Of the target"]


def rows(page, path: str = ROWS) -> list[str]:
    """What stands in the cells of each row, without the words that a bar is read aloud as."""
    found = tree(page)
    for title in found.xpath("//svg/title"):
        title.drop_tree()
    return [" ".join(" ".join(cell.text_content() for cell in row).split()) for row in found.xpath(path)]


@pytest.fixture
def counted(db, request):
    """Since January: a task of two wards with two indicators, another of one ward, and two quarters."""
    with on("2026-01-05"):
        cast, work = request.getfixturevalue("cast"), request.getfixturevalue("work")
        second = make_task(make_group(work.plan, position=1, number="2", title="Giám sát"), title="Kiểm tra")
        return SimpleNamespace(
            cast=cast,
            **vars(work),
            other=make_assignment(work.task, cast.other_ward),
            third=make_assignment(second, cast.ward),
            people=work.task.indicators.create(name="Lượt người dự", measure="lượt", target="1000"),
            models=work.task.indicators.create(name="Mô hình", sum="last", position=1),
            visits=second.indicators.create(name="Cuộc kiểm tra", target="2"),
            spring=make_period(
                work.plan, name="Quý II", figures_from=date(2026, 3, 15), figures_to=date(2026, 6, 14)
            ),
            summer=make_period(work.plan, name="Quý III"),
        )


@pytest.fixture
def reported(counted):
    """Both wards of the spring, the first of the summer too, with a revision."""
    by, people, models = counted.cast.staff, counted.people, counted.models
    spring, summer = counted.spring, counted.summer
    counted.reports = [
        tell(counted.assignment, "2026-06-16", by, {people: "1200", models: "4"}, spring),
        tell(counted.other, "2026-06-17", by, {people: "300.5", models: "7"}, spring),
        tell(counted.assignment, "2026-09-16", by, {people: "100", models: "5"}, summer),
        tell(counted.assignment, "2026-10-05", by, {people: "90", models: "5"}, summer, revision=2),
    ]
    return counted


@pytest.fixture
def shown(as_user, counted):
    """The page as a person gets it, in English; `asked` is what the address asks for."""

    def get(user=None, **asked):
        client = in_english(as_user(user or counted.cast.leader))
        return client.get(reverse("show-indicators", args=[counted.plan.pk]), asked)

    return get


def test_indicators_stand_by_group_and_task_with_their_periods_total_target_and_share(reported, shown):
    page = shown()
    assert texts(page, "//table/thead//th") == ["Indicator", *HEAD]
    assert rows(page) == [
        "1. Tuyên truyền, phổ biến",
        "1.1 Tổ chức hội nghị học tập",
        "Lượt người dự (lượt) 1,500.5 90 1,590.5 2,000 79%",
        "Mô hình (the last value counts) 11 5 12 – –",
        "2. Giám sát",
        "2.1 Kiểm tra",
        "Cuộc kiểm tra – – – 2 0%",
    ]


def test_numbers_are_written_the_vietnamese_way(reported, as_user):
    page = as_user(reported.cast.leader).get(reverse("show-indicators", args=[reported.plan.pk]))
    assert texts(page, f"{FIRST}/td")[:4] == ["1.500,5", "90", "1.590,5", "2.000"]


def test_past_days_show_what_was_known_and_asked_then(reported, shown):
    with on("2026-10-20"):
        reported.people.target = 5
        reported.people.save()
        reported.models.name = "Đổi tên"
        reported.models.save()
        reported.visits.delete()
    names = f"{ROWS}[td]/th"
    assert texts(shown(), names) == ["Lượt người dự (lượt)", "Đổi tên (the last value counts)"]
    assert rows(shown(on="2026-09-30"))[2:4] == [
        "Lượt người dự (lượt) 1,500.5 100 1,600.5 2,000 80%",
        "Mô hình (the last value counts) 11 5 12 – –",
    ]
    assert texts(shown(on="2026-06-16"), f"{FIRST}/td")[:4] == ["1,200", "–", "1,200", "2,000"]
    page = shown(on="2026-01-04")
    assert texts(page, "//table") == []
    assert "No task of the plan had an indicator on that day." in words(page)


def test_a_task_that_was_removed_leads_to_its_page_of_past_days(reported, shown, as_user):
    task = reported.third.task
    address = reverse("show-task", args=[task.pk])
    with on("2026-10-20"):
        task.remove()
    page = shown(on="2026-10-19")
    assert rows(page)[4:6] == ["2. Giám sát", "2.1 Kiểm tra"]
    assert f"{address}?on=2026-10-19" in links(page)
    assert as_user(reported.cast.leader).get(address, {"on": "2026-10-19"}).status_code == 200
    assert texts(shown(), "//tbody//th[contains(., 'Kiểm tra')]") == []


def test_the_address_narrows_to_a_group_a_task_a_kind_and_a_unit(reported, shown):
    ward, group = reported.cast.other_ward, reported.third.task.group
    names = f"{ROWS}[td]/th"
    assert texts(shown(group=group.pk), names) == ["Cuộc kiểm tra"]
    assert texts(shown(task=reported.task.pk), names) == [
        "Lượt người dự (lượt)",
        "Mô hình (the last value counts)",
    ]
    assert rows(shown(unit=ward.pk), f"{ROWS}[td]") == [
        "Lượt người dự (lượt) 300.5 – 300.5 1,000 30%",
        "Mô hình (the last value counts) 7 – 7 – –",
    ]
    with on("2026-01-06"):
        club = make_unit("Hội Nông dân", "member")
        make_assignment(reported.third.task, club)
    assert rows(shown(kind="member"), f"{ROWS}[td]") == ["Cuộc kiểm tra – – – 2 0%"]
    assert texts(shown(kind="member", unit=ward.pk), "//main//section//h2") == ["None is as you asked"]


def test_filters_are_kept_with_the_day_and_the_day_with_them(reported, shown):
    page = shown(unit=reported.cast.ward.pk, on="2026-09-30")
    address = reverse("show-indicators", args=[reported.plan.pk])
    asked = f"indicator={reported.people.pk}&unit={reported.cast.ward.pk}&on=2026-09-30"
    assert f"{address}?{asked}" in links(page)
    form = tree(page).xpath("//main//form[@class='as-of']")[0]
    assert form.xpath(".//input/@value") == ["30/09/2026"]
    assert form.xpath(".//select[@name='unit']/option[@selected]/@value") == [str(reported.cast.ward.pk)]


def hidden(page):
    return tree(page).xpath("//main//input[@type='hidden'][@name!='csrfmiddlewaretoken']")


def test_every_figure_leads_to_the_units_that_it_is_made_of(reported, shown):
    address = f"{reverse('show-indicators', args=[reported.plan.pk])}?indicator={reported.people.pk}"
    assert links(shown()).count(address) == 4
    page = shown(indicator=reported.people.pk)
    assert texts(page, "//main//section//h2") == ["Lượt người dự (lượt)"]
    assert texts(page, "//table/thead//th") == ["Unit", *HEAD]
    assert rows(page) == [
        "phường Bãi Cát 1,200 90 1,290 1,000 129%",
        "phường Đồi Thông 300.5 – 300.5 1,000 30%",
    ]
    assert rows(page, "//table/tfoot/tr") == ["2 units 1,500.5 90 1,590.5 2,000 79%"]


def test_every_value_leads_to_the_report_and_revision_that_it_came_from(reported, shown):
    first, other, old, new = reported.reports
    anchor = f"#entry-{reported.assignment.pk}"
    page = shown(indicator=reported.people.pk)
    led = [link for link in links(page) if link.startswith("/reports/")]
    assert led == [
        f"/reports/{first.pk}/{anchor}",
        f"/reports/{new.pk}/{anchor}",
        f"/reports/{other.pk}/#entry-{reported.other.pk}",
    ]
    then = links(shown(indicator=reported.people.pk, on="2026-10-04"))
    assert f"/reports/{old.pk}/{anchor}" in then
    assert f"/reports/{new.pk}/{anchor}" not in then


def test_what_was_logged_stands_beside_what_was_reported_and_outside_the_periods(reported, shown):
    tell(reported.assignment, "2026-09-14", reported.cast.staff, {reported.people: "10"})
    tell(reported.assignment, "2026-11-01", reported.cast.staff, {reported.people: "1"})
    page = shown(indicator=reported.people.pk)
    assert texts(page, "//table/thead//th")[1:4] == ["Quý II", "Quý III", "Outside the periods"]
    assert texts(page, f"{ROWS}[1]/td")[:4] == ["1,200", "10 + 90", "1", "1,301"]


def test_values_of_a_merged_unit_stand_under_its_successor(reported, shown):
    with on("2026-07-01"):
        ward, other = reported.cast.ward, reported.cast.other_ward
        Succession.objects.create(predecessor=ward, successor=other, effective_on=date(2026, 7, 1))
    page = shown(indicator=reported.people.pk)
    assert rows(page) == ["phường Đồi Thông 1,200 + 300.5 90 1,590.5 2,000 79%"]
    assert len(texts(shown(indicator=reported.people.pk, on="2026-06-30"), ROWS)) == 2


def test_what_tasks_of_a_group_count_alike_is_summed_for_the_group(reported, shown):
    with on("2026-01-06"):
        task = make_task(reported.group, title="Mít tinh", position=1)
        make_assignment(task, reported.cast.ward)
        task.indicators.create(name="Lượt người dự", measure="lượt", target="10")
    assert rows(shown(), f"{ROWS}[th/span[.='(whole group)']]") == [
        "Lượt người dự (lượt) (whole group) 1,500.5 90 1,590.5 2,010 79%"
    ]


def test_periods_that_overlap_are_told(reported, shown):
    assert texts(shown(), "//div[@class='note']") == []
    with on("2026-01-06"):
        make_period(reported.plan, name="Năm", figures_from=date(2026, 1, 1), figures_to=date(2026, 12, 31))
    assert texts(shown(), "//div[@class='note']") == [
        "The figures of Năm share days with those of periods that end earlier: what is reported in both is "
        "added up twice."
    ]


def test_a_plan_that_counts_nothing_says_where_indicators_are_added(cast, as_user):
    plan = make_plan()
    address = reverse("show-indicators", args=[plan.pk])
    page = in_english(as_user(cast.staff)).get(address)
    assert texts(page, "//section[contains(@class, 'empty')]/h2") == ["Nothing is counted for this plan"]
    assert reverse("show-content", args=[plan.pk]) in links(page)
    assert "as soon as city staff add them" in words(in_english(as_user(cast.leader)).get(address))


def test_names_are_text(counted, shown):
    with on("2026-01-06"):
        counted.people.name = "<script>x</script>{{ 7 }}"
        counted.people.save()
    page = shown()
    assert "<script>x" not in page.content.decode()
    assert "<script>x</script>{{ 7 }} (lượt)" in words(page)


@pytest.mark.parametrize("name", ["group", "task", "kind", "unit", "indicator", "on"])
def test_an_address_that_makes_no_sense_is_answered(reported, shown, name):
    for text in (*HOSTILE_NUMBERS, *HOSTILE_TEXTS):
        assert shown(**{name: text}).status_code == 200


@pytest.mark.parametrize("units", [11, 200])
@pytest.mark.parametrize("indicator", [False, True])
def test_many_units_ask_no_more_than_few(counted, as_user, django_assert_num_queries, indicator, units):
    values = {counted.people: "1", counted.models: "2"}
    with on("2026-01-06"):
        assignments = [make_assignment(counted.task, make_unit()) for _unit in range(units)]
    for assignment in assignments[: units // 5]:
        tell(assignment, "2026-06-16", counted.cast.staff, values, counted.spring)
        tell(assignment, "2026-07-16", counted.cast.staff, values)
    client = as_user(counted.cast.staff)
    asked = {"indicator": counted.people.pk} if indicator else {}
    with django_assert_num_queries(13):
        page = client.get(reverse("show-indicators", args=[counted.plan.pk]), asked)
    assert len(texts(page, ROWS)) == (units + 2 if indicator else 7)
