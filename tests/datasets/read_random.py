"""Read a table in this process as the importer does in others, and the values of its events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec
import numpy as np
import pandas as pd

from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.read import read_chunks
from dashboard.datasets.formats.column_mapping import ColumnMapping
from dashboard.datasets.formats.crosswalk import Crosswalk
from dashboard.datasets.formats.custom import custom_rows
from dashboard.datasets.formats.guessed_columns import guess_columns
from dashboard.datasets.formats.notices import NoticeKind
from dashboard.datasets.formats.registry import CUSTOM, recognise_format
from dashboard.datasets.formats.sheet import Sheet
from dashboard.datasets.options import ImportOptions, Preview, read_options
from dashboard.datasets.worker import sample
from dashboard.datasets.worker_messages import Sample, Unclear
from dashboard.engine.id_rules import NO_ID
from dashboard.model.errors import Fault
from tests.datasets.random_tables import REFERENCE


@dataclass(frozen=True)
class ReadRow:
    """An event: its id ("" for none), days (`None` for an open end), point, kind and number killed."""

    event_id: str
    days: tuple[date | None, date | None]
    point: tuple[float, float] | None
    kind: str
    killed: int | None


@dataclass(frozen=True)
class ReadTable:
    """The events by their token, what each field was read from, and what was said about the cells."""

    rows: dict[str, ReadRow]
    columns: dict[str, str]
    faults: Sequence[Fault]
    notices: frozenset[NoticeKind]


def read_table(path: Path, codes: Crosswalk) -> ReadTable:
    """The events of a custom table; raises UnclearError or TableError."""
    file = InputFile(path, path.name)
    first, *_ = sample(file, FileOptions(), 1000)
    if isinstance(first, Unclear):
        raise first.error()
    assert isinstance(first, Sample)
    frame = pd.DataFrame(first.rows, columns=list(first.columns), dtype=object)
    assert recognise_format(list(first.columns)) == CUSTOM
    mapping = ColumnMapping(name="a", columns=guess_columns(first.columns, frame))
    options = read_options(path.name, Preview(CUSTOM, frame, mapping), ImportOptions())
    faults: list[Fault] = []
    rows: dict[str, ReadRow] = {}
    notices: set[NoticeKind] = set()
    for chunk in read_chunks(file, FileOptions(), faults.append):
        sheet = Sheet(path.name, chunk.frame, chunk.numbers, faults.append, options.cells)
        events = custom_rows(sheet, mapping, codes).to_dict("records")
        tokens = chunk.frame[REFERENCE].tolist()
        rows |= {token: _row(event) for token, event in zip(tokens, events, strict=True)}
        assert len(set(tokens)) == len(tokens)
        notices |= {notice.kind for notice in sheet.notices()}
    return ReadTable(rows, dict(mapping.columns), faults, frozenset(notices))


def _row(event: dict) -> ReadRow:
    figures = msgspec.json.decode(event["estimates"] or "[]")
    assert [figure["measure"] for figure in figures] in ([], ["killed"])
    event_id = str(event["event_id"])
    return ReadRow(
        event_id="" if event_id.startswith(NO_ID) else event_id,
        days=(_day(event["date_start"]), _day(event["date_end"])),
        point=None if np.isnan(event["lat"]) else (event["lat"], event["lon"]),
        kind=event["kind"],
        killed=figures[0]["best"] if figures else None,
    )


def _day(value: pd.Timestamp) -> date | None:
    return None if pd.isna(value) else value.date()
