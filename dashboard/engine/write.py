"""Tables of events into a dataset: new rows are added, changed ones replaced, known ones left alone."""

import json
import shutil
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.engine.datasets import Dataset, Datasets
from dashboard.engine.duckdb_access import checked_folder, connect_to_import, quoted
from dashboard.model.event_tables import LAYOUT, OWN_SCHEMAS, REPEATED, REPEATING, SCHEMAS, day_of

# Rows of one group of a Parquet file: what a query may skip as one.
_ROW_GROUP = 100_000
# Tile units of a square about 150 km wide in which rows lie together, in the order of days.
_SQUARE = 1 << 22
# What the Arrow type of a column does not say; source: GeoParquet specification 1.1.0.
_GEO = json.dumps(
    {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
    }
)
_YEARLY = frozenset({"events", "event_places"})
# Rows lie as they are looked for: by place and day, or by day.
_ORDER = {
    "event_places": f"x // {_SQUARE}, y // {_SQUARE}, first_day, event",
    "places": "place_id",
}
_BY_DAY = "first_day, event"
_PART = "part.parquet"
# Where DuckDB puts what memory does not hold, among the staged tables; deleted with them.
_SPILL = "spill"
# Files written at the same time.
_WRITERS = 2
# Snappy, which it takes, is the middle of what DuckDB offers in seconds and in bytes of disk.
_PARQUET = f"FORMAT parquet, ROW_GROUP_SIZE {_ROW_GROUP}"
# An area that the source gives no coordinates for is put in the middle of the events in it, with a
# radius that takes them all in; a degree of latitude is 111 km.
# {marked} and {held_in} are the tables that name places of events, as they were just written.
_PLACES = """
WITH marked AS (SELECT event, place_id, lat, lon FROM {marked}),
named AS (SELECT place_id FROM marked UNION SELECT place FROM {held_in}),
areas AS (
  SELECT place AS place_id, avg(p.lat) AS middle_lat, avg(p.lon) AS middle_lon,
    CAST(sqrt(power(max(p.lat) - min(p.lat), 2)
      + power((max(p.lon) - min(p.lon)) * cos(radians(avg(p.lat))), 2)) * 111000 AS INTEGER) AS radius_m
  FROM {held_in} c JOIN marked p ON c.event = p.event GROUP BY place
),
known AS (
  SELECT * FROM staged_places
  UNION ALL
  SELECT place_id, name_en, name_ar, feature_class, within,
    CASE WHEN place_id IN (SELECT place_id FROM marked) THEN lat END AS lat,
    CASE WHEN place_id IN (SELECT place_id FROM marked) THEN lon END AS lon,
    uncertainty_m, precision, source
  FROM held_places WHERE place_id IN (FROM named)
)
SELECT place_id, name_en, name_ar, feature_class, within,
  coalesce(lat, middle_lat) AS lat, coalesce(lon, middle_lon) AS lon,
  CASE WHEN lat IS NULL THEN coalesce(radius_m, 0) ELSE uncertainty_m END AS uncertainty_m,
  precision, source
FROM (SELECT DISTINCT ON (place_id) * FROM known ORDER BY place_id, lat) LEFT JOIN areas USING (place_id)
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the rows that were offered."""

    added: int = 0
    changed: int = 0
    known: int = 0
    twice: int = 0


def stage(folder: Path, tables: Mapping[str, pa.Table], start: int) -> None:
    """Put a part where a writer finds it; other processes may do so at the same time."""
    for name, table in tables.items():
        pq.write_table(table, folder / name / _part_name(start), compression="lz4")


def _part_name(start: int) -> str:
    return f"{start:012d}.parquet"


