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
        ("وفي البقاع، قتل شخصان شرق بيروت", ["beqaa_governorate", "beirut"]),
        ("تفقد في البقاع الأثرية أعمال الترميم", []),
        ("أعلنت أنها قصفت أنقرة", ["ankara"]),
        ("أعلنت أنقرة أنها قصفت مواقع", []),
    ],
)  # fmt: skip
def test_what_a_name_means(text: str, expected: list[str], index: PlaceIndex):
    assert _places(text, index) == expected


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("قال مراسلنا في إدلب إن الهدوء عاد", MentionUse.REPORTER_SEAT),
        ("أفاد مراسل عنب بلدي بريف إدلب بهدوء حذر", MentionUse.REPORTER_SEAT),
        ("مقتل مراسل القناة في إدلب", MentionUse.LOCATION),
        ("رصد مراسلنا سقوط قذائف في إدلب", MentionUse.LOCATION),
        ("إدلب - نورث برس\nقصف مدفعي", MentionUse.DATELINE),
        ("إدلب (سانا) - قصف مدفعي", MentionUse.DATELINE),
        ("قصف مدفعي\nعلى إدلب - المدينة", MentionUse.LOCATION),
        ("قصف\nإدلب\n- قذائف على الأحياء", MentionUse.LOCATION),
        ("قطع محتجون طريق حلب - إدلب", MentionUse.ROAD_END),
        ("حادث على الأوتوستراد الدولي حلب دمشق", MentionUse.ROAD_END),
        ("قصف على حلب وإدلب", MentionUse.LOCATION),
        ("قطعت الفصائل الطرق المؤدية إلى حلب", MentionUse.NEAR),
        ("قطعت الفصائل الطرق المؤدية لحلب", MentionUse.NEAR),
        ("انتشار على الحدود مع تركيا", MentionUse.NEAR),
        ("أعلنت غرفة عمليات حلب النفير", MentionUse.PARTY_NAME),
        ("قصفت كتائب حلب المواقع", MentionUse.PARTY_NAME),
        ("وصل عمدة حلب", MentionUse.TITLE),
    ],
)
def test_a_name_that_is_no_place_of_an_event(text: str, use: MentionUse, index: PlaceIndex):
    assert {mention.use for mention in _mentions(text, index)} == {use}


def test_the_area_named_after_a_place_decides(index: PlaceIndex):
    """Raqqa's town has a strong name, the village of Lattakia a weak one."""
    village, area = _mentions("قتيل في قرية عين عيسى بريف اللاذقية الشمالي", index)
    assert village.place_id == "ain_issa_lattakia"
    assert area.surface == "ريف اللاذقية الشمالي"
    assert _places("قتيل في بلدة عين عيسى شمالي الرقة", index)[0] == "ain_issa"


def test_a_town_south_of_a_city_may_be_in_the_next_governorate(index: PlaceIndex):
    (town, _) = _mentions("سيطرت القوات على مدينة ترهونة جنوب شرق طرابلس", index)
    assert index.place(town.place_id).name_en == "Tarhuna"


def test_a_place_outside_of_its_area_is_not_known(index: PlaceIndex):
    (mention, _) = _mentions("انفجار في بلدة تل تمر بريف درعا", index)
    assert mention.place_id is None
    assert mention.candidates == ("tell_tamer",)
    assert "lies in the area named right after it" in str(mention.reason)


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("معرض في صور للأطفال", []),
        ("قصف الجيش اللبناني موقعا في صور بجنوب لبنان", ["صور"]),
        ("قصف مدينة صور", ["صور"]),
    ],
)
def test_short_names_need_more_support(text: str, surfaces: list[str], index: PlaceIndex):
    assert [m.surface for m in _mentions(text, index) if m.use is MentionUse.LOCATION][
        : len(surfaces) or None
    ] == surfaces


def test_a_corrected_name_is_marked(index: PlaceIndex):
    (mention,) = _mentions("للدخول إلى عي عيسى", index)
    assert "one letter corrected" in str(mention.reason)
    assert mention.surface == "عي عيسى"


@pytest.mark.parametrize("name", ["مأرب", "طولكرم", "تلعفر", "خان شيخون", "بيت لاهيا", "زنجبار"])
def test_the_only_place_of_a_text_needs_no_support_if_it_is_a_town(name: str, index: PlaceIndex):
    (mention,) = _mentions(f"شنت الطائرات غارات على {name} أمس، ما أدى إلى مقتل مدنيين.", index)
    assert mention.place_id is not None
    assert index.place(mention.place_id).name_ar == name


def test_a_lone_name_of_two_towns_or_of_an_ordinary_word_is_not_decided(index: PlaceIndex):
    (mention,) = _mentions("قصف على سنجار أمس.", index)
    assert mention.place_id is None
    assert len(mention.candidates) == 2
    for text in ("كان الوضع هادئا دوما في الميادين والساحات.", "غارات على الفصائل أمس."):
        assert _mentions(text, index) == ()


def test_an_ambiguous_name_has_no_place(index: PlaceIndex):
    (mention,) = _mentions("قصف على قرية المشيرفة", index)
    assert mention.place_id is None
    assert len(mention.candidates) > 1
    assert "does not know" in str(mention.reason)


@hypothesis_settings(max_examples=150)
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
    text = "وتشهد درعا توترات. وقتل شخص في ريف درعا."
    assert [m.place_id for m in _mentions(text, index)] == ["daraa", "daraa_governorate"]


def test_a_word_with_nunation_is_no_name(index: PlaceIndex):
    assert _mentions("الفصائل المدعومة تركيًا", index) == ()
