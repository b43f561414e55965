"""Spark as an engine: a cluster, or Spark in this process, over the datasets' Parquet files.

It reads the same files as DuckDB; a cluster needs storage that all its workers can read.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import ibis
import pandas as pd
import pyarrow as pa
import sqlglot.expressions as sge

from dashboard.engine.datasets import Datasets
from dashboard.engine.engine import BATCH, Engine, ibis_table, record_batches
from dashboard.engine.statements import Statement, Value
from dashboard.model.event_tables import SCHEMAS
from dashboard.query.verified import VERIFIED_TABLE

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    # No substitution in SQL: ${...} has no meaning.
    "spark.sql.variable.substitute": "false",
    "spark.sql.shuffle.partitions": "8",
}


class Spark(Engine):
    """A session with a master such as spark://host:7077 or local[2]."""

    def __init__(self, master: str, datasets: Datasets, verified: pa.Table | None = None) -> None:
        from pyspark.sql import SparkSession  # noqa: PLC0415 only who uses Spark has it

        self._session = (
            SparkSession.builder.master(master)
            .appName("event-map")
            .config("spark.ui.enabled", "false")
            .config(map={**_SETTINGS})
            .getOrCreate()
            # Views of its own: another engine may be that of a viewer who sees other events.
            .newSession()
        )
        for name, value in _SETTINGS.items():
            self._session.conf.set(name, value)
        super().__init__(ibis.pyspark.connect(self._session))
        shown = [card for card in datasets if card.shown]
        for name, schema in SCHEMAS.items():
            # `lat` and `lon` repeat the geometry.
            columns = [column for column in schema.names if column != "geometry"]
            frame = self._session.createDataFrame(schema.empty_table().select(columns))
            for card in shown:
                rows = self._session.read.parquet(str(datasets.tables(card) / name))
                frame = frame.unionByName(rows.select(*columns))
            frame.createOrReplaceTempView(name)
        if verified is not None:
            self._session.createDataFrame(verified).createOrReplaceTempView(VERIFIED_TABLE)
        self._use({name: ibis_table(name) for name in SCHEMAS}, verified)

    def close(self) -> None:
        """End the session."""
        self._session.stop()

    def _rows(self, statement: Statement, values: Sequence[Value | None]) -> pd.DataFrame:
        frame: pd.DataFrame = self._answer(statement, values).toArrow().to_pandas()
        return frame

    def _batches(
        self, statement: Statement, values: Sequence[Value | None]
    ) -> Iterator[pa.RecordBatch]:
        """One partition of the answer is in memory at a time."""
        rows = self._answer(statement, values).toLocalIterator()
        batches = iter(lambda: [tuple(row) for row in itertools.islice(rows, BATCH)], [])
        yield from record_batches(batches, statement.schema.to_pyarrow())

    def _answer(self, statement: Statement, values: Sequence[Value | None]) -> "DataFrame":
        named = {_name(number): value for number, value in enumerate(values, 1)}
        answer: DataFrame = self._session.sql(statement.sql, args=named)
        return answer

    def _parameter(self, number: int, kind: type) -> sge.Expression:  # noqa: ARG002
        """A parameter as Spark names it, e.g. :p1."""
        return sge.Placeholder(this=_name(number))


def _name(number: int) -> str:
    return f"p{number}"
