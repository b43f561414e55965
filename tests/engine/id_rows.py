"""Rows with and without ids for the tests of identity, and their import in chunks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.datasets.build.derive import derive
from dashboard.datasets.build.rows import ROW_COLUMNS, KnownIds, RowSource, stable_hash
from dashboard.engine.datasets import Dataset, Datasets
from dashboard.engine.id_rules import NO_ID, WriteCounts
from dashboard.engine.write import DatasetWriter, stage

IDS = KnownIds({}, {}, {}, {})


@dataclass(frozen=True)
class Row:
    """A row of a table; `id` is "" if it has none, `lat` is `None` if it has no place."""

    id: str
    day: date | None = date(2021, 1, 18)
    lat: float | None = 36.0
    title: str = "A"
    timestamp: str = ""


def import_rows(
    datasets: Datasets,
    rows: Sequence[Row],
    *,
    format_: str = "own",
    name: str = "t",
    chunk: int = 2,
    **options: Any,
) -> WriteCounts:
    """Import rows in chunks of some rows each, the last chunk first, as of several processes.

    `options` are those of `DatasetWriter.finish`.
    """
    card = datasets.get(name) or datasets.new(name, name, format_)
    writer = DatasetWriter(datasets, card)
    for start in reversed(range(0, len(rows), chunk)):
        part = rows[start : start + chunk]
        stage(writer.staged, _tables(card, part, card.next_row + start), card.next_row + start)
        writer.confirm(card.next_row + start, len(part))
    return writer.finish(files=("a.csv",), **options)


def _tables(card: Dataset, rows: Sequence[Row], start: int) -> dict[str, pa.Table]:
    frame = pd.DataFrame("", index=range(len(rows)), columns=list(ROW_COLUMNS), dtype=object)
    days = pd.to_datetime(pd.Series([row.day for row in rows]))
    frame = frame.assign(
        event_id=[f"{card.dataset_id}:{row.id or stable_hash(repr(row))}" for row in rows],
        kind="clash", title=[row.title for row in rows], date_start=days, date_end=days,
        lat=[row.lat for row in rows], uncertainty_m=0,
        lon=[None if row.lat is None else 38.0 for row in rows],
        source_columns=[f'{{"timestamp":"{row.timestamp}"}}' for row in rows],
    )[list(ROW_COLUMNS)]  # fmt: skip
    frame = frame.astype({"lat": float, "lon": float})
    tables = derive(frame, RowSource(card.dataset_id, card.number, None), start, IDS)
    ids = [
        event_id if row.id else event_id.replace(":", f":{NO_ID}")
        for event_id, row in zip(frame["event_id"], rows, strict=True)
    ]
    events = tables["events"]
    return tables | {"events": events.set_column(1, events.schema.field(1), pa.array(ids))}


def events_of(datasets: Datasets, name: str = "t") -> dict[str, Row]:
    """The events of a dataset by id without the dataset, as rows."""
    card = datasets.get(name)
    if card is None:
        return {}
    folder = datasets.tables(card)
    events = _read(folder / "events")
    lats = dict(
        zip(*(_read(folder / "event_places")[key] for key in ("event", "lat")), strict=True)
    )
    assert len(set(events["event"])) == len(set(events["event_id"])) == len(events["event"])
    assert len(events["event"]) == card.events
    return {
        event_id.removeprefix(f"{name}:"): Row("", day, lats.get(event), title)
        for event, event_id, day, title in zip(
            *(events[key] for key in ("event", "event_id", "date_start", "title_en")), strict=True
        )
    }


def _read(folder: Path) -> dict[str, list]:
    files = [pq.ParquetFile(path).read() for path in sorted(folder.rglob("*.parquet"))]
    return pa.concat_tables(files).to_pydict()


def without_id(row: Row) -> Row:
    """The row as `events_of` gives it."""
    return replace(row, id="", timestamp="")
