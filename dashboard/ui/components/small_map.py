"""A small map with the places of one event, and one on which a place can be picked."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from dashboard.browser.event_map import base_map, place_group
from dashboard.language.messages import _
from dashboard.map.first_view import NOWHERE
from dashboard.model.place import Place
from dashboard.project.project import Loaded
from dashboard.query.query import MapView

_HEIGHT = 250
_ZOOM = 10
# The default centre: the middle of the curated gazetteer.
_NOWHERE = MapView(36.4, 39.5, 7)


def small_map(loaded: Loaded, place_ids: Sequence[str], *, key: str) -> None:
    """Show a map with the places marked."""
    places = [loaded.corpus.gazetteer.places[place_id] for place_id in place_ids]
    if not places:
        st.text(_("No place to show."))
        return
    points = [(place.lat, place.lon, place.uncertainty_m) for place in places]
    key = f"{key}_{'.'.join(place_ids)[:80]}"
    point_map(loaded.corpus.gazetteer.places, points, _view(places), key=key, height=_HEIGHT)


def picking_map(
    loaded: Loaded, at: tuple[float, float, int] | None, near: Sequence[Place], *, key: str
) -> tuple[float, float] | None:
    """Show a map to click. Returns the last point as (lat, lon), `None` before the first click.

    `at` is a point with uncertainty to mark; the map opens on the places `near`.
    """
    view = _view(near) if near else _NOWHERE
    if at and not near:
        view = MapView(round(at[0], 4), round(at[1], 4), _ZOOM)
    places = loaded.corpus.gazetteer.places
    marked = [at] if at else []
    result = point_map(places, marked, view, returned=["last_clicked"], key=key, height=320)
    clicked = result.get("last_clicked")
    return (clicked["lat"], clicked["lng"]) if clicked else None


def point_map(
    places: Mapping[str, Place],
    points: Sequence[tuple[float, float, int]],
    view: MapView,
    *,
    returned: Sequence[str] = (),
    **options: Any,
) -> dict[str, Any]:
    """Show a map with points marked, each (lat, lon, metres of uncertainty).

    The page is rerun when one of the `returned` values changes, and gets these.
    """
    shown = st_folium(
        base_map(places, NOWHERE, view),
        feature_group_to_add=place_group(points),
        returned_objects=list(returned),
        use_container_width=True,
        **options,
    )
    return shown or {}


def _view(places: Sequence[Place]) -> MapView:
    lat = sum(place.lat for place in places) / len(places)
    lon = sum(place.lon for place in places) / len(places)
    spread = max(
        max(place.lat for place in places) - min(place.lat for place in places),
        max(place.lon for place in places) - min(place.lon for place in places),
        # The radius of uncertainty in degrees, of 111 km: a country is more than its point.
        max(place.uncertainty_m for place in places) / 111_000,
    )
    # One degree fills the small map at zoom 8; each level halves that.
    zoom = _ZOOM
    while spread > 0.35 and zoom > 5:
        spread, zoom = spread / 2, zoom - 1
    return MapView(round(lat, 4), round(lon, 4), zoom)
