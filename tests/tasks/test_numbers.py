from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tasks.forms.numbers import NumberField, read_number
from tasks.templatetags.figures import figure
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS

numbers = st.decimals(0, Decimal("9999999999999999.99"), places=2)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("007", "7"),
        ("1234", "1234"),
        ("1.234", "1234"),
        ("12.345.678", "12345678"),
        ("1,234,567", "1234567"),
        ("1.5", "1.5"),
        ("1,5", "1.5"),
        ("0,25", "0.25"),
        ("1234,5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234 567,89", "1234567.89"),
        ("1\u00a0234", "1234"),
        ("1\u202f234.5", "1234.5"),
        (" 12 ", "12"),
    ],
)
def test_both_spellings_are_read(text, number):
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-1", "negative"),
        ("−5", "negative"),
        ("1,234", "two_readings"),
        ("1,255", "two_readings"),
        ("0.255", "max_decimals"),
        ("1234.567", "max_decimals"),
        ("1.234,567", "max_decimals"),
        ("1 234.567", "max_decimals"),
        ("9" * 17, "too_large"),
        ("9" * 5000, "too_large"),
        ("1.23.456", "invalid"),
        ("1,234,5", "invalid"),
        ("1.234.5", "invalid"),
        ("12 34", "invalid"),
        ("5 %", "invalid"),
        ("5,", "invalid"),
        (",5", "invalid"),
        ("1e9", "invalid"),
        ("NaN", "invalid"),
        ("Infinity", "invalid"),
        ("٣", "invalid"),
        ("mười", "invalid"),
    ],
)
def test_what_is_no_number_or_two_is_refused(text, code):
    with pytest.raises(ValidationError) as refused:
        read_number(text)
    assert refused.value.code == code


@given(numbers)
def test_every_number_is_read_from_each_of_its_spellings(number):
    plain, grouped = f"{number:.2f}", f"{number:,.2f}"
    for text in (
        plain,
        plain.replace(".", ","),
        grouped,
        grouped.replace(",", "\u00a0"),
        grouped.replace(",", " ").replace(".", ","),
        grouped.translate({ord(","): ".", ord("."): ","}),
    ):
        assert read_number(text) == number, text


@given(numbers)
def test_what_a_vietnamese_page_shows_can_be_typed_again(number):
    with translation.override("vi"):
        assert read_number(figure(number)) == number


@pytest.mark.parametrize("language", ["vi", "en"])
@given(number=numbers)
def test_what_stands_in_a_field_is_read_as_itself_in_both_languages(language, number):
    with translation.override(language):
        shown = NumberField().prepare_value(number)
    assert NumberField().clean(shown) == number


@given(st.text(max_size=40) | st.text("0123456789., -+e\u00a0", max_size=25))
def test_any_text_is_a_number_of_the_column_or_refused(text):
    try:
        number = NumberField(required=False).clean(text)
    except ValidationError as refused:
        assert refused.messages  # noqa: PT017 - one of the two outcomes
        return
    assert number is None or (number >= 0 and number < 10**16 and number == round(number, 2))


@pytest.mark.parametrize("text", [*HOSTILE_NUMBERS, *HOSTILE_TEXTS])
def test_hostile_texts_are_refused_or_read(text):
    try:
        NumberField(required=False).clean(text)
    except ValidationError as refused:
        assert len(refused.messages) == 1  # noqa: PT017 - one of the two outcomes


def test_nothing_is_no_number_and_zero_is_one():
    field = NumberField(required=False)
    assert [field.clean(value) for value in (None, "", " ", "0")] == [None, None, None, 0]


def test_it_is_typed_as_text_with_the_keys_of_numbers():
    class Sheet(forms.Form):
        seen = NumberField(required=False)

    assert str(Sheet({"seen": "1.234"}, auto_id=False)["seen"]) == (
        '<input type="text" name="seen" value="1.234" inputmode="decimal" autocomplete="off">'
    )


@pytest.mark.parametrize(
    ("number", "vietnamese", "english"),
    [
        (Decimal("1234567.50"), "1.234.567,5", "1,234,567.5"),
        (Decimal("1000.00"), "1.000", "1,000"),
        (Decimal("0.05"), "0,05", "0.05"),
        (Decimal("9999999999999999.99"), "9.999.999.999.999.999,99", "9,999,999,999,999,999.99"),
        (30, "30", "30"),
        (Decimal(0), "0", "0"),
        (None, "", ""),
    ],
)
def test_a_figure_is_shown_as_the_office_writes_it(number, vietnamese, english):
    with translation.override("vi"):
        assert figure(number) == vietnamese
    with translation.override("en"):
        assert figure(number) == english
