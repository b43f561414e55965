"""No text in a query is more than a text: each engine answers as a plain reading of the rows does."""

from collections.abc import Iterator
from contextlib import closing, nullcontext
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.engine.datasets import Datasets
from dashboard.engine.duckdb_engine import DuckDB
from dashboard.engine.engine import Engine
from dashboard.engine.open import open_engine
from dashboard.engine.statements import Placeholders
from dashboard.model.grid import Box
from dashboard.query import map_counts, pages
from dashboard.query.answers import facet_counts_from_engine, totals_from_engine
from dashboard.query.bulk import flat
from dashboard.query.colouring import Colouring
from dashboard.query.counts import MOST_VALUES, as_counts, facet_matches
from dashboard.query.facets import FACETS
from dashboard.query.query import Query
from dashboard.text.normalise import fold
from tests import engines
from tests.engine import hostile
from tests.oracle.parquet import read_index
from tests.oracle.select import EventIndex, Selection, select

# How many queries each engine is asked: one takes Spark seconds.
EXAMPLES = {"duckdb://": 40, "postgresql://": 25, "spark:local[2]": 1}
# Of each kind that stopped or misled the page before values were bound.
WORST = (
    Query(text="4611686018427387904"),
    Query(text="x\ue0000\ue001 \ue0001\ue001 %s $1 :p1 ?"),
    Query(kinds=("\ue0000\ue001", "') OR 1=1 --"), actors=("\ue0001\ue001", "$1"), text="'"),
    Query(text="\x00 a", kinds=("a\x00", "\ud800"), place_ids=("\x00",), event_id="\udfff"),
    Query(text=" ".join(["a", "$1"] * 50)),
)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Datasets:
    return hostile.datasets(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def plain(stored: Datasets) -> EventIndex:
    return read_index(stored)


@pytest.fixture(scope="module", params=list(EXAMPLES))
def served(request: pytest.FixtureRequest, stored: Datasets) -> Iterator[tuple[Engine, int]]:
    """Each engine in turn, and how many examples to ask it."""
    url = request.param
    if why := engines.missing(url):
        pytest.skip(why)
    server = engines.postgresql() if url.startswith("postgresql") else nullcontext(url)
    with server as address, closing(open_engine(address, stored)) as engine:
        yield engine, EXAMPLES[url]


@pytest.mark.parametrize("queries", [hostile.QUERIES, hostile.ONE_FILTER], ids=["many", "one"])
def test_any_texts_filter_as_a_plain_reading_does(
    served: tuple[Engine, int], plain: EventIndex, queries: st.SearchStrategy[Query]
):
    engine, examples = served

    @settings(max_examples=examples, suppress_health_check=list(HealthCheck))
    @given(queries)
    def check(query: Query) -> None:
        _check(engine, plain, query)

    check()


def test_hostile_texts_filter_as_a_plain_reading_does(
    served: tuple[Engine, int], plain: EventIndex
):
    engine, examples = served
    for query in WORST[: 2 + examples]:
        _check(engine, plain, query)


def _check(engine: Engine, plain: EventIndex, query: Query) -> None:
    expected = select(plain, hostile.storable(query))
    events = plain.tables.events["event_id"]
    listed = expected.shown & _at(plain, query.place_ids)
    ids = set(events[listed])
    assert set(engine.ask(pages.all_numbers, query, most=10_000)["event_id"]) == ids
    assert set(_exported(engine, query)) == ids
    assert totals_from_engine(engine, query, 0)[0].shown == int(listed.sum())
    _check_counts(engine, replace(query, place_ids=()), expected)
    numbers = engine.ask(pages.numbers_of, (query.event_id or "",))
    assert len(numbers) == events.tolist().count(query.event_id)


def _exported(engine: Engine, query: Query) -> list[str]:
    return [
        value for batch in engine.batches(flat, query) for value in batch["event_id"].to_pylist()
    ]


def _check_counts(engine: Engine, query: Query, expected: Selection) -> None:
    totals, event_counts = totals_from_engine(engine, query, 0)
    assert totals.shown == int(expected.shown.sum())
    counted = facet_counts_from_engine(engine, query, event_counts)
    for facet in FACETS:
        known = {value: n for value, n in expected.counts[facet.field].items() if n}
        assert len(known) < MOST_VALUES
        assert {value: n for value, n in counted[facet.field].items() if n} == known, facet.field


def _at(plain: EventIndex, place_ids: tuple[str, ...]) -> np.ndarray:
    """Which events have a mark at one of the places; all if there are none."""
    if not place_ids:
        return np.ones(plain.size, dtype=bool)
    rows = plain.tables.event_places
    at = np.zeros(plain.size, dtype=bool)
    at[rows.loc[[each in place_ids for each in rows["place_id"]], "event"]] = True
    return at


def test_any_words_find_the_values_that_have_them(served: tuple[Engine, int]):
    engine, examples = served
    actors = next(facet for facet in FACETS if facet.field == "actors")
    every = facet_counts_from_engine(engine, Query(), totals_from_engine(engine, Query(), 0)[1])[
        "actors"
    ]

    @settings(max_examples=examples, suppress_health_check=list(HealthCheck))
    @given(st.lists(hostile.TEXTS.map(fold), min_size=1, max_size=3).map(tuple), hostile.LISTS)
    def check(words: tuple[str, ...], ids: tuple[str, ...]) -> None:
        found = as_counts(engine.ask(facet_matches, Query(), actors, words, ids))
        # What is neither cased differently from one library to the next nor of another alphabet.
        ascii_values = {value: n for value, n in every.items() if value.isascii()}
        expected = {
            value: n
            for value, n in ascii_values.items()
            if value in ids or all(word in value.lower() for word in words)
        }
        assert {value: n for value, n in found.items() if value.isascii()} == expected

    check()


@given(hostile.QUERIES, hostile.LISTS)
def test_a_form_has_no_value_and_the_bound_values_are_those_of_the_query(query, words):
    placeholders = Placeholders()
    form = (placeholders.lift(query), placeholders.lift(words))
    # Every text of the form is a marker, so none can be a value.
    lists = [getattr(form[0], facet.field) for facet in FACETS]
    markers = [*form[1], *form[0].place_ids, *form[0].text.split(), *sum(lists, ())]
    values = placeholders.values
    assert all(marker.strip("\ue000\ue001").isdecimal() for marker in markers)
    assert form[0].event_id is None
    for facet in FACETS:
        lifted = getattr(form[0], facet.field)
        bound = [values[int(marker[1:-1])] for marker in lifted]
        assert dict.fromkeys(bound) == dict.fromkeys(getattr(query, facet.field))
    searched = [values[int(marker[1:-1])] for marker in fold(form[0].text).split()]
    assert searched == fold(query.text).split()


def test_the_sql_of_a_form_is_the_same_for_all_values(served: tuple[Engine, int]):
    engine, _examples = served
    queries = (
        Query(kinds=("clash",), actors=("'",), text="secretword", place_ids=("p",)),
        Query(kinds=("$1",), actors=("hiddenname",), text="4611686018427387904", place_ids=("%",)),
    )
    statements = [engine._bound(pages.page, (query,), {"size": 30}) for query in queries]
    (first, values), (second, others) = statements
    assert first is second
    assert values != others
    for text in ("clash", "secretword", "hiddenname", "4611686018427387904", "\ue000"):
        assert text not in first.sql


def test_edges_days_and_event_numbers_are_bound_too(served: tuple[Engine, int]):
    engine, _examples = served
    box = Box(5, 123_456_789, 234_567_891, 345_678_912, 456_789_123)
    days = map_counts.bins(18_600, 18_700, (None, None))
    statement, values = engine._bound(
        map_counts.counts_by_square, (Query(), box, days, Colouring("group")), {}
    )
    assert {box.left, box.top, box.right, box.bottom} <= set(values)
    assert not [edge for edge in values if isinstance(edge, int) and str(edge) in statement.sql]
    dated = Query(start=pd.Timestamp("2021-01-05").date(), end=pd.Timestamp("2021-03-07").date())
    statement, values = engine._bound(pages.page, (dated,), {"size": 30})
    assert {18_632, 18_693} <= set(values)
    assert "18632" not in statement.sql


@pytest.mark.parametrize(
    ("argument", "error"),
    [("group; DROP", ValueError), ("it's", ValueError), (1 << 62, ValueError), ([], TypeError)],
)
def test_no_other_text_gets_into_a_form(stored: Datasets, argument: object, error: type[Exception]):
    engine = DuckDB(stored)
    box, days = Box(5, 0, 0, 9, 9), map_counts.bins(1, 2, (None, None))
    with pytest.raises(error, match="expected"):
        engine.ask(map_counts.counts_by_square, Query(), box, days, Colouring(argument))
    with pytest.raises(error, match="expected"):
        engine.ask(pages.page, Query(), size=argument)
