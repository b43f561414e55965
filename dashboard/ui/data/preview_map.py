"""A map of the first rows of a table, before it is imported."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.datasets.formats.column_mapping import REQUIRED
from dashboard.datasets.formats.named_places import named_points
from dashboard.datasets.formats.points import read_points
from dashboard.datasets.formats.registry import FORMATS
from dashboard.datasets.formats.sheet import Sheet
from dashboard.datasets.options import Preview, ReadOptions
from dashboard.gazetteer.place_names import PlaceNames
from dashboard.language.messages import _
from dashboard.model.grid import MIN_ZOOM, zoom_to_fit
from dashboard.model.place import Place
from dashboard.query.query import MapView
from dashboard.ui.components.small_map import point_map

# The size of the map in pixels on a small laptop, and its highest zoom level plus one.
_MAP, _CLOSEST = (540, 220), 11
_MOST_POINTS = 200


def preview_map(
    places: Mapping[str, Place],
    preview: Preview,
    read: ReadOptions,
    names: PlaceNames | None = None,
) -> None:
    """Show the points of the first rows, so that swapped or projected coordinates are noticed.

    Rows without coordinates are shown where their names are, if `names` are given.
    """
    lat, lon = _coordinates(preview, read, names)
    points = [
        (float(a), float(b), 0)
        for a, b in zip(lat, lon, strict=True)
        if pd.notna(a) and pd.notna(b) and abs(a) <= 90 and abs(b) <= 180
    ][:_MOST_POINTS]
    if not points:
        st.warning(_("None of the first rows has a place that a map can show."))
        return
    point_map(places, points, _view_of(points), key="import_map", height=_MAP[1])


def _view_of(points: Sequence[tuple[float, float, int]]) -> MapView:
    """A view of the central 96% of the points in each direction, so that outliers are ignored."""
    lat, lon = (pd.Series([point[at] for point in points]) for at in (0, 1))
    (south, north), (west, east) = (degrees.quantile([0.02, 0.98]) for degrees in (lat, lon))
    zoom = min(zoom_to_fit(south, west, north, east, *_MAP), _CLOSEST) - 1
    return MapView(round((south + north) / 2, 3), round((west + east) / 2, 3), max(zoom, MIN_ZOOM))


def _coordinates(
    preview: Preview, read: ReadOptions, names: PlaceNames | None
) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    known = FORMATS[preview.format].numbers if read.mapping is None else ()
    columns = read.mapping.columns if read.mapping else dict(zip(REQUIRED, known, strict=True))
    rows = np.arange(len(preview.frame), dtype=np.int64)
    sheet = Sheet(preview.format, preview.frame, rows, lambda _fault: None, read.cells)
    points = read_points(sheet, columns)
    if names is None:
        return points.lat, points.lon
    return named_points(sheet, columns, points, names)