class DatasetWriter:
    """Takes tables part by part, and makes them the next generation of a dataset."""

    def __init__(self, datasets: Datasets, dataset: Dataset) -> None:
        self._dataset = dataset
        # Its tables are read by patterns of file names.
        folder = checked_folder(datasets.folder)
        self._datasets = Datasets(folder)
        self.staged = folder / dataset.dataset_id / "staged"
        self._confirmed: set[int] = set()
        shutil.rmtree(self.staged, ignore_errors=True)
        for name in SCHEMAS:
            (self.staged / name).mkdir(parents=True)

    def reserve(self, rows: int) -> int:
        """Numbers for so many rows: the first of them."""
        start = self._dataset.next_row
        self._dataset = msgspec.structs.replace(self._dataset, next_row=start + rows)
        return start

    def add(self, tables: Mapping[str, pa.Table], start: int) -> None:
        """One more part, whose events have the numbers reserved from `start` on."""
        stage(self.staged, tables, start)
        self._confirmed.add(start)

    def confirm(self, start: int, rows: int) -> None:
        """Say that a part was staged whole, by whichever process; numbers up to its end are taken."""
        self._confirmed.add(start)
        end = max(self._dataset.next_row, start + rows)
        self._dataset = msgspec.structs.replace(self._dataset, next_row=end)

    def _drop_unconfirmed(self) -> None:
        """Delete what a process staged that ended before it could say so: it may be half a file."""
        names = {_part_name(start) for start in self._confirmed}
        for path in (path for name in SCHEMAS for path in (self.staged / name).iterdir()):
            if path.name not in names:
                path.unlink()

    def abandon(self) -> None:
        """Forget what was added."""
        shutil.rmtree(self.staged, ignore_errors=True)

    def renew(self) -> None:
        """Write what is held once more, in the layout of now."""
        for name, schema in OWN_SCHEMAS.items():
            stage(self.staged, {name: schema.empty_table()}, 0)
        self._confirmed.add(0)
        self._finish((), always=True)

    def finish(self, *, replace: bool = False, files: tuple[str, ...] = ()) -> Written:
        """Write the next generation, unless nothing is new; `replace` drops what was held before."""
        return self._finish(files, replace=replace, always=replace)

    def _finish(
        self, files: tuple[str, ...], *, replace: bool = False, always: bool = False
    ) -> Written:
        self._drop_unconfirmed()
        try:
            with connect_to_import(self.staged.parent, self.staged / _SPILL) as con:
                written = self._sort_out(con, replace=replace)
                if always or written.added or written.changed:
                    self._write(con, files)
            return written
        finally:
            self.abandon()

    def _sort_out(self, con: duckdb.DuckDBPyConnection, *, replace: bool) -> Written:
        """Make the views new_<table> and old_<table> of what the next generation holds."""
        for name in SCHEMAS:
            staged = self.staged / name / "*.parquet"
            con.execute(f"CREATE VIEW staged_{name} AS FROM {_files(staged)}")
            self._view_of_held(con, name, replace=replace)
        con.execute(
            "CREATE TABLE fresh AS SELECT min(event) AS event, event_id, "
            "arg_min(row_hash, event) AS row_hash, count(*) AS times "
            "FROM staged_events GROUP BY event_id"
        )
        con.execute(
            "CREATE TABLE taken AS SELECT f.event, o.event AS replaced FROM fresh f "
            "LEFT JOIN held_events o USING (event_id) "
            "WHERE o.row_hash IS DISTINCT FROM f.row_hash"
        )
        offered, distinct, taken, replaced = con.execute(
            "SELECT (SELECT count(*) FROM staged_events), (SELECT count(*) FROM fresh), "
            "(SELECT count(*) FROM taken), (SELECT count(replaced) FROM taken)"
        ).fetchone() or (0, 0, 0, 0)
        return Written(taken - replaced, replaced, distinct - taken, offered - distinct)

    def _view_of_held(self, con: duckdb.DuckDBPyConnection, name: str, *, replace: bool) -> None:
        held = self._datasets.tables(self._dataset)
        files = held / name / ("*/*.parquet" if name in _YEARLY else "*.parquet")
        if replace or not held.exists():
            con.execute(f"CREATE VIEW held_{name} AS SELECT * FROM staged_{name} WHERE false")
        else:
            columns = _named(OWN_SCHEMAS[name].names)
            con.execute(f"CREATE VIEW held_{name} AS SELECT {columns} FROM {_files(files)}")

    def _write(self, con: duckdb.DuckDBPyConnection, files: tuple[str, ...]) -> None:
        card = msgspec.structs.replace(self._dataset, generation=self._dataset.generation + 1)
        folder = self._datasets.tables(card)
        shutil.rmtree(folder, ignore_errors=True)
        for name in SCHEMAS:
            (folder / name).mkdir(parents=True)
            self._write_table(con, name, folder)
            if name == "events":
                _repeat(con, folder)
        card = msgspec.structs.replace(
            _measured(con, card, folder),
            layout=LAYOUT,
            imported=datetime.now().astimezone() if files else card.imported,
            files=tuple(dict.fromkeys((*card.files, *files))),
        )
        self._datasets.save(card)
        self._datasets.prune(card)

    def _write_table(self, con: duckdb.DuckDBPyConnection, name: str, generation: Path) -> None:
        folder = generation / name
        if name == "places":
            # The others are written before.
            marked, held_in = generation / "event_places", generation / "containment"
            rows = _PLACES.format(
                marked=_files(marked / "*/*.parquet"), held_in=_files(held_in / "*.parquet")
            )
        else:
            rows = (
                f"SELECT s.* FROM staged_{name} s SEMI JOIN taken t ON s.event = t.event "
                f"UNION ALL SELECT o.* FROM held_{name} o "
                "ANTI JOIN taken t ON o.event = t.replaced"
            )
        if name in REPEATING:
            columns = _named(SCHEMAS[name].names)
            rows = f"SELECT {columns} FROM ({rows}) JOIN repeated USING (event)"
        order = _ORDER.get(name, _BY_DAY)
        if name not in _YEARLY:
            con.execute(f"COPY ({rows} ORDER BY {order}) TO {quoted(folder / _PART)} ({_PARQUET})")
            return
        con.execute(
            f"CREATE TABLE rows AS SELECT *, CASE WHEN NOT dated THEN 0 ELSE year(DATE "
            "'1970-01-01' + CASE WHEN first_day > -1000000 THEN first_day ELSE last_day END) "
            f"END AS year FROM ({rows})"
        )
        geo = f", KV_METADATA {{geo: '{_GEO}'}}" if name == "event_places" else ""
        years = con.execute("SELECT DISTINCT year FROM rows ORDER BY 1").fetchall()

        def write(year: int) -> None:
            into = folder / f"year={year}"
            into.mkdir()
            with con.cursor() as cursor:
                cursor.execute(
                    f"COPY (SELECT * EXCLUDE (year) FROM rows WHERE year = {year} "
                    f"ORDER BY {order}) TO {quoted(into / _PART)} ({_PARQUET}{geo})"
                )

        # DuckDB writes one file by one thread.
        with ThreadPoolExecutor(_WRITERS) as writers:
            list(writers.map(write, [year for (year,) in years] or [0]))
        con.execute("DROP TABLE rows")


