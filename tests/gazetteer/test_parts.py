"""Names in a text: misspelt ones, and what the words around a name say of it."""

import pytest

from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.misspelt import misspelt
from dashboard.gazetteer.surroundings import match_names
from dashboard.model.corpus import Corpus
from dashboard.text.normalise import fold
from dashboard.text.prepared import PreparedText, prepare


@pytest.fixture(scope="module")
def places(corpus: Corpus) -> PlaceIndex:
    return PlaceIndex(corpus.gazetteer)


def _prepared(text: str, places: PlaceIndex) -> PreparedText:
    return prepare(text, places.context.furniture)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قصف قرب عي عيسى أمس", "عين عيسي"),
        ("قصف قرب عين عيسى أمس", None),
        ("قصف قرب بيت عيسى أمس", None),
    ],
)
def test_one_wrong_letter_of_the_first_word_is_forgiven(
    places: PlaceIndex, text: str, name: str | None
):
    prepared = _prepared(text, places)
    known = [item.match for item in match_names(prepared, places) if not item.corrected]
    matches = list(misspelt(prepared, places, known))
    assert [fold(match.phrase) for match in matches] == ([] if name is None else [name])


def test_a_word_before_a_name_says_what_it_is(places: PlaceIndex):
    prepared = _prepared("اندلعت اشتباكات في قرية صيدا بريف عين عيسى.", places)
    by_name = {fold(item.match.phrase): item for item in match_names(prepared, places)}
    village = by_name["صيدا"]
    assert village.kind is not None
    assert fold(village.kind.word) == fold("قرية")
    assert not village.corrected
    start, end = village.sentence
    assert start == 0
    assert end >= len(prepared.original) - 1


def test_a_name_with_a_wrong_letter_is_marked_as_corrected(places: PlaceIndex):
    matches = match_names(_prepared("قصفت القوات بلدة عي عيسى أمس.", places), places)
    assert [item.corrected for item in matches] == [True]


def test_a_capital_may_mean_its_government(places: PlaceIndex):
    assert fold("دمشق") in places.governments
    assert fold("عين عيسى") not in places.governments
