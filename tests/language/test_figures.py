"""Figures in words, in English and in Arabic."""

import pytest

from dashboard.language.figures import (
    bounds_words,
    estimate_words,
    figure_words,
    figures_in_words,
    range_words,
    sum_words,
)
from dashboard.language.language import ARABIC, using_language
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Counted, Estimate, Figure, FigureSum, Measure

KILLED = Measure.KILLED


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (3, 3, "3"),
        (0, 0, "0"),
        (3, 5, "3 to 5"),
        (3, None, "at least 3"),
        (0, 5, "up to 5"),
        (1200, 1900, "1,200 to 1,900"),
    ],
)
def test_bounds_say_what_is_open(low: int, high: int | None, words: str):
    assert bounds_words(low, high) == words


def test_a_best_figure_stands_before_its_range():
    assert figure_words(Figure(9, 12, 15)) == "12 (9 to 15)"
    assert figure_words(Figure(12, 12, 12)) == "12"
    assert figure_words(Figure(9, None, 15)) == "9 to 15"


def test_a_sum_stands_beside_the_number_of_events_without_a_figure():
    total = FigureSum(events=16, low=12, high=19, open_events=0)
    assert figures_in_words(KILLED, total, 46) == ["12 to 19 killed", "30 without a figure"]
    assert figures_in_words(KILLED, total, 16) == ["12 to 19 killed"]
    assert figures_in_words(KILLED, None, 46) == ["killed: no figure"]
    assert figures_in_words(KILLED, None, 0) == []


def test_a_sum_with_an_open_end_is_at_least():
    assert sum_words(KILLED, FigureSum(2, 12, 19, 1)) == "at least 12 killed"


def test_a_filter_names_its_bounds():
    assert range_words(Measure.WOUNDED, 3, None) == "with at least 3 wounded"
    assert range_words(Measure.WOUNDED, None, 3) == "with up to 3 wounded"


def test_an_estimate_says_whom_it_counts(corpus: Corpus):
    side = corpus.lexicon.actors["russian_forces"]
    troops = Estimate(
        Measure.TROOPS, None, 500, None, Counted.COMBATANTS, "russian_forces", "about 500"
    )
    assert "500 troops" in estimate_words(troops, side)
    assert side.name_en in estimate_words(troops, side)
    civilians = Estimate(KILLED, 2, None, 4, Counted.CIVILIANS, None, "2-4")
    assert estimate_words(civilians, None) == "2 to 4 killed (civilians)"
    everyone = Estimate(KILLED, None, 7, None, Counted.EVERYONE, None, "7")
    assert estimate_words(everyone, None) == "7 killed"


def test_arabic_figures_agree_with_any_number():
    with using_language(ARABIC):
        assert sum_words(KILLED, FigureSum(2, 3, 5, 0)).endswith("من القتلى")
