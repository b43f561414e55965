"""What a project caches: the version of its files, readings, the catalog, and the map that it counts."""

from pathlib import Path

import pytest

from dashboard.gazetteer.resolve import PlaceMention
from dashboard.map.from_engine import first_bounds_from_engine, map_from_engine
from dashboard.model.corpus import Corpus
from dashboard.model.event_tables import CURATED
from dashboard.model.grid import box_of
from dashboard.project.catalog import Catalog
from dashboard.project.project import Project, content_key, files_version
from dashboard.project.readings import Readings
from dashboard.query.query import Query
from dashboard.settings import read_settings
from dashboard.store.workspace import Workspace

# North Syria.
NORTH = box_of(35, 36, 37.5, 43, 8)


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    path = tmp_path_factory.mktemp("parts") / "w.sqlite"
    project = Project(read_settings({"EVENT_MAP_WORKSPACE": str(path)}))
    return project.catalog(project.load())


def test_the_version_changes_with_a_file(tmp_path: Path):
    (tmp_path / "a").mkdir()
    file = tmp_path / "a" / "b.csv"
    file.write_text("1", encoding="utf-8")
    first = files_version((tmp_path,))
    assert files_version((tmp_path,)) == first
    file.write_text("12", encoding="utf-8")
    second = files_version((tmp_path,))
    assert second != first
    (tmp_path / "c.csv").touch()
    assert files_version((tmp_path,)) != second


def test_a_key_depends_on_files_workspace_and_version():
    keys = {
        content_key(files, Path(path), version)
        for files in ("a", "b")
        for path in ("x", "y")
        for version in (1, 2)
    }
    assert len(keys) == 8
    assert content_key("a", Path("x"), 1) in keys


def test_readings_are_a_mapping_of_all_articles(tmp_path: Path, corpus: Corpus):
    readings = Readings(corpus, Workspace(tmp_path / "w.sqlite"))
    assert set(readings) == set(corpus.articles)
    assert len(readings) == len(corpus.articles)
    article_id = next(iter(readings))
    mentions = readings[article_id]
    assert mentions
    assert all(isinstance(mention, PlaceMention) for mention in mentions)
    assert readings.reading(article_id) is readings.reading(article_id)
    text = corpus.articles[article_id].text
    assert all(text[m.start : m.end] == m.surface for m in mentions)


def test_the_catalog_knows_its_events(catalog: Catalog, corpus: Corpus):
    assert catalog.events == len(corpus.events.events)
    assert set(catalog.curated_ids.values()) == set(corpus.events.events)
    with_events = {row.place_id for row in corpus.events.places}
    assert not catalog.without_events & with_events
    assert "arrest" in catalog.vocabulary["kinds"]
    assert CURATED in catalog.datasets


def test_the_map_counts_each_located_event(catalog: Catalog, corpus: Corpus):
    counted = map_from_engine(catalog, Query(), NORTH)
    assert counted.are_places
    on_marks = {place for mark in counted.model.marks for place in mark.place_ids}
    assert "ain_issa" in on_marks
    assert (
        counted.counts["events"].sum() >= len({row.event_id for row in corpus.events.places}) // 2
    )
    fewer = map_from_engine(catalog, Query(kinds=("arrest",)), NORTH)
    assert fewer.counts["events"].sum() < counted.counts["events"].sum()


def test_the_first_view_contains_ain_issa(catalog: Catalog, corpus: Corpus):
    south, west, north, east = map(float, _flat(first_bounds_from_engine(catalog)))
    place = corpus.gazetteer.places["ain_issa"]
    assert south < place.lat < north
    assert west < place.lon < east


def _flat(bounds: object) -> list[float]:
    """South, west, north, east, however the pairs are nested."""
    numbers: list[float] = []
    for part in bounds:  # type: ignore[attr-defined]
        numbers += _flat(part) if isinstance(part, tuple | list) else [part]
    return numbers
