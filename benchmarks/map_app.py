"""An app that does nothing but show an empty map: the floor for the first map."""

from streamlit_folium import st_folium

from dashboard.browser.event_map import base_map, place_group
from dashboard.map.map_layer import NOWHERE
from dashboard.settings import read_settings
from dashboard.ui import cached

places = cached.load(read_settings()).corpus.gazetteer.places
st_folium(
    base_map(places, NOWHERE, None),
    feature_group_to_add=place_group([]),
    returned_objects=[],
    height=400,
    width=700,
)
