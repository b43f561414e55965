"""The datasets of a viewer who may not see all: hidden ones cannot be found, shown or removed."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.datasets.build.curated import curated_tables
from dashboard.engine.datasets import Datasets
from dashboard.engine.library import Library, OpenDatasets, write_curated
from dashboard.engine.seen_datasets import SeenDatasets
from dashboard.model.corpus import Corpus, Events
from dashboard.model.event_tables import CURATED
from dashboard.model.restriction import Hidden
from dashboard.query.answers import facet_counts_from_engine, totals_from_engine
from dashboard.query.query import Query
from tests import engines
from tests.engine import sample_data

HIDDEN = Hidden(frozenset({"secret"}))


@pytest.fixture
def folder(tmp_path: Path, corpus: Corpus) -> Path:
    datasets = sample_data.folder_of(tmp_path, corpus, 20)
    sample_data.write(datasets, corpus, 30, "secret")
    return tmp_path


def test_a_hidden_dataset_is_not_there(folder: Path):
    library = Library(folder, "duckdb://", HIDDEN)
    assert [card.dataset_id for card in library.cards()] == ["made"]
    assert library.datasets.get("secret") is None
    for change in (lambda: library.show("secret", shown=False), lambda: library.remove("secret")):
        change()
    card = Datasets(folder).get("secret")
    assert card is not None
    assert card.shown


def test_the_curated_events_are_of_their_own_and_shown_as_for_everybody(
    folder: Path, corpus: Corpus
):
    seen, whole = SeenDatasets(folder, HIDDEN), Datasets(folder).get(CURATED)
    assert whole is not None
    assert seen.get(CURATED) is None
    first = dict(list(corpus.events.events.items())[:1])
    claims = tuple(row for row in corpus.events.claims if row.event_id in first)
    one = replace(corpus, events=Events(first, (), (), claims))
    write_curated(seen.curated, curated_tables(one))
    card = seen.get(CURATED)
    assert card is not None
    assert (card.events, whole.events) == (1, len(corpus.events.events))
    assert seen.tables(card) != Datasets(folder).tables(whole)
    seen.show(CURATED, shown=False)
    assert [each.shown for each in seen if each.dataset_id == CURATED] == [False]


def test_folders_that_nobody_used_for_long_are_deleted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("dashboard.engine.seen_datasets._MOST", 2)
    every = [SeenDatasets(folder, Hidden(frozenset({name}))) for name in "abc"]
    for at, datasets in enumerate(every):
        made = datasets.curated.folder / CURATED
        made.mkdir(parents=True)
        os.utime(made, (at, at))
    every[0].delete_old()
    assert [each.curated.folder.exists() for each in every] == [False, True, True]


@pytest.fixture(params=["duckdb://", "postgresql://", "spark:local[2]"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    if why := engines.missing(request.param):
        pytest.skip(why)
    if request.param.startswith("postgresql"):
        with engines.postgresql() as server:
            yield server
    else:
        yield request.param


def totals_of(opened: OpenDatasets) -> tuple[int, dict[str, int], int]:
    """The events, their numbers by dataset, and the claims."""
    totals, counts = totals_from_engine(opened.engine, Query(), 0)
    by_dataset = counts.groupby("dataset")["events"].sum()
    claims = facet_counts_from_engine(opened.engine, Query(), counts)["outlets"]
    return totals.shown, dict(by_dataset), sum(claims.values())


def test_each_engine_answers_each_viewer_with_what_they_see(folder: Path, corpus: Corpus, url: str):
    first = dict(list(corpus.events.events.items())[:1])
    claims = tuple(row for row in corpus.events.claims if row.event_id in first)
    one = replace(corpus, events=Events(first, (), (), claims))
    whole, seen = Library(folder, url), Library(folder, url, HIDDEN)
    every = whole.open_curated("whole", lambda: curated_tables(corpus))
    before = totals_of(every)
    some = seen.open_curated("seen", lambda: curated_tables(one))
    assert set(some.datasets) == {CURATED, "made"}
    shown, by_dataset, outlets = totals_of(some)
    assert (shown, by_dataset) == (21, {CURATED: 1, "made": 20})
    assert outlets < before[2]
    # The engine of those who see all is as it was, also when it is opened again.
    assert totals_of(every) == before
    assert before[0] == 50 + len(corpus.events.events)
    assert totals_of(Library(folder, url).open_curated("whole", dict)) == before
    seen.show(CURATED, shown=False)
    assert totals_of(seen.open_curated("seen", dict))[1] == {"made": 20}
    for opened in (every, some):
        opened.engine.close()
