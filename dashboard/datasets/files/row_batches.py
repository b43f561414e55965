"""Batches of the rows of a delimited file, which come one by one or many at once, as columns of text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.datasets.files.chunks import MOST_IN_CHUNK

# The number of a row in the file, and its cells.
Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows as columns of text, and their numbers in the file."""

    numbers: npt.NDArray[np.int64]
    cells: pa.Table

    def part(self, start: int, stop: int | None = None) -> "Rows":
        """The rows from position `start` to the one before `stop`."""
        stop = len(self.numbers) if stop is None else stop
        return Rows(self.numbers[start:stop], self.cells.slice(start, stop - start))

    def characters(self) -> npt.NDArray[np.int64]:
        """About the characters of each row: its bytes, which are not counted but known."""
        lengths = np.zeros(len(self.numbers), dtype=np.int64)
        for column in self.cells.columns:
            lengths += pc.binary_length(column).to_numpy()
        return lengths


def row_batches(items: Iterable[Row | Rows], size: int) -> Iterator[Rows]:
    """Batches of `size` rows, of wide rows fewer: about `MOST_IN_CHUNK` characters at most.

    If reading fails, the rows before come first, then the error.
    """
    batch = _Batch(size)
    try:
        for item in items:
            rest = batch.add(item)
            while batch.is_full:
                full, batch = batch, _Batch(size)
                yield full.rows()
                rest = batch.add(rest) if rest is not None else None
    except Exception:
        if batch.count:
            yield batch.rows()
        raise
    if batch.count:
        yield batch.rows()


class _Batch:
    """Rows that are collected until they are `size`, or have `MOST_IN_CHUNK` characters."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._characters = 0
        self._blocks: list[Rows] = []
        self._single: list[Row] = []
        self.count = 0

    @property
    def is_full(self) -> bool:
        return self.count == self._size or self._characters >= MOST_IN_CHUNK

    def add(self, item: Row | Rows) -> Rows | None:
        """Add a row, or the first rows of several; returns the others, `None` if there are none."""
        if isinstance(item, Rows):
            return self._add_block(item)
        self._single.append(item)
        self._characters += sum(map(len, item[1]))
        self.count += 1
        return None

    def _add_block(self, block: Rows) -> Rows | None:
        sums = block.characters().cumsum()
        # The row that reaches the limit is the last of the batch.
        within = int(np.searchsorted(sums, MOST_IN_CHUNK - self._characters)) + 1
        taken = min(len(sums), self._size - self.count, within)
        self._close_single()
        self._blocks.append(block.part(0, taken))
        self._characters += int(sums[taken - 1])
        self.count += taken
        return block.part(taken) if taken < len(sums) else None

    def _close_single(self) -> None:
        if self._single:
            self._blocks.append(_as_columns(self._single))
            self._single = []

    def rows(self) -> Rows:
        """All rows of the batch."""
        self._close_single()
        numbers = np.concatenate([block.numbers for block in self._blocks])
        return Rows(numbers, pa.concat_tables([block.cells for block in self._blocks]))


def _as_columns(rows: list[Row]) -> Rows:
    numbers = np.fromiter((at for at, _ in rows), np.int64, len(rows))
    columns = zip(*(cells for _, cells in rows), strict=True)
    arrays = [pa.array(cells, pa.string()) for cells in columns]
    return Rows(numbers, pa.table(arrays, names=[str(at) for at in range(len(arrays))]))
