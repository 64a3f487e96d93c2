from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from reports.state.days import end_of


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 9, 14), datetime(2026, 9, 14, 17, tzinfo=UTC)),
        (date(2025, 12, 31), datetime(2025, 12, 31, 17, tzinfo=UTC)),
        (date(2024, 2, 29), datetime(2024, 2, 29, 17, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_of_the_product(day, end):
    assert end_of(day) == end


def test_its_last_instant_belongs_to_it_and_the_end_to_the_next(settings):
    end = end_of(date(2026, 9, 14))
    last = end - timedelta(microseconds=1)
    assert [timezone.localdate(last), timezone.localdate(end)] == [date(2026, 9, 14), date(2026, 9, 15)]


def test_another_zone_has_another_end():
    with timezone.override("UTC"):
        assert end_of(date(2026, 9, 14)) == datetime(2026, 9, 15, tzinfo=UTC)
