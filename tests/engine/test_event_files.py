"""The files of `events`: sorted by day, with a limited number of rows, none missing or twice."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.engine.event_files import rows_of_part, stage_events, write_events
from dashboard.model.event_tables import OPEN_END, OPEN_START

# Days of three years, several of them often, and a first day that is not known.
DAYS = st.one_of(st.sampled_from([-1, 0, 364, 365, 366, 20_000]), st.just(OPEN_START))
EVENTS = st.lists(st.tuples(DAYS, st.booleans()), max_size=30)


def event_rows(events: list[tuple[int, bool]]) -> pa.Table:
    """Events numbered downwards; one without any day is undated."""
    last = [max(day, 0) if closed else OPEN_END for day, closed in events]
    first = [day for day, _ in events]
    return pa.table(
        {
            "event": pa.array(range(len(events), 0, -1), pa.int64()),
            "first_day": pa.array(first, pa.int32()),
            "last_day": pa.array(last, pa.int32()),
            "dated": [a != OPEN_START or b != OPEN_END for a, b in zip(first, last, strict=True)],
        }
    )


def written(folder: Path, table: pa.Table, size: int) -> dict[str, list[list[dict]]]:
    """The rows of each file by the folder of its year, the files in the order of their names."""
    for path in folder.rglob("*.parquet"):
        path.unlink()
    stage_events(folder / "staged.parquet", table)
    write_events(duckdb.connect(), f"FROM '{folder}/staged.parquet'", folder, size)
    years = sorted({path.parent for path in folder.glob("*/*.parquet")})
    return {
        year.name: [
            pq.read_table(path, partitioning=None).to_pylist()
            for path in sorted(year.glob("*.parquet"))
        ]
        for year in years
    }


def year_of(row: dict) -> int:
    if not row["dated"]:
        return 0
    day = row["first_day"] if row["first_day"] > OPEN_START else row["last_day"]
    return int(str(duckdb.execute("SELECT DATE '1970-01-01' + ?", [day]).fetchall()[0][0])[:4])


@settings(max_examples=30)
@given(EVENTS, st.integers(1, 7))
def test_all_rows_are_in_files_by_year_and_day(
    tmp_path_factory: pytest.TempPathFactory, events: list[tuple[int, bool]], size: int
):
    table = event_rows(events)
    files = written(tmp_path_factory.mktemp("events"), table, size)
    expected = sorted(table.to_pylist(), key=lambda row: (row["first_day"], row["event"]))
    for year, parts in files.items():
        rows = [row for row in expected if f"year={year_of(row)}" == year]
        assert parts == [rows[at : at + size] for at in range(0, max(len(rows), 1), size)]
    assert sum(len(part) for parts in files.values() for part in parts) == len(events)


def test_a_part_has_fewer_of_wide_rows(tmp_path: Path):
    names = ("narrow", "wide")
    for name, text in zip(names, ("a", "word" * 25_000), strict=True):
        rows = event_rows([(day, True) for day in range(40)])
        words = [f"{day} {text}" for day in range(40)]
        stage_events(tmp_path / f"{name}.parquet", rows.append_column("notes", [words]))
    narrow, wide = (rows_of_part([tmp_path / f"{name}.parquet"]) for name in names)
    assert narrow == 50_000
    assert 1_000 <= wide < 2_000


def test_without_events_there_is_one_file(tmp_path: Path):
    assert written(tmp_path, event_rows([]), 5) == {"year=0": [[]]}
