"""Rows that are written many at a time; `test_telling` compares them with what people leave."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from reports.models import IndicatorValue, ProgressEntry
from reports.sample.book import Book
from tasks.models import Indicator
from tests.factories import make_entry, make_report

MORNING = datetime(2026, 9, 15, 2, tzinfo=UTC)
NOON = datetime(2026, 9, 15, 5, tzinfo=UTC)


@pytest.fixture
def entry(cast, work) -> ProgressEntry:
    return make_entry(make_report(cast.ward, plan=work.plan), work.assignment)


@pytest.fixture
def indicators(work) -> list[Indicator]:
    return [Indicator.objects.create(task=work.task, name=name) for name in ("Buổi", "Người")]


def history() -> list[tuple]:
    told = IndicatorValue.history.order_by("history_id")
    return list(told.values_list("id", "value", "history_type", "history_date", "history_user__username"))


def test_what_is_equal_is_not_told_again(cast, entry, indicators):
    book, value = Book(), IndicatorValue(entry=entry, indicator=indicators[0])
    for amount, at in (("4", MORNING), ("4", NOON), ("5.5", NOON)):
        book.put(value, cast.staff, at, value=Decimal(amount))
    assert IndicatorValue.objects.count() == 0
    book.write()
    assert IndicatorValue.objects.get().value == Decimal("5.50")
    assert history() == [
        (value.pk, Decimal("4.00"), "+", MORNING, "staff"),
        (value.pk, Decimal("5.50"), "~", NOON, "staff"),
    ]


def test_of_a_deleted_row_only_the_history_stays(cast, entry, indicators):
    book, value = Book(), IndicatorValue(entry=entry, indicator=indicators[0], value=Decimal(4))
    book.save(value, cast.staff, MORNING)
    book.delete(value, cast.owner, NOON)
    book.write()
    assert IndicatorValue.objects.count() == 0
    assert [(act, user) for _key, _value, act, _at, user in history()] == [("+", "staff"), ("-", "owner")]


def test_a_stored_row_is_no_longer_its_own(cast, entry, indicators):
    book, value = Book(), IndicatorValue(entry=entry, indicator=indicators[0], value=Decimal(4))
    book.save(value, cast.staff, MORNING)
    book.write()
    with pytest.raises(ValueError, match="is stored already"):
        book.put(value, cast.staff, NOON, value=Decimal(5))
    book.write()
    assert len(history()) == 1


def test_keys_go_on_after_those_that_are_there_and_before_those_that_come(cast, entry, indicators):
    first, second, third = (
        IndicatorValue(entry=entry, indicator=indicator, value=Decimal(4))
        for indicator in (indicators[0], indicators[1], Indicator.objects.create(task=entry.assignment.task))
    )
    first.save()
    book = Book()
    book.save(second, cast.staff, MORNING)
    book.write()
    third.save()
    assert (second.pk, third.pk) == (first.pk + 1, first.pk + 2)


def test_the_rules_of_the_table_hold(cast, entry, indicators):
    book = Book()
    value = IndicatorValue(entry=entry, indicator=indicators[0], value=Decimal(-1))
    book.save(value, cast.staff, MORNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        book.write()
