"""What an attacker would try on DuckDB's own connections; looks at the files too."""

import gc
import hashlib
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from dashboard.engine import duckdb_access
from dashboard.engine.datasets import Datasets
from dashboard.engine.duckdb_engine import DuckDB
from dashboard.engine.statements import Statement
from dashboard.model.corpus import Corpus
from dashboard.model.errors import DataError
from dashboard.query import pages
from dashboard.query.query import Query
from tests.engine import sample_data
from tests.oracle.tables import Tables

REFUSED = (duckdb.Error, PermissionError)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus, tables: Tables) -> Path:
    """A folder with datasets, a secret beside them, and a link to it among them."""
    root = tmp_path_factory.mktemp("root")
    sample_data.folder_of(root / "datasets", corpus, 60)
    (root / "secret.csv").write_text("a,b\nsecret,1\n")
    (root / "datasets" / "link.csv").symlink_to(root / "secret.csv")
    (root / "datasets" / "made" / "outside").symlink_to(root)
    return root


@pytest.fixture(scope="module")
def engine(root: Path) -> DuckDB:
    return DuckDB(Datasets(root / "datasets"))


def _listing(*folders: Path) -> dict[str, str]:
    """Every file below the folders with the hash of its content; folders and links too."""
    contents = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            content = (
                str(path.readlink()) if path.is_symlink() else "folder" if path.is_dir() else ""
            )
            contents[str(path)] = content or hashlib.sha256(path.read_bytes()).hexdigest()
    return contents


READS = (
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_json('/etc/passwd')",
    "SELECT * FROM read_parquet('/etc/passwd')",
    "SELECT * FROM read_duckdb('/etc/passwd')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM parquet_metadata('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM read_csv('{root}/secret.csv')",
    "SELECT * FROM read_csv('{root}/datasets/../secret.csv')",
    "SELECT * FROM read_csv('{root}/datasets/link.csv')",
    "SELECT * FROM read_csv('{root}/datasets/made/outside/secret.csv')",
    "SELECT * FROM read_text('{root}/datasets/made/dataset.json')",
    "SELECT * FROM read_csv('https://127.0.0.1:9/x.csv')",
    "SELECT * FROM query('SELECT * FROM read_text(''/etc/passwd'')')",
    "SELECT getenv('HOME')",
)
WRITES = (
    "COPY (SELECT 1) TO '{root}/out.csv'",
    "COPY (SELECT 1) TO '{root}/datasets/out.csv'",
    "COPY (SELECT 1) TO '{root}/datasets/made/out.parquet' (FORMAT parquet)",
    "COPY (SELECT 1) TO '{file}' (FORMAT parquet)",
    "COPY (SELECT 1) TO '{file}' (FORMAT parquet, USE_TMP_FILE false)",
    "SELECT 1; COPY (SELECT 1) TO '{file}' (FORMAT csv, USE_TMP_FILE false)",
    "EXPORT DATABASE '{root}/datasets/exported'",
    "IMPORT DATABASE '{root}/datasets'",
    "ATTACH '{root}/datasets/n.duckdb' AS n",
    "ATTACH ':memory:' AS n",
    "CREATE TABLE n AS SELECT 1",
    "CREATE TEMP TABLE n AS SELECT 1",
    "CREATE OR REPLACE VIEW events AS SELECT 1",
    "DROP VIEW events",
    "INSERT INTO events SELECT * FROM events",
    "WITH n AS (INSERT INTO events SELECT * FROM events RETURNING 1) SELECT * FROM n",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET allowed_directories = ['/']",
    "RESET allowed_paths",
    "SET lock_configuration = false",
    "SET threads = 100",
    "SET temp_directory = '/tmp'",
    "SET VARIABLE a = 1",
    "PRAGMA enable_profiling",
    "PRAGMA memory_limit = '100GB'",
    "CALL enable_logging()",
    "SELECT * FROM enable_logging()",
    "CREATE SECRET s (TYPE s3)",
    "CREATE MACRO m() AS 1",
    "PREPARE p AS SELECT 1",
    "EXPLAIN ANALYZE SELECT 1",
    "CHECKPOINT",
    "USE memory",
)


