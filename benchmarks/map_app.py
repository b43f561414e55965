"""An app that does nothing but show an empty map: the floor for the first map."""

from streamlit_folium import st_folium

from dashboard.browser.event_map import base_map, place_group
from dashboard.map.first_view import NOWHERE
from dashboard.ui import project

places = project.load().corpus.gazetteer.places
st_folium(
    base_map(places, NOWHERE, None),
    feature_group_to_add=place_group([]),
    returned_objects=[],
    height=400,
    width=700,
)
