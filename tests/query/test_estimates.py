"""Sums of figures, and the filter by their range, against a plain reading of the claims."""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.datasets.build.curated import curated_tables
from dashboard.engine.datasets import Datasets
from dashboard.engine.duckdb_engine import DuckDB
from dashboard.engine.library import write_curated
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import FigureSum, Measure, sum_figures
from dashboard.model.when import When
from dashboard.query.estimates import as_sums, figure_sums, shelf_sums
from dashboard.query.pages import all_numbers
from dashboard.query.query import EstimateRange, Query


@pytest.fixture(scope="module")
def engine(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> DuckDB:
    datasets = Datasets(tmp_path_factory.mktemp("datasets"))
    write_curated(datasets, curated_tables(corpus))
    return DuckDB(datasets)


def ids(engine: DuckDB, query: Query) -> set[str]:
    return set(engine.ask(all_numbers, query, most=100)["event_id"])


def test_groups_that_one_source_counts_in_two_sentences_are_added(engine: DuckDB, corpus: Corpus):
    claims = [
        (claim.event_id, estimate.measure, estimate.best)
        for claim in corpus.events.claims
        for estimate in claim.estimates
    ]
    troops = [best for _id, measure, best in claims if measure is Measure.TROOPS]
    assert sorted(filter(None, troops)) == [500, 1300]
    sums = as_sums(engine.ask(figure_sums, Query()))
    assert sums == {
        Measure.DETAINED: FigureSum(1, 3, 3, 0),
        Measure.VEHICLES: FigureSum(1, 15, 15, 0),
        Measure.TROOPS: FigureSum(1, 1800, 1800, 0),
    }


def test_sums_are_of_the_selected_events_and_places(engine: DuckDB):
    assert as_sums(engine.ask(figure_sums, Query(kinds=("arrest",)))) == {
        Measure.DETAINED: FigureSum(1, 3, 3, 0)
    }
    assert as_sums(engine.ask(figure_sums, Query(place_ids=("qamishli_airport",)))) == {
        Measure.TROOPS: FigureSum(1, 1800, 1800, 0)
    }
    assert as_sums(engine.ask(figure_sums, Query(text="no such word"))) == {}


def test_the_sums_of_the_shelf_are_those_of_its_events(engine: DuckDB, corpus: Corpus):
    events, located = corpus.events, {row.event_id for row in corpus.events.places}
    for undated in (True, False):
        there = {
            key
            for key, event in events.events.items()
            if (event.when.undated if undated else not event.when.undated and key not in located)
        }
        expected = sum_figures(it for key, it in corpus.figures().items() if key in there)
        assert as_sums(engine.ask(shelf_sums, Query(), undated=undated)) == expected


def test_an_undated_event_with_a_figure_is_summed_on_the_shelf(corpus: Corpus, tmp_path: Path):
    event_id = "reinforcement_qamishli_airport"
    event = replace(corpus.events.events[event_id], when=When(None, None, None))
    events = {**corpus.events.events, event_id: event}
    undated = replace(corpus, events=replace(corpus.events, events=events))
    datasets = Datasets(tmp_path / "datasets")
    write_curated(datasets, curated_tables(undated))
    sums = DuckDB(datasets).ask(shelf_sums, Query(), undated=True)
    assert as_sums(sums) == {Measure.TROOPS: FigureSum(1, 1800, 1800, 0)}


@pytest.mark.parametrize(
    ("low", "high", "matches"),
    [
        (None, 1799, False),
        (None, 1800, True),
        (1700, 1900, True),
        (1800, None, True),
        (1801, None, False),
    ],
)
def test_a_range_matches_what_it_overlaps(
    engine: DuckDB, low: int | None, high: int | None, *, matches: bool
):
    query = Query(estimate=EstimateRange(Measure.TROOPS, low, high))
    assert ("reinforcement_qamishli_airport" in ids(engine, query)) is matches
    # An event without a figure never matches.
    assert len(ids(engine, query)) == matches
