"""Squares of the grid as marks, where places are too many to be distinguished."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from dashboard.map.marks import Mark, Selection, place_mark
from dashboard.model.grid import Box, degrees_of
from dashboard.model.place import Place
from dashboard.model.sites import places_of_site


def squares_of(counts: pd.DataFrame) -> pd.DataFrame:
    """One row per square: `events`, sums `x` and `y`, and `site` if it has only one, else "".

    Columns of `counts` as `query.map_counts.counts_by_square` returns them; the index is `square_keys`.
    """
    sites, names = pd.factorize(pd.concat([counts["first_site"], counts["last_site"]]))
    first, last = np.split(sites, 2)
    keyed = counts[["events", "x", "y"]].assign(
        key=square_keys(counts), low=np.minimum(first, last), high=np.maximum(first, last)
    )
    grouped = keyed.groupby("key")
    squares = grouped[["events", "x", "y"]].sum()
    low, high = grouped["low"].min(), grouped["high"].max()
    return squares.assign(site=np.where(low == high, names.take(low), ""))


def square_keys(counts: pd.DataFrame) -> "pd.Series[int]":
    """A number for the square of each row."""
    return counts["row"].astype("int64") * (1 << 20) + counts["column"]


def square_marks(
    squares: pd.DataFrame, box: Box, places: Mapping[str, Place], selection: Selection
) -> tuple[Mark, ...]:
    """One mark per square (rows of `squares_of`), at the mean position of its events.

    `places` are those that may have events; a square of one site is named after them.
    """
    middles = zip(
        squares["site"],
        box.left + squares["x"] / squares["events"],
        box.top + squares["y"] / squares["events"],
        strict=True,
    )
    return tuple(_square_mark(site, degrees_of(x, y), places, selection) for site, x, y in middles)


def _square_mark(
    site: str, middle: tuple[float, float], places: Mapping[str, Place], selection: Selection
) -> Mark:
    lat, lon = (round(value, 5) for value in middle)
    if not site:
        return Mark("", lat, lon)
    here = [place_id for place_id in places_of_site(site) if place_id in places]
    return replace(place_mark(site, here, places, selection), lat=lat, lon=lon)
