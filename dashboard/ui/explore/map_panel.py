"""The map, in its own fragment, so that panning it reruns nothing else.

It gets its events from the server by itself (`server/map_data.py`); the page gives it the link.
"""

import streamlit as st
from streamlit_folium import st_folium

from dashboard.browser.area_outlines import area_outlines
from dashboard.browser.event_map import EventLink, base_map, event_group
from dashboard.browser.layer_options import layer_options
from dashboard.browser.outside import marked_bounds
from dashboard.language.language import current
from dashboard.language.messages import _
from dashboard.language.words import isolate
from dashboard.map.first_view import Bounds, around
from dashboard.map.from_engine import first_bounds_from_engine
from dashboard.model.basemap_name import ONLINE
from dashboard.project.catalog import Catalog
from dashboard.project.project import Loaded
from dashboard.query.link import language_params, to_params
from dashboard.query.query import DISPLAY, MapView, Query
from dashboard.ui import shell
from dashboard.ui.components.controls import last_change
from dashboard.ui.explore.area_filter import add, area_name, around_button, remove
from dashboard.ui.explore.basemap_choice import tiles_of
from dashboard.ui.explore.layer_choice import all_layers
from dashboard.ui.state import explore_query
from dashboard.ui.state.language import apply_language
from dashboard.ui.state.session import SessionValue

_SEEN = SessionValue[object]("map_clicks_seen", 0)
# The point that was clicked with the right button, latitude first; "" without one.
_POINT = SessionValue("map_point", "")
# The bounds of the marks that the session began with (none if it had no filter), in a tuple of one.
_FIRST = SessionValue[tuple[Bounds | None] | None]("first_bounds", None)
_RETURNED = ("last_object_clicked_tooltip", "last_object_clicked_count", "center", "zoom")


@st.fragment
def map_panel(loaded: Loaded, catalog: Catalog, query: Query) -> None:
    """Draw the selection on the map."""
    apply_language()
    key = "presented_map" if query.presentation else "map"
    # A presentation begins with the view of the map; after that each of the two maps has its own.
    view = explore_query.presented_view() if query.presentation else explore_query.LINKED_VIEW.get()
    result = st_folium(
        base_map(
            loaded.corpus.gazetteer.places,
            _first_bounds(catalog, query),
            view,
            legend=True,
            presented=query.presentation,
        ),
        key=key,
        feature_group_to_add=event_group(
            _event_link(catalog, query), online=query.basemap == ONLINE
        ),
        returned_objects=_RETURNED,
        use_container_width=True,
        height=400,
    )
    if result:
        _keep_view(result)
        _follow_click(result, catalog)
    if not query.presentation:
        _offer_point()


def _first_bounds(catalog: Catalog, query: Query) -> Bounds:
    """What the map shows first: the marks of the filters or the selection that the link has.

    Without any, where most events are. It stays for the session, as the map would be made anew.
    """
    chosen = query.is_filtered or query.place_ids or query.event_id
    first = _FIRST.get() or (marked_bounds(catalog, query) if chosen else None,)
    _FIRST.set(first)
    return around(first[0] or first_bounds_from_engine(catalog))


def _event_link(catalog: Catalog, query: Query) -> EventLink:
    """The link of the events that the query has, in the reader's language."""
    params = to_params(query.with_defaults(DISPLAY))
    language = {name: [value] for name, value in language_params(current()).items()}
    areas = area_outlines(query.areas, lambda area: area_name(catalog, area))
    tiles = tiles_of(query.basemap)
    layers = layer_options(query.layers, all_layers())
    number = last_change("facets")
    return EventLink(
        {**params, **language}, catalog.version, number, areas, layers, tiles, query.extents
    )


def _keep_view(result: dict[str, object]) -> None:
    centre, zoom = result.get("center"), result.get("zoom")
    if isinstance(centre, dict) and isinstance(zoom, int):
        view = MapView(round(centre["lat"], 4), round(centre["lng"], 4), zoom)
        explore_query.VIEW.set(view)
        explore_query.write()


def _follow_click(result: dict[str, object], catalog: Catalog) -> None:
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
    if kind in ("area", "area-remove"):
        (add if kind == "area" else remove)(ids)
        st.rerun()
    if kind == "in":
        known = catalog.vocabulary["places"]
        explore_query.choose_area([key for key in ids.split(".") if key in known])
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
        lat, lon = map(float, point.split(","))
        around_button(lat, lon, key="around_point")
        st.button(_("Close"), key="map_point_close", on_click=_POINT.clear)
