"""Names that the gazetteer lacks, queued with their sentence."""

import pytest

from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.resolve import find_places
from dashboard.gazetteer.unknown import UnknownPlace, find_unknown
from dashboard.model.corpus import Corpus
from dashboard.text.prepared import prepare


@pytest.fixture(scope="module")
def index(corpus: Corpus) -> PlaceIndex:
    return PlaceIndex(corpus.gazetteer)


def _unknown(text: str, index: PlaceIndex) -> tuple[UnknownPlace, ...]:
    prepared = prepare(text, index.context.furniture)
    return find_unknown(prepared, index, find_places(prepared, index))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("قصفت القوات قرية زنوبيا شرق عين عيسى.", ["زنوبيا"]),
        ("دخلت القوات بلدة كفر زلقم الشرقية أمس.", ["كفر زلقم الشرقية"]),
        ("قصف على قرى معلق وزنوبيا والدبسان، شمال الرقة", ["زنوبيا", "الدبسان"]),
        ("تمركزت القوات على تل زلقم.", ["تل زلقم"]),
        ("في حي «الزلقم» بالمدينة", ["الزلقم"]),
        ("في بلدة عين عيسى", []),
        ("انسحاب مقاتلين من بلدة\nأفاد مراسلنا بأنهم انسحبوا.", []),
        ("في مدينة أثرية قديمة", []),
        ("داخل القاعدة الروسية وقاعدة عسكرية أخرى", []),
        ("مخيم للنازحين في المدينة", []),
        ("وقال أهالي القرية إن القصف استمر", []),
        ("قتل شاب في بلدة زلقم شرقي درعا.", ["زلقم"]),
        ("تعرضت عدة قرى بناحية بعيدة لقصف.", []),
        ("تعرضت ثلاث قرى لهجومٍ بري واسع.", []),
    ],
)
def test_a_name_after_a_kind_word_is_queued(index: PlaceIndex, text: str, names: list[str]):
    unknown = _unknown(text, index)
    assert [item.surface for item in unknown] == names
    for item in unknown:
        assert text[slice(*item.sentence)].find(item.surface) >= 0


def test_the_articles_queue_only_what_the_gazetteer_lacks(index: PlaceIndex, corpus: Corpus):
    unknown = {
        item.surface
        for article in corpus.articles.values()
        for item in _unknown(article.text, index)
    }
    assert unknown == set()
