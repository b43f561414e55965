"""Integer codes for the distinct rows of a frame, so that work is done once per distinct row."""

from collections.abc import Sequence, Sized

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa


def factorize_rows(frame: pd.DataFrame) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Number the distinct rows of `frame` in the order of their first occurrence.

    Returns the code of each row and, per code, the position of its first row.
    """
    codes = np.zeros(len(frame), dtype=np.int64)
    for name in frame:
        column, values = pd.factorize(frame[name])
        if not column.any():  # a column of one value tells no rows apart
            continue
        # Numbered again for each column, so that the codes stay below the number of rows.
        codes, _ = pd.factorize(codes * (len(values) + 1) + column)
    # Backwards, so that the first row of each code is written last.
    first = np.empty(codes.max(initial=-1) + 1, dtype=np.intp)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return codes, first


def explode(
    codes: npt.NDArray[np.intp], lengths: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Repeat each row once per value of the list that its code points to, given the lists' lengths.

    Returns three arrays of equal length: the row numbers, the positions of the values in all lists
    laid end to end, and their positions within their list.
    """
    begins = np.cumsum(lengths) - lengths
    by_row = lengths[codes]
    rows = np.repeat(np.arange(len(codes)), by_row)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(by_row) - by_row, by_row)
    return rows, np.repeat(begins[codes], by_row) + within, within


def lengths_of(lists: Sequence[Sized]) -> npt.NDArray[np.intp]:
    """The length of each list."""
    return np.fromiter(map(len, lists), dtype=np.intp, count=len(lists))


def explode_by_code(
    codes: npt.NDArray[np.intp], lists: Sequence[Sequence[str]]
) -> tuple[npt.NDArray[np.intp], pa.Array]:
    """Repeat each row once per value of the list that its code points to.

    Returns two arrays of equal length: the row numbers, and the values.
    """
    rows, at, _within = explode(codes, lengths_of(lists))
    flat = pa.array([value for values in lists for value in values], pa.string())
    return rows, flat.take(pa.array(at))
