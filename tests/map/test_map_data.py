import numpy as np

from dashboard.browser.event_map import base_map, first_view
from dashboard.map.map_data import map_data
from dashboard.map.map_layer import NOWHERE
from dashboard.model.columns import Tables
from dashboard.model.corpus import Corpus
from dashboard.model.grid import MAX_ZOOM, MIN_ZOOM
from dashboard.model.place import FeatureClass, PlacePrecision
from dashboard.query.query import MapView


def _all(tables: Tables):
    return np.ones(len(tables.events), dtype=bool)


def test_every_located_event_is_on_a_mark(tables: Tables, corpus: Corpus):
    data = map_data(tables, corpus.gazetteer.places, _all(tables), None, ())
    on_marks = {place_id for site in data.sites for place_id in site.id.split(".")}
    for row in corpus.events.places:
        place = corpus.gazetteer.places[row.place_id]
        assert place.feature_class is FeatureClass.COUNTRY or row.place_id in on_marks


def test_marks_split_by_group_and_say_what_is_contested(tables: Tables, corpus: Corpus):
    data = map_data(tables, corpus.gazetteer.places, _all(tables), None, ())
    assert all(sum(site.groups.values()) == site.count for site in data.sites)
    assert any(site.contested for site in data.sites)
    assert len({(site.lat, site.lon) for site in data.sites}) == len(data.sites)


def test_uncertain_places_are_hollow_with_their_circle(tables: Tables, corpus: Corpus):
    data = map_data(tables, corpus.gazetteer.places, _all(tables), None, ())
    base = corpus.gazetteer.places["mabaqer_base"]
    assert base.precision is PlacePrecision.VICINITY
    site = next(site for site in data.sites if "mabaqer_base" in site.id.split("."))
    assert site.hollow
    assert any(circle.radius_m == base.uncertainty_m for circle in data.circles)


def test_a_movement_is_an_arrow(tables: Tables, corpus: Corpus):
    data = map_data(tables, corpus.gazetteer.places, _all(tables), "withdrawal_ain_issa", ())
    arrow = next(arrow for arrow in data.arrows if arrow.selected)
    assert "Ain Issa" in arrow.label
    assert data.focus


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
    assert first_view((33.2, 35.9, 38.1, 41.6)) == MapView(35.65, 38.75, 7)
    assert first_view((-60.0, -170.0, 75.0, 170.0)).zoom == MIN_ZOOM
    assert first_view((36.4, 38.9, 36.4, 38.9)).zoom == MAX_ZOOM
