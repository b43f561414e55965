"""Shapes as the map draws them: flat, to five decimals, and each of one kind."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.datasets.files.errors import TableError
from dashboard.model.message import message

KINDS = ("point", "line", "polygon")
# Five decimals of a degree are about a metre.
DECIMALS = 5
_COLLECTION = 7
_MULTI: Mapping[str, Callable[..., BaseGeometry]] = {
    "point": shapely.MultiPoint,
    "line": shapely.MultiLineString,
    "polygon": shapely.MultiPolygon,
}


def kind_of(shape: BaseGeometry) -> str:
    """The kind of a shape that is no collection, by its dimension: "point", "line" or "polygon"."""
    return KINDS[int(shapely.get_dimensions(shape))]


def flat(shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """The shapes without heights, to `DECIMALS` decimals."""
    rounded: npt.NDArray[np.object_] = shapely.transform(
        shapely.force_2d(shapes), lambda points: np.round(points, DECIMALS)
    )
    return rounded


def is_collection(shape: BaseGeometry) -> bool:
    """Whether a shape may have parts of several kinds."""
    return int(shapely.get_type_id(shape)) == _COLLECTION


def parts_by_kind(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    """One shape for each kind that a collection has, points first; any other shape as it is."""
    if not is_collection(shape):
        yield shape
        return
    parts = shapely.get_parts([shape])
    # A collection may have others in it.
    while (nested := shapely.get_type_id(parts) == _COLLECTION).any():
        parts = np.concatenate([parts[~nested], shapely.get_parts(parts[nested])])
    parts = shapely.get_parts(parts[~shapely.is_empty(parts)])
    for kind in KINDS:
        of_kind = [part for part in parts if kind_of(part) == kind]
        if of_kind:
            yield of_kind[0] if len(of_kind) == 1 else _MULTI[kind](of_kind)


def check_degrees(file: str, shapes: npt.NDArray[np.object_]) -> None:
    """Raise TableError if a shape is not on the map of the world, as in another reference system."""
    bounds = shapely.bounds(shapes)
    outside = (np.abs(bounds[:, [0, 2]]) > 180).any(axis=1) | (np.abs(bounds[:, [1, 3]]) > 90).any(
        axis=1
    )
    if outside.any():
        west, south, *_rest = bounds[outside][0].tolist()
        raise TableError(
            message(
                "{file}: expected longitudes from -180 to 180 and latitudes from -90 to 90, "
                "found {found}",
                file=file,
                found=f"{west:.6g}, {south:.6g}",
            )
        )
