"""Events at several sites: a mark that is drawn for several sites counts each event once.

The counts by site and by square are sums over event and site. What they count twice is subtracted:
here for the sites of one square, in the browser for sites that overlap on the screen.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from dashboard.model.grid import Box
from dashboard.query.mark_figures import FIGURE_COLUMNS

# Columns whose sums are subtracted; an event has one row at each site.
_SUMMED = ("events", "x", "y", *FIGURE_COLUMNS)


def counted_once(by_square: pd.DataFrame, several: pd.DataFrame, box: Box) -> pd.DataFrame:
    """The counts by square (`query.map_counts.counts_by_square`), with each event once in a square.

    `several` are rows of `query.map_counts.rows_of_several`. Rows are appended whose numbers are
    negative; their sums with the others are not.
    """
    x, y = several["x"] - box.left, several["y"] - box.top
    rows = several.assign(
        x=x, y=y, column=x // box.cell, row=y // box.cell, first_site=several["site"],
        last_site=several["site"],
    )  # fmt: skip
    again = rows[rows.duplicated(["event", "column", "row"])]
    summed = [name for name in _SUMMED if name in again]
    less = again.assign(**{name: -again[name].fillna(0) for name in summed})
    types = by_square.dtypes.to_dict()
    return pd.concat([by_square, less[list(types)].astype(types)], ignore_index=True)


def shared_by_marks(several: pd.DataFrame, position: Mapping[str, int]) -> pd.DataFrame:
    """Events at several of the marks of sites, one row per set of marks, days and colour.

    `position` has the marks by site. The column `marks` is a tuple of positions; the others are those
    of the counts.
    """
    rows = several.assign(mark=several["site"].map(position)).dropna(subset="mark")
    rows = rows[rows.duplicated("event", keep=False)].astype({"mark": np.int64})
    if rows.empty:
        return rows.assign(marks=()).drop(columns=["event", "site", "x", "y", "mark"])
    marks = rows.sort_values("mark").groupby("event")["mark"].agg(tuple)
    once = rows.drop_duplicates("event")
    once = once.assign(marks=once["event"].map(marks))
    once = once.drop(columns=["event", "site", "x", "y", "mark"])
    sums = [name for name in _SUMMED if name in once]
    keys = [name for name in once.columns if name not in sums]
    summed: pd.DataFrame = once.fillna(dict.fromkeys(sums, 0)).groupby(keys, as_index=False).sum()
    return summed
