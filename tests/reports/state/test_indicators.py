"""What indicators add up to, on days gone by."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from reports.state.indicators import of_groups, overlapping
from reports.state.measuring import measured
from reports.state.register import Register
from tests.factories import make_assignment, make_group, make_period, make_plan, make_task, make_unit
from tests.reports.telling import on, tell
from units.models import Succession

AFTER = date(2026, 12, 1)


@pytest.fixture
def counting(db, request):
    """The work of two wards, with what is added up and what counts last, and two quarters, since January."""
    with on("2026-01-05"):
        cast, work = request.getfixturevalue("cast"), request.getfixturevalue("work")
        return SimpleNamespace(
            cast=cast,
            **vars(work),
            other=make_assignment(work.task, cast.other_ward),
            people=work.task.indicators.create(name="Lượt người dự", measure="lượt", target="100"),
            models=work.task.indicators.create(name="Mô hình", sum="last", position=1),
            second=make_period(
                work.plan, name="Quý II", figures_from=date(2026, 3, 15), figures_to=date(2026, 6, 14)
            ),
            third=make_period(work.plan, name="Quý III"),
        )


def rows(counting, day: date = AFTER) -> dict:
    return {row.indicator.name: row for row in measured(Register.of_plans([counting.plan], day))}


def figures(row) -> tuple:
    """By period, in all, wanted, and how much of it in percent."""
    return row.amounts, row.total, row.target, row.share


def said(counting, assignment, day, people=None, models=None, **more):
    values = {counting.people: people, counting.models: models}
    told = {indicator: value for indicator, value in values.items() if value is not None}
    return tell(assignment, day, counting.cast.staff, told, **more)


def test_nothing_was_reported(counting):
    assert figures(rows(counting)["Lượt người dự"]) == ([None, None], None, Decimal(200), 0)
    assert figures(rows(counting)["Mô hình"]) == ([None, None], None, None, None)


def test_periods_add_up_or_the_last_value_of_each_unit_counts_and_units_add_up(counting):
    first, other = counting.assignment, counting.other
    said(counting, first, "2026-06-16", 30, 4, period=counting.second)
    said(counting, other, "2026-06-17", 50, 7, period=counting.second)
    said(counting, first, "2026-09-16", 45, 5, period=counting.third)
    found = rows(counting)
    assert figures(found["Lượt người dự"]) == ([80, 45], 125, 200, 62)
    assert figures(found["Mô hình"]) == ([11, 5], 12, None, None)
    assert [cell.total for cell in found["Lượt người dự"].cells] == [80, 125]
    assert [cell.total for cell in found["Mô hình"].cells] == [11, 12]
    before = rows(counting, date(2026, 9, 15))
    assert figures(before["Lượt người dự"]) == ([80, None], 80, 200, 40)
    assert figures(before["Mô hình"]) == ([11, None], 11, None, None)
    assert rows(counting, date(2026, 6, 16))["Lượt người dự"].total == 30
    assert rows(counting, date(2026, 6, 15))["Lượt người dự"].total is None


def test_a_revision_counts_from_the_day_that_it_was_accepted(counting):
    said(counting, counting.assignment, "2026-09-16", 45, period=counting.third)
    said(counting, counting.assignment, "2026-10-02", 40, period=counting.third, revision=2)
    assert figures(rows(counting)["Lượt người dự"]) == ([None, 40], 40, 200, 20)
    assert figures(rows(counting, date(2026, 10, 1))["Lượt người dự"]) == ([None, 45], 45, 200, 22)


def test_what_was_logged_falls_into_the_period_that_holds_its_day(counting):
    said(counting, counting.assignment, "2026-06-14", 1, 10)
    said(counting, counting.assignment, "2026-06-15", 2, 20)
    said(counting, counting.assignment, "2026-09-14", 4, 30)
    assert figures(rows(counting)["Lượt người dự"]) == ([1, 6], 7, 200, 3)
    assert figures(rows(counting)["Mô hình"]) == ([10, 30], 30, None, None)
    said(counting, counting.assignment, "2026-09-15", 8)
    found = rows(counting)["Lượt người dự"]
    assert [column and column.name for column in found.columns] == ["Quý II", "Quý III", None]
    assert figures(found) == ([1, 6, 8], 15, 200, 7)


def test_a_log_that_two_periods_hold_counts_once_in_the_one_that_ends_first(counting):
    with on("2026-01-06"):
        year = make_period(
            counting.plan, name="Năm", figures_from=date(2026, 1, 1), figures_to=date(2026, 12, 31)
        )
    said(counting, counting.assignment, "2026-07-01", 3)
    assert figures(rows(counting)["Lượt người dự"]) == ([None, 3, None], 3, 200, 1)
    assert overlapping(rows(counting)["Lượt người dự"].columns) == [year]
    assert overlapping([counting.second, counting.third, None]) == []


def test_a_period_stands_there_from_its_first_day_or_its_first_value(counting):
    def columns(day):
        return [column.name for column in rows(counting, day)["Mô hình"].columns]

    assert [columns(date(2026, 3, 14)), columns(date(2026, 3, 15))] == [[], ["Quý II"]]
    said(counting, counting.assignment, "2026-06-01", 5, period=counting.third)
    assert columns(date(2026, 5, 31)) == ["Quý II"]
    assert columns(date(2026, 6, 1)) == ["Quý II", "Quý III"]


def test_what_was_wanted_and_who_had_it_are_those_of_the_day(counting):
    with on("2026-07-01"):
        counting.people.target, counting.people.name = 300, "Người dự"
        counting.people.save()
        make_assignment(counting.task, make_unit())
    before, after = rows(counting, date(2026, 6, 30)), rows(counting)
    assert list(before) == ["Lượt người dự", "Mô hình"]
    assert list(after) == ["Người dự", "Mô hình"]
    assert (before["Lượt người dự"].target, after["Người dự"].target) == (200, 900)


def test_past_days_keep_what_was_removed_since(counting):
    with on("2026-05-01"):
        task = make_task(counting.group, title="Trồng cây", position=1)
        trees = task.indicators.create(name="Cây")
    with on("2026-07-01"):
        trees.delete()
        counting.other.remove()
    with on("2026-08-01"):
        task.remove()
    assert list(rows(counting, date(2026, 4, 30))) == ["Lượt người dự", "Mô hình"]
    assert list(rows(counting, date(2026, 6, 30))) == ["Lượt người dự", "Mô hình", "Cây"]
    assert list(rows(counting, date(2026, 7, 1))) == ["Lượt người dự", "Mô hình"]
    assert rows(counting, date(2026, 6, 30))["Lượt người dự"].target == 200
    assert rows(counting, date(2026, 7, 1))["Lượt người dự"].target == 100


def test_what_a_unit_did_stays_when_the_task_is_taken_from_it_but_its_last_value_does_not(counting):
    said(counting, counting.assignment, "2026-06-16", 30, 4, period=counting.second)
    said(counting, counting.other, "2026-06-16", 50, 7, period=counting.second)
    with on("2026-07-01"):
        counting.other.remove()
    assert rows(counting, date(2026, 6, 30))["Mô hình"].total == 11
    found = rows(counting)
    assert figures(found["Lượt người dự"]) == ([80, None], 80, 100, 80)
    assert figures(found["Mô hình"]) == ([4, None], 4, None, None)


def merge(counting, day: str) -> None:
    """From that day the first ward goes on in the other."""
    with on("2026-06-20"):
        Succession.objects.create(
            predecessor=counting.cast.ward,
            successor=counting.cast.other_ward,
            effective_on=date.fromisoformat(day),
        )


def test_values_of_a_unit_that_was_merged_are_told_under_its_successor(counting):
    said(counting, counting.assignment, "2026-06-16", 30, 4, period=counting.second)
    said(counting, counting.other, "2026-06-17", 50, 7, period=counting.second)
    merge(counting, "2026-07-01")

    def by_unit(name, day):
        return {unit.short_name: (own.total, own.target) for unit, own in rows(counting, day)[name].by_unit}

    before, after = date(2026, 6, 30), date(2026, 7, 1)
    assert by_unit("Lượt người dự", before) == {"phường Bãi Cát": (30, 100), "phường Đồi Thông": (50, 100)}
    assert by_unit("Lượt người dự", after) == {"phường Đồi Thông": (80, 200)}
    assert by_unit("Mô hình", after) == {"phường Đồi Thông": (11, None)}
    said(counting, counting.other, "2026-09-16", 9, 12, period=counting.third)
    assert by_unit("Lượt người dự", date(2026, 9, 16)) == {"phường Đồi Thông": (89, 200)}
    # The successor has spoken of both: what its predecessor had counts no more.
    assert by_unit("Mô hình", date(2026, 9, 16)) == {"phường Đồi Thông": (12, None)}
    assert rows(counting)["Mô hình"].amounts == [11, 12]


def test_percents_of_several_units_are_not_added(counting):
    with on("2026-01-06"):
        counting.models.measure, counting.models.target = "%", 80
        counting.models.save()
    said(counting, counting.assignment, "2026-06-16", None, 50, period=counting.second)
    said(counting, counting.other, "2026-06-17", None, "75.5", period=counting.second)
    assert figures(rows(counting)["Mô hình"]) == ([Decimal("62.8"), None], Decimal("62.8"), 80, 78)
    with on("2026-01-07"):
        task = make_task(counting.group, title="Mít tinh", position=1)
        task.indicators.create(name="Mô hình", measure="%", sum="last")
    (group,) = of_groups(measured(Register.of_plans([counting.plan], AFTER)))
    assert group.sums == []


def test_what_tasks_of_a_group_count_alike_is_summed(counting):
    with on("2026-01-06"):
        task = make_task(counting.group, title="Mít tinh", position=1)
        make_assignment(task, counting.cast.ward)
        task.indicators.create(name="lượt người DỰ", measure="Lượt", target="10")
        task.indicators.create(name="Cây", measure="cây")
    said(counting, counting.assignment, "2026-06-16", 30, period=counting.second)
    (group,) = of_groups(measured(Register.of_plans([counting.plan], AFTER)))
    assert [(task.number, len(own)) for task, own in group.tasks] == [("1.1", 2), ("1.2", 2)]
    assert [(row.indicator.name, *figures(row)) for row in group.sums] == [
        ("Lượt người dự", [30, None], 30, 210, 14)
    ]


def test_a_value_leads_to_what_its_report_says_of_the_assignment(counting):
    report = said(counting, counting.assignment, "2026-06-16", 30, period=counting.second)
    (value,) = rows(counting)["Lượt người dự"].values
    assert (value.period, value.unit, value.closes_on) == (
        counting.second,
        counting.cast.ward,
        date(2026, 6, 14),
    )
    assert value.get_absolute_url() == f"/reports/{report.pk}/#entry-{counting.assignment.pk}"


def test_a_task_that_was_moved_to_another_plan_keeps_its_values_in_the_periods_of_their_days(counting):
    said(counting, counting.assignment, "2026-06-10", 30, period=counting.second)
    with on("2026-07-01"):
        plan = make_plan(title="Kế hoạch mới")
        spring = make_period(plan, name="Sáu tháng", figures_from=date(2026, 1, 1))
        counting.task.group = make_group(plan)
        counting.task.save()
    (row, _models) = measured(Register.of_plans([plan], AFTER))
    assert (row.columns, row.amounts) == ([spring], [30])
    assert rows(counting, date(2026, 6, 30))["Lượt người dự"].amounts == [30, None]
    assert rows(counting) == {}
