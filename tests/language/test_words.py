"""Numbers, dates and plurals in each language."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.language.language import (
    ARABIC,
    CODES,
    DATES,
    DIGITS,
    ENGLISH,
    Language,
    using_language,
)
from dashboard.language.messages import plural, plural_forms
from dashboard.language.numbers import number, percent
from dashboard.language.words import all_of, any_of, day, from_left, isolate, month, when
from dashboard.model.when import DatePrecision, When
from dashboard.query.link import language_from, language_params

DAY = date(2020, 12, 27)


def test_months_are_levantine_in_arabic():
    with using_language(ARABIC):
        assert day(DAY) == "27 كانون الأول 2020"
        assert month(date(2021, 2, 1)) == "شباط 2021"


def test_digits_and_dates_are_the_readers_choice():
    with using_language(Language("ar", "arab")):
        assert day(DAY) == "٢٧ كانون الأول ٢٠٢٠"
        assert number(12345.5) == "١٢٬٣٤٥٫٥"
        assert percent(0.62).startswith("٦٢")
    with using_language(Language("en", "latn", "iso")):
        assert day(DAY) == "2020-12-27"
        assert number(1234.5) == "1,234.5"


def test_an_iso_date_is_isolated_in_arabic():
    """Without the isolate, Arabic letters before it would reverse its parts."""
    with using_language(Language("ar", "latn", "iso")):
        assert day(DAY) == "\u20662020-12-27\u2069"
    with using_language(Language("ar", "arab", "iso")):
        assert day(DAY) == "\u2066٢٠٢٠\u200e-\u200e١٢\u200e-\u200e٢٧\u2069"


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "0 حدث"),
        (1, "حدث واحد"),
        (2, "حدثان"),
        (3, "3 أحداث"),
        (10, "10 أحداث"),
        (11, "11 حدثًا"),
        (99, "99 حدثًا"),
        (100, "100 حدث"),
        (102, "102 حدث"),
        (103, "103 أحداث"),
    ],
)
def test_arabic_plurals(n: int, words: str):
    with using_language(ARABIC):
        assert plural("{n} event", "{n} events", n) == words


def test_plural_forms_for_the_browser_are_those_of_the_server():
    with using_language(ARABIC):
        forms = plural_forms("{n} event", "{n} events")
        categories = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}
        for category, n in categories.items():
            plural_form = forms[category].replace("{n}", str(n))
            assert plural_form == plural("{n} event", "{n} events", n)


def test_lists():
    assert any_of(["a", "b", "c"]) == "a, b or c"
    with using_language(ARABIC):
        assert all_of(["أ", "ب", "ج"]) == "أ، ب وج"


def test_the_words_for_an_interval_are_not_more_precise():
    open_ended = When(None, DAY, DatePrecision.OPEN)
    assert when(open_ended) == "by 27 December 2020"
    with using_language(ARABIC):
        assert when(open_ended) == "حتى 27 كانون الأول 2020"


def test_names_are_isolated_only_where_directions_mix():
    assert isolate("Ain Issa") == "Ain Issa"
    assert isolate("عين عيسى") == "\u2068عين عيسى\u2069"
    with using_language(ARABIC):
        assert isolate("M4") == "\u2068M4\u2069"


def test_using_language_ends_with_its_block():
    with using_language(ARABIC):
        pass
    assert plural("{n} event", "{n} events", 2) == "2 events"


@given(st.sampled_from(CODES), st.sampled_from(DIGITS), st.sampled_from(DATES))
def test_the_link_keeps_the_language(code: str, digits: str, dates: str):
    language = Language(code, digits, dates)  # type: ignore[arg-type]
    params = {key: [value] for key, value in language_params(language).items()}
    assert language_from(params, ENGLISH) == language


@given(st.dictionaries(st.sampled_from(["lang", "digits", "dates"]), st.lists(st.text(max_size=5))))
def test_an_invalid_language_in_a_link_is_ignored(params: dict[str, list[str]]):
    assert language_from(params, ARABIC).code in CODES


def test_coordinates_beside_an_arabic_name_are_not_reversed():
    assert from_left("(33.558, 35.371)") == "\u2066(33.558, 35.371)\u2069"
