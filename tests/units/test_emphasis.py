import pytest
from hypothesis import given
from hypothesis import strategies as st

from units.emphasis import Emphasis
from units.searching import Question

LONG = "Mở đầu còn xa. " * 20


def excerpt(text: str, asked: str, *others: str) -> str:
    return Emphasis(Question(asked), [text, *others]).excerpt(text)


@pytest.mark.parametrize(
    ("text", "asked", "shown"),
    [
        ("Tổ hoà giải", "hoa giai", "Tổ <mark>hoà giải</mark>"),
        ("Tổ hoà giải", "giải hòa", "Tổ <mark>hoà giải</mark>"),
        ("Tổ ho\u0300a giải", "hoà", "Tổ <mark>hòa</mark> giải"),
        ("To\u0302\u0309 dan", "tổ", "<mark>Tổ</mark> dan"),
        ("Đồi Đỏ", "do", "Đồi <mark>Đỏ</mark>"),
        ("Việt Nam, năm 2026", "nam", "Việt <mark>Nam</mark>, <mark>năm</mark> 2026"),
        ("Việt Nam, năm 2026", "năm", "Việt Nam, <mark>năm</mark> 2026"),
        ("Việt Nam", "năm", "Việt <mark>Nam</mark>"),
        ("Đời sống ở Sơn", "son", "Đời sống ở <mark>Sơn</mark>"),
        ("Đời sống", "son", "Đời <mark>sốn</mark>g"),
        ("Kế hoạch 155- KH/TU và 155-QĐ", "155khtu", "Kế hoạch <mark>155- KH/TU</mark> và 155-QĐ"),
        ("số 05/KH-MTTQ", "5/kh", "số <mark>05/KH-MTTQ</mark>"),
        ("<b>Đậm</b> & 'x'", "dam", "&lt;b&gt;<mark>Đậm</mark>&lt;/b&gt; &amp; &#x27;x&#x27;"),
        ("a<b", "<b>", "a&lt;<mark>b</mark>"),
        ("Không gì", "zzz", "Không gì"),
        ("Không gì", "…", "Không gì"),
        ("", "gì", ""),
    ],
)
def test_what_was_found_is_marked_in_the_words_as_they_are_written(text, asked, shown):
    assert excerpt(text, asked) == shown


def test_a_word_that_another_text_of_the_row_has_whole_is_not_marked_inside_of_words():
    assert excerpt("Đời sống", "son", "phường Trường Sơn") == "Đời sống"
    assert excerpt("Sơn", "sớn", "sớn") == "Sơn"


def test_a_long_text_is_cut_at_words_around_what_was_found():
    assert excerpt(f"{LONG}Đã họp tổ dân phố. {LONG}", "tổ dân phố") == (
        "… Mở đầu còn xa. Mở đầu còn xa. Đã họp <mark>tổ dân phố</mark>. Mở đầu còn xa. Mở đầu còn xa."
        " Mở đầu còn xa. Mở đầu còn xa. Mở đầu còn xa. Mở đầu còn xa. Mở đầu còn xa. Mở đầu còn xa. Mở đầu …"
    )
    assert excerpt(LONG, "zzz").startswith("Mở đầu còn xa.")


def test_the_snippet_is_of_the_text_that_holds_most():
    texts = ["Tổ chức", "Không có", "Họp ở tổ dân phố"]
    emphasis = Emphasis(Question("tổ phố"), texts)
    assert emphasis.snippet(texts) == "Họp ở <mark>tổ</mark> dân <mark>phố</mark>"
    assert emphasis.snippet(texts[1:2]) == emphasis.snippet([]) == ""


@given(st.text(), st.text())
def test_any_text_and_question_give_an_excerpt_of_the_text(text, asked):
    shown = Emphasis(Question(asked), [text]).excerpt(text)
    assert shown.count("<mark>") == shown.count("</mark>")
    assert shown.replace("<mark>", "").replace("</mark>", "").count("<") == 0
