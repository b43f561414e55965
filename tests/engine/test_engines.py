"""Every engine answers every query as a plain reading of the records does."""

from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from dashboard.engine.datasets import Datasets
from dashboard.engine.engine import Engine
from dashboard.engine.rows import page_tables
from dashboard.engine.slices import Slice, read_slice
from dashboard.export.bulk import BULK, write_bulk
from dashboard.map.map_layer import (
    Chosen,
    cell_units,
    cube_of,
    movements,
    outlined,
    outlines,
    place_units,
    squares_of,
)
from dashboard.model.corpus import Corpus
from dashboard.model.event import PlaceRole
from dashboard.model.event_tables import CURATED
from dashboard.model.grid import box_of
from dashboard.query import cells, pages
from dashboard.query.answers import days_of, extent_of, facet_counts, totals_of
from dashboard.query.bulk import flat
from dashboard.query.counts import MOST_FOUND, as_counts, facet_matches
from dashboard.query.facets import FACETS
from dashboard.query.query import Query
from dashboard.query.select import EventIndex, index_events, select
from dashboard.timeline.timeline import timeline_of

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
)
_FROM_TO = (PlaceRole.FROM, PlaceRole.TO)
WHOLE = box_of(20.0, 20.0, 50.0, 60.0, 5)


@pytest.fixture(scope="session")
def everything(engine: Engine, corpus: Corpus, datasets: Datasets) -> Slice:
    """All events as records, from the engine itself."""
    found = engine.ask(pages.all_numbers, Query(), most=10_000)
    return read_slice(engine, corpus, {card.dataset_id: card for card in datasets}, found)


@pytest.fixture(scope="session")
def plain(everything: Slice, index: EventIndex) -> EventIndex:
    """The records in memory; the texts to search come from the corpus, or are what a row says."""
    searched = index.tables.events.set_index("event_id")["search"]
    events = everything.tables.events
    own = events["event_id"].map(searched)
    told = (events["title_en"] + " made up").str.lower()
    tables = everything.tables
    return index_events(
        type(tables)(
            events.assign(search=own.where(own.notna(), told)),
            tables.event_places,
            tables.event_actors,
            tables.claims,
            tables.containment,
        )
    )


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_totals_and_counts(engine: Engine, plain: EventIndex, query: Query):
    expected = select(plain, query)
    totals, cube = totals_of(engine, query, plain.size)
    assert totals.shown == int(expected.shown.sum())
    assert totals.undated == int((expected.shelf & expected.undated).sum())
    assert totals.unlocated == int((expected.shelf & ~expected.undated).sum())
    counts = facet_counts(engine, query, cube)
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
    everything: Slice,
    query: Query,
    field: str,
    words: tuple[str, ...],
    ids: tuple[str, ...],
):
    (facet,) = (facet for facet in FACETS if facet.field == field)
    _totals, cube = totals_of(engine, query, 0)
    every = facet_counts(engine, query, cube)[field]
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
def test_pages_hold_each_event_once_in_order(engine: Engine, plain: EventIndex, query: Query):
    expected = plain.tables.events["event_id"][select(plain, query).shown].tolist()
    found = []
    while len(page := engine.ask(pages.page, query, size=150, start=len(found))):
        found += page["event_id"].tolist()
    assert sorted(found) == sorted(expected)
    days = page_days(plain, found)
    assert days == sorted(days)


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
    days = days_of(engine, query, extent_of(engine, 0), uncertain=True)
    timeline = timeline_of(days)
    counted = sum(sum(bar.counts.values()) for bar in timeline.bins)
    assert counted + len(timeline.spans) + timeline.hidden_spans == int(
        (expected.any_date & ~expected.undated).sum()
    )


