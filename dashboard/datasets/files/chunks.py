"""Chunks of a table: some rows with their numbers in the file."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.datasets.files.errors import TableError
from dashboard.model.errors import Fault
from dashboard.model.message import message

# The column with the greatest distance of a geometry's bounds from its point.
EXTENT = "extent of the geometry (m)"
# Called with each fault.
ReportFault = Callable[[Fault], None]
# Most columns of a table: of the known formats GDELT has the most, 61.
MOST_COLUMNS = 2_000
# Most rows of a file: ACLED and GED together have some 3 million.
MOST_ROWS = 20_000_000
# About the most characters of a chunk; parsing it needs several times as much of a reader's memory.
MOST_IN_CHUNK = 20_000_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows, their numbers in the file (as in a spreadsheet), and the share of it read (0 to 1).

    `tags` are those of the HXL standard by column, of a file that has a row of them below the header.
    `shapes` are the geometries of the rows in EPSG:4326, `None` where a row has none; a table without
    geometries has no `shapes`.
    """

    frame: pd.DataFrame
    numbers: npt.NDArray[np.int64]
    share: float
    tags: Mapping[str, str] = field(default_factory=dict)
    shapes: npt.NDArray[np.object_] | None = None

    def rows(self, start: int, stop: int) -> "Chunk":
        """The rows from position `start` to the one before `stop`."""
        return self._at(slice(start, stop))

    def without_blank_rows(self) -> "Chunk":
        """The rows with at least one filled cell."""
        blank = np.ones(len(self.frame), dtype=bool)
        for name in self.frame:
            cells = self.frame[name]
            blank &= (cells.isna() | (cells == "")).to_numpy(dtype=bool)
            if not blank.any():
                return self
        return self._at(np.flatnonzero(~blank))

    def _at(self, rows: slice | npt.NDArray[np.intp]) -> "Chunk":
        shapes = None if self.shapes is None else self.shapes[rows]
        return replace(self, frame=self.frame.iloc[rows], numbers=self.numbers[rows], shapes=shapes)


def unique_names(header: Sequence[object]) -> list[str]:
    """Unique names of the columns: "x", "x (2)", and "column 3" for one without a name.

    Raises TableError for more than `MOST_COLUMNS`.
    """
    check_column_count("the header", header)
    names: dict[str, None] = {}
    # Counted, since a search from 1 on for each name would take quadratic time.
    counts: Counter[str] = Counter()
    for at, cell in enumerate(header, start=1):
        name = str("" if cell is None else cell).strip().lstrip("\ufeff") or f"column {at}"
        counts[name] += 1
        # `with_coordinates` adds a column EXTENT: one of the file needs another name.
        used = {*names, EXTENT} if name == EXTENT else names
        while (unique := f"{name} ({counts[name]})" if counts[name] > 1 else name) in used:
            counts[name] += 1
        names[unique] = None
    return list(names)


def check_column_count(name: str, columns: Sequence[object]) -> None:
    """Raise TableError for more than `MOST_COLUMNS`; `name` is of the file, for the message."""
    if len(columns) > MOST_COLUMNS:
        found = f"{len(columns):,}"
        raise TableError(
            message(
                "{file}: expected at most {most} columns, found {found}",
                file=name,
                most=f"{MOST_COLUMNS:,}",
                found=found,
            )
        )


def characters_of(item: object) -> int:
    """The characters of all texts in a row, which may be nested in lists, mappings and records."""
    if isinstance(item, str | bytes):
        return len(item)
    if isinstance(item, Mapping):
        return sum(map(characters_of, item.values()))
    if is_dataclass(item):
        return sum(characters_of(getattr(item, field.name)) for field in fields(item))
    return sum(map(characters_of, item)) if isinstance(item, list | tuple) else 0


def batches(
    items: Iterable[T], size: int, characters: Callable[[T], int] = characters_of
) -> Iterator[list[T]]:
    """Lists of `size` items, of wide rows fewer: about `MOST_IN_CHUNK` characters at most.

    If reading fails, the items before it come first, then the error.
    """
    batch: list[T] = []
    total = 0
    try:
        for item in items:
            batch.append(item)
            total += characters(item)
            if len(batch) == size or total >= MOST_IN_CHUNK:
                full, batch = batch, []
                total = 0
                yield full
    except Exception:
        if batch:
            yield batch
        raise
    if batch:
        yield batch
