"""Every engine counts by category and day as a plain reading of the tables does."""

from collections import Counter
from dataclasses import replace
from datetime import date

import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pytest

from dashboard.engine.datasets import Datasets
from dashboard.engine.engine import Engine
from dashboard.model.event_tables import OPEN_END, OPEN_START, day_number
from dashboard.query import splits
from dashboard.query.query import Query
from dashboard.query.splits import OTHERS, SPLITS
from dashboard.query.tables import EngineTables
from tests.oracle.parquet import read_index
from tests.oracle.select import EventIndex, select

QUERIES = (
    Query(),
    Query(kinds=("clash", "arrest")),
    Query(actors=("russian_forces",), start=date(2021, 1, 5)),
)
# Tables of the plain reading, with the columns of the categories.
COLUMNS = {"actor": "event_actors", "outlet": "claims", "speaker": "claims"}


@pytest.fixture(scope="module")
def plain(datasets: Datasets) -> EventIndex:
    return read_index(datasets)


def _values(plain: EventIndex, split: str, classes: dict[str, str]) -> dict[int, set[str]]:
    """The values of each event, by its position."""
    tables = plain.tables
    found: dict[int, set[str]] = {}
    if split in COLUMNS:
        rows = getattr(tables, COLUMNS[split])[["event", split]].dropna()
    elif SPLITS[split].feature_class:
        rows = tables.containment[["event", "place"]]
        rows = rows[rows["place"].map(classes) == SPLITS[split].feature_class]
    else:
        rows = tables.events[[split]].reset_index(names="event")
    for event, value in rows.itertuples(index=False):
        found.setdefault(event, set()).add(value)
    return found


@pytest.fixture(scope="module")
def classes(engine: Engine) -> dict[str, str]:
    rows = engine.ask(_places)
    return dict(zip(rows["place_id"], rows["feature_class"], strict=True))


def _places(tables: EngineTables) -> ir.Table:
    return tables.places.select("place_id", "feature_class").distinct()


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("split", list(SPLITS))
def test_counts_by_category_and_day(
    engine: Engine, plain: EventIndex, classes: dict[str, str], split: str, query: Query
):
    undated = replace(query, start=None, end=None)
    matching = set(np.flatnonzero(select(plain, undated).shown))
    values = _values(plain, split, classes)
    largest = engine.ask(splits.categories, undated, split=split, most=3)
    expected = Counter(value for event in matching for value in values.get(event, ()))
    assert dict(zip(largest["value"], largest["events"], strict=True)) == {
        value: expected[value] for value in largest["value"]
    }
    assert len(largest) == min(3, len(expected))
    assert sorted(expected.values(), reverse=True)[: len(largest)] == list(largest["events"])
    first = tuple(largest["value"])
    rows = engine.ask(splits.by_days, query, first, split=split, measure=None)
    found: Counter[tuple[str, int, int]] = Counter()
    for row in rows.itertuples():
        found[row.category, row.first_day, row.last_day] += row.events
    wanted: Counter[tuple[str, int, int]] = Counter()
    for event in matching:
        days = _days(plain, event)
        categories = {value if value in first else OTHERS for value in values.get(event, ())}
        for category in categories if days else ():
            wanted[category, *days] += 1
    assert found == wanted
    everything = engine.ask(splits.all_by_days, query, measure=None)
    assert everything["events"].sum() == sum(_days(plain, event) is not None for event in matching)


def _days(plain: EventIndex, event: int) -> tuple[int, int] | None:
    """The days that bound an interval; `None` of an undated event."""
    row = plain.tables.events.loc[event]
    start, end = (
        None if pd.isna(row[name]) else row[name].date() for name in ("date_start", "date_end")
    )
    if start is None and end is None:
        return None
    first = OPEN_START if start is None else day_number(start)
    return first, OPEN_END if end is None else day_number(end)


@pytest.mark.parametrize("query", QUERIES)
def test_a_cross_table_counts_each_event_once_in_a_cell(
    engine: Engine, plain: EventIndex, classes: dict[str, str], query: Query
):
    matching = set(np.flatnonzero(select(plain, query).shown))
    actors = _values(plain, "actor", classes)
    places = _values(plain, "governorate", classes)
    rows = tuple(engine.ask(splits.categories, query, split="actor", most=4)["value"])
    columns = tuple(engine.ask(splits.categories, query, split="governorate", most=2)["value"])
    wanted = Counter(
        (down, across)
        for event in matching
        for down in {value if value in rows else OTHERS for value in actors.get(event, ())}
        for across in {value if value in columns else OTHERS for value in places.get(event, ())}
    )
    table = engine.ask(splits.crossed, query, rows, columns, split="actor", cross="governorate")
    assert {(row.row, row.column): row.events for row in table.itertuples()} == dict(wanted)
