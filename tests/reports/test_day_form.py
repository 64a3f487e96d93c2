from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from reports.forms.state import DayForm

LAST_SECOND = datetime(2026, 9, 1, 23, 59, 59)


def test_a_page_that_is_made_at_midnight_speaks_of_one_day():
    with time_machine.travel(timezone.make_aware(LAST_SECOND), tick=False) as clock:
        form = DayForm({})
        clock.shift(timedelta(seconds=2))
        assert (form.day, form.is_past) == (date(2026, 9, 1), False)


@pytest.mark.parametrize(
    ("asked", "day"),
    [("2026-08-31", 31), ("31/08/2026", 31), ("2026-09-01", 1), ("2026-09-02", 1), ("31/02/26", 1), ("", 1)],
)
def test_a_day_that_has_come_is_shown_and_otherwise_today(asked, day):
    with time_machine.travel(timezone.make_aware(LAST_SECOND), tick=False):
        form = DayForm({"on": asked})
        assert (form.day.day, form.is_past) == (day, day == 31)
