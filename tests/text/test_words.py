from hypothesis import given
from hypothesis import strategies as st

from dashboard.text.by_word import ByKey, ByWord, cached_by_word
from dashboard.text.lazy import lazy_property
from dashboard.text.words import Word, numbers_where, words_between, words_of

TEXTS = st.text(st.sampled_from("عين ـ_1.,\n٢é"), max_size=40)


def test_words_have_the_offsets_of_the_text():
    assert words_of("قصفت، عين_1!") == (Word("قصفت", 0, 4), Word("عين_1", 6, 11))


@given(TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_words_of_a_part_are_those_of_the_part_alone(text: str, start: int, end: int):
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    assert tuple(words_between(words_of(text), start, end)) == words_of(text, start, end)


def test_a_result_is_computed_once_for_a_word():
    asked: list[str] = []
    lengths = ByWord(lambda word: asked.append(word) or len(word))
    assert [lengths["عين"], lengths["عين"], lengths["تل"]] == [3, 3, 2]
    assert asked == ["عين", "تل"]
    assert cached_by_word(len)("عين") == 3


def test_what_is_longer_than_a_word_is_not_cached():
    lengths = ByWord(len)
    assert lengths["ع" * 100] == 100
    assert not lengths


def test_results_are_apart_for_each_key():
    repeated = ByKey(lambda word, times: word * times)
    assert (repeated[2]["ا"], repeated[3]["ا"], repeated[2]["ا"]) == ("اا", "ااا", "اا")


def test_numbers_of_what_is_true():
    assert numbers_where(["", "عين", "", "تل"]) == [1, 3]


def test_a_lazy_property_is_computed_once_for_an_object():
    asked: list[str] = []

    class Name:
        def __init__(self, name: str) -> None:
            self.name = name

        @lazy_property
        def length(self) -> int:
            asked.append(self.name)
            return len(self.name)

    one, other = Name("عين"), Name("تل")
    assert (one.length, one.length, other.length) == (3, 3, 2)
    assert asked == ["عين", "تل"]
