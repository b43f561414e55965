"""A chunk gives what its rows give one by one: work by column and by distinct value changes nothing."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.datasets.build.rows import RowSource
from dashboard.datasets.files.chunks import Chunk
from dashboard.datasets.formats.days import DateOrder
from dashboard.datasets.formats.registry import FORMATS
from dashboard.datasets.formats.sheet import CellOptions
from dashboard.datasets.known_names import crosswalks_of, known_ids
from dashboard.datasets.options import ReadOptions
from dashboard.datasets.reader import ChunkReader, ChunkResult
from dashboard.model.corpus import Corpus
from dashboard.model.event_tables import BASE_SCHEMAS
from dashboard.settings import Settings
from tests.datasets.formats.make import BATTLE, GED, SHELLING

# Cells beside the usual ones: blank, wrong, with spaces, in Arabic, with several names.
_CELLS = {
    "acled": {
        "event_id_cnty": ["", "SYR1", "1.8E+17", "unknown", "#REF!"],
        "event_date": ["", "18 January 2021", "1/2/2021", "no day", "١٨/٠١/٢٠٢١", "2021-02-30"],
        "time_precision": ["", "2", "3", "9"],
        "event_type": ["", "Riots", "Nothing", "Violence against civilians"],
        "sub_event_type": ["", "Mob violence", "قصف", "Attack"],
        "actor1": ["", "Civilians (Syria)", "قوات سوريا الديمقراطية", "A; B; A", " x "],
        "assoc_actor_1": ["", "Q; R; Q", " ; "],
        "inter1": ["", "7", "Civilians", "99"],
        "latitude": ["", "0", "95", "abc", "36,38", "-1", " 36.5"],
        "longitude": ["", "0", "195", "n/a", "-1"],
        "geo_precision": ["", "2", "3", "x"],
        "fatalities": ["", "3", "many", "1000"],
        "source": ["", "SANA; SOHR; SANA", "x"],
        "notes": ["", 'ملاحظة "a"\nb', "\x1f odd"],
        "admin1": ["", "الرقة"],
        "timestamp": ["", "1700000000"],
    },
    "ucdp": {
        "type_of_violence": ["", "1", "2", "9"],
        "side_a": ["", "A, B", " XXX "],
        "date_prec": ["", "1", "5", "x"],
        "date_start": ["", "2021-02-09 00:00:00.000", "no day"],
        "where_prec": ["", "1", "6", "7"],
        "latitude": ["", "0", "91"],
        "best": ["", "0", "12", "x"],
    },
}
_USUAL = {"acled": [BATTLE, SHELLING], "ucdp": [GED]}


@st.composite
def tables(draw: st.DrawFn, format_: str) -> list[dict[str, str]]:
    """Some rows, each a usual one with a few other cells."""
    cells = {name: st.sampled_from(values) for name, values in _CELLS[format_].items()}
    changes = st.dictionaries(st.sampled_from(sorted(cells)), st.none(), max_size=3)
    rows = []
    for number in range(draw(st.integers(1, 6))):
        row = dict(draw(st.sampled_from(_USUAL[format_])))
        row["event_id_cnty" if format_ == "acled" else "id"] = f"{number}"
        rows.append(row | {name: draw(cells[name]) for name in draw(changes)})
    return rows


def read(reader: ChunkReader, rows: Sequence[dict[str, str]], start: int) -> ChunkResult:
    frame = pd.DataFrame(list(rows), dtype="str")
    numbers = np.arange(start + 2, start + 2 + len(rows))
    return reader.read(Chunk(frame, numbers, 1.0), start)


def staged(folder: Path) -> dict[str, list[str]]:
    """The rows of each table, sorted, without those that several chunks have in common."""
    rows = {
        name: [repr(row) for path in (folder / name).iterdir() for row in _rows(path)]
        for name in BASE_SCHEMAS
    }
    return {name: sorted(set(of) if name == "places" else of) for name, of in rows.items()}


def _rows(path: Path) -> list[dict]:
    return pq.read_table(path).to_pylist()


def counted(results: Sequence[ChunkResult]) -> tuple[Counter, list[str], int, int]:
    """The notices by value, the cells that were not understood, and rows without a day or a place."""
    notices: Counter = Counter()
    for notice in (notice for result in results for notice in result.notices):
        notices[notice.kind, notice.column, notice.value, notice.meaning] += notice.count
    unread = sorted(str(fault) for result in results for fault in result.unread)
    undated, unplaced = (
        sum(getattr(result, name) for result in results) for name in ("undated", "unplaced")
    )
    return notices, unread, undated, unplaced


@pytest.mark.parametrize("format_", ["acled", "ucdp"])
@settings(max_examples=12)
@given(data=st.data(), order=st.sampled_from([None, DateOrder.DAY_FIRST]))
def test_a_chunk_gives_what_its_rows_give_alone(
    tmp_path_factory: pytest.TempPathFactory,
    corpus: Corpus,
    settings: Settings,
    format_: str,
    data: st.DataObject,
    order: DateOrder | None,
):
    rows = data.draw(tables(format_))
    codes = crosswalks_of(settings.lexicon, corpus.lexicon.kinds)[format_]
    source = RowSource(format_, 1, FORMATS[format_].name if format_ == "acled" else None)
    folders = [tmp_path_factory.mktemp("staged") for _ in range(2)]
    readers = []
    for folder in folders:
        for name in BASE_SCHEMAS:
            (folder / name).mkdir()
        options = ReadOptions(None, CellOptions(order))
        readers.append(
            ChunkReader("a.csv", folder, source, format_, codes, options, known_ids(corpus))
        )
    together, alone = readers
    whole = read(together, rows, 0)
    singly = [read(alone, [row], number) for number, row in enumerate(rows)]
    assert staged(folders[0]) == staged(folders[1])
    assert counted([whole]) == counted(singly)