def _repeat(con: duckdb.DuckDBPyConnection, generation: Path) -> None:
    """Make the table `repeated` of what other tables say again of the events just written."""
    events = _files(generation / "events" / "*/*.parquet")
    columns = []
    for name in REPEATED:
        if pa.types.is_string(SCHEMAS["events"].field(name).type):
            # As numbers for texts they are sorted and written in half the time.
            con.execute(f'CREATE TYPE "{name}_" AS ENUM (SELECT DISTINCT "{name}" FROM {events})')
            columns.append(f'"{name}"::"{name}_" AS "{name}"')
        else:
            columns.append(f'"{name}"')
    con.execute(f"CREATE TABLE repeated AS SELECT event, {', '.join(columns)} FROM {events}")


def _files(pattern: Path) -> str:
    """Files as a table of SQL; a folder named kind=x on the way to them is no column."""
    return f"read_parquet({quoted(pattern)}, hive_partitioning = false)"


def _named(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _measured(con: duckdb.DuckDBPyConnection, card: Dataset, folder: Path) -> Dataset:
    """The card with counts, days and bounds of what was written."""
    events, places = (_files(folder / name / "*/*.parquet") for name in ("events", "event_places"))
    count, undated, unlocated, first, last = con.execute(
        "SELECT count(*), count(*) FILTER (NOT dated), count(*) FILTER (NOT located), "
        "min(first_day) FILTER (first_day > -1000000), max(last_day) FILTER (last_day < 1000000) "
        f"FROM {events}"
    ).fetchone() or (0, 0, 0, None, None)
    west, south, east, north = (
        con.execute(f"SELECT min(lon), min(lat), max(lon), max(lat) FROM {places}").fetchone()
        or (None,) * 4
    )
    return msgspec.structs.replace(
        card,
        events=count,
        undated=undated,
        unlocated=unlocated,
        first_day=None if first is None else day_of(first),
        last_day=None if last is None else day_of(last),
        bounds=None if west is None else (west, south, east, north),
    )
