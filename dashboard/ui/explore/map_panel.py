"""The map, in a fragment of its own: panning it runs nothing else again."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st
from streamlit_folium import st_folium

from dashboard.browser.event_map import HEIGHT, WIDTH, base_map, event_group, first_view
from dashboard.browser.map_layer import MapLayer, map_layer
from dashboard.language.language import current
from dashboard.legend.shades import Shade, shades
from dashboard.map.ask import ask_first_bounds, ask_map
from dashboard.model.grid import Box, box_around, box_of
from dashboard.project.catalog import Catalog
from dashboard.project.project import Loaded
from dashboard.query.query import MapView, Query
from dashboard.ui.state import explore_query
from dashboard.ui.state.language import speak
from dashboard.ui.state.session import SessionValue, component_values

_SEEN = SessionValue[object]("map_clicks_seen", 0)
_BOX = SessionValue[Box | None]("map_box", None)
_RETURNED = (
    "last_object_clicked_tooltip",
    "last_object_clicked_count",
    "center",
    "zoom",
    "bounds",
)


@st.fragment
def map_panel(loaded: Loaded, catalog: Catalog, query: Query) -> None:
    """Draw the selection on the map."""
    speak()
    key = "presented_map" if query.presentation else "map"
    # A presentation begins where the map was; after that each map keeps its own way.
    view = explore_query.presented_view() if query.presentation else explore_query.first_view()
    told = component_values(key)
    box = _box(told, view, catalog)
    legend = shades(query.colour, catalog.names.datasets)
    layer = _layer(catalog, query, box, legend)
    result = st_folium(
        base_map(
            loaded.corpus.gazetteer.places,
            ask_first_bounds(catalog),
            view,
            legend=True,
            presented=query.presentation,
        ),
        key=key,
        feature_group_to_add=event_group(layer, legend, online=query.online),
        returned_objects=_RETURNED,
        use_container_width=True,
        height=400,
    )
    if result:
        _keep_view(result)
        _follow_click(result)


def _box(told: Mapping[str, object], view: MapView | None, catalog: Catalog) -> Box:
    """The part of the map to send: the one held, if the map still lies in it, or one around it."""
    seen = _seen(told, view, catalog)
    held = _BOX.get()
    if held is None or not held.contains(seen):
        held = seen.padded()
        _BOX.set(held)
    return held


def _seen(told: Mapping[str, object], view: MapView | None, catalog: Catalog) -> Box:
    """What the map shows, or, before it has told, what it will."""
    bounds, zoom = told.get("bounds"), told.get("zoom")
    if isinstance(bounds, dict) and isinstance(zoom, int):
        low, high = bounds.get("_southWest") or {}, bounds.get("_northEast") or {}
        if low.get("lat") is not None and high.get("lat") is not None:
            return box_of(low["lat"], low["lng"], high["lat"], high["lng"], zoom)
    begins = view or first_view(ask_first_bounds(catalog))
    return box_around(begins.lat, begins.lon, begins.zoom, WIDTH, HEIGHT)


def _layer(catalog: Catalog, query: Query, box: Box, legend: tuple[Shade, ...]) -> MapLayer:
    """The layer for this part of the map; panning back to it asks nothing."""
    filters = replace(catalog.effective(query), view=None, tab="", online=False, presentation=False)

    def make() -> MapLayer:
        splits = [shade.id for shade in legend]
        return map_layer(ask_map(catalog, filters, box), splits, query)

    layer: MapLayer = catalog.maps.get((filters, box, current(), legend), make)
    return layer


def _keep_view(result: dict[str, object]) -> None:
    centre, zoom = result.get("center"), result.get("zoom")
    if isinstance(centre, dict) and isinstance(zoom, int):
        view = MapView(round(centre["lat"], 4), round(centre["lng"], 4), zoom)
        explore_query.keep_view(view)
        explore_query.write()


def _follow_click(result: dict[str, object]) -> None:
    clicks = result.get("last_object_clicked_count") or 0
    if clicks == _SEEN.get():
        return
    _SEEN.set(clicks)
    kind, _, ids = str(result.get("last_object_clicked_tooltip") or "").partition(":")
    if kind == "places":
        explore_query.change(place_ids=tuple(ids.split(".")), event_id=None, tab="events")
        st.rerun()
    if kind == "event":
        explore_query.change(event_id=ids, tab="evidence")
        st.rerun()
