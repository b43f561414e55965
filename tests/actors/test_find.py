"""Actors in text: loaded terms are marked, and a name may mean another actor on another day."""

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
def find(places: PlaceIndex, actors: ActorIndex):
    def find_in(text: str, on: date | None = date(2021, 1, 10)) -> list[ActorMention]:
        prepared = prepare(text, places.context.furniture)
        mentions = find_places(prepared, places)
        return list(find_actors(prepared, actors, mentions, places.context, on))

    return find_in


def ids(mentions: list[ActorMention]) -> list[str]:
    return [mention.actor_id for mention in mentions]


def test_an_actor_is_found_after_proclitics_with_the_outlets_words(find):
    text = "وقالت مصادر لقوات سوريا الديمقراطية"
    (mention,) = find(text)
    assert mention.actor_id == "sdf"
    assert text[mention.start : mention.end] == mention.surface == "قوات سوريا الديمقراطية"


def test_a_loaded_term_is_marked_and_names_the_same_actor(find):
    plain, loaded = find("قالت قسد ثم هاجمت ميليشيا قسد")
    assert plain.actor_id == loaded.actor_id == "sdf"
    assert (plain.loaded, loaded.loaded) == (False, True)
    assert "loaded" in str(loaded.reason)


def test_who_the_army_is_depends_on_the_day(find):
    text = "انتشرت قوات الجيش السوري في المدينة"
    assert ids(find(text, date(2021, 1, 1))) == ["syrian_government_forces"]
    assert ids(find(text, date(2025, 8, 31))) == ["syrian_ministry_of_defence_forces"]


def test_a_capital_that_acts_is_its_government_and_a_place_is_no_actor(find):
    assert ids(find("اتهمت أنقرة موسكو بالمماطلة")) == ["turkey", "russia"]
    assert ids(find("عقد اجتماع في أنقرة")) == []


def test_the_last_words_of_a_place_name_are_no_actor(find):
    assert ids(find("سيطرت قوات الدعم السريع على مدينة ود مدني في السودان")) == ["rsf"]
    assert "civilians" in ids(find("أصيب مدني في مدينة ود مدني في السودان"))


def test_a_country_with_nunation_is_an_adverb(find):
    assert "turkey" not in ids(find("الفصائل المدعومة تركيًا"))


def test_a_short_name_needs_the_full_one_somewhere(find):
    assert ids(find("هاجم الجيش الوطني القرية")) == []
    assert ids(find("هاجم الجيش الوطني السوري القرية، وقال الجيش الوطني إن")) == ["sna", "sna"]


def test_the_army_of_another_country_is_another_actor(find):
    assert "syrian_government_forces" not in ids(find("قال الجيش اللبناني إن النظام السوري"))


@pytest.mark.parametrize("text", ["", "   ", "قسد" * 5000, "\u202e\u0000قسد"])
def test_unusual_texts_raise_no_error(find, text: str):
    for mention in find(text):
        assert text[mention.start : mention.end] == mention.surface
