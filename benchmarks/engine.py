"""Prints the figures of benchmarks/README.md on the engine and on imports: `make bench-engine`.

`python -m benchmarks.engine imports` prints those on imports only.

The engine is asked what one filter change asks of it, without a browser, at up to ten million events,
and the other engines at a million; the usual method is a pandas frame of the same events in memory.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import psutil
from ibis.backends.duckdb import Backend as Compiler

from benchmarks.sets import OUT, synthetic, workspace
from dashboard.browser.event_map import HEIGHT, WIDTH
from dashboard.datasets.build.rows import RowSource
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.read import read_chunks
from dashboard.datasets.formats.crosswalk import load_crosswalks
from dashboard.datasets.formats.registry import CUSTOM, FORMATS
from dashboard.datasets.known_names import known_ids
from dashboard.datasets.options import ReadOptions
from dashboard.datasets.reader import ChunkReader
from dashboard.engine.datasets import Datasets
from dashboard.engine.duckdb_access import files_of
from dashboard.engine.duckdb_engine import DuckDB
from dashboard.engine.engine import Engine
from dashboard.engine.open import open_engine
from dashboard.engine.vocabulary import count_all
from dashboard.model.event_tables import SCHEMAS
from dashboard.model.grid import box_around
from dashboard.project.project import Project
from dashboard.query import map_counts, pages
from dashboard.query.answers import (
    days_from_engine,
    extent_from_engine,
    facet_counts_from_engine,
    totals_from_engine,
)
from dashboard.query.colouring import Colouring
from dashboard.query.query import Query
from dashboard.settings import read_settings
from tests.datasets.formats.make import BATTLE
from tests.engines import missing, postgresql

SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
# The number of events with which all engines are measured.
SERVED = 1_000_000
CHANGES = 5
IMPORTED = 500_000
PARSED = 100_000
_KINDS = ("clash", "shelling", "arrest", "protest", "raid", "threat")


def main() -> None:
    """Measure and print Markdown tables."""
    if sys.argv[1:] == ["imports"]:
        _print_imports()
        return
    print("| events | totals | filters | timeline | page | map | all of a change | MB |")
    print("|---:" * 8 + "|")
    for size in SIZES:
        times = _change(DuckDB(_datasets(size)))
        memory = psutil.Process().memory_info().rss / 2**20
        print(f"| {size:,} | {times} | {memory:.0f} |", flush=True)
    print(
        f"\n| engine, {SERVED:,} events | to open | totals | filters | timeline | page | map ",
        end="",
    )
    print("| all of a change |")
    print("|---" + "|---:" * 7 + "|")
    for url in ("duckdb://", "postgresql", "spark:local[2]"):
        print(_engine(url), flush=True)
    print(
        f"\nbound and locked / literals and unlocked, {SERVED:,} events: {_bound_to_literal():.2f}"
    )
    print(f"\npandas, kinds and days of 1,000,000 events in memory: {_pandas():.2f} s")
    _print_imports()


def _print_imports() -> None:
    print("\n| import | rows a second |\n|---|---:|")
    for ending in ("csv", "parquet"):
        print(f"| {ending}, {IMPORTED:,} rows in ACLED's columns | {_import(ending):,.0f} |")
    print("\n| parsing without writing | processor seconds |\n|---|---:|")
    for ending in ("csv", "parquet"):
        print(
            f"| {ending}, {PARSED:,} rows in ACLED's columns | {_parse(ending):.2f} |", flush=True
        )


def _datasets(size: int) -> Datasets:
    if size <= 1_000_000:
        return Datasets(workspace(size).with_name("w_datasets"))
    return _ten_fold(size)


def _ten_fold(size: int) -> Datasets:
    """Copies of the million as further datasets, their events moved by some days."""
    whole = Datasets(workspace(1_000_000).with_name("w_datasets"))
    source = whole.get("synthetic")
    folder = Datasets(OUT / f"many_{size}" / "w_datasets")
    if source is None or folder.get(f"copy_{size // 1_000_000 - 1}"):
        return folder
    con = duckdb.connect()
    for number in range(size // 1_000_000):
        card = folder.new(f"copy_{number}", f"Copy {number}", "own")
        into = folder.tables(card)
        for name in SCHEMAS:
            yearly = name in {"events", "event_places"}
            files = whole.tables(source) / name / ("*/*.parquet" if yearly else "*.parquet")
            target = into / name / ("year=0" if yearly else "")
            target.mkdir(parents=True)
            shift = (card.number - source.number) << 32
            columns = "*" if name == "places" else f"* REPLACE (event + {shift} AS event)"
            con.execute(
                f"COPY (SELECT {columns} FROM read_parquet('{files}', hive_partitioning = false)) "
                f"TO '{target}/part.parquet'"
            )
        folder.save(card)
    return folder


def _engine(url: str) -> str:
    """A row on one engine, or why it is not there; opening PostgreSQL copies the events to it."""
    if why := missing(url):
        return f"| {url} | {why} |" + " |" * 6
    with postgresql() if url == "postgresql" else nullcontext(url) as address:
        start = time.perf_counter()
        engine = open_engine(address, _datasets(SERVED))
        opened = time.perf_counter() - start
        try:
            return f"| {url} | {opened:.1f} s | {_change(engine)} |"
        finally:
            engine.close()


def _change(engine: Engine) -> str:
    """Milliseconds of each step of a filter change and of all, as cells of a table."""
    extent = extent_from_engine(engine, 0)
    box = box_around(35.6, 38.8, 6, WIDTH, HEIGHT).padded()
    days = map_counts.bins(extent.first, extent.last, (None, None))
    everything = count_all(engine, unreviewed=True)

    def timed(number: int) -> list[float]:
        query = Query(kinds=(_KINDS[number % len(_KINDS)],), unreviewed=True)
        clock = [time.perf_counter()]
        _totals, event_counts = totals_from_engine(engine, query, everything)
        steps: tuple[Callable[[], object], ...] = (
            lambda: None,
            lambda: facet_counts_from_engine(engine, query, event_counts),
            lambda: days_from_engine(engine, query, extent, uncertain=False),
            lambda: engine.ask(pages.page, query, size=30),
            lambda: engine.ask(map_counts.counts_by_square, query, box, days, Colouring("group")),
        )
        for step in steps:
            step()
            clock.append(time.perf_counter())
        return list(np.diff(clock))

    timed(0)
    each = np.median([timed(number) for number in range(1, CHANGES + 1)], axis=0)
    cells = " | ".join(f"{1000 * seconds:.0f} ms" for seconds in each)
    return f"{cells} | {1000 * each.sum():.0f} ms"


def _bound_to_literal() -> float:
    """Time with bound values on the locked connection, as a multiple of literals on a plain one."""
    datasets = _datasets(SERVED)
    engine = DuckDB(datasets)
    box = box_around(35.6, 38.8, 6, WIDTH, HEIGHT).padded()
    days = map_counts.bins(16_800, 19_000, (None, None))
    plain = _unlocked(datasets)
    bound, literal = [], []
    for number in range(4 * CHANGES):
        query = Query(kinds=(_KINDS[number % len(_KINDS)],), text="town 1", unreviewed=True)
        args = (query, box, days, Colouring("group"))
        sql = Compiler().compile(map_counts.counts_by_square(engine.tables, *args))
        engine.ask(map_counts.counts_by_square, *args)
        bound.append(_timed(lambda args=args: engine.ask(map_counts.counts_by_square, *args)))
        literal.append(_timed(lambda sql=sql: plain.execute(sql).df()))
    return float(np.median(bound) / np.median(literal))


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _unlocked(datasets: Datasets) -> duckdb.DuckDBPyConnection:
    """A connection as DuckDB opens it, with the same views."""
    con = duckdb.connect()
    for name in SCHEMAS:
        folders = [datasets.tables(card) / name for card in datasets if card.shown]
        files = [str(path) for folder in folders for path in files_of(folder)]
        con.read_parquet(files).create_view(name)
    return con


def _pandas() -> float:
    """What one filter change takes with the million in a frame: a mask, counts by kind and by day."""
    parts = [synthetic(start, 100_000, list(_KINDS)) for start in range(0, 1_000_000, 100_000)]
    frame = pd.concat(parts)[["kind", "date_start", "lat", "lon", "initiators", "outlets"]]
    start = time.perf_counter()
    clashes = frame[frame["kind"] == "clash"]
    clashes.groupby("date_start").size()
    for column in ("kind", "initiators", "outlets"):
        frame[column].value_counts()
    return time.perf_counter() - start


def _import(ending: str) -> float:
    """Rows a second of the command line, its start left out by a run over one row."""
    with tempfile.TemporaryDirectory() as folder:
        one, many = (acled_file(Path(folder), rows, ending) for rows in (1, IMPORTED))
        return IMPORTED / (_seconds(many, folder) - _seconds(one, folder))


def _parse(ending: str) -> float:
    """Processor seconds to read, parse and stage a table in one process, the least of three runs.

    Other work on the machine changes them less than rows a second.
    """
    settings = read_settings()
    corpus = Project(settings).load().corpus
    codes = load_crosswalks(settings.lexicon, [*FORMATS, CUSTOM], corpus.lexicon.kinds)["acled"]
    source, options = RowSource("acled", 1, "ACLED"), ReadOptions(None)
    with tempfile.TemporaryDirectory() as folder:
        file = InputFile(acled_file(Path(folder), PARSED, ending), f"rows.{ending}")
        staged = Path(folder) / "staged"
        for name in SCHEMAS:
            (staged / name).mkdir(parents=True)
        reader = ChunkReader(file.name, staged, source, "acled", codes, options, known_ids(corpus))
        return min(_processor_seconds(reader, file) for _run in range(3))


def _processor_seconds(reader: ChunkReader, file: InputFile) -> float:
    start, row = time.process_time(), 0
    for chunk in read_chunks(file, FileOptions(), print):
        row += sum(result.rows for result in reader.read_or_split(chunk, row))
    return time.process_time() - start


def _seconds(path: Path, folder: str) -> float:
    environment = {**os.environ, "EVENT_MAP_WORKSPACE": f"{folder}/w.sqlite"}
    command = [sys.executable, "-m", "dashboard.datasets", str(path), "--name", path.stem]
    start = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - start


def acled_file(folder: Path, rows: int, ending: str) -> Path:
    """Write a file of synthetic rows in ACLED's columns; `ending` is "csv" or "parquet"."""
    synthetic_rows = synthetic(0, rows, list(_KINDS))
    frame = pd.DataFrame(
        {name: np.full(rows, value, dtype=object) for name, value in BATTLE.items()}
    ).assign(
        event_id_cnty=synthetic_rows["event_id"],
        event_date=synthetic_rows["date_start"].dt.strftime("%Y-%m-%d"),
        latitude=synthetic_rows["lat"].astype(str),
        longitude=synthetic_rows["lon"].astype(str),
        location=synthetic_rows["place"],
        admin2=synthetic_rows["admin2"],
        actor1=synthetic_rows["initiators"],
        actor2=synthetic_rows["targets"],
        notes=synthetic_rows["notes"],
    )
    path = folder / f"rows_{rows}.{ending}"
    if ending == "csv":
        frame.to_csv(path, index=False)
    else:
        frame.to_parquet(path)
    return path


if __name__ == "__main__":
    main()
