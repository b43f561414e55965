"""Write tables of events to a dataset: new events are added, changed ones replaced, others left."""

import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import duckdb
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.engine.datasets import Dataset, Datasets
from dashboard.engine.deletions import (
    DELETIONS,
    has_new_deletions,
    read_deletions,
    write_deletions,
)
from dashboard.engine.duckdb_access import checked_folder, connect_to_import, quoted
from dashboard.engine.event_files import (
    FILE_NAME,
    ROW_GROUP,
    rows_of_part,
    stage_events,
    write_events,
    write_staged,
)
from dashboard.engine.id_counts import count_rows
from dashboard.engine.id_rules import IdRules, WriteCounts
from dashboard.engine.identity import drop_steps, resolve_ids
from dashboard.engine.rows_by_day import EventColumns, RowFiles, read_rows
from dashboard.engine.staged_ids import has_new_ids, read_marks, rename_ids_of_others, use_final_ids
from dashboard.model.event_tables import (
    BASE_SCHEMAS,
    CURATED,
    LAYOUT,
    SCHEMAS,
    day_of,
)

# Metadata of a GeoParquet file; source: GeoParquet specification 1.1.0.
_GEO = json.dumps(
    {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
    }
)
# The tables that are staged: a list of deletions beside those of the engine.
_STAGED = (*SCHEMAS, DELETIONS)
_YEARLY = frozenset({"events", "event_places"})
# Folder for what DuckDB spills to disk, among the staged tables; deleted with them.
_SPILL = "spill"
# The areas (`place`) of the places of a source, which are `within` a place of the gazetteer.
AREAS_SCHEMA = pa.schema({"source": pa.string(), "within": pa.string(), "place": pa.string()})
_AREAS = "areas"
# {areas} has the columns of AREAS_SCHEMA.
_WITH_AREAS = (
    "ALTER VIEW existing_containment RENAME TO earlier_containment",
    "ALTER VIEW existing_places RENAME TO earlier_places",
    """
    CREATE VIEW existing_places AS SELECT * REPLACE (coalesce(
      (SELECT any_value(a.within) FROM {areas} a WHERE a.source = earlier_places.source), within
    ) AS within) FROM earlier_places
    """,
    """
    CREATE VIEW existing_containment AS
    SELECT event, place FROM earlier_containment UNION
    SELECT e.event, a.place FROM existing_event_places e
    JOIN earlier_places p USING (place_id) JOIN {areas} a ON a.source = p.source
    """,
)
# Tables with rows of events, written one after the other and after the events: two at once need a third
# more memory (benchmarks/README.md).
_ROWS_OF_EVENTS = ("containment", "event_actors", "claims", "event_places", "event_estimates")
# An area without coordinates in the source is placed at the mean of its events' coordinates, with a
# radius that contains them all; a degree of latitude is 111 km.
# {event_places} and {containment} are the tables of these names, which have just been written.
_PLACES = """
WITH located AS (SELECT event, place_id, lat, lon FROM {event_places}),
referenced AS (SELECT place_id FROM located UNION SELECT place FROM {containment}),
areas AS (
  SELECT place AS place_id, avg(p.lat) AS middle_lat, avg(p.lon) AS middle_lon,
    CAST(sqrt(power(max(p.lat) - min(p.lat), 2)
      + power((max(p.lon) - min(p.lon)) * cos(radians(avg(p.lat))), 2)) * 111000 AS INTEGER) AS radius_m
  FROM {containment} c JOIN located p ON c.event = p.event GROUP BY place
),
candidates AS (
  SELECT * FROM staged_places
  UNION ALL
  SELECT place_id, name_en, name_ar, feature_class, within,
    CASE WHEN place_id IN (SELECT place_id FROM located) THEN lat END AS lat,
    CASE WHEN place_id IN (SELECT place_id FROM located) THEN lon END AS lon,
    uncertainty_m, precision, source
  FROM existing_places WHERE place_id IN (FROM referenced)
)
SELECT place_id, name_en, name_ar, feature_class, within,
  coalesce(lat, middle_lat) AS lat, coalesce(lon, middle_lon) AS lon,
  CASE WHEN lat IS NULL THEN coalesce(radius_m, 0) ELSE uncertainty_m END AS uncertainty_m,
  precision, source
FROM (SELECT DISTINCT ON (place_id) * FROM candidates ORDER BY place_id, lat)
LEFT JOIN areas USING (place_id)
"""


def stage(folder: Path, tables: Mapping[str, pa.Table], start: int) -> None:
    """Write tables below `folder`, the `staged` of a writer; several processes may do so at once.

    `tables` are by name, with the columns of BASE_SCHEMAS or of DELETIONS_SCHEMA; `start` is the number
    of the first event.
    """
    for name, table in tables.items():
        path = folder / name / _staged_name(start)
        if name == "events":
            stage_events(path, table)
        else:
            write_staged(path, table)


def _staged_name(start: int) -> str:
    return f"{start:012d}.parquet"


