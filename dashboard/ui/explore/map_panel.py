"""The map, in a fragment of its own: panning it runs nothing else again."""

from dataclasses import replace

import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from dashboard.browser.event_map import HEIGHT, WIDTH, base_map, event_group, first_view
from dashboard.engine.engine import Engine
from dashboard.language.language import current
from dashboard.legend.shades import Shade, shades
from dashboard.map.map_layer import (
    Chosen,
    Interval,
    MapLayer,
    Unit,
    cell_units,
    cube_of,
    movements,
    outlines,
    place_units,
    squares_of,
)
from dashboard.model.event_tables import day_number
from dashboard.model.grid import Box, box_around, box_of
from dashboard.query import cells
from dashboard.query.cells import Bins
from dashboard.query.query import MapView, Query
from dashboard.ui import state
from dashboard.ui.cached import Live, Loaded

_SEEN, _BOX = "map_clicks_seen", "map_box"
_RETURNED = (
    "last_object_clicked_tooltip",
    "last_object_clicked_count",
    "center",
    "zoom",
    "bounds",
)


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
        base_map(
            loaded.corpus.gazetteer.places,
            live.bounds,
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
    begins = view or first_view(live.bounds)
    return box_around(begins.lat, begins.lon, begins.zoom, WIDTH, HEIGHT)


def _layer_kept(live: Live, query: Query, box: Box, legend: tuple[Shade, ...]) -> MapLayer:
    """The layer for this part of the map; panning back costs nothing."""
    filters = replace(live.effective(query), view=None, tab="", online=False, presentation=False)
    key = (filters, box, current(), legend)
    return live.layers.get(key, lambda: _layer(live, filters, box, legend))


def _layer(live: Live, query: Query, box: Box, legend: tuple[Shade, ...]) -> MapLayer:
    start, end = (None if day is None else day_number(day) for day in (query.start, query.end))
    days = cells.bins(live.extent.first, live.extent.last, (start, end))
    chosen = _chosen(live, query)
    few, units, counts = _marks(live, query, box, days, chosen)
    window = _window(query, live)
    apart = live.engine.ask(cells.moves_and_outlined, query, live.outlined)
    moves = apart[apart["role"].isin(cells.MOVES)]
    return MapLayer(
        places=few,
        units=units,
        cube=cube_of(counts, [shade.id for shade in legend], days.edges, window),
        window=window,
        outlines=outlines(apart[apart["place_id"].isin(live.outlined)], live.places, chosen),
        movements=movements(moves, live.curated_ids, live.places, chosen),
        focus=_focus(live, chosen),
        focus_id=query.event_id,
    )


def _marks(
    live: Live, query: Query, box: Box, days: Bins, chosen: Chosen
) -> tuple[bool, tuple[Unit, ...], pd.DataFrame]:
    """Whether the places that the query leaves are few; the marks, places or squares; their counts.

    Where all places are few, no query has to be asked how many it leaves; and counts by square that
    name many sites say so by themselves.
    """
    if live.sparse.get(box, lambda: _few(live.engine, box)):
        return True, *_by_site(live, _counts_by_site(live, query, box, days), chosen)
    counts = live.engine.ask(cells.counts_by_cell, query, box, days, query.colour)
    if pd.concat([counts["first_site"], counts["last_site"]]).nunique() <= cells.MOST_PLACES:
        by_site = _counts_by_site(live, query, box, days)
        if by_site["site"].nunique() <= cells.MOST_PLACES:
            return True, *_by_site(live, by_site, chosen)
    squares = squares_of(counts)
    live.places.fetch(site.split(".")[0] for site in squares["site"] if site)
    return False, *cell_units(counts, squares, box, live.places, chosen)


def _few(engine: Engine, box: Box) -> bool:
    return len(engine.ask(cells.sites_in, Query(unreviewed=True), box)) <= cells.MOST_PLACES


def _counts_by_site(live: Live, query: Query, box: Box, days: Bins) -> pd.DataFrame:
    return live.engine.ask(cells.counts_by_site, query, box, days, query.colour)


def _by_site(
    live: Live, counts: pd.DataFrame, chosen: Chosen
) -> tuple[tuple[Unit, ...], pd.DataFrame]:
    live.places.fetch(counts["place_id"].unique())
    return place_units(counts, live.places, chosen)


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
    own = live.engine.ask(cells.places_of_event, (query.event_id,))["place_id"]
    return Chosen(ids | frozenset(own), query.event_id, tuple(own))


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
