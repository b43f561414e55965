"""A name that several parties have means the one of the text's country, or the one named before."""

from datetime import date

import pytest

from dashboard.actors.choose import Support, short_name, strong_name
from dashboard.actors.countries import named_countries
from dashboard.actors.find import find_actors
from dashboard.actors.index import ActorIndex
from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.resolve import find_places
from dashboard.model.corpus import Corpus
from dashboard.text.normalise import fold
from dashboard.text.prepared import prepare


@pytest.fixture(scope="module")
def places(corpus: Corpus) -> PlaceIndex:
    return PlaceIndex(corpus.gazetteer)


@pytest.fixture(scope="module")
def actors(corpus: Corpus) -> ActorIndex:
    return ActorIndex(corpus.lexicon.actors, corpus.lexicon.actor_names)


@pytest.fixture
def read(places: PlaceIndex, actors: ActorIndex):
    def read_in(text: str, on: date = date(2020, 6, 1)) -> list[str]:
        prepared = prepare(text, places.context.furniture)
        mentions = find_places(prepared, places)
        countries = named_countries(prepared, mentions, places)
        found = find_actors(prepared, actors, mentions, places.context, on, countries)
        return [mention.actor_id for mention in found]

    return read_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("شن طيران التحالف غارات على محافظة صعدة في اليمن", ["saudi_led_coalition"]),
        ("شن طيران التحالف غارات على الموصل في العراق", ["global_coalition"]),
        ("شن طيران التحالف غارات", ["coalition_unspecified"]),
        ("قصف الجيش حي الوادي في الخرطوم بالسودان", ["saf"]),
        ("قال شهود إن الجيش انتشر", ["army_unspecified"]),
        ("انسحب الجيش الوطني من ترهونة في ليبيا", ["lna"]),
    ],
)
def test_the_country_of_the_text_says_who_a_common_name_is(read, text: str, expected: list[str]):
    assert read(text) == expected


def test_the_army_is_the_one_that_was_named_in_full_last(read):
    text = "قصف الجيش الإسرائيلي بلدة في لبنان، وقال الجيش إنه استهدف منصة"
    assert read(text) == ["israeli_forces", "israeli_forces"]


def test_a_country_across_the_border_is_no_party_and_not_where_the_article_is(read, places):
    text = "قتل ثلاثة مدنيين في إدلب على الحدود مع تركيا"
    assert read(text) == ["civilians"]
    prepared = prepare(text, places.context.furniture)
    assert named_countries(prepared, find_places(prepared, places), places) == ("syria",)


def test_a_town_in_a_dateline_after_the_agency_is_no_government(read):
    assert "iraq" not in read("السومرية نيوز/ بغداد - أفاد مصدر أمني")


def test_names_for_one_country_are_left_out_elsewhere(actors: ActorIndex):
    names = actors.by_name[fold("طيران التحالف")]
    assert strong_name(names, ["lebanon"]) is None
    name = strong_name(names, ["yemen"])
    assert name is not None
    assert name.actor_id == "saudi_led_coalition"


def test_a_short_name_without_support_is_the_common_noun(actors: ActorIndex):
    names = actors.by_name[fold("الجيش")]
    resolved = short_name(names, Support(frozenset(), ()), actors)
    assert resolved is not None
    assert resolved[0].actor_id == "army_unspecified"
