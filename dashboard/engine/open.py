"""Open the engine that a URL names, e.g. spark:local[2]."""

import pyarrow as pa

from dashboard.engine.datasets import Datasets
from dashboard.engine.duckdb_engine import DuckDB
from dashboard.engine.engine import Engine, EngineError

_LOCAL = "duckdb://"


def open_engine(url: str, datasets: Datasets, verified: pa.Table | None = None) -> Engine:
    """The engine that a URL names: duckdb://, postgresql://…, or spark:MASTER; raises EngineError.

    `verified` are states of imported events (`query/verified.py`) that count in place of their files'.
    """
    # Imported only if needed: the drivers are optional dependencies.
    try:
        if url == _LOCAL:
            return DuckDB(datasets, verified=verified)
        if url.startswith(("postgres://", "postgresql://")):
            from dashboard.engine.postgresql import PostgreSQL  # noqa: PLC0415

            return PostgreSQL(url, datasets, verified)
        if url.startswith("spark:"):
            from dashboard.engine.spark import Spark  # noqa: PLC0415

            return Spark(url.removeprefix("spark:"), datasets, verified)
    except ImportError as error:
        raise EngineError(f"{url}: {error}; see docs/scaling.md") from error
    raise EngineError(f"expected duckdb://, postgresql://… or spark:MASTER, found {url!r}")
