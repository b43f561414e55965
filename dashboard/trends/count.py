"""How many events lie in a period: for certain, and at most.

An event whose interval is all in the period is in it for certain; one whose interval has a day in it may
be. So each count is a range, and of figures the lowest sum has the lowest figures of the certain events,
the highest one the highest figures of all that may be.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.model.event_tables import day_number
from dashboard.model.trend import Period

_Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A count: `low` for certain, `high` at most; `open` if the sum of figures may be higher still."""

    low: int
    high: int
    open: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What may lie between two counts: the difference, and the ratio where the earlier is not 0."""

    difference: Bounds
    ratio: tuple[float, float] | None


def in_periods(rows: pd.DataFrame, periods: Sequence[Period]) -> list[Bounds]:
    """The count of each of some adjoining periods, in order.

    `rows` have first_day and last_day, and events or low, high and open_events (`query/splits.py`).
    """
    starts = np.array([day_number(period.start) for period in periods], dtype=np.int64)
    end = day_number(periods[-1].end)
    rows = rows[(rows["last_day"] >= starts[0]) & (rows["first_day"] <= end)]
    first_day, last_day = (rows[name].to_numpy(np.int64) for name in ("first_day", "last_day"))
    first = np.searchsorted(starts, np.maximum(first_day, starts[0]), side="right") - 1
    last = np.searchsorted(starts, np.minimum(last_day, end), side="right") - 1
    certain = (first == last) & (first_day >= starts[0]) & (last_day <= end)
    low, high, endless = _columns(rows)
    sums = np.bincount(first[certain], low[certain], minlength=len(periods))
    lowest = sums.astype(np.int64)
    highest = _spread(first, last, high, len(periods))
    more = _spread(first, last, endless, len(periods))
    return [
        Bounds(int(least), int(most), open=bool(some))
        for least, most, some in zip(lowest, highest, more, strict=True)
    ]


def in_period(rows: pd.DataFrame, period: Period) -> Bounds:
    """The count of one period."""
    return in_periods(rows, (period,))[0]


def change(earlier: Bounds, later: Bounds) -> Change:
    """What may have changed; a bound of an open sum is the highest known one."""
    difference = Bounds(
        later.low - earlier.high, later.high - earlier.low, open=earlier.open or later.open
    )
    if not earlier.low:
        return Change(difference, None)
    return Change(difference, (later.low / earlier.high, later.high / earlier.low))


def outside(rows: pd.DataFrame, days: Period) -> int:
    """How many of the events have no day within these."""
    first, last = day_number(days.start), day_number(days.end)
    return int(rows.loc[(rows["last_day"] < first) | (rows["first_day"] > last), "events"].sum())


def _columns(rows: pd.DataFrame) -> tuple[_Numbers, _Numbers, _Numbers]:
    """What each row adds to the lowest and the highest count, and how many of its figures are open."""
    names = ("low", "high", "open_events") if "low" in rows else ("events", "events", None)
    low, high, endless = (
        rows[name].to_numpy(np.int64) if name else np.zeros(len(rows), np.int64) for name in names
    )
    return low, high, endless


def _spread(first: _Numbers, last: _Numbers, values: _Numbers, size: int) -> _Numbers:
    """The sums of values over the places first..last of each: added there, taken away after."""
    steps = np.zeros(size + 1, dtype=np.int64)
    np.add.at(steps, first, values)
    np.subtract.at(steps, last + 1, values)
    return np.cumsum(steps)[:-1]
