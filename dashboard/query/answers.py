"""Queries of the Explore page to an engine: totals, counts of filter values, the timeline."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

import ibis.expr.types as ir
import pandas as pd

from dashboard.query import coarse_places, counts, histogram
from dashboard.query.estimates import as_sums, figure_sums
from dashboard.query.facets import FACETS
from dashboard.query.query import Query

# Cells of the density strip for uncertain events that are not drawn.
MOST_CELLS = 120


class Engine(Protocol):
    """Anything that executes expressions."""

    def ask(
        self, make: Callable[..., ir.Table], *args: Hashable, **options: Hashable
    ) -> pd.DataFrame:
        """The rows of `make(tables, *args, **options)`."""
        ...


@dataclass(frozen=True, slots=True)
class Days:
    """The data of a timeline: counts by day, and events whose date is an interval.

    `counts` has the columns first_day, attestation and events. `uncertain` has the events that may be
    drawn (columns of `histogram.uncertain`, and `position`, which scatters ties), of
    `uncertain_events` in all. `cells` counts all of these by the cells in which they begin and end,
    of `number_of_cells` equal parts of the extent. `intervals` counts them by first and last day
    (`histogram.uncertain_intervals`).
    """

    extent: histogram.Extent
    counts: pd.DataFrame
    uncertain: pd.DataFrame = field(default_factory=pd.DataFrame)
    uncertain_events: int = 0
    cells: pd.DataFrame = field(default_factory=pd.DataFrame)
    number_of_cells: int = 0
    intervals: pd.DataFrame = field(default_factory=pd.DataFrame)


def totals_from_engine(
    engine: Engine, query: Query, everything: int
) -> tuple[counts.Totals, pd.DataFrame]:
    """The totals, and the counts by shared columns from which they are summed."""
    event_counts = engine.ask(counts.counts_by_shared_columns, query)
    sums = as_sums(engine.ask(figure_sums, query))
    totals = counts.totals(event_counts, query, everything, sums)
    if query.areas:
        coarse = engine.ask(coarse_places.coarse_in_areas, query)
        totals = replace(totals, coarse=coarse_places.as_levels(coarse))
    if query.places:
        units = engine.ask(coarse_places.only_at_units, query)
        totals = replace(totals, at_units=int(units["events"].iloc[0]))
    return totals, event_counts


def facet_counts_from_engine(
    engine: Engine, query: Query, event_counts: pd.DataFrame
) -> Mapping[str, Mapping[str, int]]:
    """Events by value for each filter field; selected values are always included."""
    result: dict[str, Mapping[str, int]] = {}
    for facet in FACETS:
        if facet.shared:
            counted = counts.shared_counts(event_counts, query, facet)
        else:
            counted = dict(counts.as_counts(engine.ask(counts.facet_counts, query, facet)))
        result[facet.field] = {**dict.fromkeys(getattr(query, facet.field), 0), **counted}
    return result


def extent_from_engine(engine: Engine, today: int, *, unreviewed: bool = False) -> histogram.Extent:
    """The days that the timeline shows for every query; `today` if no event is dated."""
    row = engine.ask(histogram.extent, unreviewed=unreviewed).iloc[0]
    for first, last in (("first", "last"), ("any_first", "any_last")):
        if pd.notna(row[first]) and pd.notna(row[last]):
            return histogram.Extent(int(row[first]), int(row[last]))
    return histogram.Extent(today, today)


def days_from_engine(
    engine: Engine, query: Query, extent: histogram.Extent, *, uncertain: bool
) -> Days:
    """The timeline data of the query; `uncertain` False skips events whose date is an interval."""
    cells = min(extent.last - extent.first + 1, MOST_CELLS)
    by_day = engine.ask(histogram.day_counts, query, extent)
    if not uncertain:
        return Days(extent, by_day)
    rows = engine.ask(histogram.uncertain, query, extent)
    spans = rows.assign(position=range(len(rows)))
    ends = engine.ask(histogram.uncertain_cells, query, extent, cells)
    intervals = engine.ask(histogram.uncertain_intervals, query, extent)
    return Days(extent, by_day, spans, int(ends["events"].sum()), ends, cells, intervals)
