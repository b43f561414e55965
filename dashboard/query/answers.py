"""What the page asks of an engine for one query: totals, counts beside the filters, the timeline."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import ibis.expr.types as ir
import pandas as pd

from dashboard.query import counts, histogram
from dashboard.query.facets import FACETS
from dashboard.query.query import Query

# Cells of the strip that counts the uncertain events that are not drawn.
MOST_CELLS = 120


class Engine(Protocol):
    """What answers expressions."""

    def ask(
        self, make: Callable[..., ir.Table], *args: Hashable, **options: Hashable
    ) -> pd.DataFrame:
        """The rows of `make(tables, *args, **options)`."""
        ...


@dataclass(frozen=True, slots=True)
class Days:
    """What a timeline draws: events by day, and those that are not known to a day.

    `counts` has the columns first_day, attestation and events; `uncertain` has those events that may be
    drawn (columns of `histogram.uncertain`, and `position`, by which equals are scattered), of
    `uncertain_events` in all. `cells` says how many of all
    begin and end in which of `number_of_cells` equal parts of the extent.
    """

    extent: histogram.Extent
    counts: pd.DataFrame
    uncertain: pd.DataFrame = field(default_factory=pd.DataFrame)
    uncertain_events: int = 0
    cells: pd.DataFrame = field(default_factory=pd.DataFrame)
    number_of_cells: int = 0


def totals_of(engine: Engine, query: Query, everything: int) -> tuple[counts.Totals, pd.DataFrame]:
    """The totals, and the cube that they are read from."""
    cube = engine.ask(counts.cube, query)
    return counts.totals(cube, query, everything), cube


def facet_counts(
    engine: Engine, query: Query, cube: pd.DataFrame
) -> Mapping[str, Mapping[str, int]]:
    """Per filter, events by value; a chosen value is always among them."""
    found: dict[str, Mapping[str, int]] = {}
    for facet in FACETS:
        if facet.shared:
            found[facet.field] = counts.shared_counts(cube, query, facet)
        else:
            frame = engine.ask(counts.facet_counts, query, facet)
            chosen = dict.fromkeys(getattr(query, facet.field), 0)
            found[facet.field] = {**chosen, **counts.as_counts(frame)}
    return found


def extent_of(engine: Engine, today: int, *, unreviewed: bool = False) -> histogram.Extent:
    """The days that the timeline shows, whatever the query; `today` if nothing is dated."""
    row = engine.ask(histogram.extent, unreviewed=unreviewed).iloc[0]
    for first, last in (("first", "last"), ("any_first", "any_last")):
        if pd.notna(row[first]) and pd.notna(row[last]):
            return histogram.Extent(int(row[first]), int(row[last]))
    return histogram.Extent(today, today)


def days_of(engine: Engine, query: Query, extent: histogram.Extent, *, uncertain: bool) -> Days:
    """The timeline of the query; without `uncertain`, no event is known but to a day."""
    cells = min(extent.last - extent.first + 1, MOST_CELLS)
    by_day = engine.ask(histogram.day_counts, query, extent)
    if not uncertain:
        return Days(extent, by_day)
    found = engine.ask(histogram.uncertain, query, extent)
    spans = found.assign(position=range(len(found)))
    ends = engine.ask(histogram.uncertain_cells, query, extent, cells)
    return Days(extent, by_day, spans, int(ends["events"].sum()), ends, cells)
