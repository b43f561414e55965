"""Chunks of a table, the options to read a file with, and the errors for files that cannot be read."""

import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely

from dashboard.model.errors import DashboardError, Fault

WGS84 = pyproj.CRS("EPSG:4326")
# The reference systems to offer for a file without one: degrees, and the metres of web maps.
_USUAL_CRS = ("EPSG:4326", "EPSG:3857")
# Metres of a degree of latitude.
_DEGREE_M = 111_000
# The column with the greatest distance of a geometry's bounds from its point.
EXTENT = "extent of the geometry (m)"
# Marks a geometry that cannot be parsed, apart from missing (None) and empty ones.
INVALID_GEOMETRY = shapely.Point(np.inf, np.inf)
# Called with each fault.
ReportFault = Callable[[Fault], None]
# Most columns of a table: of the known formats GDELT has the most, 61.
MOST_COLUMNS = 2_000
# Most rows of a file: ACLED and GED together have some 3 million.
MOST_ROWS = 20_000_000
# Most sheets or layers in a list of choices; the command line accepts the others by name.
_MOST_LAYERS = 50

T = TypeVar("T")


class UnclearError(DashboardError):
    """The analyst has to choose an option: `option` is its name, `choices` its possible values."""

    def __init__(self, option: str, choices: Sequence[str], why: str) -> None:
        super().__init__(f"{why}; say which: {option} = {' or '.join(choices)}")
        self.option = option
        self.choices = tuple(choices)
        self.why = why


class TableError(DashboardError):
    """The file is not a table that can be read."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read: its path, and the name to show, whose ending gives the format.

    The path of an upload is generated, so that no path contains a name that a user chose. `member` is
    the name of a file in the ZIP archive at `path`, which is read without unpacking it to a disk.
    """

    path: Path
    name: str
    member: str | None = None

    @property
    def ending(self) -> str:
        """The ending of its name in lower case, e.g. ".csv"."""
        return Path(self.name).suffix.lower()

    @property
    def size(self) -> int:
        """Its size in bytes, unpacked."""
        if self.member is None:
            return self.path.stat().st_size
        with zipfile.ZipFile(self.path) as archive:
            return archive.getinfo(self.member).file_size

    def open(self) -> IO[bytes]:
        """Its content as a stream."""
        if self.member is None:
            return self.path.open("rb")
        with zipfile.ZipFile(self.path) as archive:
            # The stream has its own reference to the file: it is open until the stream is closed.
            return archive.open(self.member)


@dataclass(frozen=True, slots=True)
class FileOptions:
    """Options that the analyst chose to open a file with; `None` is detected.

    `layer` is the name of a layer of a geographic file, or of a sheet of a workbook; `crs` is the
    reference system of a geographic file that names none; `member` is the file in an archive of several;
    `header_row` is the number of the row with the names of the columns, from 1 on, 0 if there is none.
    """

    encoding: str | None = None
    delimiter: str | None = None
    layer: str | None = None
    crs: str | None = None
    member: str | None = None
    header_row: int | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows, their numbers in the file (as in a spreadsheet), and the share of it read (0 to 1)."""

    frame: pd.DataFrame
    numbers: npt.NDArray[np.int64]
    share: float

    def rows(self, start: int, stop: int) -> "Chunk":
        """The rows from position `start` to the one before `stop`."""
        return Chunk(self.frame.iloc[start:stop], self.numbers[start:stop], self.share)

    def without_blank_rows(self) -> "Chunk":
        """The rows with at least one filled cell."""
        blank = (self.frame.isna() | (self.frame == "")).to_numpy(dtype=bool).all(axis=1)
        if not blank.any():
            return self
        filled = np.flatnonzero(~blank)
        return Chunk(self.frame.iloc[filled], self.numbers[filled], self.share)


def unique_names(header: Sequence[object]) -> list[str]:
    """Unique names of the columns: "x", "x (2)", and "column 3" for one without a name.

    Raises TableError for more than `MOST_COLUMNS`.
    """
    check_column_count("the header", header)
    names: dict[str, None] = {}
    # Counted, since a search from 1 on for each name would take quadratic time.
    counts: Counter[str] = Counter()
    for at, cell in enumerate(header, start=1):
        name = str("" if cell is None else cell).strip().lstrip("\ufeff") or f"column {at}"
        counts[name] += 1
        # `with_coordinates` adds a column EXTENT: one of the file needs another name.
        used = {*names, EXTENT} if name == EXTENT else names
        while (unique := f"{name} ({counts[name]})" if counts[name] > 1 else name) in used:
            counts[name] += 1
        names[unique] = None
    return list(names)


def check_column_count(name: str, columns: Sequence[object]) -> None:
    """Raise TableError for more than `MOST_COLUMNS`; `name` is of the file, for the message."""
    if len(columns) > MOST_COLUMNS:
        found = f"{len(columns):,}"
        raise TableError(f"{name}: expected at most {MOST_COLUMNS:,} columns, found {found}")


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of `size` items; if reading fails, the items before it come first, then the error."""
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


