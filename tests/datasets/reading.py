"""Import a file in a test, and read the tables of the datasets."""

from contextlib import closing
from pathlib import Path

import ibis.expr.types as ir

from dashboard.datasets.options import ImportOptions
from dashboard.datasets.progress import Progress
from dashboard.datasets.run import Importer
from dashboard.engine.datasets import Datasets
from dashboard.engine.duckdb_engine import DuckDB
from dashboard.query.tables import EngineTables

# A row of a custom table.
OWN = {
    "id": "1",
    "date": "2021-01-18",
    "lat": 36.38,
    "lon": 38.86,
    "place": "عين عيسى",
    "type": "اشتباك",
}


def read(importer: Importer, path: Path, **options: object) -> Progress:
    """Import a file to its end."""
    *_, last = importer.read(path, ImportOptions(**options))  # type: ignore[arg-type]
    return last


def rows(datasets: Datasets, name: str) -> list[dict]:
    """The rows of a table of all datasets, in the order of its first column."""
    return tables(datasets, name)[0]


def tables(datasets: Datasets, *names: str) -> list[list[dict]]:
    """The rows of each table, as `rows`."""
    with closing(DuckDB(datasets)) as engine:
        return [engine.ask(_in_order, name=name).to_dict("records") for name in names]


def _in_order(tables: EngineTables, *, name: str) -> ir.Table:
    table = tables.named(name)
    return table.order_by(table.columns[0])
