"""Every engine filters by figures and sums them as a plain reading of the claims does."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.engine.datasets import Datasets
from dashboard.engine.engine import Engine
from dashboard.engine.load import EventLoader
from dashboard.engine.places import Places
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Measure
from dashboard.query import pages
from dashboard.query.answers import totals_from_engine
from dashboard.query.estimates import as_sums, figure_sums
from dashboard.query.query import EstimateRange, Query
from tests.oracle.estimates import bounds_by_event, matching, sums
from tests.oracle.parquet import read_index
from tests.oracle.select import EventIndex, select

FILTERS = (
    Query(),
    Query(kinds=("clash", "arrest")),
    Query(outlets=("SANA",), start=date(2021, 1, 5), end=date(2021, 2, 20)),
)
RANGES = (
    None,
    EstimateRange(Measure.KILLED, 5, None),
    EstimateRange(Measure.KILLED, None, 0),
    EstimateRange(Measure.KILLED, 3, 4),
    EstimateRange(Measure.WOUNDED, None, 0),
    EstimateRange(Measure.TROOPS, 600, 1_900),
    EstimateRange(Measure.DISPLACED, 0, None),
)


@pytest.fixture(scope="module")
def loader(engine: Engine, corpus: Corpus, datasets: Datasets) -> EventLoader:
    cards = {card.dataset_id: card for card in datasets}
    return EventLoader(engine, corpus, cards, Places(corpus.gazetteer.places, engine))


@pytest.fixture(scope="module")
def records(engine: Engine, loader: EventLoader) -> Corpus:
    """All events with their claims."""
    return loader.load(engine.ask(pages.all_numbers, Query(), most=10_000)).corpus


@pytest.fixture(scope="module")
def plain(datasets: Datasets) -> EventIndex:
    return read_index(datasets)


def _expected(plain: EventIndex, records: Corpus, query: Query) -> set[str]:
    without = replace(query, estimate=None)
    ids = set(plain.tables.events["event_id"][select(plain, without).shown])
    return ids & matching(records, query.estimate) if query.estimate else ids


@pytest.mark.parametrize("estimate", RANGES, ids=str)
@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_a_range_filters_and_sums_are_over_distinct_events(
    engine: Engine,
    plain: EventIndex,
    records: Corpus,
    filters: Query,
    estimate: EstimateRange | None,
):
    query = replace(filters, estimate=estimate)
    expected = _expected(plain, records, query)
    shown = engine.ask(pages.all_numbers, query, most=10_000)["event_id"]
    assert sorted(shown) == sorted(expected)
    totals, _counts = totals_from_engine(engine, query, plain.size)
    assert totals.shown == len(expected)
    assert totals.figures == sums(records, expected)


def test_each_range_but_one_matches_some_events_and_not_all(records: Corpus):
    matches = [len(matching(records, it)) for it in RANGES if it]
    assert matches.pop() == 0
    assert all(0 < number < len(records.events.events) for number in matches)


def test_sums_at_places_count_the_events_there_once(engine: Engine, records: Corpus):
    rows = [row for row in records.events.places if row.event_id.startswith("made:")]
    place_ids = tuple(dict.fromkeys(row.place_id for row in rows))[:3]
    here = {row.event_id for row in records.events.places if row.place_id in place_ids}
    found = as_sums(engine.ask(figure_sums, Query(place_ids=place_ids)))
    assert found == sums(records, here)
    assert found[Measure.KILLED].events < len(here)


def test_the_figures_of_a_page_are_those_of_its_claims(
    engine: Engine, loader: EventLoader, records: Corpus
):
    page = engine.ask(pages.page, Query(), size=200)
    figures = loader.figures(page)
    assert set(figures) <= set(page["event_id"])
    for measure in Measure:
        bounds = bounds_by_event(records, measure)
        for event_id in page["event_id"]:
            figure = figures.get(event_id, {}).get(measure)
            highest = float("inf") if figure and figure.high is None else figure and figure.high
            assert (figure and (figure.low, highest)) == bounds.get(event_id)