def choose_layer(layers: Sequence[str], options: FileOptions, file: str, kind: str) -> str:
    """The layer that the options name, or the only one; `kind` is "layer" or "sheet", for messages.

    Raises UnclearError if there are several, TableError if there is none of that name.
    """
    if options.layer is not None:
        if options.layer not in layers:
            raise TableError(
                f"{file}: expected the {kind} {options.layer}, found {', '.join(layers)}"
            )
        return options.layer
    if len(layers) != 1:
        several = layers[:_MOST_LAYERS]
        more = f", the first {_MOST_LAYERS} of {len(layers):,}" if several != layers else ""
        raise UnclearError("layer", several, f"{file} has several of these: {kind}{more}")
    return layers[0]


def geometries_from_wkb(binary: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Geometries from WKB; `INVALID_GEOMETRY` for other bytes, `None` for `None`."""
    shapes: npt.NDArray[np.object_] = shapely.from_wkb(binary, on_invalid="ignore")
    shapes[pd.notna(binary) & shapely.is_missing(shapes)] = INVALID_GEOMETRY
    return shapes


def with_coordinates(
    file: str, chunk: Chunk, shapes: npt.NDArray[np.object_], crs: pyproj.CRS, report: ReportFault
) -> Chunk:
    """Add a point inside each row's geometry, and the distance of the geometry's bounds from it.

    `shapes` are the geometries of the rows in `crs`. The point is in the columns `latitude` and
    `longitude` (EPSG:4326), the distance in `EXTENT`, in metres; columns of the file with these names
    are renamed. A row without a geometry, or with an empty one, has NaN. A row with an
    `INVALID_GEOMETRY`, or with coordinates that are not finite in EPSG:4326, is a fault and is left out.
    """
    # EPSG:4326 and OGC:CRS84 differ in the order of axes only, and files have longitude first.
    if not crs.equals(WGS84, ignore_axis_order=True):
        shapes = _to_wgs84(shapes, crs)
    valid = ~_non_finite(shapes)
    for row in chunk.numbers[~valid].tolist():
        report(Fault(file, row, "geometry", "a geometry with finite coordinates", "another"))
    shapes = shapes[valid]
    shapes[shapely.is_empty(shapes)] = None
    points = shapely.point_on_surface(shapes)
    lon, lat = shapely.get_x(points), shapely.get_y(points)
    west, south, east, north = shapely.bounds(shapes).T
    width = np.maximum(lon - west, east - lon) * np.cos(np.radians(lat))
    extent = np.hypot(width, np.maximum(lat - south, north - lat)) * _DEGREE_M
    added = {"latitude": lat, "longitude": lon, EXTENT: np.nan_to_num(extent)}
    frame = chunk.frame[valid]
    renamed = {name: f"{name} (2)" for name in added if name in frame}
    return Chunk(frame.rename(columns=renamed).assign(**added), chunk.numbers[valid], chunk.share)


def _non_finite(shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    """A mask of the geometries with a coordinate that is NaN or infinite, e.g. `INVALID_GEOMETRY`."""
    present = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    mask: npt.NDArray[np.bool_] = present & ~np.isfinite(shapely.bounds(shapes)).all(axis=1)
    return mask


def _to_wgs84(shapes: npt.NDArray[np.object_], crs: pyproj.CRS) -> npt.NDArray[np.object_]:
    transformer = pyproj.Transformer.from_crs(crs, WGS84, always_xy=True)

    def transform(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    transformed: npt.NDArray[np.object_] = shapely.transform(shapely.force_2d(shapes), transform)
    return transformed


def reference_system(file: str, options: FileOptions, crs: object) -> pyproj.CRS:
    """The reference system of the file (`crs`), or that of the options if it is `None`.

    Raises UnclearError if there is neither, TableError for an invalid one.
    """
    if crs is None and options.crs is None:
        why = f"{file} does not name its coordinate reference system"
        raise UnclearError("crs", _USUAL_CRS, why)
    try:
        return pyproj.CRS(crs if crs is not None else options.crs)
    except pyproj.exceptions.CRSError as error:
        raise TableError(f"{file}: expected a reference system, found {error}") from error
