"""Land, borders, water and roads under the figure's marks, from the files of data/basemap."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import geopandas as gpd
from matplotlib.axes import Axes
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from dashboard.legend.palette import colour
from dashboard.model.place import FeatureClass, Place
from dashboard.paper.frame import Frame

CREDIT = "Natural Earth; WDBII; GeoNames (CC BY 4.0)"
SEA, LAND = colour("print-sea"), colour("print-land")
COUNTRY, WATER = colour("print-country"), colour("print-water")
_BORDER, _INNER, _ROAD = colour("print-border"), colour("inner-border"), colour("road")
# The margin that is drawn beyond the frame, so that no outline ends inside it.
_BEYOND = 0.1
_ROAD_NUMBER = 3
# The positions of a road's number along the road, as shares of its length in the frame.
_SHIELDS = (0.15, 0.5, 0.85)


@cache
def layer(folder: Path, name: str) -> gpd.GeoDataFrame:
    """A layer of the basemap, read once, in EPSG:4326."""
    return gpd.read_file(folder / f"{name}.geojson")


def draw_basemap(axes: Axes, frame: Frame, folder: Path) -> None:
    """Fill the frame with land and water."""
    axes.set_facecolor(SEA)
    for name, style in (
        ("land", {"facecolor": LAND, "edgecolor": "none", "zorder": 1}),
        ("countries", {"facecolor": LAND, "edgecolor": "none", "zorder": 1}),
        ("lakes", {"facecolor": WATER, "edgecolor": "none", "zorder": 2}),
        ("rivers", {"color": WATER, "linewidth": 0.9, "zorder": 2}),
        (
            "governorates",
            {
                "facecolor": "none",
                "edgecolor": _INNER,
                "linewidth": 0.5,
                "linestyle": (0, (4, 3)),
                "zorder": 3,
            },
        ),
        ("borders", {"color": _BORDER, "linewidth": 0.8, "zorder": 3}),
    ):
        ground = clipped(layer(folder, name), frame, frame.box)
        if len(ground):
            ground.plot(ax=axes, aspect=None, **style)


def clipped(
    ground: gpd.GeoDataFrame, frame: Frame, area: tuple[float, float, float, float]
) -> gpd.GeoDataFrame:
    """The part of a layer in an area and a little around, in the frame's projection.

    `area` is left, bottom, right and top in metres of the frame.
    """
    left, bottom, right, top = area
    beyond = max(right - left, top - bottom) * _BEYOND
    corners = frame.lon_lat(
        [left - beyond, left - beyond, right + beyond, right + beyond],
        [bottom - beyond, top + beyond, bottom - beyond, top + beyond],
    )
    (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
    return ground.clip(box(west, south, east, north)).to_crs(frame.crs)


def draw_roads(
    axes: Axes, frame: Frame, places: Mapping[str, Place]
) -> dict[str, list[tuple[float, float]]]:
    """Draw the numbered roads. Returns points for shields by the number of each road in the frame."""
    drawn = {}
    window = box(frame.left, frame.bottom, frame.right, frame.top)
    for place in places.values():
        # As on the screen: only roads with a number, as the geometry of others is not surveyed.
        if place.feature_class is not FeatureClass.ROAD or len(place.place_id) > _ROAD_NUMBER:
            continue
        line = projected(place.geometry, frame).intersection(window)
        if line.is_empty or line.geom_type not in {"LineString", "MultiLineString"}:
            continue
        series = gpd.GeoSeries([line])
        series.plot(ax=axes, aspect=None, color=_ROAD, linewidth=2.2, zorder=4)
        series.plot(ax=axes, aspect=None, color=colour("road-fill"), linewidth=1.1, zorder=4)
        at = (line.interpolate(share, normalized=True) for share in _SHIELDS)
        drawn[place.place_id.upper()] = [(point.x, point.y) for point in at]
    return drawn


def projected(geometry: BaseGeometry, frame: Frame) -> BaseGeometry:
    """A geometry of EPSG:4326 in the frame's projection."""
    projected: BaseGeometry = gpd.GeoSeries([geometry], crs="EPSG:4326").to_crs(frame.crs).iloc[0]
    return projected
