import pytest

from plans.numbers import tidy_number
from plans.templatetags.numbers import unbroken


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Nghị quyết 28-NQ/TW về", 'Nghị quyết <span class="nowrap">28-NQ/TW</span> về'),
        ("Quyết định 217-QĐ/TW, 218-QĐ/TW", 'Quyết định <span class="nowrap">217-QĐ/TW</span>, '
         '<span class="nowrap">218-QĐ/TW</span>'),
        ("05/KH-MTTQ-BTT", '<span class="nowrap">05/KH-MTTQ-BTT</span>'),
        ("nhiệm kỳ 2019 - 2024, ngày 30/6/2026", "nhiệm kỳ 2019 - 2024, ngày 30/6/2026"),
        ("<b>1-A</b>", '&lt;b&gt;<span class="nowrap">1-A</span>&lt;/b&gt;'),
    ],
)  # fmt: skip
def test_a_number_stays_on_one_line(text, html):
    assert unbroken(text) == html


def test_a_number_loses_the_spaces_of_typing():
    assert tidy_number(" 155- KH/TU ") == "155-KH/TU"
    assert tidy_number("217 -QĐ / TW") == "217-QĐ/TW"
