"""Parts of a table, and what is said when a file does not tell how it is to be read."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely

from dashboard.model.errors import DashboardError, Fault

WGS84 = pyproj.CRS("EPSG:4326")
# Systems that files without one are usually in: degrees, or metres as web maps have them.
_USUAL_CRS = ("EPSG:4326", "EPSG:3857")
# Metres of a degree of latitude.
_DEGREE_M = 111_000
# The column that says how far a geometry reaches from its point.
EXTENT = "extent of the geometry (m)"
# Stands for a geometry that is none: it has no place, and is no empty one either.
BROKEN = shapely.Point(np.inf, np.inf)
# What is told of each fault.
Tell = Callable[[Fault], None]
# More columns than any table of events has: GDELT's 61 are the most of the known formats.
MOST_COLUMNS = 2_000
# More rows than one file is made for: ACLED and GED together have some 3 million.
MOST_ROWS = 20_000_000
# More sheets or layers than a list can offer; another one can be named on the command line.
_MOST_LAYERS = 50

T = TypeVar("T")


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
class InputFile:
    """A file to read: where it is, and the name that it is shown by, whose ending says its format.

    An upload lies under a name of our own, so that no path is built from a stranger's.
    """

    path: Path
    name: str

    @property
    def ending(self) -> str:
        """The ending of its name in small letters, e.g. ".csv"."""
        return Path(self.name).suffix.lower()


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

    def rows(self, start: int, stop: int) -> "Part":
        """The rows from position `start` to the one before `stop`."""
        return Part(self.frame.iloc[start:stop], self.numbers[start:stop], self.share)

    def without_blank_rows(self) -> "Part":
        """The rows in which there is anything."""
        blank = (self.frame.isna() | (self.frame == "")).to_numpy(dtype=bool).all(axis=1)
        if not blank.any():
            return self
        kept = np.flatnonzero(~blank)
        return Part(self.frame.iloc[kept], self.numbers[kept], self.share)


def named(header: Sequence[object]) -> list[str]:
    """The names of the columns, each its own: "x", "x (2)", and "column 3" for one without a name.

    Raises TableError for more than `MOST_COLUMNS`.
    """
    check_columns("the header", header)
    names: dict[str, None] = {}
    # How often each name was met: looking from 1 on for each would take as long as their square.
    counts: Counter[str] = Counter()
    for at, cell in enumerate(header, start=1):
        name = str("" if cell is None else cell).strip().lstrip("\ufeff") or f"column {at}"
        counts[name] += 1
        # A column of the file by our own name would be taken for ours.
        taken = {*names, EXTENT} if name == EXTENT else names
        while (unique := f"{name} ({counts[name]})" if counts[name] > 1 else name) in taken:
            counts[name] += 1
        names[unique] = None
    return list(names)


def check_columns(name: str, columns: Sequence[object]) -> None:
    """Raise TableError for more than `MOST_COLUMNS`; `name` is where they are."""
    if len(columns) > MOST_COLUMNS:
        found = f"{len(columns):,}"
        raise TableError(f"{name}: expected at most {MOST_COLUMNS:,} columns, found {found}")


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of `size` items; if reading them fails, those before come first, then the error."""
    batch: list[T] = []
    try:
        for item in items:
            batch.append(item)
            if len(batch) == size:
                full, batch = batch, []
                yield full
    except Exception:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def only(layers: Sequence[str], how: How, file: str, kind: str) -> str:
    """The layer asked for, or the only one; raises UnclearError if there are several."""
    if how.layer is not None:
        if how.layer not in layers:
            raise TableError(f"{file}: expected the {kind} {how.layer}, found {', '.join(layers)}")
        return how.layer
    if len(layers) != 1:
        several = layers[:_MOST_LAYERS]
        more = f", the first {_MOST_LAYERS} of {len(layers):,}" if several != layers else ""
        raise UnclearError("layer", several, f"{file} has several of these: {kind}{more}")
    return layers[0]


def shapes_of(binary: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Geometries from well-known binary; `BROKEN` for bytes that are none, `None` for none."""
    shapes: npt.NDArray[np.object_] = shapely.from_wkb(binary, on_invalid="ignore")
    shapes[pd.notna(binary) & shapely.is_missing(shapes)] = BROKEN
    return shapes


def located(
    file: str, part: Part, shapes: npt.NDArray[np.object_], crs: pyproj.CRS, tell: Tell
) -> Part:
    """The rows with a point inside their geometry, and how far the geometry reaches from it.

    The point comes as `latitude` and `longitude` (EPSG:4326), its reach as `EXTENT`, in metres; columns
    of the file by these names get others. A row whose geometry is missing or empty has no point; one
    with a geometry that is `BROKEN`, or not of this world, is a fault.
    """
    # Axes of EPSG:4326 and OGC:CRS84 differ in order alone, and files keep longitude first.
    if not crs.equals(WGS84, ignore_axis_order=True):
        shapes = _in_degrees(shapes, crs)
    good = ~_endless(shapes)
    for row in part.numbers[~good].tolist():
        tell(Fault(file, row, "geometry", "a geometry with finite coordinates", "another"))
    shapes = shapes[good]
    shapes[shapely.is_empty(shapes)] = None
    points = shapely.point_on_surface(shapes)
    lon, lat = shapely.get_x(points), shapely.get_y(points)
    west, south, east, north = shapely.bounds(shapes).T
    across = np.maximum(lon - west, east - lon) * np.cos(np.radians(lat))
    reach = np.hypot(across, np.maximum(lat - south, north - lat)) * _DEGREE_M
    ours = {"latitude": lat, "longitude": lon, EXTENT: np.nan_to_num(reach)}
    frame = part.frame[good]
    theirs = {name: f"{name} (2)" for name in ours if name in frame}
    return Part(frame.rename(columns=theirs).assign(**ours), part.numbers[good], part.share)


def _endless(shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    """Which geometries have a coordinate that is no number, or beyond all numbers; `BROKEN` is one."""
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    bounds = shapely.bounds(shapes)
    endless: npt.NDArray[np.bool_] = there & ~np.isfinite(bounds).all(axis=1)
    return endless


def _in_degrees(shapes: npt.NDArray[np.object_], crs: pyproj.CRS) -> npt.NDArray[np.object_]:
    across = pyproj.Transformer.from_crs(crs, WGS84, always_xy=True)

    def turned(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(across.transform(points[:, 0], points[:, 1]))

    moved: npt.NDArray[np.object_] = shapely.transform(shapely.force_2d(shapes), turned)
    return moved


def reference_system(file: str, how: How, told: object) -> pyproj.CRS:
    """The reference system that is named, or asked for; raises UnclearError or TableError."""
    if told is None and how.crs is None:
        why = f"{file} does not tell its coordinate reference system"
        raise UnclearError("crs", _USUAL_CRS, why)
    try:
        return pyproj.CRS(told if told is not None else how.crs)
    except pyproj.exceptions.CRSError as error:
        raise TableError(f"{file}: expected a reference system, found {error}") from error
