"""What supports a name in a text: lists, roads, quotations, movement; and what is no name of a place."""

import pytest

from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.resolve import PlaceMention, find_places
from dashboard.model.corpus import Corpus
from dashboard.text.prepared import prepare


@pytest.fixture(scope="module")
def index(corpus: Corpus) -> PlaceIndex:
    return PlaceIndex(corpus.gazetteer)


def _mentions(text: str, index: PlaceIndex) -> tuple[PlaceMention, ...]:
    return find_places(prepare(text, index.context.furniture), index)


def _surfaces(text: str, index: PlaceIndex, use: str = "location") -> list[str]:
    return [m.surface for m in _mentions(text, index) if m.use == use]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        # Towns that are no ordinary word, in an article about their country.
        ("قالت حكومة الوحدة الليبية إن قواتها دخلت صبراتة", ["صبراتة"]),
        ("أعلن الجيش الليبي تحرير أجدابيا", ["أجدابيا"]),
        # An ordinary word in a list with a town that is near: "Utuq", "Wad" and "Milk" are words, too.
        ("سيطر المجلس الانتقالي اليمني على عتق ولودر", ["عتق", "لودر"]),
        ("قصف الطيران الليبي مواقع في هون وودان وسوكنة", ["هون", "ودان", "سوكنة"]),
        # The kind of a road, of an area and of villages stands before towns and lands, too.
        ("اشتباكات محدودة في كركوك وعلى طريق الحويجة", ["كركوك", "الحويجة"]),
        ("وصلوا إلى ولاية الجزيرة ونهبوا قرى الجزيرة", ["ولاية الجزيرة", "الجزيرة"]),
        # The old part of a town belongs to its name.
        ("احترقت محال في حلب القديمة", ["حلب القديمة"]),
        # "And to" is written as "governor" is, but for its last letter.
        ("نزحت أسر سودانية إلى نيالا وإلى الضعين", ["نيالا", "الضعين"]),
        # A capital amid a conflict is a place where it is bombed, left or entered.
        ("قصفت الطائرات صنعاء وانسحبت قوات من طرابلس", ["صنعاء", "طرابلس"]),
        ("أطلقت صواريخ على الرياض", ["الرياض"]),
        ("اجتمع الوفدان في جنيف ثم في فيينا", ["جنيف", "فيينا"]),
    ],
)
def test_names_that_the_text_supports(index: PlaceIndex, text: str, surfaces: list[str]):
    assert _surfaces(text, index) == surfaces


@pytest.mark.parametrize(
    ("text", "use", "surface"),
    [
        ('أطلق الجيش عملية "قادمون يا نينوى" أمس', "operation_name", "نينوى"),
        ('وقال قائد عمليات "قادمون يا نينوى" إن القوات تقدمت', "operation_name", "نينوى"),
        ("ونفى متحدث باسم لواء «أبين» انسحاب قواته", "party_name", "أبين"),
        ("قالت غرفة طوارئ نيالا إن الجرحى نقلوا", "party_name", "نيالا"),
        ("وقال ناطق محور تعز العسكري إن القصف استمر", "party_name", "تعز"),
        ("تعثرت محادثات الدوحة أمس", "operation_name", "الدوحة"),
        ("ودعت القاهرة وجوبا إلى ضبط النفس", "metonym", "القاهرة"),
        ("ردت لندن بغارات جديدة", "metonym", "لندن"),
        ("أعلنت حكومة عدن نقل المصارف", "metonym", "عدن"),
        ("وصلت تعزيزات من أنقرة", "metonym", "أنقرة"),
    ],
)
def test_names_that_mean_something_else(index: PlaceIndex, text: str, use: str, surface: str):
    assert surface in _surfaces(text, index, use)
    assert surface not in _surfaces(text, index)


def test_a_road_at_two_places_is_not_named_by_them(index: PlaceIndex):
    text = "أغلق محتجون في السويداء الطريق عند قنوات والمزرعة"
    assert {m.surface for m in _mentions(text, index) if m.use == "road_end"} == set()
    text = "قطع المسلحون طريق حلب دمشق"
    assert _surfaces(text, index, "road_end") == ["حلب", "دمشق"]


@pytest.mark.parametrize(
    "text",
    [
        # Adjectives of countries, ordinary words after "forces of", nouns that are names of cities.
        "قالت القوات التركية إنها قصفت مواقع",
        "انتشرت قوات الحكومة والشرطة",
        "فاز الفريق بكأس العالم في كرة القدم",
        "دفع مبلغا ماليا وقال مصدر مالي ذلك",
        "مرت أيام العزيز وانتهى الشوط الأول",
    ],
)
def test_words_that_are_no_names(index: PlaceIndex, text: str):
    assert _mentions(text, index) == ()


def test_the_south_of_a_country_is_not_its_governorate_of_that_name(index: PlaceIndex):
    (mention,) = _mentions("غارات على جنوب لبنان", index)
    assert (mention.surface, mention.place_id) == ("لبنان", "lebanon")


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("مقتل مدنيين في ريف حمص الشمالي", "northern_homs_countryside"),
        ("مقتل مدنيين في ريف حمص", "homs_governorate"),
        ("قتل شخص في حي القصور بمدينة بانياس", "al_qusour_baniyas"),
        ("غارة على مخيم البريج وسط قطاع غزة", "bureij_camp"),
        ("قصف مطار طرابلس الدولي", "tripoli_international_airport"),
    ],
)
def test_parts_of_lands_and_towns(index: PlaceIndex, text: str, place_id: str):
    assert place_id in [mention.place_id for mention in _mentions(text, index)]


def test_a_quarter_of_a_general_name_needs_its_town(index: PlaceIndex):
    (mention,) = _mentions("قتل شخص في حي القصور أمس", index)
    assert mention.place_id is None
    assert {"al_qusour_baniyas", "al_qusour_deir_ez_zor"} <= set(mention.candidates)
