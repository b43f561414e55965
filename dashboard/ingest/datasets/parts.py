"""Parts of a table, and what is said when a file does not tell how it is to be read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely

from dashboard.model.errors import DashboardError, Fault

WGS84 = pyproj.CRS("EPSG:4326")
# Metres of a degree of latitude.
_DEGREE_M = 111_000
# The column that tells how far a geometry reaches from its point; no file has one of this name.
EXTENT = "extent of the geometry (m)"
# What is told of each fault.
Tell = Callable[[Fault], None]


class UnclearError(DashboardError):
    """What a file does not tell and an analyst has to: `option` names it, `choices` are its values."""

    def __init__(self, option: str, choices: Sequence[str], why: str) -> None:
        super().__init__(f"{why}; say which: {option} = {' or '.join(choices)}")
        self.option = option
        self.choices = tuple(choices)
        self.why = why


class TableError(DashboardError):
    """A file that is no table that can be read."""


@dataclass(frozen=True, slots=True)
class How:
    """What was asked for; `None` is to be recognised.

    `layer` is one of a geographic file, or a sheet of a workbook; `crs` is the reference system of a
    geographic file that tells none.
    """

    encoding: str | None = None
    delimiter: str | None = None
    layer: str | None = None
    crs: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows, their numbers as a spreadsheet counts, and how much of the file is read (0 to 1)."""

    frame: pd.DataFrame
    numbers: npt.NDArray[np.int64]
    share: float

    def without_blank_rows(self) -> "Part":
        """The rows in which there is anything."""
        blank = (self.frame.isna() | (self.frame == "")).to_numpy(dtype=bool).all(axis=1)
        if not blank.any():
            return self
        kept = np.flatnonzero(~blank)
        return Part(self.frame.iloc[kept], self.numbers[kept], self.share)


def named(header: Sequence[object]) -> list[str]:
    """The names of the columns, each its own: "x", "x (2)", and "column 3" for one without a name."""
    names: list[str] = []
    for at, cell in enumerate(header, start=1):
        name = str("" if cell is None else cell).strip().lstrip("\ufeff") or f"column {at}"
        count = 1
        while (unique := name if count == 1 else f"{name} ({count})") in names:
            count += 1
        names.append(unique)
    return names


def only(layers: Sequence[str], how: How, file: str, kind: str) -> str:
    """The layer asked for, or the only one; raises UnclearError if there are several."""
    if how.layer is not None:
        if how.layer not in layers:
            raise TableError(f"{file}: expected the {kind} {how.layer}, found {', '.join(layers)}")
        return how.layer
    if len(layers) != 1:
        raise UnclearError("layer", layers, f"{file} has several of these: {kind}")
    return layers[0]


def located(
    frame: pd.DataFrame, shapes: npt.NDArray[np.object_], crs: pyproj.CRS = WGS84
) -> pd.DataFrame:
    """The rows with a point inside their geometry, and how far the geometry reaches from it.

    The point comes as `latitude` and `longitude` (EPSG:4326), its reach as `EXTENT`, in metres.
    """
    # Axes of EPSG:4326 and OGC:CRS84 differ in order alone, and files keep longitude first.
    if not crs.equals(WGS84, ignore_axis_order=True):
        shapes = _in_degrees(shapes, crs)
    points = shapely.point_on_surface(shapes)
    lon, lat = shapely.get_x(points), shapely.get_y(points)
    west, south, east, north = shapely.bounds(shapes).T
    across = np.maximum(lon - west, east - lon) * np.cos(np.radians(lat))
    reach = np.hypot(across, np.maximum(lat - south, north - lat)) * _DEGREE_M
    return frame.assign(latitude=lat, longitude=lon, **{EXTENT: np.nan_to_num(reach)})


def _in_degrees(shapes: npt.NDArray[np.object_], crs: pyproj.CRS) -> npt.NDArray[np.object_]:
    across = pyproj.Transformer.from_crs(crs, WGS84, always_xy=True)

    def turned(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(across.transform(points[:, 0], points[:, 1]))

    moved: npt.NDArray[np.object_] = shapely.transform(shapely.force_2d(shapes), turned)
    return moved
