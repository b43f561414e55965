"""Open the engine that a URL names, e.g. spark:local[2]."""

import pyarrow as pa

from dashboard.engine.datasets import Datasets
from dashboard.engine.duckdb_engine import DuckDB
from dashboard.engine.engine import Engine, EngineError
from dashboard.settings import is_server

_LOCAL = "duckdb://"
_SPARK = "spark:"


def open_engine(url: str, datasets: Datasets, verified: pa.Table | None = None) -> Engine:
    """The engine that a URL names: duckdb://, postgresql://…, or spark:MASTER; raises EngineError.

    `verified` are states of imported events (`query/verified.py`) that count in place of their files'.
    """
    expect_known(url)
    # Imported only if needed: the drivers are optional dependencies.
    try:
        if is_server(url):
            from dashboard.engine.postgresql import PostgreSQL  # noqa: PLC0415

            return PostgreSQL(url, datasets, verified)
        if url.startswith(_SPARK):
            from dashboard.engine.spark import Spark  # noqa: PLC0415

            return Spark(url.removeprefix(_SPARK), datasets, verified)
    except ImportError as error:
        raise EngineError(f"{_scheme(url)}: {error}; see docs/scaling.md") from error
    return DuckDB(datasets, verified=verified)


def expect_known(url: str) -> None:
    """Raise EngineError for a URL that names no engine."""
    if not (url == _LOCAL or is_server(url) or url.startswith(_SPARK)):
        raise EngineError(
            f"expected duckdb://, postgresql://… or spark:MASTER, found {_scheme(url)!r}"
        )


def _scheme(url: str) -> str:
    """The part of a URL that is no secret: the rest may have a password."""
    return url.partition(":")[0]
