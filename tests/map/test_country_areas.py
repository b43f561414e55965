"""Circles of uncertainty end at the border of their country."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from dashboard.gazetteer.country_areas import country_areas
from dashboard.map.country_areas import part_in_country
from dashboard.model.corpus import Corpus
from dashboard.settings import DATA


def _part(corpus: Corpus, place_id: str, **changes: object) -> object:
    places = corpus.gazetteer.places
    return part_in_country(replace(places[place_id], **changes), places)  # type: ignore[arg-type]


def test_a_circle_ends_at_the_border(corpus: Corpus):
    part = shape(_part(corpus, "jazira"))  # type: ignore[arg-type]
    assert part.contains(shapely.Point(40.7, 36.4)), "Hasakah"
    assert not part.intersects(shapely.Point(40.74, 37.31)), "Mardin"
    assert not part.intersects(shapely.Point(42.0, 36.32)), "Sinjar's west"


def test_a_circle_within_the_country_stays_whole(corpus: Corpus):
    assert _part(corpus, "jazira", uncertainty_m=3000) is None


def test_a_circle_of_no_known_country_or_of_two_stays_whole(corpus: Corpus):
    assert _part(corpus, "jazira", within=()) is None
    assert _part(corpus, "jazira", within=("syria", "turkey")) is None


def test_a_place_outside_of_the_country_that_it_is_said_to_be_in_stays_whole(corpus: Corpus):
    assert _part(corpus, "jazira", within=("turkey",)) is None


def test_a_circle_around_a_pole_stays_whole(corpus: Corpus):
    assert _part(corpus, "jazira", uncertainty_m=9_000_000) is None


def test_the_countries_of_the_basemap_are_those_of_the_gazetteer(corpus: Corpus):
    """Natural Earth draws Western Sahara apart, of which the gazetteer has no country."""
    names = {place.name_en for place in corpus.gazetteer.places.values() if not place.on_map}
    text = (DATA / "basemap" / "country_areas.geojson").read_text(encoding="utf-8")
    areas = {feature["properties"]["name_en"] for feature in json.loads(text)["features"]}
    assert areas - names == {"Western Sahara"}
    assert {"Syria", "Iraq", "Lebanon", "Jordan", "Yemen", "Turkey"} <= areas


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.geojson")), ids=lambda path: path.name)
def test_no_shape_that_is_shipped_is_empty(path: Path):
    """Rounding makes nothing of what is smaller than its step."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert features
    parts = [part for it in features for part in shapely.get_parts(shape(it["geometry"]))]
    assert len(parts) >= len(features)
    assert not any(part.is_empty for part in parts)


def test_the_borders_of_the_region_are_known():
    assert country_areas()["Syria"].contains(shapely.Point(38.86, 36.38))
