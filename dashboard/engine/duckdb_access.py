"""Connections to DuckDB that can read the files of the datasets and nothing else on the machine.

Each connection is locked: no other files, no network, no extensions, no variables of Python; SQL cannot
unlock it. The connection for queries runs single SELECTs only.
"""

import fcntl
import os
import shutil
import sys
import tempfile
import weakref
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from dashboard.engine.datasets import unusable
from dashboard.store.file_stamps import file_stamps

# Shares of the machine's (or the container's) memory: queries and one import may run at once, beside
# the web pages. What needs more is spilled to disk.
_ANSWERS, _IMPORT = "50%", "25%"
_SORTING = "256MB"
# Characters that make DuckDB read a path as a pattern.
_PATTERN = frozenset("*?[")
_VIEWS = "SELECT 1 FROM duckdb_views() WHERE database_name = 'copied' AND NOT internal"
_COLUMNS = """SELECT table_name, column_name FROM duckdb_columns()
WHERE database_name = 'copied' ORDER BY table_name, column_index"""
# A folder beside those of datasets, whose names never begin with a full stop.
_CATALOGUES = ".engine"


def quoted(path: Path) -> str:
    """A path as a string literal of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def files_of(folder: Path) -> list[Path]:
    """The Parquet files below `folder`, with links resolved.

    Raises DataError if there are none, if a link leads out of the folder, or if DuckDB would read the
    path as a pattern.
    """
    root = checked_folder(folder)
    files = [path.resolve() for path in sorted(root.rglob("*.parquet"))]
    if not files:
        raise unusable(folder, "", "Parquet files; import the dataset again", "none")
    for path in files:
        if not path.is_relative_to(root):
            raise unusable(folder, "", "files in this folder", f"a link to {path}")
    return files


def checked_folder(folder: Path) -> Path:
    """The folder with links resolved; raises DataError if DuckDB would read it as a pattern."""
    resolved = folder.resolve()
    if _PATTERN.intersection(str(resolved)):
        expected = "a path without * ? [, which DuckDB reads as a pattern; see EVENT_MAP_DATASETS"
        raise unusable(resolved, "", expected, "one of them")
    return resolved


def connect_to_answer(
    folder: Path,
    copies: Sequence[Path],
    definitions: Iterable[str],
    files: Sequence[Path],
    threads: int | None = None,
    *,
    tables: Mapping[str, pa.Table] | None = None,
) -> duckdb.DuckDBPyConnection:
    """A read-only connection to the views that `definitions` (SQL) create; it may read `files` only.

    The views read `copies` (of `copy_of`) by their `alias`, and `files`. They are in a new catalogue
    under `folder`, where DuckDB spills too. It is deleted with the connection, or, after a crash, when
    the folder is opened next. `threads` is `None` for all cores.
    `tables` are small ones that are written into the catalogue, by name.
    """
    place, descriptor = _catalogue(folder)
    path = str(place / "views.duckdb")
    allowed = f"allowed_paths = [{', '.join(map(quoted, files))}]"
    with duckdb.connect(path) as con:
        _attach(con, copies)
        _lock(con, allowed)
        for definition in definitions:
            con.execute(definition)
        for name, rows in (tables or {}).items():
            con.register("given", rows).execute(f'CREATE TABLE "{name}" AS FROM given')
            con.unregister("given")
    con = duckdb.connect(path, read_only=True, config=_config(_ANSWERS, place, threads))
    weakref.finalize(con, _discard, place, descriptor)
    _attach(con, copies)
    _lock(con, allowed)
    return con


def copy_of(
    folder: Path,
    definitions: Iterable[str],
    files: Sequence[Path],
    columns: Mapping[str, Sequence[str]],
) -> Path:
    """A file of DuckDB in `folder` with the tables that `definitions` (SQL) create from `files`.

    The one that is there is taken if this version of DuckDB has written it from these files as they are
    and it has these `columns` by table. A new one appears when it is complete, whoever else makes it at
    the same time. Raises
    OSError or an error of DuckDB if it cannot be made.
    """
    stamps = sha256(repr(file_stamps(files)).encode()).hexdigest()[:12]
    # Readers of Parquet folders pass over names that begin so.
    path = checked_folder(folder) / f"_copy_{duckdb.__version__}_{stamps}.duckdb"
    if path.is_file() and not path.is_symlink() and _columns_of(path) == columns:
        return path
    with tempfile.TemporaryDirectory(dir=path.parent) as made:
        unfinished = Path(made) / path.name
        with duckdb.connect(str(unfinished), config=_config(_IMPORT, Path(made), None)) as con:
            _lock(con, f"allowed_paths = [{', '.join(map(quoted, files))}]")
            for definition in definitions:
                con.execute(definition)
        unfinished.replace(path)
    for other in path.parent.glob("_copy_*.duckdb"):
        if other != path:
            other.unlink(missing_ok=True)
    return path


def _columns_of(path: Path) -> Mapping[str, Sequence[str]]:
    """The columns of each table of a file of DuckDB; none if it cannot be read or has a view."""
    columns: dict[str, list[str]] = {}
    try:
        with duckdb.connect() as con:
            con.execute(f"ATTACH {quoted(path)} AS copied (READ_ONLY)")
            _lock(con, "allowed_paths = []")
            if con.execute(_VIEWS).fetchall():
                return {}
            for table, column in con.execute(_COLUMNS).fetchall():
                columns.setdefault(table, []).append(column)
    except duckdb.Error:
        return {}
    return columns


def alias(number: int) -> str:
    """The name in SQL of the copy of that number."""
    return f"copy_{number}"


def _attach(con: duckdb.DuckDBPyConnection, copies: Sequence[Path]) -> None:
    for number, path in enumerate(copies):
        con.execute(f"ATTACH {quoted(path)} AS {alias(number)} (READ_ONLY)")


def connect_to_import(folder: Path, spill: Path) -> duckdb.DuckDBPyConnection:
    """A connection in memory that may read and write below `folder`, and spills to `spill`."""
    con = duckdb.connect(config=_config(_IMPORT, spill, None))
    con.execute("SET preserve_insertion_order = false")
    # What the staged files say of themselves is read once, not by each statement.
    con.execute("SET parquet_metadata_cache = true")
    # A sort or a join that needs more is spilled; the tables of ids are not counted.
    con.execute(f"SET operator_memory_limit = '{_SORTING}'")
    # Freed memory is returned to the system at once, not by the half gigabyte.
    for kind in ("allocator_flush_threshold", "allocator_bulk_deallocation_flush_threshold"):
        con.execute(f"SET {kind} = '8MB'")
    _lock(con, f"allowed_directories = [{quoted(checked_folder(folder))}]")
    return con


def single_select(con: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """Parse SQL into the statement to execute; raises PermissionError unless it is one SELECT.

    A read-only database still lets COPY and EXPORT write files: see docs/scaling.md.
    """
    statements = con.extract_statements(sql)
    if [statement.type for statement in statements] != [duckdb.StatementType.SELECT]:
        raise PermissionError("expected a single SELECT, found other SQL")
    return statements[0]


def _config(memory: str, spill: Path, threads: int | None) -> dict[str, Any]:
    return {
        "memory_limit": memory,
        "threads": str(threads or _cores()),
        "temp_directory": str(spill),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "python_enable_replacements": "false",
        "python_scan_all_frames": "false",
    }


def _cores() -> int:
    """The number of cores that this process may use, which can be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _lock(con: duckdb.DuckDBPyConnection, allowed: str) -> None:
    # The allowed paths can be set neither before DuckDB runs nor after access is off.
    con.execute(f"SET {allowed}")
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")


def _catalogue(folder: Path) -> tuple[Path, int]:
    """A new folder for a catalogue, and the descriptor that locks it; deletes unlocked older ones."""
    parent = folder.resolve() / _CATALOGUES
    parent.mkdir(parents=True, exist_ok=True)
    whole = os.open(parent, os.O_RDONLY)
    try:
        fcntl.flock(whole, fcntl.LOCK_EX)
        for old in parent.iterdir():
            _discard(old, _locked(old, wait=False))
        place = Path(tempfile.mkdtemp(dir=parent))
        return place, _locked(place, wait=True) or 0
    finally:
        os.close(whole)


def _locked(folder: Path, *, wait: bool) -> int | None:
    """A descriptor that locks a folder until it is closed; `None` if another process has it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _discard(place: Path, descriptor: int | None) -> None:
    if descriptor is not None:
        shutil.rmtree(place, ignore_errors=True)
        os.close(descriptor)
