"""The map, in a fragment of its own: panning it runs nothing else again."""

import streamlit as st
from streamlit_folium import st_folium

from dashboard.query.query import MapView, Query
from dashboard.query.select import Selection
from dashboard.ui import state
from dashboard.ui.cached import Loaded
from dashboard.views.event_map import base_map, event_group
from dashboard.views.map_data import MapData, first_extent, map_data

_SEEN = "map_clicks_seen"
_RETURNED = ("last_object_clicked_tooltip", "last_object_clicked_count", "center", "zoom")


def map_panel(loaded: Loaded, query: Query, selection: Selection) -> None:
    """Draw the selection on the map."""
    data = map_data(
        loaded.index.tables,
        loaded.corpus.gazetteer.places,
        selection.shown,
        query.event_id,
        query.place_ids,
    )
    _map(loaded, data, online=query.online, presented=query.presentation)


@st.fragment
def _map(loaded: Loaded, data: MapData, *, online: bool, presented: bool) -> None:
    state.speak()
    places = loaded.corpus.gazetteer.places
    extent = first_extent(loaded.index.tables, places)
    # A presentation begins where the map was; after that each map keeps its own way.
    view = state.presented_view() if presented else state.first_view()
    result = st_folium(
        base_map(places, extent, view, presented=presented),
        key="presented_map" if presented else "map",
        feature_group_to_add=event_group(data, online=online),
        returned_objects=_RETURNED,
        use_container_width=True,
        height=400,
    )
    if result:
        _keep_view(result)
        _follow_click(result)


def _keep_view(result: dict[str, object]) -> None:
    centre, zoom = result.get("center"), result.get("zoom")
    if isinstance(centre, dict) and isinstance(zoom, int):
        view = MapView(round(centre["lat"], 4), round(centre["lng"], 4), zoom)
        state.keep_view(view)
        state.write()


def _follow_click(result: dict[str, object]) -> None:
    clicks = result.get("last_object_clicked_count") or 0
    if clicks == st.session_state.get(_SEEN, 0):
        return
    st.session_state[_SEEN] = clicks
    kind, _, ids = str(result.get("last_object_clicked_tooltip") or "").partition(":")
    if kind == "places":
        state.change(place_ids=tuple(ids.split(".")), event_id=None, tab="events")
        st.rerun()
    if kind == "event":
        state.change(event_id=ids, tab="evidence")
        st.rerun()
