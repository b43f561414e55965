"""The names by which values are found: aliases, wordings of texts, initials, values of datasets."""

from collections.abc import Container

import pytest

from dashboard.model.corpus import Corpus
from dashboard.project.all_names import SEARCHED, all_names, place_names
from dashboard.query.facets import FACETS


@pytest.fixture(scope="module")
def names(corpus: Corpus) -> set[tuple[str, str, str]]:
    lexicon = corpus.lexicon
    known: dict[str, Container[str]] = {
        "places": frozenset({"ain_issa"}),
        "actors": frozenset({*lexicon.actors, "Army of A"}),
        "outlets": frozenset(lexicon.outlets),
        "speakers": frozenset(lexicon.speakers.keys() - {"sputnik"}),
        "kinds": frozenset(lexicon.kinds),
    }
    return set(all_names(corpus, known))


@pytest.mark.parametrize(
    "expected",
    [
        ("places", "ain_issa", "عين عيسى"),
        ("actors", "sdf", "قسد"),
        ("actors", "sdf", "SDF"),
        ("actors", "Army of A", "Army of A"),
        ("speakers", "sohr", "SOHR"),
        ("kinds", "arrest", "Arrest"),
    ],
)
def test_a_value_has_all_its_names(names: set[tuple[str, str, str]], expected: tuple[str, ...]):
    assert expected in names


def test_values_without_events_are_left_out(names: set[tuple[str, str, str]]):
    assert not any(field == "speakers" and value == "sputnik" for field, value, _name in names)
    assert {value for field, value, _name in names if field == "places"} == {"ain_issa"}


def test_any_place_has_all_its_names(corpus: Corpus):
    every = set(place_names(corpus))
    assert ("places", "manbij", "منبج") in every
    assert len({value for _field, value, _name in every}) > 1000


def test_what_is_searched_are_filters():
    assert set(SEARCHED) <= {facet.field for facet in FACETS}
