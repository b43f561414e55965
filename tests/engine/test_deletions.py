"""Events that their source deleted: older exports do not bring them back, newer ones do."""

import shutil
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from dashboard.engine.datasets import Datasets
from dashboard.engine.deletions import DELETIONS, DELETIONS_SCHEMA
from dashboard.engine.id_rules import WriteCounts
from dashboard.engine.library import Library
from dashboard.engine.vocabulary import count_all
from dashboard.engine.write import DatasetWriter, stage
from dashboard.model.event_tables import BASE_SCHEMAS
from tests import engines
from tests.engine.id_rows import Row, events_of, import_rows

OLD = [Row("1", timestamp="100"), Row("2", lat=36.1, timestamp="100"), Row("3", lat=36.2)]


@pytest.fixture
def datasets(tmp_path: Path) -> Datasets:
    return Datasets(tmp_path)


def import_acled(datasets: Datasets, rows: list[Row], **options: Any) -> WriteCounts:
    return import_rows(datasets, rows, format_="acled", **options)


def delete(
    datasets: Datasets, deletions: list[tuple[str, int]], name: str = "t", *, write: bool = True
) -> WriteCounts:
    """Import a list of deletions, pairs of an id and a time."""
    card = datasets.get(name)
    assert card is not None
    writer = DatasetWriter(datasets, card)
    ids = [f"t:{event_id}" for event_id, _time in deletions]
    times = [time for _id, time in deletions]
    table = pa.table({"event_id": ids, "deleted": times}, schema=DELETIONS_SCHEMA)
    empty = {key: schema.empty_table() for key, schema in BASE_SCHEMAS.items()}
    stage(writer.staged, empty | {DELETIONS: table}, card.next_row)
    writer.confirm(card.next_row, len(deletions))
    return writer.finish(files=("deleted.csv",), write=write)


def test_listed_events_are_deleted_and_ids_without_an_event_counted(datasets):
    import_acled(datasets, OLD)
    counts = delete(datasets, [("1", 200), ("3", 200), ("9", 200), ("1", 150)])
    assert (counts.deleted, counts.not_in_dataset, counts.duplicates) == (2, 1, 1)
    assert (counts.added, counts.changed, counts.unchanged) == (0, 0, 0)
    assert counts.examples == {"deleted": ("t:1", "t:3"), "not_in_dataset": ("t:9",)}
    assert set(events_of(datasets)) == {"2"}


def test_a_list_twice_changes_nothing(datasets):
    import_acled(datasets, OLD)
    delete(datasets, [("1", 200)])
    card = datasets.get("t")
    counts = delete(datasets, [("1", 200)])
    assert (counts.deleted, counts.not_in_dataset) == (0, 1)
    assert datasets.get("t") == card


def test_a_dry_run_counts_the_same_and_deletes_nothing(datasets):
    import_acled(datasets, OLD)
    card = datasets.get("t")
    counts = delete(datasets, [("1", 200), ("9", 200)], write=False)
    assert datasets.get("t") == card
    assert counts == delete(datasets, [("1", 200), ("9", 200)])


@pytest.mark.parametrize("timestamp", ["100", "200", "", "yesterday"])
def test_a_row_that_is_not_newer_than_the_deletion_stays_out(datasets, timestamp):
    import_acled(datasets, OLD)
    delete(datasets, [("1", 200)])
    rows = [Row("1", title="B", timestamp=timestamp), OLD[1]]
    for _time in range(2):
        counts = import_acled(datasets, rows)
        assert (counts.added, counts.unchanged, counts.deleted_before) == (0, 1, 1)
        assert counts.examples == {"deleted_before": ("t:1",)}
        assert set(events_of(datasets)) == {"2", "3"}


