"""`unlisted_parties`: groups that the list of names lacks, and "the group" for one named before."""

from datetime import date

import pytest

from dashboard.extraction.reader import Reader
from dashboard.extraction.unlisted_parties import UNLISTED
from dashboard.model.corpus import Corpus
from dashboard.model.event import ActorRole


@pytest.fixture(scope="module")
def reader(corpus: Corpus) -> Reader:
    return Reader(corpus.gazetteer, corpus.lexicon.actors, corpus.lexicon.actor_names)


def _parties(reader: Reader, text: str) -> list[tuple[str, str, ActorRole]]:
    """The parties of the last act of a text: their ids, words and roles."""
    act = reader.read(text, date(2020, 1, 7)).suggestions[-1]
    return [(actor.actor_id, text[actor.start : actor.end], actor.role) for actor in act.actors]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("سيطرت كتيبة شهداء المرقب على مدينة سرت أمس.", "كتيبة شهداء المرقب"),
        ("سيطر اللواء 777 على مدينة سرت أمس.", "اللواء 777"),
        ("سيطر اللواء السابع على مدينة سرت أمس.", "اللواء السابع"),
        ("سيطرت حركة السواعد على مدينة سرت أمس.", "حركة السواعد"),
    ],
)
def test_a_group_that_the_list_lacks_is_a_party_in_its_own_words(
    reader: Reader, text: str, words: str
):
    assert _parties(reader, text) == [(UNLISTED, words, ActorRole.INITIATOR)]


@pytest.mark.parametrize(
    "text",
    [
        "سيطرت قوة عسكرية كبيرة على مدينة سرت أمس.",
        "تعطلت حركة السير بعد قصف مدينة سرت أمس.",
        "سيطرت قوات دخلت المدينة على سرت أمس.",
    ],
)
def test_common_words_after_a_group_name_nobody(reader: Reader, text: str):
    assert UNLISTED not in [actor_id for actor_id, _, _ in _parties(reader, text)]


def test_a_unit_of_a_known_party_is_that_party(reader: Reader):
    text = "سيطرت كتيبة 604 مشاة التابعة للجيش الوطني الليبي على مدينة سرت أمس."
    words = "كتيبة 604 مشاة التابعة للجيش الوطني الليبي"
    assert _parties(reader, text) == [("lna", words, ActorRole.INITIATOR)]


def test_the_group_is_the_one_named_last_with_this_word(reader: Reader):
    text = "قصفت تركيا مواقع وحدات حماية الشعب.\nثم انسحبت الوحدات من مدينة عين عيسى أمس."
    assert _parties(reader, text) == [("ypg", "الوحدات", ActorRole.INITIATOR)]


def test_who_withdraws_is_named_before_the_relative_pronoun(reader: Reader):
    text = "سيطر الجيش الوطني الليبي على مواقع قوة حماية الساحل، التي انسحبت من سرت أمس."
    assert _parties(reader, text) == [(UNLISTED, "قوة حماية الساحل", ActorRole.INITIATOR)]


@pytest.mark.parametrize("words", ["هذه القوات", "القوات ذاتها"])
def test_these_forces_are_those_named_first_in_the_sentence_before(reader: Reader, words: str):
    first = "سيطرت قوات سوريا الديمقراطية على مدينة منبج بعد انسحاب قوات النظام منها."
    text = f"{first}\nثم انسحبت {words} من مدينة عين عيسى أمس."
    assert _parties(reader, text) == [("sdf", "القوات", ActorRole.INITIATOR)]


def test_the_forces_alone_may_be_any(reader: Reader):
    text = "سيطرت قوات سوريا الديمقراطية على مدينة منبج.\nثم انسحبت القوات من مدينة عين عيسى أمس."
    assert _parties(reader, text) == []
