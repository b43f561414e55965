"""A small map with the places of one event, and one on which a place can be picked."""

from collections.abc import Sequence

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
    st_folium(
        base_map(loaded.corpus.gazetteer.places, NOWHERE, _view(places)),
        key=f"{key}_{'.'.join(place_ids)[:80]}",
        feature_group_to_add=place_group([(p.lat, p.lon, p.uncertainty_m) for p in places]),
        returned_objects=[],
        use_container_width=True,
        height=_HEIGHT,
    )


def picking_map(
    loaded: Loaded, at: tuple[float, float, int] | None, near: Sequence[Place], *, key: str
) -> tuple[float, float] | None:
    """Show a map to click. Returns the last point as (lat, lon), `None` before the first click.

    `at` is a point with uncertainty to mark; the map opens on the places `near`.
    """
    view = _view(near) if near else _NOWHERE
    if at and not near:
        view = MapView(round(at[0], 4), round(at[1], 4), _ZOOM)
    result = st_folium(
        base_map(loaded.corpus.gazetteer.places, NOWHERE, view),
        key=key,
        feature_group_to_add=place_group([at] if at else []),
        returned_objects=["last_clicked"],
        use_container_width=True,
        height=320,
    )
    clicked = (result or {}).get("last_clicked")
    return (clicked["lat"], clicked["lng"]) if clicked else None


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
