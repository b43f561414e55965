"""What a filter means on the tables, its names, and the file name of a query."""

from datetime import date
from pathlib import Path

import ibis.expr.types as ir
import pytest

from dashboard.datasets.build.curated import curated_tables
from dashboard.engine.datasets import Datasets
from dashboard.engine.duckdb_engine import DuckDB
from dashboard.engine.library import write_curated
from dashboard.language.language import ENGLISH, using_language
from dashboard.model.corpus import Corpus
from dashboard.model.event_tables import CURATED
from dashboard.query.conditions import conditions_on, events_left, in_window, marks_left, rows_left
from dashboard.query.file_name import file_name
from dashboard.query.names import dataset_label, facet_label, ids_named, names_of
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables
from tests.oracle.select import EventIndex, select

QUERIES = [
    Query(),
    Query(kinds=("arrest", "release")),
    Query(start=date(2021, 1, 18), end=date(2021, 1, 20)),
    Query(kinds=("arrest",), end=date(2020, 12, 31)),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> DuckDB:
    datasets = Datasets(tmp_path_factory.mktemp("conditions"))
    write_curated(datasets, curated_tables(corpus))
    return DuckDB(datasets)


def _ids(tables: EngineTables, query: Query) -> ir.Table:
    return events_left(tables, query).select("event_id")


@pytest.mark.parametrize("query", QUERIES)
def test_the_rows_left_are_those_of_a_plain_reading(
    engine: DuckDB, index: EventIndex, query: Query
):
    expected = index.tables.events["event_id"][select(index, query).shown]
    assert set(engine.ask(_ids, query)["event_id"]) == set(expected)


def test_a_filter_may_be_ignored_and_dates_too(engine: DuckDB, corpus: Corpus):
    query = Query(kinds=("arrest",), start=date(2021, 1, 18))

    def count(tables: EngineTables, query: Query, *, but: tuple[str, ...]) -> ir.Table:
        left = rows_left(tables, "events", query, but=but, dates=False)
        return left.aggregate(n=left.count())

    assert engine.ask(count, query, but=("kinds",))["n"][0] == len(corpus.events.events)
    arrests = sum(event.kind == "arrest" for event in corpus.events.events.values())
    assert engine.ask(count, query, but=())["n"][0] == arrests


def test_marks_are_rows_of_places_of_the_same_events(engine: DuckDB):
    query = QUERIES[1]

    def marks(tables: EngineTables, query: Query) -> ir.Table:
        return marks_left(tables, query).select("event").distinct()

    def numbers(tables: EngineTables, query: Query) -> ir.Table:
        return events_left(tables, query).select("event")

    assert set(engine.ask(marks, query)["event"]) <= set(engine.ask(numbers, query)["event"])


def test_no_filter_is_no_condition_but_that_of_review(engine: DuckDB):
    none = conditions_on(engine.tables.events, "events", Query())
    one = conditions_on(engine.tables.events, "events", Query(kinds=("arrest",)))
    assert len(one) == len(none) + 1


def test_a_window_without_bounds_takes_the_undated_too(engine: DuckDB, corpus: Corpus):
    def count(tables: EngineTables, *, start: int | None) -> ir.Table:
        left = tables.events.filter(in_window(tables.events, start, None))
        return left.aggregate(n=left.count())

    whole, dated = (engine.ask(count, start=start)["n"][0] for start in (None, 0))
    undated = sum(event.when.undated for event in corpus.events.events.values())
    assert whole == len(corpus.events.events)
    assert whole - dated >= undated


@pytest.mark.parametrize(
    ("query", "name"),
    [
        (Query(), "events"),
        (Query(kinds=("arrest",), start=date(2021, 1, 18)), "events_arrest_2021-01-18"),
        (Query(text="../../x"), "events_search"),
        (Query(kinds=("a/b", 'c"d')), "events_a_b_c_d"),
    ],
)
def test_a_file_is_named_by_ids_and_days_alone(query: Query, name: str):
    assert file_name(query) == name


def test_a_file_name_is_short():
    assert len(file_name(Query(kinds=tuple(f"kind_{n}" for n in range(100))))) <= 80


def test_values_are_found_by_letters_of_either_language(corpus: Corpus):
    names = names_of(corpus)
    assert "ain_issa" in ids_named(names, "places", ["ain", "issa"])
    assert "ain_issa" in ids_named(names, "places", ["عين", "عيسي"])
    assert ids_named(names, "places", ["nothing of the kind"]) == ()
    with using_language(ENGLISH):
        assert facet_label(names, "kinds", "arrest")[0] == corpus.lexicon.kinds["arrest"].name_en
        assert facet_label(names, "actors", "unheard of") == ("unheard of", "")
        assert dataset_label("x", CURATED) == "Curated events"
        assert dataset_label("Mine", "mine") == "Mine"


def test_an_empty_folder_has_no_datasets(tmp_path: Path):
    assert list(Datasets(tmp_path)) == []
