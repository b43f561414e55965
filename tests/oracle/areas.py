"""Which events are in areas, from a plain reading of the points, one point after another."""

import math

import numpy as np
from pyproj import Geod

from dashboard.model.area import Area, BoxArea, CircleArea, PolygonArea
from dashboard.query.query import Query
from tests.oracle.select import EventIndex, Mask

_GEOD = Geod(ellps="WGS84")


def inside(area: Area, lon: float, lat: float) -> bool:
    """Whether a point is in an area."""
    match area:
        case BoxArea(west, south, east, north):
            return west <= lon <= east and south <= lat <= north
        case CircleArea(centre_lon, centre_lat, km):
            return _GEOD.inv(centre_lon, centre_lat, lon, lat)[2] <= km * 1000
        case PolygonArea(corners):
            return _turns(corners, lon, lat)


def _turns(corners: tuple[tuple[float, float], ...], lon: float, lat: float) -> bool:
    """Whether the corners go around a point: the angles at it add up to a whole turn."""
    angles = [math.atan2(y - lat, x - lon) for x, y in corners]
    steps = zip(angles, [*angles[1:], angles[0]], strict=True)
    total = sum((after - before + math.pi) % math.tau - math.pi for before, after in steps)
    return abs(total) > math.pi


def in_areas(index: EventIndex, query: Query) -> Mask:
    """Which events have a point in one of the areas; all if there are none."""
    events = np.zeros(index.size, dtype=bool)
    rows = index.tables.event_places
    for event, lon, lat in zip(rows["event"], rows["lon"], rows["lat"], strict=True):
        events[event] |= any(inside(area, lon, lat) for area in query.areas)
    return events if query.areas else ~events
