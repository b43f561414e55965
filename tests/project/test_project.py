"""The project: corpus and engine are cached until the data change."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from dashboard.datasets.build.curated import curated_tables
from dashboard.engine.datasets import Datasets
from dashboard.engine.duckdb_engine import DuckDB
from dashboard.engine.library import write_curated
from dashboard.engine.vocabulary import known_to
from dashboard.model.corpus import Corpus
from dashboard.model.event_tables import CURATED, day_number
from dashboard.model.place import FeatureClass
from dashboard.project.code_version import code_version
from dashboard.project.project import Project
from dashboard.query.answers import (
    extent_from_engine,
    facet_counts_from_engine,
    totals_from_engine,
)
from dashboard.query.query import Query
from dashboard.settings import read_settings


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(read_settings({"EVENT_MAP_WORKSPACE": str(tmp_path / "w.sqlite")}))


def test_the_loaded_corpus_is_cached(project: Project):
    loaded = project.load()
    assert project.load() is loaded
    assert project.catalog(loaded) is project.catalog(loaded)


def test_the_seeds_need_no_workspace(project: Project, corpus: Corpus, tmp_path: Path):
    assert project.seeds.events == corpus.events
    assert not list(tmp_path.iterdir())


def test_the_catalog_selects_by_the_engine(project: Project, corpus: Corpus):
    catalog = project.catalog(project.load())
    selected = catalog.select(Query(kinds=("arrest",)))
    arrests = [key for key, event in corpus.events.events.items() if event.kind == "arrest"]
    assert sorted(selected.positions) == sorted(arrests)
    assert set(selected.datasets.values()) == {CURATED}
    assert catalog.events == len(corpus.events.events)


def test_another_program_makes_the_curated_tables_anew(
    project: Project, monkeypatch: pytest.MonkeyPatch
):
    def without_events(corpus: Corpus) -> Mapping[str, pa.Table]:
        return curated_tables(replace(corpus, unreviewed=frozenset(corpus.events.events)))

    module = "dashboard.project.project"
    with monkeypatch.context() as earlier:
        earlier.setattr(f"{module}.code_version", lambda: "earlier")
        earlier.setattr(f"{module}.curated_tables", without_events)
        assert project.catalog(project.load()).events == 0
    upgraded = Project(project.settings)
    catalog = upgraded.catalog(upgraded.load())
    assert catalog.events == len(upgraded.seeds.events.events) > 0
    # Without an upgrade they stay as they are.
    again = Project(project.settings)
    assert again.catalog(again.load()).version == catalog.version


def test_the_version_of_the_code_is_that_of_its_scripts(tmp_path: Path):
    for name in ("first", "second"):
        (tmp_path / name / "inner").mkdir(parents=True)
        (tmp_path / name / "inner" / "rules.py").write_text("LIMIT = 3\n")
        (tmp_path / name / "notes.txt").write_text(name)
    first, second = (code_version(tmp_path / name) for name in ("first", "second"))
    assert first == second != code_version()
    (tmp_path / "third").mkdir()
    (tmp_path / "third" / "rules.py").write_text("LIMIT = 4\n")
    assert code_version(tmp_path / "third") != first


def _engine(folder: Path, corpus: Corpus) -> DuckDB:
    datasets = Datasets(folder)
    write_curated(datasets, curated_tables(corpus))
    return DuckDB(datasets)


def test_a_hidden_unreviewed_event_cannot_be_linked_to(tmp_path: Path, corpus: Corpus):
    hidden = next(iter(corpus.events.events))
    engine = _engine(tmp_path, replace(corpus, unreviewed=frozenset({hidden})))
    assert hidden not in known_to(engine, unreviewed=False)["event_id"]
    assert hidden in known_to(engine, unreviewed=True)["event_id"]


def test_a_hidden_unreviewed_event_does_not_stretch_the_timeline(tmp_path: Path, corpus: Corpus):
    key, event = next((k, e) for k, e in corpus.events.events.items() if e.when.start)
    day = date(1915, 4, 24)
    old = replace(event, when=replace(event.when, start=day, end=day))
    events = replace(corpus.events, events={**corpus.events.events, key: old})
    engine = _engine(tmp_path, replace(corpus, events=events, unreviewed=frozenset({key})))
    assert extent_from_engine(engine, 0).first > day_number(date(2020, 1, 1))
    assert extent_from_engine(engine, 0, unreviewed=True).first == day_number(day)


def test_an_event_in_a_country_alone_is_unlocated(tmp_path: Path, corpus: Corpus):
    country = next(
        place.place_id
        for place in corpus.gazetteer.places.values()
        if place.feature_class is FeatureClass.COUNTRY
    )
    key = next(event.event_id for event in corpus.events.events.values() if not event.when.undated)
    others = [row for row in corpus.events.places if row.event_id != key]
    (row, *_more) = corpus.events.places
    places = (*others, replace(row, event_id=key, place_id=country))
    before = totals_from_engine(_engine(tmp_path / "a", corpus), Query(), 0)[0].unlocated
    moved = replace(corpus, events=replace(corpus.events, places=places))
    assert totals_from_engine(_engine(tmp_path / "b", moved), Query(), 0)[0].unlocated == before + 1


def test_a_filter_in_force_can_be_seen_where_nothing_matches(tmp_path: Path, corpus: Corpus):
    engine = _engine(tmp_path, corpus)
    query = Query(kinds=("release",), attestations=("contested",), text="zzzz", actors=("sdf",))
    totals, by_columns = totals_from_engine(engine, query, 0)
    counted = facet_counts_from_engine(engine, query, by_columns)
    assert totals.shown == 0
    assert counted["kinds"] == {"release": 0}
    assert counted["attestations"] == {"contested": 0}
    assert counted["actors"] == {"sdf": 0}
