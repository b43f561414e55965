"""The library opens the engine again when datasets change, whichever process changed them."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest

from dashboard.engine.datasets import Datasets
from dashboard.engine.library import Library
from dashboard.engine.open import open_engine
from dashboard.engine.vocabulary import count_all
from dashboard.model.corpus import Corpus
from dashboard.model.event_tables import BASE_SCHEMAS, CURATED, DENORMALISED_TABLES, LAYOUT
from dashboard.query.answers import facet_counts_from_engine, totals_from_engine
from dashboard.query.query import Query
from tests import engines
from tests.engine import sample_data
from tests.oracle.tables import Tables


@pytest.fixture
def folder(tmp_path: Path, corpus: Corpus, tables: Tables) -> Path:
    sample_data.folder_of(tmp_path / "datasets", corpus, 60)
    return tmp_path / "datasets"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if why := engines.missing("postgresql://"):
        pytest.skip(why)
    with engines.postgresql() as url:
        yield url


def _shown(library: Library) -> int:
    return count_all(library.open().engine, unreviewed=True)


def test_datasets_of_an_older_layout_are_brought_up_to_date(folder: Path):
    library = Library(folder, "duckdb://")
    engine = library.open().engine
    query = Query(kinds=("clash",))
    before = facet_counts_from_engine(engine, query, totals_from_engine(engine, query, 0)[1])
    datasets = Datasets(folder)
    for card in datasets:
        for name in DENORMALISED_TABLES - {"event_places"}:
            (file,) = (datasets.tables(card) / name).glob("*.parquet")
            table = pq.ParquetFile(file).read().select(BASE_SCHEMAS[name].names)
            pq.write_table(table, file)
        datasets.save(msgspec.structs.replace(card, layout=1))
    renewed = Library(folder, "duckdb://")
    engine = renewed.open().engine
    assert (
        facet_counts_from_engine(engine, query, totals_from_engine(engine, query, 0)[1]) == before
    )
    assert {card.layout for card in renewed.cards()} == {LAYOUT}
    assert all(card.imported or card.dataset_id == CURATED for card in renewed.cards())


def test_a_dataset_is_switched_off_and_removed(folder: Path):
    library = Library(folder, "duckdb://")
    every = _shown(library)
    library.show("made", shown=False)
    assert _shown(library) == every - 60
    assert [card.dataset_id for card in library.cards()] == [CURATED, "made"]
    library.show("made", shown=True)
    assert _shown(library) == every
    library.remove("made")
    assert _shown(library) == every - 60
    assert [card.dataset_id for card in library.cards()] == [CURATED]


@pytest.mark.parametrize("url", ["duckdb://", "spark:local[1]"])
def test_with_every_dataset_switched_off_there_are_no_events(folder: Path, url: str):
    if why := engines.missing(url):
        pytest.skip(why)
    datasets = Datasets(folder)
    for card in datasets:
        datasets.show(card.dataset_id, shown=False)
    with closing(open_engine(url, datasets)) as engine:
        assert count_all(engine, unreviewed=True) == 0
        assert totals_from_engine(engine, Query(), 0)[0].shown == 0


def test_two_dashboards_share_a_server(
    folder: Path, tmp_path: Path, server: str, corpus: Corpus, tables: Tables
):
    """Each has a dataset of its own under the same number; neither loses events to the other."""
    other = sample_data.folder_of(tmp_path / "other", corpus, 0)
    sample_data.write(other, corpus, 30, name="theirs")
    first, second = Library(folder, server), Library(tmp_path / "other", server)
    curated = len(tables.events)
    assert _shown(first) == curated + 60
    assert _shown(second) == curated + 60 + 30
    assert _shown(first) == curated + 60 + 30
    numbers = [card.number for card in first.cards()]
    assert len(set(numbers)) == len(numbers)
    second.show("made", shown=False)
    assert _shown(first) == _shown(second) == curated + 30
    first.show("made", shown=True)
    assert _shown(second) == curated + 60 + 30
    second.remove("theirs")
    assert _shown(first) == curated + 60
    assert "theirs" not in {card.dataset_id for card in first.cards()}
    for library in (first, second):
        library.open().engine.close()