class DatasetWriter:
    """Collects staged tables, and writes them and the existing rows as the dataset's next generation."""

    def __init__(self, datasets: Datasets, dataset: Dataset) -> None:
        self._dataset = dataset
        # DuckDB reads its tables by patterns of file names.
        folder = checked_folder(datasets.folder)
        self._datasets = Datasets(folder)
        self.staged = folder / dataset.dataset_id / "staged"
        self._confirmed: set[int] = set()
        shutil.rmtree(self.staged, ignore_errors=True)
        for name in _STAGED:
            (self.staged / name).mkdir(parents=True)

    def confirm(self, start: int, rows: int) -> None:
        """Accept the files staged for `start`, which are complete; reserves the numbers of the rows."""
        self._confirmed.add(start)
        end = max(self._dataset.next_row, start + rows)
        self._dataset = msgspec.structs.replace(self._dataset, next_row=end)

    def _drop_unconfirmed(self) -> None:
        """Delete files of processes that ended before they reported: they may be incomplete."""
        names = {_staged_name(start) for start in self._confirmed}
        for path in (path for name in _STAGED for path in (self.staged / name).iterdir()):
            if path.name not in names:
                path.unlink()

    def discard(self) -> None:
        """Delete all staged files, and the folder of a dataset that was not written."""
        shutil.rmtree(self.staged, ignore_errors=True)
        with suppress(OSError):
            self.staged.parent.rmdir()

    def rewrite(self, areas: pa.Table | None = None) -> None:
        """Write the existing rows again, in the current layout; with more `areas` (AREAS_SCHEMA)."""
        if areas is not None:
            pq.write_table(areas, self.staged / f"{_AREAS}.parquet")
        for name, schema in BASE_SCHEMAS.items():
            stage(self.staged, {name: schema.empty_table()}, 0)
        self._confirmed.add(0)
        self.finish(always=True)

    def finish(
        self,
        *,
        replace: bool = False,
        always: bool = False,
        files: tuple[str, ...] = (),
        rules: IdRules = IdRules(),  # noqa: B008 frozen
        write: bool = True,
    ) -> WriteCounts:
        """Write the next generation if anything is new, changed or deleted, or if `always`.

        Returns the counts. `replace` drops all existing rows, and writes too. `files` are the names of
        imported files, `rules` what the analyst answered about uncertain ids. Unless `write`, the
        dataset stays as it is, and the counts are those that writing would give.
        """
        self._drop_unconfirmed()
        try:
            with connect_to_import(self._datasets.folder, self.staged / _SPILL) as con:
                written = self._compare(con, rules, replace=replace)
                changes = written.added or written.changed or written.deleted
                if write and (always or replace or changes or has_new_deletions(con)):
                    self._write(con, files)
            return written
        finally:
            self.discard()

    def _compare(
        self, con: duckdb.DuckDBPyConnection, rules: IdRules, *, replace: bool
    ) -> WriteCounts:
        """Create the views staged_<table> and existing_<table>, and the table `new_rows`.

        `new_rows` has the staged events that are new or changed, and the event that each replaces.
        """
        for name in SCHEMAS:
            files = _files(self.staged / name / "*.parquet")
            con.execute(f"CREATE VIEW staged_{name} AS FROM {files}")
            self._view_existing(con, name, replace=replace)
        areas = self.staged / f"{_AREAS}.parquet"
        for statement in _WITH_AREAS if areas.exists() else ():
            con.execute(statement.format(areas=_files(areas)))
        stored = None if replace else self._datasets.tables(self._dataset) / DELETIONS
        read_deletions(con, self._dataset.dataset_id, self.staged / DELETIONS, stored)
        read_marks(con)
        # Those of the curated dataset are those of the workspace.
        if self._dataset.dataset_id != CURATED:
            rename_ids_of_others(con, self._dataset.dataset_id, self._files_of_others())
        resolve_ids(con, rules, self._dataset.format)
        use_final_ids(con, self._dataset.dataset_id)
        return count_rows(con, rules, self._dataset.format)

    def _files_of_others(self) -> list[str]:
        """SQL that reads the events of each other dataset."""
        folders = [
            self._datasets.tables(card) / "events"
            for card in self._datasets
            if card.dataset_id != self._dataset.dataset_id
        ]
        return [_files(at / "*/*.parquet") for at in folders if any(at.glob("*/*.parquet"))]

    def _view_existing(self, con: duckdb.DuckDBPyConnection, name: str, *, replace: bool) -> None:
        folder = self._datasets.tables(self._dataset)
        files = folder / name / ("*/*.parquet" if name in _YEARLY else "*.parquet")
        # A dataset of an older layout lacks some tables.
        if replace or not (folder / name).exists():
            con.execute(f"CREATE VIEW existing_{name} AS SELECT * FROM staged_{name} WHERE false")
        else:
            columns = ", ".join(map(_existing, BASE_SCHEMAS[name].names))
            # A layout before this one lacks some columns: those of the staged table, without rows.
            con.execute(
                f"CREATE VIEW existing_{name} AS SELECT {columns} FROM (FROM staged_{name} "
                f"WHERE false UNION ALL BY NAME SELECT * FROM {_files(files)})"
            )

    def _write(self, con: duckdb.DuckDBPyConnection, files: tuple[str, ...]) -> None:
        card = msgspec.structs.replace(self._dataset, generation=self._dataset.generation + 1)
        folder = self._datasets.tables(card)
        shutil.rmtree(folder, ignore_errors=True)
        for name in SCHEMAS:
            (folder / name).mkdir(parents=True)
        drop_steps(con)
        before = self._datasets.tables(self._dataset)
        events = [*self.staged.glob("events/*.parquet"), *before.glob("events/*/*.parquet")]
        _write_tables(con, self.staged, folder, rows_of_part(events))
        write_deletions(con, folder)
        card = msgspec.structs.replace(
            _with_statistics(con, card, folder),
            layout=LAYOUT,
            imported=datetime.now().astimezone() if files else card.imported,
            files=tuple(dict.fromkeys((*card.files, *files))),
        )
        self._datasets.save(card)
        self._datasets.prune(card)


