"""What is staged becomes the next generation only where the process that staged it said so."""

from pathlib import Path

import pytest

from dashboard.datasets.build.derive import derive
from dashboard.datasets.build.rows import RowSource
from dashboard.datasets.known_names import known_ids
from dashboard.engine.datasets import Datasets
from dashboard.engine.write import DatasetWriter, stage
from dashboard.model.corpus import Corpus
from tests.engine import sample_data

ROWS = 50


@pytest.mark.parametrize("half", [b"", b"PAR1 and no more"])
def test_an_incomplete_chunk_of_a_process_that_ended_is_left_out(
    tmp_path: Path, corpus: Corpus, half: bytes
):
    datasets = Datasets(tmp_path)
    card = datasets.new("made", "Made", "own")
    writer = DatasetWriter(datasets, card)
    ids, source = known_ids(corpus), RowSource("made", card.number, None)
    for start, seed in ((0, 1), (ROWS, 2)):
        stage(writer.staged, derive(sample_data.rows(ROWS, seed), source, start, ids), start)
    # One table of a third chunk is incomplete, and the second chunk is not confirmed.
    (writer.staged / "events" / f"{2 * ROWS:012d}.parquet").write_bytes(half)
    writer.confirm(0, ROWS)
    written = writer.finish(files=("a.csv",))
    assert written.added == ROWS
    stored = datasets.get("made")
    assert stored is not None
    assert (stored.events, stored.next_row) == (ROWS, ROWS)