def test_a_deletion_counts_for_events_that_come_later(datasets):
    import_acled(datasets, OLD[:1])
    assert delete(datasets, [("2", 200)]).not_in_dataset == 1
    counts = import_acled(datasets, OLD)
    assert (counts.added, counts.unchanged, counts.deleted_before) == (1, 1, 1)
    assert set(events_of(datasets)) == {"1", "3"}


@pytest.mark.parametrize("timestamp", ["201", "1970-01-01 00:03:21"])
def test_a_newer_row_brings_the_event_back(datasets, timestamp):
    import_acled(datasets, OLD)
    delete(datasets, [("1", 200)])
    newer = [Row("1", title="Again", timestamp=timestamp)]
    counts = import_acled(datasets, newer)
    assert (counts.added, counts.restored, counts.deleted_before) == (1, 1, 0)
    assert counts.examples == {"restored": ("t:1",)}
    assert events_of(datasets)["1"].title == "Again"
    again = import_acled(datasets, newer)
    assert (again.added, again.unchanged, again.restored) == (0, 1, 0)
    # The list says the same as before, and the older export too.
    card = datasets.get("t")
    counts = delete(datasets, [("1", 200)])
    assert (counts.deleted, counts.newer_than_deletion, counts.not_in_dataset) == (0, 1, 0)
    assert import_acled(datasets, OLD).deleted_before == 1
    assert datasets.get("t") == card
    # A later deletion deletes it again.
    assert delete(datasets, [("1", 300)]).deleted == 1
    assert "1" not in events_of(datasets)
    assert import_acled(datasets, newer).deleted_before == 1


def test_the_latest_of_several_deletions_counts(datasets):
    import_acled(datasets, OLD)
    delete(datasets, [("1", 300)])
    delete(datasets, [("1", 200)])
    assert import_acled(datasets, [Row("1", timestamp="250")]).deleted_before == 1


def test_all_events_of_a_repeated_id_are_deleted(datasets):
    rows = [Row("1", timestamp="100"), Row("1", lat=36.5, timestamp="100")]
    import_acled(datasets, rows)
    assert len(events_of(datasets)) == 2
    assert delete(datasets, [("1", 200)]).deleted == 2
    assert events_of(datasets) == {}
    assert import_acled(datasets, rows).deleted_before == 2


def test_deletions_stay_stored_when_a_dataset_is_written_again(datasets):
    import_acled(datasets, OLD)
    delete(datasets, [("1", 200)])
    card = datasets.get("t")
    assert card is not None
    assert card.deletions == 1
    DatasetWriter(datasets, card).rewrite()
    assert import_acled(datasets, [*OLD, Row("4", timestamp="100")]).deleted_before == 1
    assert set(events_of(datasets)) == {"2", "3", "4"}


def test_a_dataset_without_stored_deletions_is_read_as_before(datasets):
    import_acled(datasets, OLD)
    delete(datasets, [("1", 200)])
    card = datasets.get("t")
    assert card is not None
    shutil.rmtree(datasets.tables(card) / DELETIONS)
    counts = import_acled(datasets, OLD)
    assert (counts.added, counts.deleted_before, counts.restored) == (1, 0, 0)
    assert not (datasets.tables(card) / DELETIONS).exists()


@pytest.mark.parametrize("url", ["duckdb://", "postgresql://", "spark:local[1]"])
def test_each_engine_has_the_events_that_are_left(tmp_path: Path, url: str):
    if why := engines.missing(url):
        pytest.skip(why)
    datasets = Datasets(tmp_path / "datasets")
    import_acled(datasets, OLD)
    with engines.postgresql() if url == "postgresql://" else nullcontext(url) as server:
        library = Library(datasets.folder, server)
        assert _shown(library) == 3
        delete(datasets, [("1", 200), ("2", 200)])
        assert _shown(library) == 1
        import_acled(datasets, [Row("1", timestamp="201"), OLD[1]])
        assert _shown(library) == 2
        library.open().engine.close()


def _shown(library: Library) -> int:
    return count_all(library.open().engine, unreviewed=True)
