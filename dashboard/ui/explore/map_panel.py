"""The map, in its own fragment, so that panning it reruns nothing else."""

from collections.abc import Mapping

import streamlit as st
from streamlit_folium import st_folium

from dashboard.browser.event_map import HEIGHT, WIDTH, base_map, event_group, view_of_bounds
from dashboard.browser.map_layer import MapLayer, map_layer
from dashboard.language.language import current
from dashboard.language.messages import _
from dashboard.language.words import isolate
from dashboard.legend.shades import Shade, shades
from dashboard.map.from_engine import first_bounds_from_engine, map_from_engine
from dashboard.model.grid import Box, box_around, box_of
from dashboard.project.catalog import Catalog
from dashboard.project.project import Loaded
from dashboard.query.query import DISPLAY, MapView, Query
from dashboard.ui import shell
from dashboard.ui.state import explore_query
from dashboard.ui.state.language import apply_language
from dashboard.ui.state.session import SessionValue, component_values

_SEEN = SessionValue[object]("map_clicks_seen", 0)
_BOX = SessionValue[Box | None]("map_box", None)
# The point that was clicked with the right button, latitude first; "" without one.
_POINT = SessionValue("map_point", "")
_RETURNED = ("last_object_clicked_tooltip", "last_object_clicked_count", "center", "zoom", "bounds")


@st.fragment
def map_panel(loaded: Loaded, catalog: Catalog, query: Query) -> None:
    """Draw the selection on the map."""
    apply_language()
    key = "presented_map" if query.presentation else "map"
    # A presentation begins with the view of the map; after that each of the two maps has its own.
    view = explore_query.presented_view() if query.presentation else explore_query.LINKED_VIEW.get()
    map_state = component_values(key)
    box = _box(map_state, view, catalog)
    legend = shades(query.colour, catalog.names.datasets)
    layer = _layer(catalog, query, box, legend)
    result = st_folium(
        base_map(
            loaded.corpus.gazetteer.places,
            first_bounds_from_engine(catalog),
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
    if not query.presentation:
        _offer_point()


def _box(map_state: Mapping[str, object], view: MapView | None, catalog: Catalog) -> Box:
    """The part of the map to send: that of the last run while the visible part lies in it."""
    visible = _visible(map_state, view, catalog)
    box = _BOX.get()
    if box is None or not box.contains(visible):
        box = visible.padded()
        _BOX.set(box)
    return box


def _visible(map_state: Mapping[str, object], view: MapView | None, catalog: Catalog) -> Box:
    """The visible part of the map; before the browser has sent it, that of the first view."""
    bounds, zoom = map_state.get("bounds"), map_state.get("zoom")
    if isinstance(bounds, dict) and isinstance(zoom, int):
        low, high = bounds.get("_southWest") or {}, bounds.get("_northEast") or {}
        if low.get("lat") is not None and high.get("lat") is not None:
            return box_of(low["lat"], low["lng"], high["lat"], high["lng"], zoom)
    start = view or view_of_bounds(first_bounds_from_engine(catalog))
    return box_around(start.lat, start.lon, start.zoom, WIDTH, HEIGHT)


def _layer(catalog: Catalog, query: Query, box: Box, legend: tuple[Shade, ...]) -> MapLayer:
    """The layer for this part of the map, cached so that panning back needs no query."""
    filters = catalog.effective(query).with_defaults(DISPLAY)
    if filters.mark_measure is None:
        # Sums beside the map may be of any measure; the map is the same.
        filters = filters.with_defaults(("measure",))

    def build() -> MapLayer:
        splits = [shade.id for shade in legend]
        return map_layer(map_from_engine(catalog, filters, box), splits, query)

    layer: MapLayer = catalog.maps.get((filters, box, current(), legend), build)
    return layer


def _keep_view(result: dict[str, object]) -> None:
    centre, zoom = result.get("center"), result.get("zoom")
    if isinstance(centre, dict) and isinstance(zoom, int):
        view = MapView(round(centre["lat"], 4), round(centre["lng"], 4), zoom)
        explore_query.VIEW.set(view)
        explore_query.write()


def _follow_click(result: dict[str, object]) -> None:
    clicks = result.get("last_object_clicked_count") or 0
    if clicks == _SEEN.get():
        return
    _SEEN.set(clicks)
    kind, _, ids = str(result.get("last_object_clicked_tooltip") or "").partition(":")
    if kind == "point":
        _POINT.set(ids)
    if kind == "places":
        explore_query.change(place_ids=tuple(ids.split(".")), event_id=None, tab="events")
        st.rerun()
    if kind == "event":
        explore_query.change(event_id=ids, tab="evidence")
        st.rerun()


def _offer_point() -> None:
    """Below the map, what can be done at the point that was clicked with the right button."""
    point = _POINT.get()
    if not point:
        return
    with st.container(horizontal=True, key="map_point_row", vertical_alignment="center"):
        st.text(isolate(point.replace(",", ", ")))
        shell.link_to("review", _("New event here"), {"new": "claim", "at": point})
        st.button(_("Close"), key="map_point_close", on_click=_POINT.clear)
