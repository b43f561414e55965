"""The usual ways: folium with a marker an event, or pydeck.

EVENT_MAP_WAY and EVENT_MAP_SIZE say which and how many.
"""

import os

import folium
import pandas as pd
import pydeck
import streamlit as st
from streamlit_folium import st_folium

from benchmarks.sets import points

_LOCAL = "../../app/static/vendor/leaflet"
_WAY, _SIZE = os.environ["EVENT_MAP_WAY"], int(os.environ["EVENT_MAP_SIZE"])
folium.Map.default_js = [("leaflet", f"{_LOCAL}/leaflet.js")]
folium.Map.default_css = [("leaflet", f"{_LOCAL}/leaflet.css")]


@st.cache_resource
def _rows(size: int) -> pd.DataFrame:
    return points(size)


def _folium(rows: pd.DataFrame) -> None:
    fmap = folium.Map([36.4, 39.5], zoom_start=7, tiles=None)
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
chosen = _rows(_SIZE)
if kind == "some":
    chosen = chosen[chosen["kind"] != "arrest"]
(_pydeck if _WAY == "pydeck" else _folium)(chosen)
st.text(f"shows {kind}")