@pytest.mark.parametrize("sql", [*READS, *WRITES])
def test_nothing_outside_is_read_and_nothing_is_written(root: Path, engine: DuckDB, sql: str):
    file = next((root / "datasets" / "made").rglob("events/*/*.parquet"))
    before = _listing(root)
    text = sql.format(root=root, file=file)
    with pytest.raises(REFUSED):
        engine._rows(Statement(text, engine.tables.events.schema(), ()), ())
    with pytest.raises(REFUSED):
        list(engine._batches(Statement(text, engine.tables.events.schema(), ()), ()))
    assert _listing(root) == before


# What DuckDB itself lets pass: nothing of it outlives the connection.
HARMLESS = ("CREATE TEMP", "SET VARIABLE", "PREPARE", "EXPLAIN", "CHECKPOINT", "USE_TMP_FILE false")


@pytest.mark.parametrize("sql", [sql for sql in (*READS, *WRITES) if "SELECT 1;" not in sql])
def test_duckdb_refuses_it_too_without_our_check(root: Path, engine: DuckDB, sql: str):
    if any(part in sql for part in HARMLESS):
        pytest.skip("only the check for a single SELECT refuses this")
    file = next((root / "datasets" / "made").rglob("events/*/*.parquet"))
    before = _listing(root)
    with engine._con.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(sql.format(root=root, file=file)).fetchall()
    assert _listing(root) == before


def test_no_variable_of_python_is_a_table(engine: DuckDB):
    secret = {"a": [1]}
    with pytest.raises(duckdb.CatalogException):
        engine._rows(Statement("SELECT * FROM secret", engine.tables.events.schema(), ()), ())
    assert secret


@pytest.fixture
def importing(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    (tmp_path / "datasets" / "mine" / "spill").mkdir(parents=True)
    (tmp_path / "secret.csv").write_text("a\nsecret\n")
    (tmp_path / "datasets" / "other.csv").write_text("a\n1\n")
    (tmp_path / "datasets" / "mine" / "link.csv").symlink_to(tmp_path / "secret.csv")
    folder = tmp_path / "datasets" / "mine"
    with closing(duckdb_access.connect_to_import(folder, folder / "spill")) as con:
        yield con


@pytest.mark.parametrize(
    "sql",
    [
        *(sql for sql in READS if "datasets" not in sql and "secret" not in sql),
        "SELECT * FROM read_csv('{root}/secret.csv')",
        "SELECT * FROM read_csv('{root}/datasets/other.csv')",
        "SELECT * FROM read_csv('{root}/datasets/mine/link.csv')",
        "SELECT * FROM read_csv('{root}/datasets/mine/../../secret.csv')",
        "COPY (SELECT 1) TO '{root}/out.csv'",
        "COPY (SELECT 1) TO '{root}/datasets/out.csv'",
        "ATTACH '{root}/out.duckdb' AS n",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "SET lock_configuration = false",
        "SET memory_limit = '100GB'",
    ],
)
def test_an_import_reaches_its_own_folder_alone(
    tmp_path: Path, importing: duckdb.DuckDBPyConnection, sql: str
):
    before = _listing(tmp_path)
    with pytest.raises(duckdb.Error):
        importing.execute(sql.format(root=tmp_path)).fetchall()
    assert _listing(tmp_path) == before


def test_an_import_spills_beside_its_tables_and_leaves_nothing(tmp_path: Path):
    folder = tmp_path / "mine"
    folder.mkdir()
    spill = folder / "staged" / "spill"
    con = duckdb_access.connect_to_import(folder, spill)
    rows = con.execute(
        "SELECT count(*), count(DISTINCT a) FROM (SELECT i::VARCHAR a FROM range(100000) t(i))"
    ).fetchone()
    assert rows == (100_000, 100_000)
    con.execute(f"COPY (SELECT 1 AS a) TO '{folder}/out.parquet' (FORMAT parquet)")
    con.close()
    assert [path.name for path in folder.glob("*.parquet")] == ["out.parquet"]


def test_what_does_not_fit_in_memory_is_spilled_and_deleted(
    root: Path, monkeypatch: pytest.MonkeyPatch
):
    """A sort of more than the limit is answered, from files below the datasets that do not stay."""
    monkeypatch.setattr(duckdb_access, "_ANSWERS", "60MB")
    engine = DuckDB(Datasets(root / "datasets"), threads=1)
    catalogues = root / "datasets" / ".engine"
    seen: set[str] = set()
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.01):
            seen.update(path.name for path in catalogues.rglob("*.tmp"))

    watcher = threading.Thread(target=watch)
    watcher.start()
    sql = "SELECT md5(i::VARCHAR) AS a FROM range(3000000) t(i) ORDER BY a"
    counted = sum(
        batch.num_rows
        for batch in engine._batches(Statement(sql, engine.tables.events.schema(), ()), ())
    )
    ended.set()
    watcher.join()
    assert counted == 3_000_000
    assert seen
    before = len(list(catalogues.iterdir()))
    del engine
    # The engine refers to itself.
    gc.collect()
    assert len(list(catalogues.iterdir())) == before - 1


