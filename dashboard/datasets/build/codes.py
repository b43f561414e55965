"""Integer codes for the distinct rows of a frame, so that work is done once per distinct row."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd


def factorize_rows(frame: pd.DataFrame) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Number the distinct rows of `frame` in the order of their first occurrence.

    Returns the code of each row and, per code, the position of its first row.
    """
    codes = np.zeros(len(frame), dtype=np.int64)
    for name in frame:
        column, values = pd.factorize(frame[name])
        # Numbered again for each column, so that the codes stay below the number of rows.
        codes, _ = pd.factorize(codes * (len(values) + 1) + column)
    _, first = np.unique(codes, return_index=True)
    return codes, first


def explode_by_code(
    codes: npt.NDArray[np.intp], lists: Sequence[Sequence[str]]
) -> tuple[npt.NDArray[np.intp], "pd.Series[str]"]:
    """Repeat each row once per value of the list that its code points to.

    Returns two arrays of equal length: the row numbers, and the values.
    """
    lengths = np.fromiter(map(len, lists), dtype=np.intp, count=len(lists))
    begins = np.cumsum(lengths) - lengths
    rows = np.repeat(np.arange(len(codes)), lengths[codes])
    within = np.arange(len(rows)) - np.repeat(
        np.cumsum(lengths[codes]) - lengths[codes], lengths[codes]
    )
    flat = np.array([value for values in lists for value in values], dtype=object)
    return rows, pd.Series(flat[begins[codes][rows] + within], dtype=object)
