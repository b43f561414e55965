"""data/lexicon/ordinary_names.csv: names of places that are ordinary words, each once, in order."""

from dataclasses import dataclass

from dashboard.gazetteer.context import load_context
from dashboard.model.rows import load_records
from dashboard.settings import DATA
from dashboard.text.normalise import fold


@dataclass(frozen=True, slots=True)
class _OrdinaryName:
    word: str
    meaning: str
    source: str


PATH = DATA / "lexicon" / "ordinary_names.csv"


def test_each_word_is_there_once_in_order_and_has_a_meaning_and_a_source():
    with PATH.open(encoding="utf-8") as table:
        assert table.readline() == "word,meaning,source\n"
    rows = load_records(PATH, _OrdinaryName, "word")
    words = [row.word for row in rows]
    assert words == sorted(words)
    assert len({fold(word) for word in words}) == len(words)
    assert all(row.meaning and row.source for row in rows)
    assert all(" " not in word for word in words)


def test_towns_that_are_words_are_in_it_and_names_of_places_alone_are_not():
    names = load_context().ordinary_names
    assert {
        fold(name) for name in ("الباب", "صور", "القائم", "المنصورة", "الخليل", "محمد")
    } <= names
    assert names.isdisjoint({fold(name) for name in ("الفلوجة", "الرقة", "تلعفر", "السويداء")})
