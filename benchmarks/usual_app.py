"""The usual way: one folium.Marker an event, the whole map built again at each filter change."""

import os

import folium
import streamlit as st
from streamlit_folium import st_folium

from benchmarks.synthetic import repeated
from dashboard.settings import read_settings
from dashboard.ui import cached

_LOCAL = "../../app/static/vendor/leaflet"
folium.Map.default_js = [("leaflet", f"{_LOCAL}/leaflet.js")]
folium.Map.default_css = [("leaflet", f"{_LOCAL}/leaflet.css")]


@st.cache_resource
def _rows(size: int) -> list[tuple[float, float, str, str]]:
    real = cached.load(read_settings())
    places = real.corpus.gazetteer.places
    tables = repeated(real.index.tables, size, [p for p in places if p != "syria"])
    joined = tables.event_places.join(tables.events, on="event").drop_duplicates("event")
    lat = joined["place_id"].map(lambda place_id: places[place_id].lat)
    lon = joined["place_id"].map(lambda place_id: places[place_id].lon)
    return list(zip(lat, lon, joined["title_en"], joined["kind"], strict=True))


rows = _rows(int(os.environ["EVENT_MAP_SIZE"]))
kind = st.radio("kind", ["all", "some"])
chosen = rows if kind == "all" else [row for row in rows if row[3] != "arrest"]
fmap = folium.Map([36.4, 39.5], zoom_start=8, tiles=None)
for row_lat, row_lon, title, _ in chosen:
    folium.CircleMarker([row_lat, row_lon], radius=5, tooltip=title).add_to(fmap)
st.text(f"shows {kind}")
st_folium(fmap, returned_objects=[], height=400, width=700)
