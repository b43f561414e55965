"""How far a point may be from its place since its degrees are rounded, e.g. 36.4, 38.9: some 7 km."""

import math
import re
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.datasets.formats.points import Points, clean
from dashboard.datasets.formats.sheet import Sheet

_DEGREE_M = 111_200
_NUMBER = re.compile(r"\d+(?:[.,](\d+))?")
_SQUARE = re.compile(r"\d{1,2}[A-Z]{3}((?:\d\d){0,5})", re.IGNORECASE)
# The columns of a point, and how many numbers a cell of theirs has.
_NUMBERS = {"lat": 1, "lon": 1, "latlon": 2, "lonlat": 2}


def rounding_m(sheet: Sheet, columns: Mapping[str, str], points: Points) -> npt.NDArray[np.int64]:
    """The distance in metres for degrees with at most one decimal, 0 for all others.

    Text shows how many decimals there are ("36.40"); minutes and seconds are no rounded degrees. A
    square of the military grid is as wide as it is.
    """
    lat, lon = (np.asarray(degrees, dtype=np.float64) for degrees in (points.lat, points.lon))
    rounded = _has_decimals(lat, 1) & _has_decimals(lon, 1)
    for role, count in _NUMBERS.items():
        if rounded.any() and role in columns:
            rounded[rounded] &= _written_so(sheet.text(columns[role])[rounded], count)
    whole = _has_decimals(lat, 0) & _has_decimals(lon, 0)
    half = np.where(whole, 0.5, 0.05) * _DEGREE_M
    distance = half * np.hypot(1, np.cos(np.radians(lat)))
    metres = np.where(rounded, np.nan_to_num(distance), 0)
    squares = sheet.text(columns["latlon"]).map(_half_of_square) if "latlon" in columns else 0.0
    return np.maximum(metres, squares).round().astype(np.int64)


def _half_of_square(text: str) -> float:
    """From the middle of a square of MGRS to its corner, in metres; 0 for any other text."""
    match = _SQUARE.fullmatch(re.sub(r"\s+", "", clean(text)))
    return 10 ** (5 - len(match[1]) // 2) * math.sqrt(0.5) if match else 0.0


def _has_decimals(degrees: npt.NDArray[np.float64], most: int) -> npt.NDArray[np.bool_]:
    """Whether each number has at most so many decimals; a missing one has not."""
    scaled = degrees * 10**most
    near: npt.NDArray[np.bool_] = np.abs(scaled - np.round(scaled)) < 1e-6
    return near


def _written_so(texts: "pd.Series[str]", count: int) -> npt.NDArray[np.bool_]:
    """Whether each cell has `count` numbers of one decimal at most, and thus no minutes."""
    read = {}
    for text in texts.unique():
        decimals = [match[1] or "" for match in _NUMBER.finditer(clean(text))]
        read[text] = len(decimals) == count and max(map(len, decimals)) <= 1
    return texts.map(read).to_numpy(dtype=bool)
