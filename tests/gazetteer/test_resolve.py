"""The resolver on sentences like those that mislead a plain dictionary."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dashboard.gazetteer.context import MentionUse
from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.resolve import PlaceMention, find_places
from dashboard.model.corpus import Corpus
from dashboard.text.prepared import prepare


@pytest.fixture(scope="module")
def index(corpus: Corpus) -> PlaceIndex:
    return PlaceIndex(corpus.gazetteer)


def _mentions(text: str, index: PlaceIndex) -> tuple[PlaceMention, ...]:
    return find_places(prepare(text, index.context.furniture), index)


def _places(text: str, index: PlaceIndex) -> list[str | None]:
    return [m.place_id for m in _mentions(text, index) if m.use is MentionUse.LOCATION]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قرى معلق وجهبل والصيدا والمشيرفة قرب عين عيسى", [
            "maalaq", "jahbal", "sayda_ain_issa", "mushayrifah_ain_issa", "ain_issa",
        ]),
        ("احتجاجات في مدينة صيدا جنوب بيروت", ["sidon", "beirut"]),
        ("قاعدتي عين عيسى بريف الرقة، والمباقر بريف الحسكة", [
            "ain_issa_russian_base", "raqqa_governorate", "mabaqer_base", "hasakah_governorate",
        ]),
        ("المربع الأمني في مدينة القامشلي", ["qamishli_security_square", "qamishli"]),
        ("اشتباكات في رأس العين وتل أبيض", ["ras_al_ain", "tell_abyad"]),
        ("للدخول إلى عي عيسى", ["ain_issa"]),
        ("تحدث الرجل عن عيسى وأخيه", []),
        ("معلق رياضي وصف سلوك اللاعبين", []),
        ("قوات سوريا الديمقراطية وتلفزيون سوريا", []),
        ("11:17 دمشق", []),
        ("وصل إلى دمشق", ["damascus"]),
        ("بين موسكو وأنقرة", []),
        ("سيناريو عفرين", []),
        ("مدير منطقة القامشلي", []),
        ("شبكة الخابور وقناة الميادين", []),
    ],
)  # fmt: skip
def test_what_a_name_means(text: str, expected: list[str], index: PlaceIndex):
    assert _places(text, index) == expected


def test_a_corrected_name_is_marked(index: PlaceIndex):
    (mention,) = _mentions("للدخول إلى عي عيسى", index)
    assert "one letter corrected" in str(mention.reason)
    assert mention.surface == "عي عيسى"


def test_an_ambiguous_name_has_no_place(index: PlaceIndex):
    (mention,) = _mentions("قصف على قرية المشيرفة", index)
    assert mention.place_id is None
    assert len(mention.candidates) > 1
    assert "does not know" in str(mention.reason)


@hypothesis_settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from(
            [
                "عين",
                "عيسى",
                "قرى",
                "معلق",
                "و",
                "الرقة",
                "ريف",
                ".",
                "،",
                "قاعدة",
                "تل",
                "السمن",
                "11:17",
                "دمشق",
                "المربع",
                "الأمني",
                "\n",
                "M4",
                "عي",
            ]
        ),
        max_size=30,
    ).map(" ".join)
)
def test_any_text_is_read_without_an_error(index: PlaceIndex, text: str):
    for mention in _mentions(text, index):
        assert text[mention.start : mention.end] == mention.surface
        assert 0 <= mention.confidence <= 1


def test_a_megabyte_in_one_line_is_read(index: PlaceIndex):
    text = "عين عيسى والقامشلي " * 5_000 + "ع" * 900_000
    assert len(_mentions(text, index)) == 10_000


def test_a_name_means_the_place_even_where_its_container_is_named_too(index: PlaceIndex):
    text = "وتشهد درعا توترات. وقتل شخص في ريف درعا الشرقي."
    assert [m.place_id for m in _mentions(text, index)] == ["daraa", "daraa_governorate"]


def test_a_word_with_nunation_is_no_name(index: PlaceIndex):
    assert _mentions("الفصائل المدعومة تركيًا", index) == ()
