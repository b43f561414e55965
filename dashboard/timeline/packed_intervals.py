"""Events by first and last day, packed for the browser, which counts those of any window from them.

E.g. 3 events on day 18645, and one between days 18645 and 18659, are the columns [18645, 0], [0, 14]
and [3, 1]: the first day as the difference to the row before, the number of further days, the events.
"""

import zlib
from base64 import b64encode
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.query.histogram import MOST_INTERVALS

# Integers of four bytes; JavaScript has none of eight.
_COLUMN = "<i4"


@dataclass(frozen=True, slots=True)
class PackedIntervals:
    """`rows` numbers in each of three columns, one after another, compressed (RFC 1950), in Base64."""

    rows: int
    packed: str


def pack_intervals(exact: pd.DataFrame, uncertain: pd.DataFrame) -> PackedIntervals | None:
    """Pack the counts of `Days`: `exact` by first_day, `uncertain` by first_day and last_day.

    `None` if the uncertain ones are more than `MOST_INTERVALS`.
    """
    if len(uncertain) > MOST_INTERVALS:
        return None
    first, last, events = _sorted(exact, uncertain)
    columns = (np.diff(first, prepend=0), last - first, events)
    parts = b"".join(column.astype(_COLUMN).tobytes() for column in columns)
    return PackedIntervals(len(first), b64encode(zlib.compress(parts, 6)).decode())


def _sorted(
    exact: pd.DataFrame, uncertain: pd.DataFrame
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """First day, last day and number of events of each distinct interval, in their order."""
    days = exact.assign(last_day=exact["first_day"])[["first_day", "last_day", "events"]]
    rows = pd.concat([days, uncertain]) if len(uncertain) else days
    summed = rows.groupby(["first_day", "last_day"], as_index=False)["events"].sum()
    first, last, events = (summed[name].to_numpy(dtype=np.int64) for name in summed.columns)
    return first, last, events
