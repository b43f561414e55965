"""Spark as an engine: a cluster, or Spark in this process, over the datasets' Parquet.

It reads the same files as DuckDB, from storage that its workers share.
"""

import itertools
from collections.abc import Iterator

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from dashboard.columnar.datasets import Datasets
from dashboard.columnar.engine import BATCH, Engine, Statement, one_after_another, table_of
from dashboard.model.event_tables import SCHEMAS
from dashboard.query.tables import EngineTables


class Spark(Engine):
    """A session with a master such as spark://host:7077 or local[2]."""

    def __init__(self, master: str, datasets: Datasets) -> None:
        from pyspark.sql import SparkSession  # noqa: PLC0415 only who uses Spark has it

        self._session = (
            SparkSession.builder.master(master)
            .appName("event-map")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", "8")
            .getOrCreate()
        )
        super().__init__(ibis.pyspark.connect(self._session))
        shown = [card for card in datasets if card.shown]
        for name, schema in SCHEMAS.items():
            # The geometry is said by `lat` and `lon` too.
            columns = [column for column in schema.names if column != "geometry"]
            frame = self._session.createDataFrame(schema.empty_table().select(columns))
            for card in shown:
                held = self._session.read.parquet(str(datasets.tables(card) / name))
                frame = frame.unionByName(held.select(*columns))
            frame.createOrReplaceTempView(name)
        self.tables = EngineTables(**{name: table_of(name) for name in SCHEMAS})

    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        """The rows of an expression part by part, a partition of the answer at a time."""
        schema = expression.schema().to_pyarrow()
        rows = self._session.sql(self._backend.compile(expression)).toLocalIterator()
        parts = iter(lambda: [tuple(row) for row in itertools.islice(rows, BATCH)], [])
        yield from one_after_another(parts, schema)

    def close(self) -> None:
        """End the session."""
        self._session.stop()

    def _rows(self, statement: Statement) -> pd.DataFrame:
        found: pd.DataFrame = self._session.sql(statement.sql).toArrow().to_pandas()
        return found
