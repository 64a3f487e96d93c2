"""What a `folded` column holds, and that it holds all that somebody may look for."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from units.folding import NUMBER, fold, numbers, searchable, words
from units.searching import Question

NUMBERS = st.from_regex(r"[0-9]{1,3}[ ]?[-–/]?[ ]?(KH|NQ|QĐ|ubnd)[ ]?[-/][ ]?(TU|TW|MTTQ)", fullmatch=True)
PIECES = st.sampled_from(
    ["Ủy", "uỷ", "hoà", "đ", "năm", "-", "–", "/", " ", "\n", "155", "05", "KH", "\u0301"]
)
TEXTS = st.text() | st.lists(PIECES | NUMBERS | st.text(max_size=3)).map("".join)


def is_held(question: str, text: str) -> bool:
    """As the database compares."""
    return all(part in searchable("", text) for part in Question(question).parts)


@given(TEXTS)
def test_any_text_may_be_folded_and_looked_for(text):
    assert fold(fold(text)) == fold(text)
    assert searchable(text, text).count("\n") == 3
    assert len(Question(text).parts) <= 32


@given(TEXTS)
def test_any_word_of_a_text_finds_it(text):
    for word in text.split():
        assert is_held(word[:200], text)


@given(TEXTS)
def test_a_text_without_its_marks_finds_it_and_so_do_its_words_backwards(text):
    spoken = [word.plain for word in words(text)]
    assert all(word in searchable("", text) for word in fold(text).split() if word.isalnum())
    assert words(" ".join(reversed(spoken))) == [(word, word) for word in reversed(spoken)]


@given(
    st.integers(1, 999), st.sampled_from(["KH/TU", "NQ/TW", "QĐ-UBND", "KH-MTTQ-BTT"]), st.text(max_size=9)
)
def test_a_number_is_found_however_it_is_spaced(number, sign, after):
    text = f"Kế hoạch số {number}-{sign} {after}"
    kind, body = sign.replace("-", "/").split("/", 1)
    for asked in (
        f"{number}-{sign}",
        f"{number}- {sign}",
        f"{number} – {sign}",
        f"{number} {kind} {body}".replace("/", " "),
        f"{number}{sign}".replace("/", "").replace("-", ""),
        f"0{number}-{kind}".lower(),
    ):
        assert is_held(asked, text), asked


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kế hoạch 155- KH/TU ngày 30/12/2022", ["155khtu"]),
        ("217-QĐ/TW, 218 – QĐ/TW (12/12/2013)", ["217qdtw", "218qdtw"]),
        ("12/2023/QĐ-UBND và 05 KH MTTQ", ["122023qdubnd", "5kh"]),
        ("3 xã, năm 2025 - Trường Sơn, 20/9/2021, quý 3", []),
        ("05/KH - xã Quảng Minh", ["5kh"]),
        ("5-kh9, 155kh_x, 12 cv2, 3-kh - tu4", ["3kh"]),
    ],
)
def test_what_is_a_number_and_what_is_none(text, found):
    assert numbers(text) == found


@pytest.mark.parametrize(
    ("asked", "text", "held"),
    [
        ("thành", "Thành phố", True),
        ("than", "Thành phố", True),
        ("hanh", "Thành phố", False),
        ("hạn", "Thành phố", False),
        ("thàn", "Thành phố", False),
        ("iii", "khóa XIII", False),
        ("15", "năm 2015, 155 hộ, 15 hộ", True),
        ("15", "năm 2015, 155 hộ", False),
        ("55 kh", "155-KH/TU", False),
    ],
)
def test_a_word_is_found_from_its_beginning_and_with_marks_or_in_figures_whole(asked, text, held):
    assert is_held(asked, text) is held


def test_the_tone_may_stand_on_either_vowel():
    for old, new in (("ủy", "uỷ"), ("hòa", "hoà"), ("khỏe", "khoẻ"), ("thúy", "thuý")):
        assert words(old) == words(new)
    assert words("Hòa") != words("Hoa") != words("Hóa")


def test_marks_of_other_languages_part_no_word():
    assert words("Façade Škoda") == [("facade", "facade"), ("skoda", "skoda")]


def test_a_column_holds_the_name_the_rest_the_marks_and_the_numbers():
    held = searchable("Uỷ ban", "đã gửi 155- KH/TU")
    assert unicodedata.normalize("NFC", held).split("\n") == [
        " uy ban ",
        " da gui 155 kh tu ",
        " uỷ ban đã gưỉ 155 kh tu ",
        " 155khtu ",
    ]


def test_long_runs_of_one_sign_take_no_time():
    begun = time.monotonic()
    for sign in ("9", " ", "-", "k", "5 ", "5-k", "\u0301"):
        assert len(NUMBER.findall("5" + sign * 50_000)) <= 50_000
    assert time.monotonic() - begun < 5
