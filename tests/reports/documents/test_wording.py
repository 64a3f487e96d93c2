import pytest

from reports.documents.papers.summary.wording import lines_of, voices
from reports.state.summary import Words
from units.models import Unit


@pytest.mark.parametrize(
    "said",
    [
        "10.000 hộ chưa đăng ký",
        "1.500 đoàn viên chưa tham gia",
        "12.5 tỷ chưa giải ngân",
        "-5% so với cùng kỳ",
        "03.9.2026 mới nhận kinh phí",
        "P. Bãi Cát chưa phối hợp",
        "A.I. chưa dùng được",
    ],
)
def test_what_looks_like_a_number_before_a_line_stays(said):
    assert lines_of(said) == [said]


@pytest.mark.parametrize("before", ["- ", "–", "+ ", "• ", "1. ", "1.2. ", "12) ", "a) ", "đ. ", "2."])
def test_numbers_and_dashes_before_a_line_go(before):
    assert lines_of(f"{before}Thiếu cán bộ.") == ["Thiếu cán bộ"]
    assert lines_of(f"{before.strip()} 10.000 hộ chưa đăng ký;") == ["10.000 hộ chưa đăng ký"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thiếu bàn", "Thiếu bản"),
        ("Tăng 1,5%", "Tăng 15%"),
        ("Tăng 5", "Tăng -5"),
        ("Chi 1.5 tỷ", "Chi 15 tỷ"),
    ],
)
def test_only_the_same_words_are_said_together(one, other):
    units = [Unit(pk=1, short_name="phường A"), Unit(pk=2, short_name="phường B")]
    apart = voices([Words(units[0], one), Words(units[1], other)])
    assert [(voice.text, voice.units) for voice in apart] == [(one, ("phường A",)), (other, ("phường B",))]
    (together,) = voices([Words(units[0], one), Words(units[1], f"- {one.upper()};")])
    assert together.units == ("phường A", "phường B")
