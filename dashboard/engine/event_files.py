"""Write the table `events` by year, in files of 50,000 rows at most that follow each other by day.

Only the rows of one file are in memory at once. A staged file is sorted by day too, so that few
other rows are read with them.
"""

from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

FILE_NAME = "part.parquet"
# SQL: the year of the first known day of a row, 0 for an undated one.
YEAR = (
    "CASE WHEN NOT dated THEN 0 ELSE year(DATE '1970-01-01' + "
    "CASE WHEN first_day > -1000000 THEN first_day ELSE last_day END) END"
)
# Rows of one row group of a Parquet file, the least that a query can skip.
ROW_GROUP = 100_000
# Most rows and bytes of a part, which needs some 150 MB while it is sorted; the fewest of wide rows.
_MOST_ROWS, _MOST_BYTES, _FEWEST_ROWS = 50_000, 64_000_000, 1_000
# Rows of a row group of a staged file, the least that is read: a vector of DuckDB.
_STAGED_GROUP = 2_048
# Columns of the tables that have another value in nearly every row.
DISTINCT = frozenset({
    "event", "event_id", "notes", "search", "row_hash", "source_columns", "claim_id", "article_id",
    "lat", "lon", "x", "y", "geometry",
})  # fmt: skip
# Columns of events by which no query leaves out rows: least and greatest values of them serve nobody.
_WITHOUT_STATISTICS = frozenset({
    "title_en", "title_ar", "notes", "url", "search", "row_hash", "estimates", "source_columns",
    "record",
})  # fmt: skip
# Parts that are sorted and written at the same time.
_WRITERS = 2
_PARTS = """
SELECT year, min(key), max(key) FROM (
  SELECT {year} AS year, {{'day': first_day, 'event': event}} AS key,
    (row_number() OVER (PARTITION BY {year} ORDER BY first_day, event) - 1) // {size} AS part
  FROM ({rows})
)
GROUP BY year, part ORDER BY year, part
"""


def stage_events(path: Path, events: pa.Table) -> None:
    """Write a staged file of `events`, sorted by day."""
    write_staged(path, _by_day(events), row_group_size=_STAGED_GROUP)


def _by_day(events: pa.Table) -> pa.Table:
    order = pc.sort_indices(events, [("first_day", "ascending"), ("event", "ascending")])
    # One column after the other, so that only one of them is in memory three times.
    columns = [events[name].combine_chunks().take(order) for name in events.column_names]
    return pa.Table.from_arrays(columns, schema=events.schema)


def write_staged(path: Path, rows: pa.Table, **options: int) -> None:
    """Write a staged file, which is read once; DuckDB skips row groups by their days alone."""
    pq.write_table(
        rows,
        path,
        compression="lz4",
        use_dictionary=_repeating(rows),
        write_statistics=["first_day"] if "first_day" in rows.column_names else False,
        store_schema=False,
        **options,
    )


def _repeating(rows: pa.Table) -> list[str]:
    """The columns to write with a dictionary, which of values that are all different is in vain."""
    return [name for name in rows.column_names if name not in DISTINCT]


def rows_of_part(files: Iterable[Path]) -> int:
    """The number of rows of one part of the rows in these files."""
    about = [pq.read_metadata(path) for path in files]
    rows: int = sum(file.num_rows for file in about)
    size: int = sum(
        file.row_group(at).total_byte_size for file in about for at in range(file.num_row_groups)
    )
    return min(_MOST_ROWS, max(_FEWEST_ROWS, _MOST_BYTES * rows // max(size, 1)))


def write_events(con: duckdb.DuckDBPyConnection, rows: str, folder: Path, size: int) -> None:
    """Write the rows of the SQL `rows` below `folder`, at most `size` in a file.

    Without rows one file without rows is written. Arrow sorts and writes a part in a third of the time
    that DuckDB needs.
    """
    parts = con.execute(_PARTS.format(year=YEAR, rows=rows, size=size)).fetchall()
    none = {"day": 0, "event": 0}
    files: Counter[int] = Counter()
    with ThreadPoolExecutor(_WRITERS) as writers:
        tasks = []
        for year, first, last in parts or [(0, none, none)]:
            into = folder / f"year={year}"
            into.mkdir(exist_ok=True)
            # Sorted by name the files follow each other: a full stop is before "_".
            name = f"part_{files[year]:04d}.parquet" if files[year] else FILE_NAME
            files[year] += 1
            in_part = f"FROM ({rows}) WHERE {_in_part(year, first, last)}"
            tasks.append(writers.submit(_write_part, con.cursor(), in_part, into / name))
        for task in tasks:
            task.result()


def _write_part(con: duckdb.DuckDBPyConnection, rows: str, path: Path) -> None:
    with con:
        # No name for the rows before they are sorted, so that they are freed before they are written.
        part = _by_day(con.sql(rows).to_arrow_table())
    pq.write_table(
        part,
        path,
        row_group_size=ROW_GROUP,
        use_dictionary=_repeating(part),
        write_statistics=[name for name in part.column_names if name not in _WITHOUT_STATISTICS],
        store_schema=False,
    )


def _in_part(year: int, first: dict[str, int], last: dict[str, int]) -> str:
    """SQL for the rows from the key `first` to the key `last`; by their days DuckDB skips row groups."""
    return (
        f"first_day BETWEEN {first['day']} AND {last['day']} AND {YEAR} = {year} "
        f"AND (first_day > {first['day']} OR event >= {first['event']}) "
        f"AND (first_day < {last['day']} OR event <= {last['event']})"
    )
