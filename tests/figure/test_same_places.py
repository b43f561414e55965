"""The printed figure and the screen place the same events, whichever list has their places."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.datasets.build.curated import curated_tables
from dashboard.engine.library import Library, write_curated
from dashboard.map.from_engine import map_from_engine
from dashboard.model.corpus import Corpus
from dashboard.model.grid import box_of
from dashboard.paper.content import Content, coverage_of
from dashboard.paper.figure import make_figure
from dashboard.paper.options import Area, FigureOptions
from dashboard.project.catalog import Catalog, catalog_of
from dashboard.query.query import Query
from dashboard.settings import Settings
from dashboard.summary.summary import Summary

WORLD = box_of(-60, -170, 75, 170, 3)


@pytest.fixture(scope="module")
def moved(corpus: Corpus) -> Corpus:
    """The corpus with the events of Ain Issa at places of the second tier, which few have checked."""
    second = [key for key, place in corpus.gazetteer.places.items() if place.tier > 1]
    places = [
        replace(row, place_id=second[at]) if row.place_id == "ain_issa" else row
        for at, row in enumerate(corpus.events.places)
    ]
    return replace(corpus, events=replace(corpus.events, places=tuple(places)))


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory, moved: Corpus) -> Catalog:
    library = Library(tmp_path_factory.mktemp("same") / "datasets", "duckdb://")
    write_curated(library.datasets, curated_tables(moved))
    return catalog_of(library.open(), moved, "1", unreviewed=False)


def test_each_event_of_a_second_tier_place_is_at_a_mark(catalog: Catalog, settings: Settings):
    query = Query()
    selected = catalog.select(query)
    assert selected is not None
    content = Content(Summary(selected, query, date(2026, 11, 28), catalog.events))
    printed = make_figure(content, FigureOptions(area=Area.ALL), settings.basemap, "0.1")
    marks = printed.ground.marks
    assert all(mark.count for mark in marks)
    coverage = coverage_of(content, marks)
    assert coverage.outside == ()
    on_screen = map_from_engine(catalog, query, WORLD).model.marks
    on_paper = {key for mark in marks for key in mark.place_ids}
    assert on_paper == {key for mark in on_screen for key in mark.place_ids}
    tiers = {catalog.places[key].tier for key in on_paper}
    assert tiers == {1, 2}
    drawn = {position for positions in coverage.drawn.values() for position in positions}
    assert len(drawn) + len(coverage.unlocated) == len(selected.events)
