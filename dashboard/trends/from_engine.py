"""The counts of the engine by category, for trends, comparisons and cross tables."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.model.event_tables import day_number
from dashboard.project.catalog import Catalog
from dashboard.query import splits
from dashboard.query.query import Query
from dashboard.query.splits import OTHERS

# Categories with a colour of their own; the rest is one grey category.
MOST_COLOURS = 7
# The rows of a table of categories.
MOST_ROWS = 50


@dataclass(frozen=True, slots=True)
class Counted:
    """Dated events by the days that bound their interval: of each category, and of all at once.

    `categories` are in the order of their numbers of events, `OTHERS` last. `measure` is what was
    summed, `None` if events were counted.
    """

    categories: Mapping[str, pd.DataFrame]
    everything: pd.DataFrame
    measure: str | None


def counted(catalog: Catalog, query: Query, most: int) -> Counted:
    """The counts of the query by the `most` largest categories of its split, of all days."""
    trend = query.trend
    measure = query.measure.value if trend.figures else None
    selection = _undated(catalog, query)

    def load() -> Counted:
        first = largest(catalog, query, trend.split, most)
        rows = catalog.engine.ask(
            splits.by_days, selection, first, split=trend.split, measure=measure
        )
        everything = catalog.engine.ask(splits.all_by_days, selection, measure=measure)
        parts = dict(iter(rows.groupby("category")))
        ordered = {key: parts[key] for key in (*first, OTHERS) if key in parts}
        return Counted(ordered, everything, measure)

    key = ("trend", selection, trend.split, measure, most)
    found: Counted = catalog.answers.get(key, load)
    return found


def largest(catalog: Catalog, query: Query, split: str, most: int) -> tuple[str, ...]:
    """The values of a split that most events have, of all days, in their order."""
    selection = _undated(catalog, query)

    def load() -> tuple[str, ...]:
        rows = catalog.engine.ask(splits.categories, selection, split=split, most=most)
        return tuple(map(str, rows["value"]))

    values: tuple[str, ...] = catalog.answers.get(("categories", selection, split, most), load)
    return values


def crossed(catalog: Catalog, query: Query, most: tuple[int, int]) -> pd.DataFrame:
    """Events of the query by the largest categories of its two splits: row, column, events."""
    trend = query.trend
    selection = catalog.only_selection(query)
    rows = largest(catalog, query, trend.split, most[0])
    columns = largest(catalog, query, trend.cross, most[1])
    found: pd.DataFrame = catalog.answers.get(
        ("crossed", selection, trend.split, trend.cross, most),
        lambda: catalog.engine.ask(
            splits.crossed, selection, rows, columns, split=trend.split, cross=trend.cross
        ),
    )
    return found


def _undated(catalog: Catalog, query: Query) -> Query:
    """The selection without its dates, which count the events of each period anew."""
    return replace(catalog.only_selection(query), start=None, end=None, certain=False)


def certain_only(found: Counted, query: Query) -> Counted:
    """Without the events that the switch for certain dates leaves out of the dates of the query."""
    if not query.certain:
        return found
    return Counted(
        {key: _inside(rows, query) for key, rows in found.categories.items()},
        _inside(found.everything, query),
        found.measure,
    )


def _inside(rows: pd.DataFrame, query: Query) -> pd.DataFrame:
    if query.start:
        rows = rows[rows["first_day"] >= day_number(query.start)]
    return rows[rows["last_day"] <= day_number(query.end)] if query.end else rows
