"""Parties in text: loaded terms kept, names that change hands read by their day."""

from datetime import date

import pytest

from dashboard.actors.find import ActorMention, find_actors
from dashboard.actors.index import ActorIndex
from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.resolve import find_places
from dashboard.model.corpus import Corpus
from dashboard.text.prepared import prepare


@pytest.fixture(scope="module")
def places(corpus: Corpus) -> PlaceIndex:
    return PlaceIndex(corpus.gazetteer)


@pytest.fixture(scope="module")
def actors(corpus: Corpus) -> ActorIndex:
    return ActorIndex(corpus.lexicon.actors, corpus.lexicon.actor_names)


@pytest.fixture
def found(places: PlaceIndex, actors: ActorIndex):
    def find(text: str, on: date | None = date(2021, 1, 10)) -> list[ActorMention]:
        prepared = prepare(text, places.context.furniture)
        named = find_places(prepared, places)
        return list(find_actors(prepared, actors, named, places.context, on))

    return find


def ids(mentions: list[ActorMention]) -> list[str]:
    return [mention.actor_id for mention in mentions]


def test_a_party_is_found_behind_clitics_and_its_words_stay_the_outlets(found):
    text = "وقالت مصادر لقوات سوريا الديمقراطية"
    (mention,) = found(text)
    assert mention.actor_id == "sdf"
    assert text[mention.start : mention.end] == mention.surface == "قوات سوريا الديمقراطية"


def test_a_loaded_term_is_marked_and_read_as_the_same_party(found):
    plain, loaded = found("قالت قسد ثم هاجمت ميليشيا قسد")
    assert plain.actor_id == loaded.actor_id == "sdf"
    assert (plain.loaded, loaded.loaded) == (False, True)
    assert "loaded" in loaded.reason


def test_who_the_army_is_depends_on_the_day(found):
    text = "انتشرت قوات الجيش السوري في المدينة"
    assert ids(found(text, date(2021, 1, 1))) == ["syrian_government_forces"]
    assert ids(found(text, date(2025, 8, 31))) == ["syrian_ministry_of_defence_forces"]


def test_a_capital_that_acts_is_its_government_and_one_that_is_a_place_is_none(found):
    assert ids(found("اتهمت أنقرة موسكو بالمماطلة")) == ["turkey", "russia"]
    assert ids(found("عقد اجتماع في أنقرة")) == []


def test_a_country_with_nunation_is_an_adverb(found):
    assert "turkey" not in ids(found("الفصائل المدعومة تركيًا"))


def test_a_short_name_needs_the_full_one_somewhere(found):
    assert ids(found("هاجم الجيش الوطني القرية")) == []
    assert ids(found("هاجم الجيش الوطني السوري القرية، وقال الجيش الوطني إن")) == ["sna", "sna"]


def test_another_countrys_army_is_not_ours(found):
    assert "syrian_government_forces" not in ids(found("قال الجيش اللبناني إن النظام السوري"))


@pytest.mark.parametrize("text", ["", "   ", "قسد" * 5000, "\u202e\u0000قسد"])
def test_odd_texts_do_no_harm(found, text: str):
    for mention in found(text):
        assert text[mention.start : mention.end] == mention.surface
