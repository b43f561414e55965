"""Numbers in digits and in words."""

import pytest

from dashboard.text.normalise import fold
from dashboard.text.numbers import number_at


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("١٢ شخصا", 12),
        ("1,500", 1500),
        ("3 آلاف شخص", 3000),
        ("ثلاثة قتلى", 3),
        ("أحد عشر جنديا", 11),
        ("إحدى عشرة جثة", 11),
        ("ثمانية عشر", 18),
        ("خمسة وعشرون", 25),
        ("ستة وخمسين مدنيا", 56),
        ("مئة وعشرين", 120),
        ("ثلاثمائة وخمسة", 305),
        ("خمسين ألفا", 50_000),
        ("ألفين ومئتين وخمسين", 2250),
        ("ألفي شخص", 2000),
        ("وثلاثة", 3),
        ("100 ألف", 100_000),
        ("three", 3),
    ],
)
def test_a_number_has_the_value_of_its_words(text: str, value: int):
    number = number_at(fold(text).split(), 0)
    assert number is not None
    assert number.value == value


def test_two_numbers_side_by_side_are_two():
    number = number_at(fold("ثلاثة وأربعة").split(), 0)
    assert number is not None
    assert (number.value, number.end) == (3, 1)


@pytest.mark.parametrize("text", ["قتيل", "أحد الجنود", "وصل", "12345678901", "عشرات"])
def test_other_words_are_no_numbers(text: str):
    assert number_at(fold(text).split(), 0) is None
