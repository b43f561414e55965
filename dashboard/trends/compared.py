"""Two periods compared by category: the counts of each, the difference and the ratio."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.model.event_tables import day_number
from dashboard.model.trend import Period
from dashboard.project.catalog import Catalog
from dashboard.query.query import Query
from dashboard.trends.count import Bounds, Change, change, in_period
from dashboard.trends.from_engine import MOST_ROWS, counted
from dashboard.trends.labels import category_name
from dashboard.trends.periods import halves, window


@dataclass(frozen=True, slots=True)
class Row:
    """One category in both periods; the one without an id is of all events, each counted once."""

    id: str | None
    name: str
    earlier: Bounds
    later: Bounds
    change: Change


@dataclass(frozen=True, slots=True)
class Compared:
    """The categories that changed most first; `everything` is of all events."""

    periods: tuple[Period, Period]
    rows: Sequence[Row]
    everything: Row


def compared(catalog: Catalog, query: Query, all_events: str) -> Compared:
    """The comparison of a query; `all_events` names the row of all. Without periods, two halves."""
    found = counted(catalog, query, MOST_ROWS)
    pair = query.trend.periods or halves(window(query, catalog.extent))
    catalog.places.fetch([key for key in found.categories if key])

    def row(key: str | None, name: str, rows: pd.DataFrame) -> Row:
        earlier, later = (_count(rows, period, certain=query.certain) for period in pair)
        return Row(key, name, earlier, later, change(earlier, later))

    rows = [
        row(key, category_name(catalog.names, query.trend.split, key), each)
        for key, each in found.categories.items()
    ]
    rows = [each for each in rows if each.earlier.high or each.later.high]
    return Compared(pair, sorted(rows, key=_most_first), row(None, all_events, found.everything))


def _count(rows: pd.DataFrame, period: Period, *, certain: bool) -> Bounds:
    """The count of a period; with the switch for certain dates only of events that are all in it.

    The switch is about the dates of the query, and the periods that are compared are others.
    """
    if certain:
        inside = rows["first_day"] >= day_number(period.start)
        rows = rows[inside & (rows["last_day"] <= day_number(period.end))]
    return in_period(rows, period)


def _most_first(row: Row) -> tuple[int, int]:
    """By the middle of the difference, then by the later count."""
    difference = row.change.difference
    return -abs(difference.low + difference.high), -row.later.high
