"""The datasets as pandas reads them from their files, without an engine."""

from dataclasses import fields

import pandas as pd
import pyarrow.parquet as pq

from dashboard.engine.datasets import Datasets
from tests.oracle.select import EventIndex, index_events
from tests.oracle.tables import Tables


def read_index(datasets: Datasets) -> EventIndex:
    """The events of all datasets."""
    frames = {field.name: _frame(datasets, field.name) for field in fields(Tables)}
    position = {number: at for at, number in enumerate(frames["events"]["event"])}
    for name, frame in frames.items():
        if name != "events":
            frames[name] = frame.assign(event=frame["event"].map(position))
    events = frames["events"]
    days = {name: pd.to_datetime(events[name]) for name in ("date_start", "date_end")}
    return index_events(Tables(**{**frames, "events": events.assign(**days)}))


def _frame(datasets: Datasets, name: str) -> pd.DataFrame:
    files = [
        path
        for card in datasets
        for path in sorted((datasets.tables(card) / name).rglob("*.parquet"))
    ]
    return pd.concat([pq.ParquetFile(path).read().to_pandas() for path in files], ignore_index=True)
