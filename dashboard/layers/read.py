"""Read a stranger's file of shapes; these functions run in the process with limits (`check`).

The readers are those of imported tables: none follows a link, or gives a part of a damaged file for the
whole. What the analyst has to choose is a question, and nothing is guessed: the layer of several, the
reference system of a file that names none, the order of day and month.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from dashboard.datasets.files.chunks import EXTENT, Chunk
from dashboard.datasets.files.errors import TableError, UnclearError
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.read import read_chunks
from dashboard.datasets.formats.sheet import cell_text
from dashboard.layers.dates import UNDATED, Days, date_order, read_days
from dashboard.layers.layer_file import (
    Column,
    LayerColumns,
    LayerCounts,
    LayerDescription,
    LayerFeature,
)
from dashboard.layers.proposed_columns import proposed_columns
from dashboard.layers.shapes import check_degrees, flat, is_collection, kind_of, parts_by_kind
from dashboard.model.errors import Fault
from dashboard.model.layer_style import LABEL_COLOURS
from dashboard.model.message import StoredText, message
from dashboard.text.escape import without_controls

ENDINGS = (".geojson", ".json", ".gpkg", ".kml", ".kmz", ".zip")
# A browser draws so many features and vertices at once, and follows the timeline.
MOST_FEATURES, MOST_VERTICES = 20_000, 500_000
MOST_LABEL = 200
_MOST_SAMPLES, _MOST_SAMPLE = 3, 60
# Columns that reading adds to those of the file.
_ADDED = ("latitude", "longitude", EXTENT)


class Question(msgspec.Struct, frozen=True, tag=True):
    """What the analyst has to choose: an UnclearError of the process with limits."""

    option: str
    choices: tuple[str, ...]
    why: StoredText


class Refused(msgspec.Struct, frozen=True, tag=True):
    """Why the file cannot be a layer."""

    reason: StoredText


Answer = LayerDescription | LayerFeature | LayerCounts | Question | Refused


@dataclass
class _Rows:
    """All rows of a file that have a shape, and the numbers of the others."""

    frame: pd.DataFrame
    shapes: npt.NDArray[np.object_]
    no_shape: int
    faults: list[Fault] = field(default_factory=list)

    def texts(self, column: str) -> list[str]:
        """The cells of a column as text; blank without the column."""
        if column not in self.frame:
            return [""] * len(self.frame)
        return [cell_text(cell) for cell in self.frame[column]]


def describe_answers(file: InputFile, options: FileOptions) -> Iterator[Answer]:
    """The description of a file, or a question, or why it is refused."""
    try:
        rows = _rows(file, options)
    except (TableError, UnclearError) as error:
        yield _stopped(error)
        return
    columns = tuple(
        Column(name, _samples(rows.texts(name)))
        for name in map(str, rows.frame)
        if name not in _ADDED and rows.frame[name].notna().any()
    )
    yield LayerDescription(columns, len(rows.shapes), proposed_columns(columns))


def read_answers(file: InputFile, options: FileOptions, columns: LayerColumns) -> Iterator[Answer]:
    """The features and at the end what became of the rows, or a question, or why it is refused."""
    try:
        rows = _rows(file, options)
        cells = [*rows.texts(columns.first), *rows.texts(columns.last)]
        order = date_order(file.name, list(dict.fromkeys(cells)), columns.date_order)
    except (TableError, UnclearError) as error:
        yield _stopped(error)
        return
    days = [
        read_days(first, last if columns.last else None, order)
        for first, last in zip(rows.texts(columns.first), rows.texts(columns.last), strict=True)
    ]
    yield from _features(rows, columns, days)


def _features(
    rows: _Rows, columns: LayerColumns, days: Sequence[Days | None]
) -> Iterator[LayerFeature | LayerCounts]:
    kinds: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    dated = 0
    labels = rows.texts(columns.label)
    for row, shape in enumerate(flat(rows.shapes)):
        when = days[row] or UNDATED
        for part in parts_by_kind(shape):
            kinds[kind_of(part)] += 1
            dated += when != UNDATED
            label = _line(labels[row], MOST_LABEL)
            counted[label] += 1
            yield LayerFeature(shapely.to_wkb(part), label, when != UNDATED, when.first, when.last)
    unread = [row for row, when in enumerate(days) if when is None]
    firsts, lasts = rows.texts(columns.first), rows.texts(columns.last)
    yield LayerCounts(
        kinds=dict(kinds),
        columns=tuple(str(name) for name in rows.frame if name not in _ADDED),
        vertices=int(shapely.get_num_coordinates(rows.shapes).sum()),
        labels=tuple(label for label, _n in counted.most_common() if label)[: len(LABEL_COLOURS)],
        more_labels=len(counted) > len(LABEL_COLOURS) or "" in counted,
        dated=dated,
        undated=kinds.total() - dated,
        unread_dates=len(unread),
        unread_samples=_samples([" – ".join(filter(None, (firsts[r], lasts[r]))) for r in unread]),
        no_shape=rows.no_shape,
        faulty=len(rows.faults),
        heights=int(shapely.has_z(rows.shapes).sum()),
        collections=sum(map(is_collection, rows.shapes)),
    )


def _rows(file: InputFile, options: FileOptions) -> _Rows:
    """Raises TableError, and UnclearError for a question."""
    if file.ending not in ENDINGS:
        raise TableError(
            message("{file}: expected one of {endings}", file=file.name, endings=", ".join(ENDINGS))
        )
    faults: list[Fault] = []
    frames, shapes, no_shape, vertices = [], [], 0, 0
    for chunk in read_chunks(file, options, faults.append):
        present = _present(file, chunk)
        no_shape += int((~present).sum())
        frames.append(chunk.frame[present])
        shapes.append(_shapes(chunk)[present])
        vertices += int(shapely.get_num_coordinates(shapes[-1]).sum())
        _check_most(file.name, message("features"), sum(map(len, shapes)), MOST_FEATURES)
        _check_most(file.name, message("vertices"), vertices, MOST_VERTICES)
    rows = _Rows(
        pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(),
        np.concatenate([np.empty(0, dtype=object), *shapes]),
        no_shape,
        faults,
    )
    if not len(rows.shapes):
        found = str(faults[0]) if faults else "none"
        raise TableError(
            message("{file}: expected shapes, found {found}", file=file.name, found=found[:200])
        )
    check_degrees(file.name, rows.shapes)
    return rows


def _shapes(chunk: Chunk) -> npt.NDArray[np.object_]:
    return np.empty(0, dtype=object) if chunk.shapes is None else chunk.shapes


def _present(file: InputFile, chunk: Chunk) -> npt.NDArray[np.bool_]:
    """Which rows have a shape; raises TableError for a table without any."""
    if chunk.shapes is None:
        raise TableError(
            message(
                "{file}: expected shapes in GeoJSON, GeoPackage, KML or a zipped shapefile, "
                "found a table without",
                file=file.name,
            )
        )
    present: npt.NDArray[np.bool_] = ~(
        shapely.is_missing(chunk.shapes) | shapely.is_empty(chunk.shapes)
    )
    return present


def _check_most(file: str, what: StoredText, found: int, most: int) -> None:
    if found > most:
        raise TableError(
            message(
                "{file}: expected at most {most} {what}, found {found} or more",
                file=file,
                most=f"{most:,}",
                what=what,
                found=f"{found:,}",
            )
        )


def _stopped(error: TableError | UnclearError) -> Question | Refused:
    if isinstance(error, UnclearError):
        return Question(error.option, error.choices, error.why)
    return Refused(error.message)


def _samples(texts: Sequence[str]) -> tuple[str, ...]:
    """Some distinct texts that are not blank, each on one line."""
    return tuple(_line(text, _MOST_SAMPLE) for text in dict.fromkeys(filter(None, texts)))[
        :_MOST_SAMPLES
    ]


def _line(text: str, most: int) -> str:
    return " ".join(without_controls(text).split())[:most]
