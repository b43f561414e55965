"""The points of events that are in areas, e.g. the codes "-1,437586532901,437586540022".

No engine computes distances on an ellipsoid alike. So it finds the distinct points near the areas,
`model/area.py` those inside, and the engine compares events with these, which are one value of a
statement, however many they are. A point is the number of its tile unit (`model/grid.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from dashboard.model.area import Area
from dashboard.model.grid import MAX_ZOOM, Box, box_of
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables

_BETWEEN = ","
# No point has this code; a list of no codes is no list of numbers.
_NO_POINT = "-1"
_ROW = 1 << 30


@dataclass(frozen=True, slots=True)
class AreaPoints:
    """The points inside areas, in their place in a query that an engine answers.

    The first and last tile units are those of the points: an engine skips the files of other parts.
    """

    codes: str
    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0


def box_around_area(area: Area) -> Box:
    """The part of the map that contains an area; the zoom means nothing here."""
    bounds = area.bounds
    box = box_of(bounds.south, bounds.west, bounds.north, bounds.east, MAX_ZOOM)
    # Points are rounded to tile units, and the right and bottom edges of a box are excluded.
    return Box(box.zoom, box.left - 1, box.top - 1, box.right + 2, box.bottom + 2)


def points_in(tables: EngineTables, box: Box) -> ir.Table:
    """The distinct points of events in a box."""
    rows = tables.event_places
    rows = rows.filter(
        rows.x >= box.left, rows.x < box.right, rows.y >= box.top, rows.y < box.bottom
    )
    return rows.select("x", "y", "lat", "lon").distinct()


def area_points(areas: Sequence[Area], near: Sequence[pd.DataFrame]) -> AreaPoints:
    """Those of the points near each of the areas (rows of `points_in`) that are inside."""
    inside: set[int] = set()
    for area, points in zip(areas, near, strict=True):
        lon, lat = (points[name].to_numpy(dtype=np.float64) for name in ("lon", "lat"))
        codes = points["y"].to_numpy(dtype=np.int64) * _ROW + points["x"].to_numpy(dtype=np.int64)
        inside.update(codes[area.contains(lon, lat)].tolist())
    codes_text = _BETWEEN.join([_NO_POINT, *map(str, sorted(inside))])
    if not inside:
        return AreaPoints(codes_text)
    rows, columns = zip(*(divmod(code, _ROW) for code in inside), strict=True)
    return AreaPoints(codes_text, min(columns), min(rows), max(columns), max(rows))


def in_areas(rows: ir.Table, query: Query) -> ir.Table:
    """Those rows of `event_places` that are in an area; the areas of the query are `AreaPoints`."""
    (points,) = query.areas
    if not isinstance(points, AreaPoints):
        raise TypeError(f"expected the points of areas, found {points!r}")
    codes = ibis.literal(points.codes).split(_BETWEEN).cast("array<int64>").unnest()
    inside = codes.name("code").as_table()
    return rows.filter(
        rows.x.between(points.left, points.right),
        rows.y.between(points.top, points.bottom),
        (rows.y.cast("int64") * _ROW + rows.x).isin(inside.code),
    )
