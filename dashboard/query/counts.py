"""How many events a query leaves, in all and beside each value of each filter.

The counts beside a filter's values ignore that filter itself, so that they say what choosing another
value would give.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pandas as pd

from dashboard.query.conditions import chosen, events_left, in_window, rows_left
from dashboard.query.facets import FACETS, SHARED, Facet
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables

# The most values of a filter that are counted: more would not be read. Others are found by name.
MOST_VALUES = 300
MOST_FOUND = 50
_SHARED_FIELDS = tuple(facet.field for facet in FACETS if facet.shared)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many events there are and are shown, and how many of the rest are on the shelf.

    The shelf holds those that all filters but the dates leave and that lack a date, or a place.
    `uncertain` are those that all filters but the dates leave and that are dated, but not to a day.
    """

    all: int
    shown: int
    unreviewed: int
    undated: int
    unlocated: int
    uncertain: int


def cube(tables: EngineTables, query: Query) -> ir.Table:
    """Events by the columns they all have, in one pass: what totals and their filters rest on."""
    rows = events_left(tables, query, but=_SHARED_FIELDS, dates=False)
    inside = in_window(rows, query.start, query.end).name("inside")
    exact = (rows.first_day == rows.last_day).name("exact")
    keys = [*sorted(SHARED), "reviewed", "dated", "located"]
    return rows.group_by([*keys, inside, exact]).agg(events=rows.count())


def totals(counted: pd.DataFrame, query: Query, everything: int) -> Totals:
    """What the cube says of the selection as a whole."""
    chosen = counted[_chosen(counted, query, but="")]
    shown = chosen[chosen["inside"]]
    return Totals(
        all=everything,
        shown=int(shown["events"].sum()),
        unreviewed=int(shown.loc[~shown["reviewed"], "events"].sum()),
        undated=int(chosen.loc[~chosen["dated"], "events"].sum()),
        unlocated=int(chosen.loc[chosen["dated"] & ~chosen["located"], "events"].sum()),
        uncertain=int(chosen.loc[chosen["dated"] & ~chosen["exact"], "events"].sum()),
    )


def shared_counts(counted: pd.DataFrame, query: Query, facet: Facet) -> dict[str, int]:
    """What the cube says of each value of a filter on a column that all events have."""
    rows = counted[_chosen(counted, query, but=facet.field) & counted["inside"]]
    found = rows.groupby(facet.column)["events"].sum()
    return {str(value): int(found.get(value, 0)) for value in counted[facet.column].unique()}


def facet_counts(tables: EngineTables, query: Query, facet: Facet) -> ir.Table:
    """Value and events, the most frequent first, of a filter on a table with several rows an event."""
    counted = _counted(tables, query, facet)
    return counted.order_by(ibis.desc("events"), "value").limit(MOST_VALUES)


def facet_matches(
    tables: EngineTables,
    query: Query,
    facet: Facet,
    words: Sequence[str],
    ids: Sequence[str],
) -> ir.Table:
    """The same of the values in whose name each word (in small letters) stands, and of those of `ids`.

    What a dataset names is its own name, but for places; `ids` are of what has its names elsewhere.
    """
    counted = _counted(tables, query, facet)
    if facet.column == "place":
        places = tables.places
        named = places.filter(*(_in_name(places.name_en, word) for word in words))
        by_name = counted.semi_join(named, counted["value"] == named.place_id)
    else:
        by_name = counted.filter(*(_in_name(counted["value"], word) for word in words))
    found = by_name
    if ids:
        found = by_name.union(counted.filter(counted["value"].isin(list(ids))), distinct=True)
    return found.order_by(ibis.desc("events"), "value").limit(MOST_FOUND)


def _in_name(name: ir.StringValue, word: str) -> ir.BooleanValue:
    return name.lower().contains(word)


def _counted(tables: EngineTables, query: Query, facet: Facet) -> ir.Table:
    own = {other.field for other in FACETS if other.table == facet.table}
    rows = rows_left(tables, facet.table, query, but=own)
    narrowing = chosen(rows, facet.table, query, but={facet.field})
    # The first rows that events have with a value count events, unless rows are chosen otherwise too.
    once = [] if narrowing or not facet.first else [rows[facet.first]]
    rows = rows.filter(rows[facet.column].notnull(), *narrowing, *once)  # noqa: PD004
    events = rows.event.nunique() if narrowing and facet.first else rows.count()
    return rows.group_by(value=rows[facet.column]).agg(events=events)


def _chosen(counted: pd.DataFrame, query: Query, *, but: str) -> "pd.Series[bool]":
    kept = pd.Series(True, index=counted.index)  # noqa: FBT003
    for facet in FACETS:
        values = getattr(query, facet.field)
        if facet.shared and facet.field != but and values:
            # As objects: values may be texts that no column holds, and that Arrow refuses to look for.
            kept &= counted[facet.column].astype(object).isin(values)
    return kept


def known_values(tables: EngineTables, facet: Facet) -> ir.Table:
    """The distinct values of a filter."""
    rows = tables.named(facet.table)
    present = rows[facet.column].notnull()  # noqa: PD004
    return rows.filter(present).select(value=facet.column).distinct()


def as_counts(frame: pd.DataFrame) -> Mapping[str, int]:
    """Rows of value and events as a mapping."""
    return {str(value): int(n) for value, n in zip(frame["value"], frame["events"], strict=True)}
