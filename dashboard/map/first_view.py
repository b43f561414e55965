"""The first view of a map: the places around the median of the events."""

import numpy as np
import numpy.typing as npt
import pandas as pd

# South, west, north, east in degrees (EPSG:4326).
Bounds = tuple[float, float, float, float]
# The share of events in the first view, and the view if there is no event: north-east Syria.
_INSIDE = 0.8
# The margin around marks as a share of their extent, so that no control of the map covers one, and the
# least extent in degrees.
_MARGIN, _LEAST = 0.14, 0.3
NOWHERE: Bounds = (34.5, 36.0, 37.5, 42.5)

Floats = npt.NDArray[np.float64]


def near_the_middle(
    lat: Floats, lon: Floats, events: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    """Mask of the places (n) in the first view; `events` is the number of events of each.

    One event in five may lie outside, so that one far airport does not make the whole map small.
    """
    middle = [np.median(np.repeat(values, events)) for values in (lat, lon)]
    distance = np.abs(lat - middle[0]) + np.abs(lon - middle[1])
    near: npt.NDArray[np.bool_] = distance <= np.quantile(np.repeat(distance, events), _INSIDE)
    return near


def first_bounds(sites: pd.DataFrame) -> Bounds:
    """The bounds of the first view of sites (columns lat, lon, events)."""
    if sites.empty:
        return NOWHERE
    lat, lon = (sites[name].to_numpy(dtype=float) for name in ("lat", "lon"))
    near = near_the_middle(lat, lon, sites["events"].to_numpy(dtype=np.int64))
    lat, lon = lat[near], lon[near]
    return float(lat.min()), float(lon.min()), float(lat.max()), float(lon.max())


def around(bounds: Bounds) -> Bounds:
    """Bounds with a margin, so that no mark is cut; those of one point show its surroundings."""
    south, west, north, east = bounds
    up, over = (
        max((high - low) * _MARGIN, (_LEAST - (high - low)) / 2)
        for low, high in ((south, north), (west, east))
    )
    return south - up, west - over, north + up, east + over
