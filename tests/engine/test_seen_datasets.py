"""The datasets of a viewer who may not see all: hidden ones cannot be found, shown or removed."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.datasets.build.curated import curated_tables
from dashboard.engine.datasets import Datasets
from dashboard.engine.library import Library, write_curated
from dashboard.engine.seen_datasets import SeenDatasets
from dashboard.model.corpus import Corpus, Events
from dashboard.model.event_tables import CURATED
from dashboard.model.restriction import Hidden
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
