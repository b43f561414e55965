"""The map, in a fragment of its own: panning it runs nothing else again."""

from dataclasses import replace

import streamlit as st
from streamlit_folium import st_folium

from dashboard.language.language import current
from dashboard.model.event_tables import day_number
from dashboard.model.grid import Box, box_around, box_of, zoom_to_fit
from dashboard.query import cells
from dashboard.query.query import MapView, Query
from dashboard.ui import state
from dashboard.ui.cached import Live, Loaded
from dashboard.views.event_map import MAX_ZOOM, MIN_ZOOM, base_map, event_group
from dashboard.views.map_layer import (
    Chosen,
    Interval,
    MapLayer,
    Movement,
    Outline,
    cell_units,
    cube_of,
    movements,
    outlined,
    outlines,
    place_units,
)
from dashboard.views.shades import Shade, shades

_SEEN, _BOX = "map_clicks_seen", "map_box"
_RETURNED = (
    "last_object_clicked_tooltip",
    "last_object_clicked_count",
    "center",
    "zoom",
    "bounds",
)
# What the map is taken to measure before it has told its bounds: that of a small laptop.
_WIDTH, _HEIGHT = 800, 460


def map_panel(loaded: Loaded, live: Live, query: Query) -> None:
    """Draw the selection on the map."""
    _map(loaded, live, query)


@st.fragment
def _map(loaded: Loaded, live: Live, query: Query) -> None:
    state.speak()
    key = "presented_map" if query.presentation else "map"
    # A presentation begins where the map was; after that each map keeps its own way.
    view = state.presented_view() if query.presentation else state.first_view()
    told = st.session_state.get(key) or {}
    box = _box(told, view, live)
    legend = shades(query.colour, live.names.datasets)
    layer = _layer_kept(live, query, box, legend)
    result = st_folium(
        base_map(loaded.corpus.gazetteer.places, live.bounds, view, presented=query.presentation),
        key=key,
        feature_group_to_add=event_group(layer, legend, online=query.online),
        returned_objects=_RETURNED,
        use_container_width=True,
        height=400,
    )
    if result:
        _keep_view(result)
        _follow_click(result)


def _box(told: dict[str, object], view: MapView | None, live: Live) -> Box:
    """The part of the map to send: the one held, if the map still lies in it, or one around it."""
    seen = _seen(told, view, live)
    held: Box | None = st.session_state.get(_BOX)
    if held is None or not held.contains(seen):
        held = seen.padded()
        st.session_state[_BOX] = held
    return held


def _seen(told: dict[str, object], view: MapView | None, live: Live) -> Box:
    """What the map shows, or, before it has told, what it will."""
    bounds, zoom = told.get("bounds"), told.get("zoom")
    if isinstance(bounds, dict) and isinstance(zoom, int):
        low, high = bounds.get("_southWest") or {}, bounds.get("_northEast") or {}
        if low.get("lat") is not None and high.get("lat") is not None:
            return box_of(low["lat"], low["lng"], high["lat"], high["lng"], zoom)
    if view is not None:
        return box_around(view.lat, view.lon, view.zoom, _WIDTH, _HEIGHT)
    south, west, north, east = live.bounds
    fitting = zoom_to_fit(south, west, north, east, _WIDTH, _HEIGHT)
    closest = min(max(fitting, MIN_ZOOM), MAX_ZOOM)
    return box_around((south + north) / 2, (west + east) / 2, closest, _WIDTH, _HEIGHT)


def _layer_kept(live: Live, query: Query, box: Box, legend: tuple[Shade, ...]) -> MapLayer:
    """The layer for this part of the map; panning back costs nothing."""
    filters = replace(live.effective(query), view=None, tab="", online=False, presentation=False)
    key = (filters, box, current(), legend)
    return live.layers.get(key, lambda: _layer(live, filters, box, legend))


def _layer(live: Live, query: Query, box: Box, legend: tuple[Shade, ...]) -> MapLayer:
    engine, tables = live.engine, live.engine.tables
    start, end = (None if day is None else day_number(day) for day in (query.start, query.end))
    days = cells.bins(live.extent.first, live.extent.last, (start, end))
    splits = [shade.id for shade in legend]
    few = len(engine.frame(cells.sites_in(tables, query, box))) <= cells.MOST_PLACES
    chosen = _chosen(live, query)
    if few:
        counts = engine.frame(cells.counts_by_site(tables, query, box, days, query.colour))
        live.places.fetch(counts["place_id"].unique())
        units, counts = place_units(counts, live.places, chosen)
    else:
        counts = engine.frame(cells.counts_by_cell(tables, query, box, days, query.colour))
        single = counts.loc[counts["first_site"] == counts["last_site"], "first_site"]
        live.places.fetch(part for site in single.unique() for part in site.split("."))
        units, counts = cell_units(counts, box, live.places, chosen)
    window = _window(query, live)
    return MapLayer(
        places=few,
        units=units,
        cube=cube_of(counts, splits, days.edges, window),
        window=window,
        outlines=_outlines(live, query, chosen),
        movements=_movements(live, query, chosen),
        focus=_focus(live, chosen),
        focus_id=query.event_id,
    )


def _window(query: Query, live: Live) -> Interval | None:
    """First and last day of the window; beyond the data on the side where it is open."""
    if query.start is None and query.end is None:
        return None
    first = live.extent.first - 1 if query.start is None else day_number(query.start)
    last = live.extent.last + 1 if query.end is None else day_number(query.end)
    return first, last


def _chosen(live: Live, query: Query) -> Chosen:
    ids = frozenset(query.place_ids)
    if query.event_id is None:
        return Chosen(ids)
    events, places = live.engine.tables.events, live.engine.tables.event_places
    here = places.semi_join(events.filter(events.event_id == query.event_id), "event")
    own = live.engine.frame(here.select("place_id").distinct())["place_id"]
    return Chosen(ids | frozenset(own), query.event_id, tuple(own))


def _outlines(live: Live, query: Query, chosen: Chosen) -> tuple[Outline, ...]:
    ids = outlined(live.places.curated.values())
    found = live.engine.frame(cells.days_at(live.engine.tables, query, ids))
    return outlines(found, live.places, chosen)


def _movements(live: Live, query: Query, chosen: Chosen) -> tuple[Movement, ...]:
    rows = live.engine.frame(cells.movements(live.engine.tables, query))
    return movements(rows, live.places, chosen) if len(rows) else ()


def _focus(live: Live, chosen: Chosen) -> tuple[tuple[float, float], ...]:
    places = [live.places[key] for key in chosen.own_places]
    return tuple((place.lat, place.lon) for place in places)


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
