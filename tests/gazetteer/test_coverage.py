"""The places that ship: each row has a source, a point in its country, known containers, one id."""

import csv
import json
from collections import Counter

import pytest

from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.load import load_gazetteer
from dashboard.gazetteer.resolve import find_places
from dashboard.gazetteer.tiers import add_tier, read_tier
from dashboard.model.place import FeatureClass, Gazetteer, Place, PlacePrecision
from dashboard.settings import DATA
from dashboard.text.normalise import fold
from dashboard.text.prepared import prepare

FOLDER = DATA / "gazetteer"
# South, west, north, east in degrees, rounded outwards: of the land and its islands.
BOXES = {
    "syria": (32.2, 35.6, 37.4, 42.5),
    "iraq": (29.0, 38.7, 37.5, 48.7),
    "lebanon": (33.0, 35.0, 34.8, 36.7),
    "palestine": (31.2, 34.1, 32.6, 35.7),
    "yemen": (12.0, 41.7, 19.1, 54.6),
    "jordan": (29.1, 34.8, 33.5, 39.4),
    "libya": (19.4, 9.2, 33.3, 25.3),
    "sudan": (8.5, 21.7, 23.3, 38.8),
    "egypt": (21.9, 24.6, 31.8, 37.0),
    "turkey": (35.7, 25.6, 42.2, 44.9),
    "iran": (25.0, 44.0, 39.9, 63.4),
    "israel": (29.4, 34.2, 33.4, 35.9),
    "saudi_arabia": (16.0, 34.4, 32.2, 55.7),
}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    curated, faults = load_gazetteer(FOLDER)
    tier = read_tier(FOLDER / "second_tier")
    assert not faults
    assert not tier.faults
    return add_tier(curated, tier)


def _listed(gazetteer: Gazetteer) -> list[Place]:
    """The places that no person curated: the areas and the second tier."""
    curated = json.loads((FOLDER / "places.geojson").read_text(encoding="utf-8"))["features"]
    ids = {feature["id"] for feature in curated}
    return [place for key, place in gazetteer.places.items() if key not in ids]


def test_every_listed_place_has_a_source_and_a_container(gazetteer: Gazetteer):
    for place in _listed(gazetteer):
        assert place.sources, place.place_id
        is_country = place.feature_class is FeatureClass.COUNTRY
        assert is_country == (not place.within), place.place_id


def test_every_listed_place_is_in_the_box_of_its_country(gazetteer: Gazetteer):
    outside = []
    for place in _listed(gazetteer):
        country = [c for c in gazetteer.containers(place.place_id) if c in BOXES]
        if country:
            south, west, north, east = BOXES[country[-1]]
            if not (south <= place.lat <= north and west <= place.lon <= east):
                outside.append((place.place_id, place.lat, place.lon))
    assert not outside


def test_containers_named_in_the_lists_are_known(gazetteer: Gazetteer):
    unknown = set()
    for path in (FOLDER / "second_tier").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                unknown |= {key for key in row["within"].split() if key not in gazetteer.places}
    assert not unknown


def test_a_name_of_a_place_is_there_once():
    for path in (FOLDER / "second_tier").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                names = [row["name_ar"], *filter(None, row["other_names"].split("|"))]
                counts = Counter(map(fold, names))
                assert max(counts.values()) == 1, (row["name_en"], counts.most_common(1))


def test_no_place_of_a_list_is_a_curated_one(gazetteer: Gazetteer):
    """A town near a curated settlement of one name would be a second mark for one town."""
    settlements = {PlacePrecision.SETTLEMENT, PlacePrecision.EXACT}
    by_name: dict[str, list[Place]] = {}
    for name in gazetteer.names:
        place = gazetteer.places[name.place_id]
        if place.precision in settlements and place not in by_name.setdefault(fold(name.name), []):
            by_name[fold(name.name)].append(place)
    pairs = {
        (one.place_id, other.place_id)
        for places in by_name.values()
        for one in places
        for other in places
        if one.tier == 1 and other.tier == 2
        and abs(one.lat - other.lat) < 0.02 and abs(one.lon - other.lon) < 0.02
    }  # fmt: skip
    assert not pairs


def test_an_area_without_a_town_is_not_drawn_as_a_point_of_its_own(gazetteer: Gazetteer):
    vague = [p for p in _listed(gazetteer) if p.doubt and "no source has its point" in p.doubt]
    assert vague
    for place in vague:
        assert place.precision in {PlacePrecision.VICINITY, PlacePrecision.REGION}
        assert place.uncertainty_m >= 5_000


def test_each_country_of_the_news_has_its_governorates(gazetteer: Gazetteer):
    """The numbers of governorates of the states themselves: a lost one shows here."""
    numbers = Counter(
        gazetteer.containers(key)[-1]
        for key, place in gazetteer.places.items()
        if place.feature_class is FeatureClass.GOVERNORATE
    )
    expected = {"syria": 14, "iraq": 19, "lebanon": 8, "yemen": 22, "jordan": 12, "libya": 22}
    assert {key: numbers[key] for key in expected} == expected
    assert numbers["sudan"] == 18
    assert numbers["palestine"] == 16


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("اشتباكات في محافظة نينوى", "nineveh_governorate"),
        ("قصف على قضاء سنجار", "sinjar_district"),
        ("معارك في دارفور", "darfur"),
        ("انفجار في محافظة حضرموت", "hadramawt_governorate"),
        ("غارات على قطاع غزة", "gaza_strip"),
        ("هجوم على طريق دمشق السويداء", "road_damascus_sweida"),
        ("قطع الطريق الدولي M5", "m5"),
        ("قصف قرب عين عيسا", "ain_issa"),
    ],
)
def test_areas_and_roads_are_read(gazetteer: Gazetteer, text: str, expected: str):
    mentions = find_places(prepare(text, ()), PlaceIndex(gazetteer))
    assert expected in [mention.place_id for mention in mentions]


def test_labels_are_the_spellings_that_reports_use(gazetteer: Gazetteer):
    labels = {key: gazetteer.places[key].name_en for key in ("ain_issa", "tal_saman", "m4")}
    assert labels == {"ain_issa": "Ain Issa", "tal_saman": "Tal Samen", "m4": "M4 road"}
