"""Counts of the events that match a query, in all and by value of each filter.

The counts of a filter's values ignore that filter itself: they are the numbers of events that selecting
another value would show.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir
import pandas as pd

from dashboard.model.estimate import FigureSum, Measure
from dashboard.model.place import PlacePrecision
from dashboard.query.conditions import (
    at_selected_places,
    conditions_on,
    events_left,
    in_window,
    rows_left,
)
from dashboard.query.facets import FACETS, SHARED, Facet
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables

# The most values of a filter that are listed; others are found by their name.
MOST_VALUES = 300
MOST_FOUND = 50
_SHARED_FIELDS = tuple(facet.field for facet in FACETS if facet.shared)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many events there are, how many are shown, and how many others match.

    `possible` counts those of the shown events that may lie outside of the dates.
    `undated`, `unlocated` and `uncertain` (dated, but not to a day) count the events that match all
    filters except dates; `unlocated` counts dated ones only. `figures` are sums over the shown events,
    `datasets` the ids of their datasets. `coarse` and `at_units` count the shown events that are in the
    areas, or in the chosen units, only by a point that stands for more (`coarse_places.py`).
    """

    all: int
    shown: int
    possible: int
    unreviewed: int
    undated: int
    unlocated: int
    uncertain: int
    figures: Mapping[Measure, FigureSum] = field(default_factory=dict)
    datasets: tuple[str, ...] = ()
    coarse: Mapping[PlacePrecision, int] = field(default_factory=dict)
    at_units: int = 0


def counts_by_shared_columns(tables: EngineTables, query: Query) -> ir.Table:
    """Events by the columns that all events have, for the totals and the filters on these columns.

    If places are selected, only events there are counted.
    """
    rows = events_left(tables, query, but=_SHARED_FIELDS, dates=False)
    rows = at_selected_places(tables, rows, query)
    window = query.start, query.end
    inside = in_window(rows, *window, certain=query.certain).name("inside")
    sure = in_window(rows, *window, certain=True).name("sure")
    exact = (rows.first_day == rows.last_day).name("exact")
    keys = [*sorted(SHARED), "reviewed", "dated", "located"]
    return rows.group_by([*keys, inside, sure, exact]).agg(events=rows.count())


def totals(
    counted: pd.DataFrame,
    query: Query,
    everything: int,
    figures: Mapping[Measure, FigureSum],
) -> Totals:
    """Sum the counts by shared columns to totals; `everything` is the number of all events."""
    matching = counted[_matches(counted, query, but="")]
    shown = matching[matching["inside"]]
    return Totals(
        all=everything,
        shown=int(shown["events"].sum()),
        possible=int(shown.loc[~shown["sure"], "events"].sum()),
        unreviewed=int(shown.loc[~shown["reviewed"], "events"].sum()),
        undated=int(matching.loc[~matching["dated"], "events"].sum()),
        unlocated=int(matching.loc[matching["dated"] & ~matching["located"], "events"].sum()),
        uncertain=int(matching.loc[matching["dated"] & ~matching["exact"], "events"].sum()),
        figures=figures,
        datasets=tuple(sorted(map(str, shown.loc[shown["events"] > 0, "dataset"].unique()))),
    )


def shared_counts(counted: pd.DataFrame, query: Query, facet: Facet) -> dict[str, int]:
    """Sum the counts by shared columns to events by value of one such filter."""
    rows = counted[_matches(counted, query, but=facet.field) & counted["inside"]]
    events = rows.groupby(facet.column)["events"].sum()
    return {str(value): int(events.get(value, 0)) for value in counted[facet.column].unique()}


def facet_counts(tables: EngineTables, query: Query, facet: Facet) -> ir.Table:
    """Value and events of a filter on a table with several rows an event, most frequent first."""
    counted = _counted(tables, query, facet)
    return counted.order_by(ibis.desc("events"), "value").limit(MOST_VALUES)


def facet_matches(
    tables: EngineTables, query: Query, facet: Facet, words: Sequence[str], ids: Sequence[str]
) -> ir.Table:
    """As `facet_counts`, for values whose name contains every word (lower case), and for `ids`.

    Values of datasets are their own names, except places; `ids` are values whose names were found in
    the lexicon.
    """
    counted = _counted(tables, query, facet)
    if facet.column == "place":
        places = tables.places
        named = places.filter(*(_in_name(places.name_en, word) for word in words))
        by_name = counted.semi_join(named, counted["value"] == named.place_id)
    else:
        by_name = counted.filter(*(_in_name(counted["value"], word) for word in words))
    matches = by_name
    if ids:
        matches = by_name.union(counted.filter(counted["value"].isin(list(ids))), distinct=True)
    return matches.order_by(ibis.desc("events"), "value").limit(MOST_FOUND)


def counts_of(tables: EngineTables, query: Query, facet: Facet, values: Sequence[str]) -> ir.Table:
    """As `facet_counts`, for these values."""
    counted = _counted(tables, query, facet)
    return counted.filter(counted["value"].isin(list(values)))


def _in_name(name: ir.StringValue, word: str) -> ir.BooleanValue:
    return name.lower().contains(word)


def _counted(tables: EngineTables, query: Query, facet: Facet) -> ir.Table:
    same_table = {other.field for other in FACETS if other.table == facet.table}
    rows = rows_left(tables, facet.table, query, but=same_table)
    narrowing = conditions_on(rows, facet.table, query, but={facet.field})
    # Rows that are an event's first with a value count events once, unless other filters remove rows.
    once = [] if narrowing or not facet.first else [rows[facet.first]]
    rows = rows.filter(rows[facet.column].notnull(), *narrowing, *once)  # noqa: PD004
    events = rows.event.nunique() if narrowing and facet.first else rows.count()
    return rows.group_by(value=rows[facet.column]).agg(events=events)


def _matches(counted: pd.DataFrame, query: Query, *, but: str) -> "pd.Series[bool]":
    mask = pd.Series(True, index=counted.index)  # noqa: FBT003
    for facet in FACETS:
        values = getattr(query, facet.field)
        if facet.shared and facet.field != but and values:
            # As objects: a link may contain texts that Arrow cannot represent, and for which it raises.
            mask &= counted[facet.column].astype(object).isin(values)
    return mask


def known_values(tables: EngineTables, facet: Facet) -> ir.Table:
    """The distinct values of a filter."""
    rows = tables.named(facet.table)
    present = rows[facet.column].notnull()  # noqa: PD004
    return rows.filter(present).select(value=facet.column).distinct()


def as_counts(frame: pd.DataFrame) -> Mapping[str, int]:
    """Rows of value and events as a mapping."""
    return {str(value): int(n) for value, n in zip(frame["value"], frame["events"], strict=True)}
