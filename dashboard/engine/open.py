"""Open the engine that a URL names, e.g. spark:local[2]."""

from dashboard.engine.datasets import Datasets
from dashboard.engine.duckdb_engine import DuckDB
from dashboard.engine.engine import Engine, EngineError

_LOCAL = "duckdb://"


def open_engine(url: str, datasets: Datasets) -> Engine:
    """The engine that a URL names: duckdb://, postgresql://…, or spark:MASTER; raises EngineError."""
    # Imported only if needed: the drivers are optional dependencies.
    try:
        if url == _LOCAL:
            return DuckDB(datasets)
        if url.startswith(("postgres://", "postgresql://")):
            from dashboard.engine.postgresql import PostgreSQL  # noqa: PLC0415

            return PostgreSQL(url, datasets)
        if url.startswith("spark:"):
            from dashboard.engine.spark import Spark  # noqa: PLC0415

            return Spark(url.removeprefix("spark:"), datasets)
    except ImportError as error:
        raise EngineError(f"{url}: {error}; see docs/scaling.md") from error
    raise EngineError(f"expected duckdb://, postgresql://… or spark:MASTER, found {url!r}")
