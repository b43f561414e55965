"""Copies of small datasets in DuckDB's own format: the same rows, made once, made anew if damaged."""

import shutil
import threading
from pathlib import Path

import duckdb
import pytest

from dashboard.engine import duckdb_engine
from dashboard.engine.datasets import Datasets
from dashboard.engine.duckdb_engine import DuckDB
from dashboard.model.corpus import Corpus
from dashboard.query import map_counts, pages
from dashboard.query.query import Query
from tests.engine import sample_data


@pytest.fixture
def datasets(tmp_path: Path, corpus: Corpus) -> Datasets:
    return sample_data.folder_of(tmp_path / "datasets", corpus, 60)


def copies(datasets: Datasets) -> list[Path]:
    return sorted(datasets.folder.rglob("_copy_*.duckdb"))


def answers(engine: DuckDB) -> list[tuple[object, ...]]:
    """Some rows of each kind of table."""
    tables = [
        engine.ask(map_counts.well_placed, unreviewed=True),
        engine.ask(pages.page, Query(unreviewed=True), size=500),
        engine.ask(lambda every: every.claims.drop("event").order_by("claim_id")),
        engine.ask(lambda every: every.event_actors.order_by("event", "actor", "role")),
    ]
    return sorted(tuple(map(str, row)) for table in tables for row in table.to_numpy().tolist())


def test_copies_have_the_rows_of_the_files(datasets: Datasets, monkeypatch: pytest.MonkeyPatch):
    copied = answers(DuckDB(datasets))
    assert len(copies(datasets)) == len(list(datasets))
    monkeypatch.setattr(duckdb_engine, "_MOST_COPIED", 50)
    # The made-up events come from their files, the curated ones from their copy.
    assert answers(DuckDB(datasets)) == copied
    monkeypatch.setattr(duckdb_engine, "_MOST_COPIED", -1)
    assert answers(DuckDB(datasets)) == copied


def test_a_copy_is_made_once_and_gone_with_its_generation(datasets: Datasets):
    first = DuckDB(datasets)
    before = {path: path.stat().st_mtime_ns for path in copies(datasets)}
    # Another engine reads the same copies while the first is open.
    assert answers(DuckDB(datasets)) == answers(first)
    assert {path: path.stat().st_mtime_ns for path in copies(datasets)} == before
    datasets.remove("made")
    assert len(copies(datasets)) == len(before) - 1
    assert answers(first)


def test_a_damaged_copy_and_one_of_another_version_are_made_anew(datasets: Datasets):
    expected = answers(DuckDB(datasets))
    for path in copies(datasets):
        path.write_bytes(b"DUCK" + bytes(5_000))
        path.with_name("_copy_0.1.duckdb").write_bytes(b"older")
    assert answers(DuckDB(datasets)) == expected
    assert not list(datasets.folder.rglob("_copy_0.1.duckdb"))


def test_a_copy_that_has_not_the_tables_of_a_dataset_is_made_anew(datasets: Datasets):
    expected = answers(DuckDB(datasets))
    other = datasets.folder.parent / "other.duckdb"
    with duckdb.connect(str(other)) as con:
        con.execute("CREATE VIEW events AS SELECT 1 AS event")
    for path in copies(datasets):
        shutil.copy(other, path)
    assert answers(DuckDB(datasets)) == expected


def test_without_room_for_a_copy_the_files_are_read(
    datasets: Datasets, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    expected = answers(DuckDB(datasets))
    for path in copies(datasets):
        path.unlink()

    def full(*_args: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(duckdb_engine, "copy_of", full)
    assert answers(DuckDB(datasets)) == expected
    assert "made is read from its files: [Errno 28]" in caplog.text


def test_a_link_in_the_place_of_a_copy_is_not_followed(datasets: Datasets, tmp_path: Path):
    DuckDB(datasets)
    outside = tmp_path / "outside.duckdb"
    (copy, *_others) = copies(datasets)
    copy.rename(outside)
    copy.symlink_to(outside)
    before = outside.read_bytes()
    assert answers(DuckDB(datasets))
    assert not copy.is_symlink()
    assert outside.read_bytes() == before


def test_several_may_make_a_copy_at_once(datasets: Datasets):
    found: list[list[tuple[object, ...]]] = []
    threads = [
        threading.Thread(target=lambda: found.append(answers(DuckDB(datasets)))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(each == found[0] for each in found)
    assert len(copies(datasets)) == len(list(datasets))