def _write_tables(
    con: duckdb.DuckDBPyConnection, staged: Path, generation: Path, events_in_file: int
) -> None:
    """Write all tables; `places` follows those that it is made of."""
    all_are_new = _all_are_new(con)
    events = _next_rows("events", all_are_new=all_are_new)

    write_events(con, events, generation / "events", events_in_file)
    columns = EventColumns(con, events)
    for name in _ROWS_OF_EVENTS:
        if all_are_new and not has_new_ids(con, name):
            rows = read_rows((staged / name).iterdir())
        else:
            rows = con.sql(_next_rows(name, all_are_new=all_are_new)).to_arrow_table()
        _write_rows(RowFiles(rows, name, columns), generation / name)
    _write_places(con, generation)


def _write_rows(rows: RowFiles, folder: Path) -> None:
    if folder.name in _YEARLY:
        rows.write_years(folder, {"geo": _GEO})
    else:
        rows.write(folder / FILE_NAME)


def _write_places(con: duckdb.DuckDBPyConnection, generation: Path) -> None:
    rows = _PLACES.format(
        event_places=_files(generation / "event_places" / "*/*.parquet"),
        containment=_files(generation / "containment" / "*.parquet"),
    )
    into = quoted(generation / "places" / FILE_NAME)
    con.execute(
        f"COPY ({rows} ORDER BY place_id) TO {into} (FORMAT parquet, ROW_GROUP_SIZE {ROW_GROUP})"
    )


def _next_rows(name: str, *, all_are_new: bool) -> str:
    """SQL for the rows of the next generation: the new ones, and the existing ones that stay."""
    if all_are_new:
        return f"FROM staged_{name}"
    return (
        f"SELECT s.* FROM staged_{name} s SEMI JOIN new_rows n ON s.event = n.event "
        f"UNION ALL SELECT e.* FROM existing_{name} e "
        "ANTI JOIN new_rows n ON e.event = n.replaced"
    )


def _all_are_new(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether all staged events are new ones of a dataset without others, which needs no joins."""
    ((existing, staged, new),) = con.execute(
        "SELECT (SELECT count(*) FROM existing_events), (SELECT count(*) FROM staged_events), "
        "(SELECT count(event) FROM new_rows)"
    ).fetchall()
    return bool(existing == 0 and staged == new)


def _existing(name: str) -> str:
    """SQL for a column of existing rows; those of layouts before 4 were not verified."""
    state = name in {"verification", "place_verification"}
    return f'coalesce("{name}", \'unverified\') AS "{name}"' if state else f'"{name}"'


def _files(pattern: Path) -> str:
    """SQL that reads the files of a pattern; folders named year=2021 are not read as a column."""
    return f"read_parquet({quoted(pattern)}, hive_partitioning = false)"


def _with_statistics(con: duckdb.DuckDBPyConnection, card: Dataset, folder: Path) -> Dataset:
    """The card with the counts, first and last day, and bounds of the tables just written."""
    events, places = (_files(folder / name / "*/*.parquet") for name in ("events", "event_places"))
    count, undated, unlocated, incomplete, first, last = con.execute(
        "SELECT count(*), count(*) FILTER (NOT dated), count(*) FILTER (NOT located), "
        "count(*) FILTER (source_columns IS NULL), "
        "min(first_day) FILTER (first_day > -1000000), max(last_day) FILTER (last_day < 1000000) "
        f"FROM {events}"
    ).fetchone() or (0, 0, 0, 0, None, None)
    (deletions,) = con.execute("SELECT count(*) FROM deletions").fetchone() or (0,)
    west, south, east, north = (
        con.execute(f"SELECT min(lon), min(lat), max(lon), max(lat) FROM {places}").fetchone()
        or (None,) * 4
    )
    return msgspec.structs.replace(
        card,
        events=count,
        undated=undated,
        unlocated=unlocated,
        incomplete=incomplete,
        deletions=deletions,
        first_day=None if first is None else day_of(first),
        last_day=None if last is None else day_of(last),
        bounds=None if west is None else (west, south, east, north),
    )
