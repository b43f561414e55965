"""Every engine gives each event the colour class that a plain reading of its records gives."""

from collections import Counter

import pytest

from dashboard.engine.engine import Engine
from dashboard.legend.event_colours import event_colours
from dashboard.model.corpus import Corpus
from dashboard.model.grid import Box
from dashboard.model.selected import SelectedEvents
from dashboard.query import map_counts
from dashboard.query.colouring import (
    LIMITED,
    MOST_COLOURED,
    NONE,
    SEVERAL,
    Colouring,
    most_frequent,
)
from dashboard.query.query import COLOURS, Query
from dashboard.query.splits import OTHERS
from tests.oracle.corpus import build_tables
from tests.oracle.select import index_events
from tests.oracle.selected import selected_events

WHOLE = Box(3, 0, 0, 1 << 30, 1 << 30)
DAYS = map_counts.bins(18_000, 19_000, (None, None))
CURATED = Query(datasets=("curated",), unreviewed=True)


@pytest.fixture(scope="module")
def curated(corpus: Corpus) -> SelectedEvents:
    index = index_events(build_tables(corpus))
    return selected_events(corpus, index, Query(unreviewed=True))


@pytest.mark.parametrize("column", COLOURS)
def test_colours_are_those_of_the_records(engine: Engine, curated: SelectedEvents, column: str):
    colours = event_colours(curated, column)
    places = curated.corpus.gazetteer.places
    located = {row.event_id for row in curated.corpus.events.places if places[row.place_id].on_map}
    rows = engine.ask(map_counts.marks_in, CURATED, WHOLE)
    assert len(located) <= rows["event"].nunique()
    squares = engine.ask(map_counts.counts_by_square, CURATED, WHOLE, DAYS, colours.colouring)
    counted = squares.groupby("split")["events"].sum().to_dict()
    sites = engine.ask(map_counts.counts_by_place, CURATED, WHOLE, DAYS, colours.colouring)
    assert sites.groupby("split")["events"].sum().to_dict() == counted
    assert set(counted) <= set(colours.of.values())
    if column == "initiator":
        assert {OTHERS, SEVERAL, NONE} <= set(counted)
    assert sum(counted.values()) == len(rows)
    if column in LIMITED:
        assert set(counted) <= {*colours.colouring.first, OTHERS, SEVERAL, NONE}
        assert len(colours.colouring.first) == MOST_COLOURED or not colours.others
        frequent = engine.ask(most_frequent, CURATED, column=column, most=100)
        assert len(frequent) == len(colours.colouring.first) + colours.others
        assert tuple(frequent["value"])[:MOST_COLOURED] == colours.colouring.first


@pytest.mark.parametrize("column", sorted(LIMITED))
def test_an_event_has_one_class(engine: Engine, curated: SelectedEvents, column: str):
    colours = event_colours(curated, column)
    ids = dict(engine.ask(map_counts.curated_ids).itertuples(index=False))
    several = engine.ask(
        map_counts.rows_of_several, CURATED, WHOLE, ("curated",), DAYS, colours.colouring
    )
    assert len(several)
    found = {ids[row.event]: row.split for row in several.itertuples()}
    assert found == {key: colours.of[key] for key in found}


def test_others_are_the_less_frequent_values(curated: SelectedEvents):
    kinds = Counter(event.kind for event in curated.events)
    colours = event_colours(curated, "kind")
    assert colours.others == len(kinds) - MOST_COLOURED
    least = min(kinds[kind] for kind in colours.colouring.first)
    assert all(
        number <= least for kind, number in kinds.items() if kind not in colours.colouring.first
    )
    assert Counter(colours.of.values())[OTHERS] == sum(
        number for kind, number in kinds.items() if kind not in colours.colouring.first
    )
    assert Colouring("kind").limited
    assert not Colouring("dataset").limited
