"""Every engine answers every query as a plain reading of the records does."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import geopandas as gpd
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pytest

from dashboard.browser.packed_counts import pack_counts
from dashboard.engine.datasets import Datasets
from dashboard.engine.engine import Engine
from dashboard.engine.load import EventLoader
from dashboard.engine.places import Places
from dashboard.export.bulk import BULK, write_bulk
from dashboard.map.map_model import place_marks
from dashboard.map.marks import Selection
from dashboard.map.outlines import movements, outlines
from dashboard.map.squares import square_keys, square_marks, squares_of
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Measure
from dashboard.model.event import PlaceRole
from dashboard.model.event_tables import CURATED
from dashboard.model.grid import box_of
from dashboard.model.place import PlacePrecision
from dashboard.model.selected import SelectedEvents
from dashboard.model.sites import place_sites
from dashboard.query import map_counts, pages
from dashboard.query.answers import (
    days_from_engine,
    extent_from_engine,
    facet_counts_from_engine,
    totals_from_engine,
)
from dashboard.query.bulk import flat
from dashboard.query.by_number import from_number
from dashboard.query.colouring import LIMITED, Colouring
from dashboard.query.counts import MOST_FOUND, as_counts, facet_matches
from dashboard.query.facets import FACETS
from dashboard.query.mark_figures import FIGURE_COLUMNS
from dashboard.query.query import COLOURS, Query
from dashboard.timeline import from_records
from dashboard.timeline.timeline import timeline_of
from tests.oracle.parquet import read_index
from tests.oracle.select import EventIndex, select, within_dates

QUERIES = (
    Query(),
    Query(kinds=("clash", "arrest")),
    Query(attestations=("single_source",), start=date(2021, 1, 5), end=date(2021, 1, 20)),
    Query(actors=("russian_forces",), roles=("initiator",)),
    Query(actors=("Army of A",), end=date(2021, 1, 1)),
    Query(outlets=("SANA",), datasets=("made",)),
    Query(text="عين عيسى"),
    Query(text="town 1 event", start=date(2021, 2, 1)),
    Query(places=("raqqa_governorate",), kinds=("shelling",)),
    Query(speakers=("sohr",)),
    Query(verifications=("confirmed", "refuted")),
    Query(place_verifications=("located",), verifications=("plausible",), kinds=("demand",)),
    Query(start=date(2020, 12, 20), end=date(2020, 12, 31), certain=True),
    Query(end=date(2021, 1, 10), certain=True, kinds=("clash", "threat", "arrest")),
)
_FROM_TO = (PlaceRole.FROM, PlaceRole.TO)
WHOLE = box_of(20.0, 20.0, 50.0, 60.0, 5)


@pytest.fixture(scope="session")
def everything(engine: Engine, corpus: Corpus, datasets: Datasets) -> SelectedEvents:
    """All events as records, from the engine itself."""
    keys = engine.ask(pages.all_numbers, Query(), most=10_000)
    cards = {card.dataset_id: card for card in datasets}
    places = Places(corpus.gazetteer.places, engine)
    return EventLoader(engine, corpus, cards, places).load(keys)


@pytest.fixture(scope="session")
def plain(datasets: Datasets) -> EventIndex:
    """The same events, as pandas reads them from the files."""
    return read_index(datasets)


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_totals_and_counts(engine: Engine, plain: EventIndex, query: Query):
    expected = select(plain, query)
    totals, event_counts = totals_from_engine(engine, query, plain.size)
    assert totals.shown == int(expected.shown.sum())
    sure = within_dates(plain, query)
    assert totals.possible == int((expected.shown & ~sure).sum())
    assert totals.undated == int((expected.shelf & expected.undated).sum())
    assert totals.unlocated == int((expected.shelf & ~expected.undated).sum())
    counts = facet_counts_from_engine(engine, query, event_counts)
    for facet in FACETS:
        known = {value: n for value, n in expected.counts[facet.field].items() if n}
        found = {value: n for value, n in counts[facet.field].items() if n}
        assert found == known, facet.field


SOUGHT = (
    ("actors", ("army", "of a"), ()),
    ("actors", ("nobody's",), ("russian_forces", "sdf")),
    ("outlets", ("ana",), ()),
    ("places", ("town 1",), ("raqqa_governorate",)),
)


@pytest.mark.parametrize(("field", "words", "ids"), SOUGHT, ids=str)
@pytest.mark.parametrize("query", [QUERIES[4]], ids=str)
def test_values_are_found_by_name(
    engine: Engine,
    everything: SelectedEvents,
    query: Query,
    field: str,
    words: tuple[str, ...],
    ids: tuple[str, ...],
):
    (facet,) = (facet for facet in FACETS if facet.field == field)
    _totals, event_counts = totals_from_engine(engine, query, 0)
    every = facet_counts_from_engine(engine, query, event_counts)[field]
    places = everything.corpus.gazetteer.places
    expected = {
        value: n
        for value, n in every.items()
        if n
        and (
            value in ids
            or all(
                word in (places[value].name_en if field == "places" else value).lower()
                for word in words
            )
        )
    }
    found = as_counts(engine.ask(facet_matches, query, facet, words, ids))
    assert set(found.items()) <= set(expected.items())
    assert len(found) == min(len(expected), MOST_FOUND)


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_pages_have_each_event_once_in_order(engine: Engine, plain: EventIndex, query: Query):
    expected = plain.tables.events["event_id"][select(plain, query).shown].tolist()
    listed = []
    while len(page := engine.ask(pages.page, query, size=150, start=len(listed))):
        listed += page["event_id"].tolist()
    assert sorted(listed) == sorted(expected)
    days = page_days(plain, listed)
    assert days == sorted(days)


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_of_some_events_those_of_the_list_are_found(
    engine: Engine, plain: EventIndex, query: Query
):
    some = plain.tables.events["event_id"].tolist()[::3]
    listed = set(plain.tables.events["event_id"][select(plain, query).shown])
    found = engine.ask(pages.listed_among, query, tuple(some))
    assert sorted(found["event_id"]) == sorted(listed & set(some))


def page_days(plain: EventIndex, ids: list[str]) -> list[tuple[bool, str]]:
    """What a list is ordered by: undated ones last, else the first day that is known."""
    events = plain.tables.events.set_index("event_id").loc[ids]
    first = events["date_start"].fillna(events["date_end"])
    return [(pd.isna(day), "" if pd.isna(day) else day.isoformat()) for day in first]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_the_timeline_counts_every_dated_event_once(
    engine: Engine, plain: EventIndex, query: Query
):
    expected = select(plain, query)
    days = days_from_engine(engine, query, extent_from_engine(engine, 0), uncertain=True)
    timeline = timeline_of(days)
    counted = sum(sum(bar.counts.values()) for bar in timeline.bins)
    assert counted + len(timeline.spans) + timeline.hidden_spans == int(
        (expected.any_date & ~expected.undated).sum()
    )


@pytest.mark.parametrize("split", [it for it in COLOURS if it not in LIMITED])
@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_marks_of_places_and_of_squares_sum_to_the_same(
    engine: Engine, corpus: Corpus, everything: SelectedEvents, query: Query, split: str
):
    extent = extent_from_engine(engine, 0)
    days = map_counts.bins(extent.first, extent.last, (extent.first + 3, None))
    places = everything.corpus.gazetteer.places
    sites = place_sites(corpus.gazetteer.places)
    by_place = engine.ask(map_counts.counts_by_place, query, WHOLE, days, Colouring(split))
    by_place = by_place.assign(site=[sites.get(key, key) for key in by_place["place_id"]])
    by_cell = engine.ask(map_counts.counts_by_square, query, WHOLE, days, Colouring(split))
    keys = ["dated", "begins", "ends", "split"]
    counted = by_place[by_place["events"] > 0]
    sums = [frame.groupby(keys)["events"].sum().to_dict() for frame in (counted, by_cell)]
    assert sums[0] == sums[1]
    marks = place_marks(counted, by_place, places)
    assert {mark.id for mark in marks} == set(counted["site"])
    squares = squares_of(by_cell)
    assert len(square_marks(squares, WHOLE, places, Selection())) == len(squares)
    for site, here in counted.groupby("site"):
        alone = squares[squares["site"] == site]
        assert alone.empty or alone["events"].item() == here["events"].sum()
    position = pd.Series(range(len(squares)), index=squares.index)
    counts = by_cell.assign(mark=square_keys(by_cell).map(position))
    event_counts = pack_counts(counts, sorted(by_cell["split"].unique()), days.edges, ())
    assert event_counts.rows <= len(by_cell)


@pytest.mark.parametrize("query", QUERIES[:4], ids=str)
def test_pages_by_number_have_each_event_once(engine: Engine, plain: EventIndex, query: Query):
    events = plain.tables.events
    expected = sorted(events.loc[np.asarray(select(plain, query).shown), "event"])
    found: list[int] = []
    start = 0
    while len(page := engine.ask(from_number, query, (start,), size=100)):
        found += page["event"].tolist()
        start = found[-1] + 1
    assert found == expected
    inside = engine.ask(from_number, query, (0,), WHOLE, size=1_000)["event"].tolist()
    located = set(events.loc[events["located"], "event"])
    assert inside == [number for number in expected if number in located]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_the_rows_of_events_at_several_sites(
    engine: Engine,
    corpus: Corpus,
    everything: SelectedEvents,
    plain: EventIndex,
    query: Query,
):
    extent = extent_from_engine(engine, 0)
    days = map_counts.bins(extent.first, extent.last, (None, None))
    sites = place_sites(corpus.gazetteer.places)
    at: dict[str, set[str]] = {}
    for row in everything.corpus.events.places:
        at.setdefault(row.event_id, set()).add(sites.get(row.place_id, row.place_id))
    datasets = tuple(engine.ask(map_counts.datasets_of_several)["dataset"])
    assert CURATED in datasets
    any_date = select(plain, replace(query, start=None, end=None)).any_date
    left = set(plain.tables.events.loc[np.asarray(any_date), "event_id"])
    expected = {
        (event_id, site)
        for event_id, here in at.items()
        if len(here) > 1 and event_id in left
        for site in here
    }
    rows = engine.ask(
        map_counts.rows_of_several,
        query,
        WHOLE,
        datasets,
        days,
        Colouring("group"),
        measure="killed",
    )
    ids = dict(zip(plain.tables.events["event"], plain.tables.events["event_id"], strict=True))
    assert {(ids[row.event], row.site) for row in rows.itertuples()} == expected
    assert len(rows) == len(expected)
    assert (rows["events"] == 1).all()


def sums_by_site(
    everything: SelectedEvents, sites: Mapping[str, str], left: Collection[str], measure: Measure
) -> dict[str, tuple[int, ...]]:
    """Events, and the columns of `FIGURE_COLUMNS`, by site, as a plain reading of the records."""
    figures = everything.corpus.figures()
    rows = everything.corpus.events.places
    at_sites = {(row.event_id, sites.get(row.place_id, row.place_id)) for row in rows}
    sums: dict[str, tuple[int, ...]] = {}
    for event_id, site in at_sites:
        if event_id not in left:
            continue
        figure = figures.get(event_id, {}).get(measure)
        event = (1, 0, 0, 0, 0, 0)
        if figure is not None:
            size = figure.low if figure.best is None else figure.best
            high = figure.low if figure.high is None else figure.high
            event = (1, 1, size, figure.low, high, int(figure.high is None))
        before = sums.get(site, (0,) * 6)
        sums[site] = tuple(one + other for one, other in zip(before, event, strict=True))
    return sums


@pytest.mark.parametrize("measure", [Measure.KILLED, Measure.WOUNDED, Measure.TROOPS])
@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_figures_of_marks_are_those_of_their_distinct_events(
    engine: Engine,
    corpus: Corpus,
    everything: SelectedEvents,
    plain: EventIndex,
    query: Query,
    measure: Measure,
):
    extent = extent_from_engine(engine, 0)
    days = map_counts.bins(extent.first, extent.last, (extent.first + 3, None))
    sites = place_sites(corpus.gazetteer.places)
    any_date = select(plain, replace(query, start=None, end=None)).any_date
    left = set(plain.tables.events.loc[np.asarray(any_date), "event_id"])
    expected = sums_by_site(everything, sites, left, measure)
    columns = ["events", *FIGURE_COLUMNS]

    def ask(make: Callable[..., ir.Table]) -> pd.DataFrame:
        rows = engine.ask(make, query, WHOLE, days, Colouring("group"), measure=measure.value)
        return rows.astype(dict.fromkeys(columns, "int64"))

    by_place = ask(map_counts.counts_by_place)
    by_site = by_place.groupby(by_place["place_id"].map(lambda key: sites.get(key, key)))
    found = by_site[columns].sum().itertuples(name=None)
    assert {site: tuple(sums) for site, *sums in found} == expected
    by_cell = ask(map_counts.counts_by_square)
    keys = ["dated", "begins", "ends", "split"]
    sums = [frame.groupby(keys)[columns].sum().query("events > 0") for frame in (by_place, by_cell)]
    pd.testing.assert_frame_equal(*sums)
    assert list(
        engine.ask(map_counts.counts_by_square, query, WHOLE, days, Colouring("group"))
    ) == [name for name in by_cell if name not in FIGURE_COLUMNS]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_movements_and_outlines_are_those_of_curated_events_left(
    engine: Engine, corpus: Corpus, plain: EventIndex, query: Query
):
    places = corpus.gazetteer.places
    areas = [place.place_id for place in places.values() if place.has_outline]
    ends_and_areas = engine.ask(map_counts.moves_and_extents, query, tuple(areas))
    left = select(plain, replace(query, start=None, end=None)).any_date
    known = set(plain.tables.events.loc[np.asarray(left), "event_id"]) & set(corpus.events.events)
    rows = [row for row in corpus.events.places if row.event_id in known]
    moving = {row.event_id for row in rows if row.role.value in {"from", "to"}}
    ids = dict(engine.ask(map_counts.curated_ids).itertuples(index=False))
    moves = ends_and_areas[ends_and_areas["role"].isin(map_counts.MOVES)]
    assert {ids[number] for number in moves["event"]} == moving
    arrows = movements(moves.assign(event_id=moves["event"].map(ids)), places, Selection())
    ends = {
        (start.event_id, start.place_id, end.place_id)
        for start, end in product(rows, rows)
        if start.event_id == end.event_id and (start.role, end.role) == _FROM_TO
    }
    assert sum(arrow.count for arrow in arrows) == len(ends)
    drawn = outlines(ends_and_areas[ends_and_areas["place_id"].isin(areas)], places, Selection())
    assert {outline.id for outline in drawn} == {row.place_id for row in rows} & set(areas)


def test_a_row_of_a_dataset_becomes_an_event_with_its_claims(everything: SelectedEvents):
    corpus = everything.corpus
    event = corpus.events.events["made:1:0"]
    claims = [claim for claim in corpus.events.claims if claim.event_id == event.event_id]
    outlets = {corpus.articles[claim.article_id].outlet_id for claim in claims}
    assert outlets in ({"SANA"}, {"SANA", "Agency"})
    assert all(corpus.articles[claim.article_id].text == claim.quote for claim in claims)


def test_curated_events_come_as_they_are(everything: SelectedEvents, corpus: Corpus):
    curated = {key for key, dataset in everything.datasets.items() if dataset == CURATED}
    assert curated == set(corpus.events.events)
    assert all(everything.corpus.events.events[key] is corpus.events.events[key] for key in curated)


def test_events_come_in_the_order_asked(engine: Engine, corpus: Corpus):
    numbers = engine.ask(pages.page, Query(), size=30)
    loader = EventLoader(engine, corpus, {}, Places(corpus.gazetteer.places, engine))
    selected = loader.load(numbers, claims=False)
    assert [event.event_id for event in selected.events] == numbers["event_id"].tolist()
    assert not [claim for claim in selected.corpus.events.claims if "made" in claim.event_id]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_an_engine_and_the_memory_have_the_same_timeline(
    engine: Engine, everything: SelectedEvents, plain: EventIndex, query: Query
):
    """But for which of the equally uncertain events are drawn: they are scattered in another order."""
    extent = extent_from_engine(engine, 0)
    left = plain.tables.events["event_id"][select(plain, query).any_date]
    numbers = engine.ask(pages.numbers_of, tuple(left))
    from_engine = timeline_of(days_from_engine(engine, query, extent, uncertain=True))
    in_memory = timeline_of(from_records.days_from_records(_only(everything, set(left)), extent))
    assert len(numbers) == len(left)
    assert from_engine.bins == in_memory.bins
    assert from_engine.intervals == in_memory.intervals
    drawn = [len(line.spans) + line.hidden_spans for line in (from_engine, in_memory)]
    assert drawn[0] == drawn[1]


def _only(everything: SelectedEvents, ids: set[str]) -> SelectedEvents:
    whole = everything.corpus
    events = {key: event for key, event in whole.events.events.items() if key in ids}
    corpus = replace(whole, events=replace(whole.events, events=events))
    return replace(everything, corpus=corpus)


@pytest.mark.parametrize("query", QUERIES[:5], ids=str)
def test_everything_can_be_exported_whatever_its_size(
    engine: Engine, plain: EventIndex, query: Query, tmp_path: Path
):
    for ending in BULK:
        rows = engine.batches(flat, query, every_place=True)
        write_bulk(tmp_path / f"a.{ending}", ending, rows, {"made": "today"}, {})
    csv = pd.read_csv(tmp_path / "a.csv")
    parquet = gpd.read_parquet(tmp_path / "a.parquet")
    expected = set(plain.tables.events["event_id"][select(plain, query).shown])
    assert set(csv["event_id"]) == set(parquet["event_id"]) == expected
    assert len(csv) == len(parquet)
    placed = parquet[parquet["latitude"].notna()]
    assert (placed.geometry.x == placed["longitude"]).all()
    write_bulk(tmp_path / "b.csv", "csv", engine.batches(flat, query), {}, {})
    best = pd.read_csv(tmp_path / "b.csv")
    assert best["event_id"].is_unique
    assert set(best["event_id"]) == expected
    order = csv["place_precision"].map(list(PlacePrecision).index, na_action="ignore")
    finest = order.groupby(csv["event_id"]).min()
    given = best["place_precision"].map(list(PlacePrecision).index, na_action="ignore")
    assert given.set_axis(best["event_id"]).sort_index().equals(finest.sort_index())
    assert _figures_of(best) == {
        key: figures for key, figures in made_figures(plain).items() if key in expected
    }


def made_figures(plain: EventIndex) -> dict[str, dict[str, tuple[int, int | None, int | None]]]:
    """Low, best and high by event id and measure: of made-up rows from their estimates, as written."""
    ids = plain.tables.events["event_id"]
    cells = plain.tables.events["estimates"]
    figures = {}
    for event_id, cell in zip(ids, cells, strict=True):
        given = {row["measure"]: row for row in json.loads(cell)} if isinstance(cell, str) else {}
        figures[event_id] = {name: _bounds(row) for name, row in given.items()}
    return {key: value for key, value in figures.items() if value}


def _bounds(row: dict[str, int | None]) -> tuple[int, int | None, int | None]:
    low, best, high = row["low"], row["best"], row["high"]
    if best is None and low == high:
        best = low
    return (best or 0 if low is None else low, best, best if high is None else high)


def _figures_of(table: pd.DataFrame) -> dict[str, dict[str, tuple[int, ...]]]:
    """Low, best and high by event id and measure, from the columns of an exported file."""
    figures: dict[str, dict[str, tuple[int, ...]]] = {}
    for measure in Measure:
        columns = [f"{measure.value}_{bound}" for bound in ("low", "best", "high")]
        known = table[table[columns[0]].notna()]
        for event_id, *bounds in known[["event_id", *columns]].itertuples(index=False):
            values = tuple(None if pd.isna(value) else int(value) for value in bounds)
            figures.setdefault(event_id, {})[measure.value] = values
    return {key: value for key, value in figures.items() if key.startswith("made:")}
