"""The usual methods: folium with one marker per event, its FastMarkerCluster, or pydeck.

EVENT_MAP_METHOD and EVENT_MAP_SIZE are the method and the number of events.
"""

import os
from base64 import b64encode
from pathlib import Path

import folium
import pandas as pd
import pydeck
import streamlit as st
from folium.plugins import FastMarkerCluster
from streamlit_folium import st_folium
from xstatic.pkg import leaflet_markercluster

from benchmarks.sets import points

_LOCAL = "../../app/static/vendor/leaflet"
_METHOD, _SIZE = os.environ["EVENT_MAP_METHOD"], int(os.environ["EVENT_MAP_SIZE"])
folium.Map.default_js = [("leaflet", f"{_LOCAL}/leaflet.js")]
folium.Map.default_css = [("leaflet", f"{_LOCAL}/leaflet.css")]
# From a package instead of a CDN, as a link that leaves no machine.
_SCRIPT = Path(leaflet_markercluster.BASE_DIR, "leaflet.markercluster.js").read_bytes()
FastMarkerCluster.default_js = [
    ("markercluster", f"data:text/javascript;base64,{b64encode(_SCRIPT).decode()}")
]
FastMarkerCluster.default_css = []
_CIRCLE = "function callback(row) { return L.circleMarker(row); }"


@st.cache_resource
def _rows(size: int) -> pd.DataFrame:
    return points(size)


def _folium(rows: pd.DataFrame) -> None:
    fmap = folium.Map([36.4, 39.5], zoom_start=7, tiles=None, maxZoom=18)
    if _METHOD == "cluster":
        FastMarkerCluster(rows[["lat", "lon"]], callback=_CIRCLE).add_to(fmap)
    else:
        for row in rows.itertuples():
            folium.CircleMarker([row.lat, row.lon], radius=5, tooltip=row.title).add_to(fmap)
    st_folium(fmap, returned_objects=[], height=400, width=700)


def _pydeck(rows: pd.DataFrame) -> None:
    layer = pydeck.Layer(
        "ScatterplotLayer", rows[["lon", "lat"]], get_position="[lon, lat]", get_radius=900
    )
    view = pydeck.ViewState(latitude=36.4, longitude=39.5, zoom=6)
    st.pydeck_chart(pydeck.Deck([layer], initial_view_state=view, map_style=None))


kind = st.radio("kind", ["all", "some"])
events = _rows(_SIZE)
if kind == "some":
    events = events[events["kind"] != "arrest"]
(_pydeck if _METHOD == "pydeck" else _folium)(events)
st.text(f"shows {kind}")