def test_a_catalogue_of_a_process_that_ended_is_deleted_and_others_stay(root: Path, engine: DuckDB):
    catalogues = root / "datasets" / ".engine"
    living = set(catalogues.iterdir())
    abandoned = catalogues / "abandoned"
    (abandoned / "spill").mkdir(parents=True)
    other = DuckDB(Datasets(root / "datasets"))
    assert not abandoned.exists()
    assert living <= set(catalogues.iterdir())
    assert len(other.ask(pages.all_numbers, Query(), most=10)) == 10
    assert len(engine.ask(pages.all_numbers, Query(), most=10)) == 10


def test_a_folder_that_is_a_pattern_is_refused(tmp_path: Path, corpus: Corpus, tables: Tables):
    with pytest.raises(DataError, match=r"without \* \? \["):
        sample_data.folder_of(tmp_path / "a[b]", corpus, 5)
    sample_data.folder_of(tmp_path / "plain", corpus, 5)
    (tmp_path / "plain").rename(tmp_path / "a[b]*?")
    with pytest.raises(DataError, match=r"without \* \? \["):
        DuckDB(Datasets(tmp_path / "a[b]*?"))


@pytest.mark.parametrize("name", ["it's", "a=b", "kind=x", "100% $1 ;--", "قائمة"])
def test_a_folder_of_any_other_name_is_read(
    tmp_path: Path, corpus: Corpus, tables: Tables, name: str
):
    datasets = sample_data.folder_of(tmp_path / name, corpus, 30)
    numbers = DuckDB(datasets).ask(pages.all_numbers, Query(), most=10_000)
    assert len(numbers) == 30 + len(tables.events)


def test_a_linked_folder_of_datasets_is_read_but_no_linked_file(
    tmp_path: Path, corpus: Corpus, tables: Tables
):
    sample_data.folder_of(tmp_path / "real", corpus, 30)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    datasets = Datasets(tmp_path / "link")
    assert len(DuckDB(datasets).ask(pages.all_numbers, Query(kinds=("clash",)), most=99))
    file = next((tmp_path / "real" / "made").rglob("containment/*.parquet"))
    file.rename(tmp_path / "moved.parquet")
    file.symlink_to(tmp_path / "moved.parquet")
    with pytest.raises(DataError, match="a link to"):
        DuckDB(datasets)
    file.unlink()
    with pytest.raises(DataError, match="import the dataset again"):
        DuckDB(datasets)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "dataset.json: expected a card"),
        (b"\xff\xfe", "dataset.json: expected a card"),
        (b'{"dataset_id": 5}', "dataset.json: expected a card"),
        (
            b'{"dataset_id": "../../etc", "number": 1, "name": "", "format": ""}',
            "name of the folder",
        ),
    ],
)
def test_a_damaged_card_is_refused_with_its_path(tmp_path: Path, content: bytes, expected: str):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "dataset.json").write_bytes(content)
    with pytest.raises(DataError, match=expected) as caught:
        DuckDB(Datasets(tmp_path))
    assert caught.value.faults[0].file == str(tmp_path / "mine" / "dataset.json")


def test_sessions_do_not_wait_for_each_other(engine: DuckDB):
    """While one cursor has an unread answer, others can query."""
    schema = engine.tables.events.schema()
    long = engine._batches(Statement("SELECT i FROM range(10000000) t(i)", schema, ()), ())
    assert next(long).num_rows
    done = threading.Thread(
        target=lambda: engine.ask(pages.all_numbers, Query(), most=9), daemon=True
    )
    done.start()
    done.join(30)
    assert not done.is_alive()
    long.close()
