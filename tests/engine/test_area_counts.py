"""Every engine counts by governorate, district and square as a plain reading of the tables does."""

from collections import Counter
from dataclasses import replace
from datetime import date

import ibis.expr.types as ir
import numpy as np
import pytest

from dashboard.engine.datasets import Datasets
from dashboard.engine.engine import Engine
from dashboard.model.grid import box_of
from dashboard.query import area_counts, map_counts
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables
from tests.oracle.parquet import read_index
from tests.oracle.select import EventIndex, select

QUERIES = (
    Query(),
    Query(kinds=("clash", "arrest")),
    # A place in a governorate: the governorate still counts its events.
    Query(places=("ain_issa",)),
    Query(actors=("russian_forces",), start=date(2021, 1, 5)),
)
LEVELS = ("governorate", "district")
BINS = map_counts.bins(18_000, 19_000, (None, None))
BOX = box_of(30, 30, 40, 45, 8)


@pytest.fixture(scope="module")
def plain(datasets: Datasets) -> EventIndex:
    return read_index(datasets)


@pytest.fixture(scope="module")
def classes(engine: Engine) -> dict[str, str]:
    rows = engine.ask(_places)
    return dict(zip(rows["place_id"], rows["feature_class"], strict=True))


def _places(tables: EngineTables) -> ir.Table:
    return tables.places.select("place_id", "feature_class").distinct()


def _matching(plain: EventIndex, query: Query) -> set[int]:
    return set(np.flatnonzero(select(plain, replace(query, start=None, end=None)).shown))


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("level", LEVELS)
def test_counts_by_area(
    engine: Engine, plain: EventIndex, classes: dict[str, str], level: str, query: Query
):
    matching = _matching(plain, query)
    pairs = {
        (event, place)
        for event, place in plain.tables.containment[["event", "place"]].itertuples(index=False)
        if event in matching and classes.get(place) == level
    }
    rows = engine.ask(area_counts.counts_by_area, query, BINS, level=level)
    assert rows.groupby("place_id")["events"].sum().to_dict() == Counter(
        place for _, place in pairs
    )
    without = engine.ask(area_counts.without_area, query, BINS, level=level)
    assert without["events"].sum() == len(matching - {event for event, _ in pairs})
    several = engine.ask(area_counts.in_several_areas, query, BINS, level=level)
    areas = Counter(event for event, _ in pairs)
    assert len(several) == sum(number for number in areas.values() if number > 1)
    known = set(engine.ask(area_counts.area_ids, level=level)["place_id"])
    assert known == {place for place, kind in classes.items() if kind == level}


def _sharp(tables: EngineTables) -> ir.Table:
    rows = tables.event_places.filter(tables.event_places.sharp)
    return rows.join(tables.events.select("event", "event_id"), "event").select(
        "event_id", "x", "y"
    )


@pytest.mark.parametrize("query", QUERIES)
def test_counts_by_square(engine: Engine, plain: EventIndex, query: Query):
    ids = plain.tables.events["event_id"]
    matching = {ids[event] for event in _matching(plain, query)}
    points = engine.ask(_sharp)
    points = points[points["event_id"].isin(matching)]
    inside = points[
        points["x"].between(BOX.left, BOX.right - 1) & points["y"].between(BOX.top, BOX.bottom - 1)
    ]
    squares = inside.assign(
        column=(inside["x"] - BOX.left) // BOX.cell, row=(inside["y"] - BOX.top) // BOX.cell
    )
    wanted = (
        squares.drop_duplicates(["event_id", "column", "row"]).groupby(["column", "row"]).size()
    )
    rows = engine.ask(area_counts.counts_by_cell, query, BOX, BINS)
    assert rows.groupby(["column", "row"])["events"].sum().to_dict() == wanted.to_dict()
    without = engine.ask(area_counts.without_point, query, BINS)
    assert without["events"].sum() == len(matching - set(points["event_id"]))
