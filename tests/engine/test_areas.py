"""Every engine selects by areas as a plain reading of the points does."""

import random
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date

import ibis.expr.types as ir
import pytest

from dashboard.engine.datasets import Datasets
from dashboard.engine.engine import Engine
from dashboard.model.area import Area, AreaError, BoxArea, CircleArea, PolygonArea
from dashboard.model.grid import box_of
from dashboard.model.place import SHARP, PlacePrecision
from dashboard.query import map_counts, pages
from dashboard.query.answers import facet_counts_from_engine, totals_from_engine
from dashboard.query.colouring import Colouring
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables
from tests.oracle.areas import in_areas, inside
from tests.oracle.parquet import read_index
from tests.oracle.select import EventIndex, select

LEVELS = tuple(PlacePrecision)
Precisions = dict[str, set[str]]
# A part of the world with the events of the seeds and of the made dataset.
WEST, SOUTH, EAST, NORTH = 35.0, 33.0, 43.0, 38.0


@pytest.fixture(scope="module")
def plain(datasets: Datasets) -> EventIndex:
    return read_index(datasets)


@pytest.fixture(scope="module")
def precisions(engine: Engine) -> Precisions:
    """The precisions of each place; a place of two datasets has two."""
    found: Precisions = defaultdict(set)
    for row in engine.ask(_places).itertuples():
        found[str(row.place_id)].add(str(row.precision))
    return found


def _places(tables: EngineTables) -> ir.Table:
    return tables.places.select("place_id", "precision")


def _random_area(source: random.Random) -> Area:
    """A rectangle, a circle, or a polygon whose edges do not cross."""

    def point() -> tuple[float, float]:
        return round(source.uniform(WEST, EAST), 5), round(source.uniform(SOUTH, NORTH), 5)

    while True:
        try:
            kind = source.choice(("box", "circle", "polygon"))
            if kind == "circle":
                return CircleArea(*point(), round(source.uniform(1, 250), 3))
            if kind == "box":
                (one, other), (third, fourth) = point(), point()
                lons, lats = sorted((one, third)), sorted((other, fourth))
                return BoxArea(lons[0], lats[0], lons[1], lats[1])
            return PolygonArea(tuple(point() for _ in range(source.randint(3, 6))))
        except AreaError:
            continue


def _queries() -> list[Query]:
    source = random.Random(27)
    filters = (
        Query(),
        Query(kinds=("clash", "arrest", "shelling")),
        Query(start=date(2020, 12, 20), end=date(2021, 1, 31)),
    )
    return [
        replace(
            filters[number % len(filters)],
            areas=tuple(_random_area(source) for _ in range(source.randint(1, 3))),
        )
        for number in range(9)
    ]


@pytest.mark.parametrize("query", _queries(), ids=lambda query: ";".join(map(str, query.areas)))
def test_areas_filter_events_as_their_points_say(
    engine: Engine, plain: EventIndex, precisions: Precisions, query: Query
):
    others = select(plain, replace(query, areas=()))
    expected = set(plain.tables.events["event_id"][others.shown & in_areas(plain, query)])
    shown = engine.ask(pages.all_numbers, query, most=10_000)["event_id"]
    assert sorted(shown) == sorted(expected)
    totals, _counts = totals_from_engine(engine, query, plain.size)
    assert totals.shown == len(expected)
    assert totals.coarse == _coarse(plain, precisions, query, expected)


def _coarse(
    plain: EventIndex, precisions: Precisions, query: Query, expected: Collection[str]
) -> dict[PlacePrecision, int]:
    """Those of the events without an exact point inside, by the precision of the best one."""
    tables = plain.tables
    best: dict[str, int] = {}
    rows = tables.event_places
    for event, place, lon, lat in zip(
        rows["event"], rows["place_id"], rows["lon"], rows["lat"], strict=True
    ):
        event_id = tables.events["event_id"][event]
        if event_id in expected and any(inside(area, lon, lat) for area in query.areas):
            level = min(LEVELS.index(PlacePrecision(it)) for it in precisions[place])
            best[event_id] = min(level, best.get(event_id, level))
    counted = Counter(LEVELS[level] for level in best.values())
    return {level: n for level, n in counted.items() if level not in SHARP}


def test_random_areas_are_neither_empty_nor_all(plain: EventIndex):
    sizes = [int(in_areas(plain, query).sum()) for query in _queries()]
    assert sum(0 < size < plain.size for size in sizes) > 4


def test_marks_and_filter_values_know_the_areas(engine: Engine, plain: EventIndex):
    query = Query(areas=(CircleArea(38.9, 36.4, 150),))
    chosen = in_areas(plain, query)
    bins = map_counts.bins(18_500, 18_800, (None, None))
    rows = engine.ask(
        map_counts.counts_by_place, query, box_of(20, 20, 50, 60, 5), bins, Colouring("group")
    )
    places = plain.tables.event_places
    sites = places[places["event"].map(dict(enumerate(chosen))).astype(bool) & places["first_site"]]
    assert rows["events"].sum() == len(sites)
    _totals, counts = totals_from_engine(engine, query, plain.size)
    kinds = facet_counts_from_engine(engine, query, counts)["kinds"]
    expected = plain.tables.events["kind"][chosen].value_counts()
    assert {kind: n for kind, n in kinds.items() if n} == expected.to_dict()


def test_events_placed_only_by_a_chosen_unit_are_counted_apart(engine: Engine, plain: EventIndex):
    rows = plain.tables.event_places
    coarse = sorted(set(rows["place_id"][~rows["sharp"]]))
    query = Query(places=(*coarse, "raqqa_governorate", "ain_issa"))
    totals, _counts = totals_from_engine(engine, query, plain.size)
    sharp = dict(zip(rows["place_id"], rows["sharp"], strict=True))
    by_event = rows.groupby("event")["place_id"].agg(set)
    units = {key for key in query.places if not sharp.get(key, True)}
    expected = [ids for ids in by_event if ids <= set(query.places) and ids & units]
    assert totals.at_units == len(expected)
    assert 0 < totals.at_units < totals.shown
