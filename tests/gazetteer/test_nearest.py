"""The places nearest to a point: those of the gazetteer and of added lists, never areas."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.gazetteer.index import km_between
from dashboard.gazetteer.nearest import nearest_places
from dashboard.model.corpus import Corpus
from dashboard.model.listed_places import NAMES_SCHEMA, PLACES_SCHEMA, ListedNames, ListedPlaces
from dashboard.model.place import Gazetteer

VILLAGES = (("l1", 36.40, 38.86), ("l2", 36.45, 38.86), ("l3", 35.0, 38.86))


@pytest.fixture(scope="module")
def with_list(corpus: Corpus) -> Gazetteer:
    rows = [
        {
            "place_id": key,
            "name_en": key,
            "name_ar": key,
            "feature_class": "village",
            "within": "",
            "lat": lat,
            "lon": lon,
            "uncertainty_m": 500,
            "precision": "settlement",
            "sources": "a list",
            "doubt": None,
        }
        for key, lat, lon in VILLAGES
    ]
    places = ListedPlaces(corpus.gazetteer.places, pa.Table.from_pylist(rows, PLACES_SCHEMA))
    names = ListedNames(tuple(corpus.gazetteer.names), NAMES_SCHEMA.empty_table())
    return Gazetteer(places, names)


def test_the_nearest_come_first_and_areas_are_left_out(corpus: Corpus):
    town = corpus.gazetteer.places["ain_issa"]
    near = nearest_places(corpus.gazetteer, town.lat, town.lon, within_km=20, most=5)
    assert near[0] == (town, 0)
    assert [km for _, km in near] == sorted(km for _, km in near)
    assert "ain_issa_subdistrict" not in {place.place_id for place, _ in near}


def test_places_of_a_list_are_found_beside_curated_ones(with_list: Gazetteer):
    near = nearest_places(with_list, 36.40, 38.86, within_km=10, most=20)
    ids = [place.place_id for place, _ in near]
    assert ids[0] == "l1"
    assert "l2" in ids
    assert "l3" not in ids
    assert "ain_issa" in ids


@given(lat=st.floats(34, 37), lon=st.floats(37, 42), within_km=st.integers(1, 60))
def test_no_point_within_reach_is_missed(
    with_list: Gazetteer, lat: float, lon: float, within_km: int
):
    near = nearest_places(with_list, lat, lon, within_km=within_km, most=10_000)
    expected = {
        place.place_id
        for place in with_list.places.values()
        if place.geometry.geom_type == "Point"
        and place.uncertainty_m <= within_km * 1000
        and km_between(lat, lon, place.lat, place.lon) <= within_km
    }
    assert {place.place_id for place, _ in near} == expected
