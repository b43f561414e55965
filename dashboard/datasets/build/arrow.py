"""Columns of event rows as arrays of Arrow, without an object per cell."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

# A point as well-known binary, little-endian; source: Simple Feature Access 1.2.1, 8.2.
_POINT = np.dtype([("order", "u1"), ("type", "<u4"), ("x", "<f8"), ("y", "<f8")])


def to_array(cells: object, type_: pa.DataType) -> pa.Array:
    """The cells as one array of Arrow; it shares the memory of a column of text."""
    if isinstance(cells, pa.Array) and cells.type == type_:
        return cells
    array = (
        cells if isinstance(cells, pa.ChunkedArray) else pa.array(cells, type_, from_pandas=True)
    )
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def to_text(cells: pd.Series) -> pa.Array:
    """The cells as text."""
    return to_array(cells, pa.string())


def to_series(texts: pa.Array) -> pd.Series:
    """The texts as a column of pandas, which shares their memory."""
    return pd.Series(texts, dtype="str")


def or_null(cells: pd.Series) -> pa.Array:
    """The texts, null for a blank one."""
    texts = to_text(cells)
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def repeated(value: object, size: int) -> pa.Array:
    """A text, or `None`, in each of `size` rows."""
    return pa.repeat(pa.scalar(value, pa.string()), size)


def points_as_wkb(lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> pa.Array:
    """The points as WKB; with shapely, which creates an object per point, it takes 30 times as long."""
    points = np.zeros(len(lon), dtype=_POINT)
    points["order"] = points["type"] = 1
    points["x"], points["y"] = lon, lat
    offsets = np.arange(len(points) + 1, dtype=np.int32) * _POINT.itemsize
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(points)]
    return pa.Array.from_buffers(pa.binary(), len(points), buffers)
