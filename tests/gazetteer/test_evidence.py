"""What an article says of its places: areas after names, its country, places that were resolved."""

import pytest

from dashboard.gazetteer.anchors import Anchors
from dashboard.gazetteer.article_countries import is_ordinary
from dashboard.gazetteer.evidence import Evidence
from dashboard.gazetteer.holders import lies_in, named_areas
from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.surroundings import match_names
from dashboard.model.corpus import Corpus
from dashboard.text.prepared import prepare


@pytest.fixture(scope="module")
def index(corpus: Corpus) -> PlaceIndex:
    return PlaceIndex(corpus.gazetteer)


def _evidence(text: str, index: PlaceIndex) -> Evidence:
    prepared = prepare(text, index.context.furniture)
    return Evidence(prepared, match_names(prepared, index), index)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("قصف بلدة عين عيسى بريف الرقة", "raqqa_governorate"),
        ("قصف بلدة عين عيسى في محافظة الرقة", "raqqa_governorate"),
        ("قصف بلدة عين عيسى التابعة لمحافظة الرقة", "raqqa_governorate"),
        ("قصف بلدة عين عيسى (ريف الرقة)", "raqqa_governorate"),
        ("قصف بلدة عين عيسى شمال غربي الرقة", "raqqa"),
        ("قصف بلدة عين عيسى، شمالي الرقة", "raqqa_north"),
        ("قصف بلدة عين عيسى ومدينة الرقة", None),
        ("قصف بلدة عين عيسى، الرقة", None),
        ("قصف بلدة عين عيسى. في الرقة هدوء", None),
    ],
)
def test_the_area_named_right_after_a_name(text: str, area: str | None, index: PlaceIndex):
    prepared = prepare(text, index.context.furniture)
    matches = match_names(prepared, index)
    areas = named_areas(matches, prepared.folded, index)
    number = next(n for n, item in enumerate(matches) if item.match.phrase == "عين عيسي")
    assert (area in areas.get(number, ())) if area else (number not in areas)


def test_what_lies_in_an_area(index: PlaceIndex):
    assert lies_in("ain_issa", frozenset({"raqqa_governorate"}), index) is True
    assert lies_in("tell_tamer", frozenset({"raqqa_governorate"}), index) is False
    assert lies_in("tell_tamer", frozenset({"raqqa_governorate", "syria"}), index) is True
    assert lies_in("ain_issa", frozenset({"iraq"}), index) is False


def test_the_country_of_an_article(index: PlaceIndex):
    assert _evidence("قصف الجيش اليمني مواقع الحوثيين", index).countries.shares("") == {
        "yemen": 1.0
    }
    shares = _evidence("اشتباكات في عين عيسى وتل تمر، بحسب الجيش العراقي", index).countries.shares(
        ""
    )
    assert shares["syria"] > shares["iraq"] > 0


def test_new_anchors(index: PlaceIndex):
    evidence = _evidence("قصف في عين عيسى", index)
    evidence.add_anchors({0: "ain_issa"})
    assert evidence.anchors.ids == {"ain_issa"}
    evidence.add_anchors({0: "tell_tamer"})
    assert evidence.anchors.ids == {"ain_issa", "tell_tamer"}


def test_a_name_does_not_support_itself(index: PlaceIndex):
    evidence = _evidence("قصف في عين عيسى وتل تمر", index)
    assert evidence.countries.shares("") == {"syria": 1.0}
    assert _evidence("قصف في عين عيسى", index).countries.shares("عين عيسي") == {}


def test_the_distance_to_the_nearest_other_anchor(index: PlaceIndex):
    anchors = Anchors(frozenset({"ain_issa", "tell_tamer", "syria"}), index)
    assert anchors.nearest_km("ain_issa") == pytest.approx(
        index.distance_km("ain_issa", "tell_tamer")
    )
    assert Anchors(frozenset({"ain_issa"}), index).nearest_km("ain_issa") is None


def test_ordinary_names(index: PlaceIndex):
    assert is_ordinary("الباب", index)
    assert is_ordinary("صور", index)
    # Of the names of three letters those of cities are known.
    assert is_ordinary("نوي", index)
    assert not is_ordinary("غزه", index)
    assert not is_ordinary("الفلوجه", index)


def test_strong_names(index: PlaceIndex):
    assert index.strong("عين عيسي") == ("ain_issa",)