@pytest.mark.parametrize("split", ["group", "attestation", "dataset"])
@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_marks_of_places_and_of_squares_sum_to_the_same(
    engine: Engine, everything: Slice, query: Query, split: str
):
    extent = extent_of(engine, 0)
    days = cells.bins(extent.first, extent.last, (extent.first + 3, None))
    by_site = engine.ask(cells.counts_by_site, query, WHOLE, days, split)
    by_cell = engine.ask(cells.counts_by_cell, query, WHOLE, days, split)
    keys = ["dated", "begins", "ends", "split"]
    sums = [frame.groupby(keys)["events"].sum().to_dict() for frame in (by_site, by_cell)]
    assert sums[0] == sums[1]
    places = everything.corpus.gazetteer.places
    units, counts = place_units(by_site, places, Chosen())
    assert counts["unit"].nunique() == len(units)
    squares = squares_of(by_cell)
    units, counts = cell_units(by_cell, squares, WHOLE, places, Chosen())
    assert counts["unit"].nunique() == len(units) == len(squares)
    assert counts.groupby("unit")["events"].sum().tolist() == squares["events"].tolist()
    for site, marks in by_site.groupby("site"):
        alone = squares[squares["site"] == site]
        assert alone.empty or alone["events"].item() == marks["events"].sum()
    cube = cube_of(counts, sorted(by_cell["split"].unique()), days.edges, None)
    assert cube.rows <= len(by_cell)


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_movements_and_outlines_are_those_of_curated_events_left(
    engine: Engine, corpus: Corpus, plain: EventIndex, query: Query
):
    places = corpus.gazetteer.places
    areas = outlined(places.values())
    found = engine.ask(cells.moves_and_outlined, query, tuple(areas))
    left = select(plain, replace(query, start=None, end=None)).any_date
    known = set(plain.tables.events.loc[np.asarray(left), "event_id"]) & set(corpus.events.events)
    rows = [row for row in corpus.events.places if row.event_id in known]
    moving = {row.event_id for row in rows if row.role.value in {"from", "to"}}
    ids = dict(engine.ask(cells.curated_ids).itertuples(index=False))
    moves = found[found["role"].isin(cells.MOVES)]
    assert {ids[number] for number in moves["event"]} == moving
    arrows = movements(moves, ids, places, Chosen())
    ends = {
        (start.event_id, start.place_id, end.place_id)
        for start, end in product(rows, rows)
        if start.event_id == end.event_id and (start.role, end.role) == _FROM_TO
    }
    assert sum(arrow.count for arrow in arrows) == len(ends)
    drawn = outlines(found[found["place_id"].isin(areas)], places, Chosen())
    assert {outline.id for outline in drawn} == {row.place_id for row in rows} & set(areas)


def test_a_row_of_a_dataset_becomes_an_event_with_its_claims(everything: Slice):
    corpus = everything.corpus
    event = corpus.events.events["made:1:0"]
    claims = [claim for claim in corpus.events.claims if claim.event_id == event.event_id]
    outlets = {corpus.articles[claim.article_id].outlet_id for claim in claims}
    assert outlets in ({"SANA"}, {"SANA", "Agency"})
    assert all(corpus.articles[claim.article_id].text == claim.quote for claim in claims)


def test_curated_events_come_as_they_are(everything: Slice, corpus: Corpus):
    held = everything.tables.events
    curated = set(held.loc[held["dataset"] == CURATED, "event_id"])
    assert curated == set(corpus.events.events)
    assert all(everything.corpus.events.events[key] is corpus.events.events[key] for key in curated)


def test_a_page_is_in_the_order_asked(engine: Engine):
    numbers = engine.ask(pages.page, Query(), size=30)
    tables = page_tables(engine, numbers)
    assert tables.events["event_id"].tolist() == numbers["event_id"].tolist()


@pytest.mark.parametrize("query", QUERIES[:5], ids=str)
def test_everything_can_be_exported_whatever_its_size(
    engine: Engine, plain: EventIndex, query: Query, tmp_path: Path
):
    for ending in BULK:
        rows = engine.batches(flat, query)
        write_bulk(tmp_path / f"a.{ending}", ending, rows, {"made": "today"})
    csv = pd.read_csv(tmp_path / "a.csv")
    parquet = gpd.read_parquet(tmp_path / "a.parquet")
    expected = set(plain.tables.events["event_id"][select(plain, query).shown])
    assert set(csv["event_id"]) == set(parquet["event_id"]) == expected
    assert len(csv) == len(parquet)
    placed = parquet[parquet["lat"].notna()]
    assert (placed.geometry.x == placed["lon"]).all()
