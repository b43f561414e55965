"""The map of events in memory: every located event is at a mark, what is uncertain is drawn so."""

from dataclasses import replace

import pytest

from dashboard.browser.event_map import base_map, view_of_bounds
from dashboard.map.first_view import NOWHERE, first_bounds
from dashboard.map.from_records import map_from_records, places_in_first_view
from dashboard.map.map_model import MapModel
from dashboard.map.marks import Selection, place_mark
from dashboard.model.corpus import Corpus
from dashboard.model.grid import MAX_ZOOM, MIN_ZOOM
from dashboard.model.place import SHARP, FeatureClass, PlacePrecision
from dashboard.query.query import MapView, Query
from tests.oracle.select import EventIndex
from tests.oracle.selected import selected_events


@pytest.fixture(scope="module")
def whole(corpus: Corpus, index: EventIndex) -> MapModel:
    return map_from_records(selected_events(corpus, index, Query()))


def test_every_located_event_is_on_a_mark(whole: MapModel, corpus: Corpus):
    on_marks = {place_id for mark in whole.marks for place_id in mark.place_ids}
    for row in corpus.events.places:
        place = corpus.gazetteer.places[row.place_id]
        assert place.feature_class is FeatureClass.COUNTRY or row.place_id in on_marks


def test_each_point_has_one_mark(whole: MapModel):
    assert len({(mark.lat, mark.lon) for mark in whole.marks}) == len(whole.marks)


def test_uncertain_places_are_hollow_with_their_circle(whole: MapModel, corpus: Corpus):
    base = corpus.gazetteer.places["mabaqer_base"]
    assert base.precision is PlacePrecision.VICINITY
    (at,) = [at for at, mark in enumerate(whole.marks) if "mabaqer_base" in mark.place_ids]
    assert whole.marks[at].hollow
    assert [circle.radius_m for circle in whole.circles if circle.mark == at] == [
        base.uncertainty_m
    ]


def test_an_uncertain_place_has_its_circle_beside_a_known_one(whole: MapModel, corpus: Corpus):
    base = corpus.gazetteer.places["ain_issa_russian_base"]
    assert base.precision not in SHARP
    (at,) = [at for at, mark in enumerate(whole.marks) if "ain_issa" in mark.place_ids]
    assert not whole.marks[at].hollow
    assert base.uncertainty_m in {c.radius_m for c in whole.circles if c.mark == at}


def test_a_mark_is_named_after_a_place_that_has_events(corpus: Corpus):
    """Tell Rifaat is the best known place at its point, and says nothing of events in its region."""
    places = corpus.gazetteer.places
    mark = place_mark("shahba_region.tell_rifaat", ["shahba_region"], places, Selection())
    assert places["tell_rifaat"].precision in SHARP
    assert mark.name_en == places["shahba_region"].name_en
    assert mark.hollow


def test_a_movement_is_an_arrow(whole: MapModel):
    (arrow,) = [arrow for arrow in whole.movements if arrow.event_id == "withdrawal_ain_issa"]
    assert "Ain Issa" in arrow.label
    assert arrow.days


def test_a_country_is_no_place_on_a_map(corpus: Corpus, index: EventIndex):
    selected = selected_events(corpus, index, Query())
    (row, *_others) = selected.corpus.events.places
    country = next(
        place.place_id
        for place in corpus.gazetteer.places.values()
        if place.feature_class is FeatureClass.COUNTRY
    )
    events = replace(selected.corpus.events, places=(replace(row, place_id=country),))
    alone = replace(selected, corpus=replace(selected.corpus, events=events))
    assert map_from_records(alone) == MapModel((), (), (), ())


def test_the_first_view_has_most_of_the_events_and_no_far_airport(corpus: Corpus):
    ids = {place.place_id for place in places_in_first_view(corpus)}
    assert "ain_issa" in ids
    assert "hmeimim_base" not in ids


def test_a_first_view_without_events(corpus: Corpus):
    empty = replace(corpus, events=replace(corpus.events, places=()))
    assert places_in_first_view(empty) == []


def test_the_base_is_the_same_at_each_rerun(corpus: Corpus):
    from streamlit_folium import generate_leaflet_string

    places = corpus.gazetteer.places
    scripts = []
    for _ in range(2):
        fmap = base_map(places, NOWHERE, None)
        fmap.get_root().render()
        scripts.append(generate_leaflet_string(fmap))
    assert scripts[0] == scripts[1]


def test_a_map_begins_where_all_of_its_events_show():
    assert view_of_bounds((33.2, 35.9, 38.1, 41.6)) == MapView(35.65, 38.75, 7)
    assert view_of_bounds((-60.0, -170.0, 75.0, 170.0)).zoom == MIN_ZOOM
    assert view_of_bounds((36.4, 38.9, 36.4, 38.9)).zoom == MAX_ZOOM


def test_the_first_view_of_sites_follows_their_events():
    import pandas as pd

    sites = pd.DataFrame(
        {"lat": [36.0, 36.2, 10.0], "lon": [38.0, 38.4, 10.0], "events": [5, 4, 1]}
    )
    assert first_bounds(sites) == (36.0, 38.0, 36.2, 38.4)
    assert first_bounds(sites.iloc[:0]) == NOWHERE
