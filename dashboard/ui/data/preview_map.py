"""A map of the first rows of a table, before it is imported."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from dashboard.browser.event_map import base_map, place_group
from dashboard.datasets.formats.column_mapping import REQUIRED
from dashboard.datasets.formats.registry import FORMATS
from dashboard.datasets.options import Preview, ReadOptions
from dashboard.language.messages import _
from dashboard.map.first_view import NOWHERE
from dashboard.model.grid import MIN_ZOOM, zoom_to_fit
from dashboard.model.place import Place
from dashboard.query.query import MapView

# The map of the first rows: its size in pixels on a small laptop, and how close it goes.
_MAP, _CLOSEST = (540, 220), 11
_MOST_POINTS = 200


def preview_map(places: Mapping[str, Place], preview: Preview, way: ReadOptions) -> None:
    """Where the first rows lie: coordinates that are swapped or of another system show at once."""
    lat, lon = _coordinates(preview, way)
    points = [
        (float(a), float(b), 0)
        for a, b in zip(lat, lon, strict=True)
        if pd.notna(a) and pd.notna(b) and abs(a) <= 90 and abs(b) <= 180
    ][:_MOST_POINTS]
    if not points:
        st.warning(_("None of the first rows has coordinates that a map can show."))
        return
    st_folium(
        base_map(places, NOWHERE, _view_of(points)),
        key="import_map",
        feature_group_to_add=place_group(points),
        returned_objects=[],
        use_container_width=True,
        height=_MAP[1],
    )


def _view_of(points: Sequence[tuple[float, float, int]]) -> MapView:
    """Where most of the points are in view; a few far out do not make all others small."""
    lat, lon = (pd.Series([point[at] for point in points]) for at in (0, 1))
    (south, north), (west, east) = (way.quantile([0.02, 0.98]) for way in (lat, lon))
    zoom = min(zoom_to_fit(south, west, north, east, *_MAP), _CLOSEST) - 1
    return MapView(round((south + north) / 2, 3), round((west + east) / 2, 3), max(zoom, MIN_ZOOM))


def _coordinates(
    preview: Preview, way: ReadOptions
) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    if way.mapping is not None:
        names = tuple(way.mapping.columns[role] for role in REQUIRED)
    else:
        names = FORMATS[preview.format].numbers
    cells = [preview.frame[name].astype(str) for name in names]
    if way.decimal_comma:
        cells = [cell.str.replace(",", ".", regex=False) for cell in cells]
    lat, lon = (pd.to_numeric(cell, errors="coerce") for cell in cells)
    return lat, lon
