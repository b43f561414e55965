"""Words that were misspelt, and the distance between two words."""

import pytest

from dashboard.query.spelling import Spelling, edits

WORDS = ["qamishli", "raqqa", "raqqa", "raqaa", "manbij", "عين", "القامشلي", "ain issa"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("raqqa", "raqqa", 0),
        ("raqa", "raqqa", 1),
        ("raqqas", "raqqa", 1),
        ("manbej", "manbij", 1),
        ("qamihsli", "qamishli", 1),  # two letters exchanged
        ("abc", "", 3),
        ("", "", 0),
    ],
)
def test_the_distance_counts_wrong_letters(one: str, other: str, expected: int):
    assert edits(one, other) == edits(other, one) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("qamshli", ["qamishli"]),
        ("qmshli", ["qamishli"]),  # two letters of a long word
        ("القامشلى", ["القامشلي"]),
        ("raqa", ["raqqa", "raqaa"]),  # the more frequent one first
        ("mnbj", []),  # two letters of a short one
        ("qamishli", []),  # not misspelt
        ("ai", []),
        ("", []),
    ],
)
def test_words_near_a_misspelt_one(word: str, expected: list[str]):
    assert list(Spelling(WORDS).near(word, 3)) == expected


def test_no_more_are_given_than_asked_for():
    assert Spelling(WORDS).near("raqa", 1) == ["raqqa"]
