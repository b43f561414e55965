"""Numbers that stand for distinct rows, so that work is done once each and not once a row."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd


def factorized(
    frame: pd.DataFrame,
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """A number for each distinct row, and where each first stands."""
    codes = np.zeros(len(frame), dtype=np.int64)
    for name in frame:
        column, values = pd.factorize(frame[name])
        # Numbered anew each time, so that they never outgrow their type.
        codes, _ = pd.factorize(codes * (len(values) + 1) + column)
    _, first = np.unique(codes, return_index=True)
    return codes, first


def laid_out(
    codes: npt.NDArray[np.intp], lists: Sequence[Sequence[str]]
) -> tuple[npt.NDArray[np.intp], "pd.Series[str]"]:
    """The values of the list that each row's code leads to, one after another: their rows, and they."""
    lengths = np.fromiter(map(len, lists), dtype=np.intp, count=len(lists))
    begins = np.cumsum(lengths) - lengths
    at = np.repeat(np.arange(len(codes)), lengths[codes])
    within = np.arange(len(at)) - np.repeat(
        np.cumsum(lengths[codes]) - lengths[codes], lengths[codes]
    )
    flat = np.array([value for values in lists for value in values], dtype=object)
    return at, pd.Series(flat[begins[codes][at] + within], dtype=object)
