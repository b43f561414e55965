"""Applying a query to the tables, e.g. 12 of 33 events, 4 of them on the shelf, counts per filter.

Filters on the same table hold for the same row: actor Russia with role mediator means an event that
Russia mediates. The counts beside a filter's values ignore that filter itself, so that they say what
choosing another value would give.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.query.facets import FACETS, Facet, TableName
from dashboard.query.query import Query
from dashboard.text.normalise import fold
from tests.oracle.tables import Tables

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]

_TABLES: tuple[TableName, ...] = ("events", "event_actors", "claims", "containment")


@dataclass(frozen=True, slots=True)
class _Column:
    """A facet's column as codes into its values; -1 is no value."""

    facet: Facet
    codes: Codes
    values: pd.Index


@dataclass(frozen=True, slots=True)
class EventIndex:
    """The tables with their filter columns coded once, so that each query is array arithmetic."""

    tables: Tables
    columns: Mapping[str, _Column]
    event_of: Mapping[TableName, Codes]

    @property
    def size(self) -> int:
        """How many events there are."""
        return len(self.tables.events)

    def values(self, facet: Facet) -> frozenset[str]:
        """Every value that the facet's column holds."""
        return frozenset(self.columns[facet.field].values)


@dataclass(frozen=True, slots=True)
class Selection:
    """What a query leaves, as boolean arrays over event positions, and counts per filter value.

    `shown`: all filters match, the dates by overlap. `any_date`: all filters but the dates match.
    `shelf`: those of `any_date` that are undated or unlocated, never dropped for want of either.
    """

    shown: Mask
    any_date: Mask
    shelf: Mask
    undated: Mask
    counts: Mapping[str, Mapping[str, int]]


def index_events(tables: Tables) -> EventIndex:
    """Code the filter columns of the tables."""
    columns = {}
    for facet in FACETS:
        codes, values = pd.factorize(getattr(tables, facet.table)[facet.column])
        columns[facet.field] = _Column(facet, codes.astype(np.int64), pd.Index(values))
    event_of = {name: _event_of(tables, name) for name in _TABLES}
    return EventIndex(tables, columns, event_of)


def select(index: EventIndex, query: Query) -> Selection:
    """The events that the query leaves and the counts beside its filters."""
    by_facet = {field: _facet_mask(column, query) for field, column in index.columns.items()}
    by_table = {name: _table_mask(index, by_facet, name) for name in _TABLES}
    text = _text_mask(index, query.text)
    undated = _undated(index)
    dates = _date_mask(index, query.start, query.end)
    if query.certain:
        dates &= within_dates(index, query)
    facets = np.logical_and.reduce([text, *by_table.values()])
    counts = {
        field: _counts(index, by_facet, by_table, text & dates, column)
        for field, column in index.columns.items()
    }
    unplaced = undated | ~index.tables.events["located"].to_numpy(dtype=bool)
    return Selection(facets & dates, facets, facets & unplaced, undated, counts)


def _event_of(tables: Tables, name: TableName) -> Codes:
    if name == "events":
        return np.arange(len(tables.events), dtype=np.int64)
    table: pd.DataFrame = getattr(tables, name)
    return table["event"].to_numpy(dtype=np.int64)


def _facet_mask(column: _Column, query: Query) -> Mask | None:
    """Which rows of the facet's table have a selected value; `None` if none is selected."""
    values = getattr(query, column.facet.field)
    if not values:
        return None
    codes = column.values.get_indexer(pd.Index(values))
    # -1 is a value that no row has, and also a row without a value: they are not the same.
    return np.isin(column.codes, codes[codes >= 0])


def _row_mask(
    index: EventIndex, by_facet: Mapping[str, Mask | None], name: TableName, but: str = ""
) -> Mask | None:
    masks = [
        mask
        for field, mask in by_facet.items()
        if mask is not None and field != but and index.columns[field].facet.table == name
    ]
    return np.logical_and.reduce(masks) if masks else None


def _table_mask(index: EventIndex, by_facet: Mapping[str, Mask | None], name: TableName) -> Mask:
    """Which events have a row in the table that all of the table's filters accept."""
    rows = _row_mask(index, by_facet, name)
    events = np.ones(index.size, dtype=bool)
    if rows is not None:
        events[:] = False
        events[index.event_of[name][rows]] = True
    return events


def _counts(
    index: EventIndex,
    by_facet: Mapping[str, Mask | None],
    by_table: Mapping[TableName, Mask],
    others: Mask,
    column: _Column,
) -> dict[str, int]:
    name = column.facet.table
    events = np.logical_and.reduce([others, *(m for n, m in by_table.items() if n != name)])
    event_of = index.event_of[name]
    keep = events[event_of] & (column.codes >= 0)
    rows = _row_mask(index, by_facet, name, but=column.facet.field)
    if rows is not None:
        keep &= rows
    # An event counts once a value, however many rows say so.
    pairs = np.unique(column.codes[keep] * np.int64(index.size) + event_of[keep])
    totals = np.bincount(pairs // max(index.size, 1), minlength=len(column.values))
    return dict(zip(column.values, totals.tolist(), strict=True))


def _text_mask(index: EventIndex, text: str) -> Mask:
    """Which events hold every word of `text`, spelling variants ignored."""
    mask = np.ones(index.size, dtype=bool)
    for word in fold(text).split():
        mask &= index.tables.events["search"].str.contains(word, regex=False).to_numpy(dtype=bool)
    return mask


def within_dates(index: EventIndex, query: Query) -> Mask:
    """Which events lie in the dates for certain; all if there are none."""
    events = index.tables.events
    mask = np.ones(index.size, dtype=bool)
    if query.start:
        mask &= (events["date_start"] >= pd.Timestamp(query.start)).to_numpy()
    if query.end:
        mask &= (events["date_end"] <= pd.Timestamp(query.end)).to_numpy()
    return mask


def _undated(index: EventIndex) -> Mask:
    events = index.tables.events
    return (events["date_start"].isna() & events["date_end"].isna()).to_numpy(dtype=bool)


def _date_mask(index: EventIndex, start: date | None, end: date | None) -> Mask:
    """Which events may lie in start..end; undated ones only if neither bound is set."""
    mask = np.ones(index.size, dtype=bool)
    if start is None and end is None:
        return mask
    events = index.tables.events
    if start is not None:
        mask &= (events["date_end"].isna() | (events["date_end"] >= pd.Timestamp(start))).to_numpy()
    if end is not None:
        before = events["date_start"].isna() | (events["date_start"] <= pd.Timestamp(end))
        mask &= before.to_numpy()
    return mask & ~_undated(index)
