"""Places of datasets by id: they are found however many have been looked up before."""

from pathlib import Path

import pytest

from dashboard.engine import places as module
from dashboard.engine.duckdb_engine import DuckDB
from dashboard.engine.places import Places
from dashboard.model.corpus import Corpus
from tests.engine import sample_data
from tests.oracle.parquet import read_index


@pytest.fixture
def engine(tmp_path: Path, corpus: Corpus) -> DuckDB:
    return DuckDB(sample_data.folder_of(tmp_path, corpus, 60))


def test_a_place_is_found_when_memory_is_full(
    engine: DuckDB, corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from dashboard.engine.datasets import Datasets

    monkeypatch.setattr(module, "_MOST_IN_MEMORY", 3)
    rows = read_index(Datasets(tmp_path)).tables.event_places
    ids = sorted(set(rows["place_id"]))
    places = Places(corpus.gazetteer.places, engine)
    assert places.fetch(ids).keys() == set(ids)
    for place_id in ids:
        assert places[place_id].place_id == place_id
    assert places.fetch(ids).keys() == set(ids)


def test_an_unknown_place_is_left_out_and_is_a_key_error(engine: DuckDB, corpus: Corpus):
    places = Places(corpus.gazetteer.places, engine)
    assert places.fetch(["ain_issa", "nowhere"]).keys() == {"ain_issa"}
    with pytest.raises(KeyError):
        places["nowhere"]
