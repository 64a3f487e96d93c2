import pytest

from reports.state.counts import percent


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(0, 0, 0), (0, 5, 0), (5, 5, 100), (14, 16, 88), (3, 8, 38), (1, 3, 33), (1, 1000, 1), (999, 1000, 99)],
)
def test_a_share_is_rounded_but_says_all_or_none_only_of_all_or_none(part, whole, shown):
    assert percent(part, whole) == shown
