"""Figures with their words: numbers, duals, singulars, ranges, and what is no figure."""

import pytest

from dashboard.extraction.figure_amounts import Amounts
from dashboard.extraction.figure_words import WordClass, dual_of, is_person, lookup, phrase_before
from dashboard.extraction.figures import find_figures
from dashboard.model.estimate import Counted
from dashboard.text.normalise import fold
from dashboard.text.prepared import prepare


def read(text: str) -> list[tuple[str, int | None, int | None]]:
    figures = find_figures(prepare(text, ()), [(0, len(text))])
    assert all(text[each.start : each.end].strip() for each in figures)
    return [(each.measure.value, each.low, each.high) for each in figures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ما أدى إلى مقتل ثلاثة مدنيين", [("killed", 3, 3)]),
        ("قتل مدنيان وأصيب خمسة آخرون", [("killed", 2, 2), ("wounded", 5, 5)]),
        ("مقتل جندي وإصابة آخر", [("killed", 1, 1), ("wounded", 1, 1)]),
        ("ما لا يقل عن 17 قتيلا", [("killed", 17, None)]),
        ("قتل 5 أشخاص على الأقل", [("killed", 5, None)]),
        ("عشرات الجرحى", [("wounded", 20, None)]),
        ("نزح مئات الآلاف من المدينة", [("displaced", 200_000, None)]),
        ("ما بين 50 و60 قتيلا", [("killed", 50, 60)]),
        ("15 إلى 20 جريحا", [("wounded", 15, 20)]),
        ("مقتل وإصابة 12 شخصا", [("killed", 1, 11), ("wounded", 1, 11)]),
        ("مقتل ثمانية أشخاص بينهم طفلان", [("killed", 8, 8)]),
        ("ثلاثة متظاهرين أصيبوا", [("wounded", 3, 3)]),
        ("ارتفع عدد القتلى إلى 41", [("killed", 41, 41)]),
        ("أسر مئة وعشرين عنصرا", [("detained", 120, 120)]),
        ("اعتقلت القوات فجر اليوم 12 فلسطينيا", [("detained", 12, 12)]),
        ("دمرت 3 دبابات وعربتين", [("vehicles", 5, 5)]),
        ("وصول تعزيزات تضم نحو 500 جندي", [("troops", 500, 500)]),
        ("مقتل مسؤول واثنين من مرافقيه", [("killed", 3, 3)]),
        ("لقي سبعة عشر مدنيا مصرعهم", [("killed", 17, 17)]),
    ],
)
def test_a_figure_has_its_measure_and_bounds(text: str, expected: list):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "قصفت الطائرات القرية في 20 آذار 2019",
        "دارت اشتباكات مع اللواء 444",
        "أفرجت السلطات عن 20 معتقلا",
        "شنت المقاتلات 12 غارة خلال 24 ساعة",
        "نزحت 300 عائلة",
        "تحييد 228 إرهابيا",
    ],
)
def test_other_numbers_are_no_figures(text: str):
    assert read(text) == []


def test_whom_a_figure_counts_is_read_from_the_noun():
    text = "قتل ثلاثة مدنيين وأصيب جنديان"
    figures = find_figures(prepare(text, ()), [(0, len(text))])
    assert [each.counted for each in figures] == [Counted.CIVILIANS, Counted.COMBATANTS]


def test_duals_are_told_from_plurals_that_are_written_alike():
    assert dual_of(fold("شخصين")) == fold("شخص")
    assert dual_of(fold("آليتين")) == fold("آلية")
    assert dual_of(fold("مدنيين")) is None


def test_words_are_found_behind_clitics_and_the_article():
    assert lookup(fold("والجرحى"), WordClass.VICTIM) == "wounded"
    assert is_person(fold("يمنيا"))
    assert phrase_before(fold("قتل ما لا يقل عن").split(), 5, WordClass.LOW) == 4


def test_a_number_with_a_unit_is_no_amount():
    assert Amounts(fold("24 ساعة").split(), [False, False]).amount(0) is None
