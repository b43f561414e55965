"""Counts by mark and time, packed for the browser: the sum under any window is made there.

A row says how many events of one class a mark has that begin in one bin and end in another. Columns
go as whole numbers of one, two or four bytes, one after another, deflated (RFC 1950).
"""

import zlib
from base64 import b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

# The most that one change sends, in bytes, compressed; what marks are called comes on top.
MOST_BYTES = 48_000
# More rows than this never fit (a row took 0.8 to 1.2 bytes in all that was tried), and packing them
# to see so takes long.
_MOST_ROWS = 100_000
_FEWEST_EDGES = 4
# What an undated event has for the bin in which it begins: more than there are bins.
_UNDATED_AFTER = 1


@dataclass(frozen=True, slots=True)
class Cube:
    """What the browser sums.

    The columns: step from the mark before, class, step from the bin before (the bin itself in the first
    row of a class), bins that the events last beyond it, how many events.

    `edges` are day numbers: bin i is from edges[i - 1] to the day before edges[i]; bin 0 is all before,
    the last bin all after. A class is four times its place in `splits`, plus two if contested, plus one
    if not reviewed. `widths` are the bytes of a number in each column.
    """

    splits: tuple[str, ...]
    edges: tuple[int, ...]
    rows: int
    widths: tuple[int, ...]
    packed: str


def pack(
    counts: pd.DataFrame, splits: Sequence[str], edges: Sequence[int], kept_edges: Collection[int]
) -> Cube:
    """The counts, with as fine bins as fit; `kept_edges` stay edges whatever else is joined.

    Columns: mark (int), begins, ends (bins), dated, split, contested, reviewed, events.
    """
    rows = _coded(counts, splits, len(edges))
    kept = np.array(edges, dtype=np.int64)
    while rows.shape[1] > _MOST_ROWS and len(kept) > _FEWEST_EDGES:
        rows, kept = _coarser(rows, kept, kept_edges)
    packed, widths = _packed(rows)
    while len(packed) > MOST_BYTES and len(kept) > _FEWEST_EDGES:
        rows, kept = _coarser(rows, kept, kept_edges)
        packed, widths = _packed(rows)
    return Cube(
        tuple(splits), tuple(kept.tolist()), rows.shape[1], widths, b64encode(packed).decode()
    )


def _coded(counts: pd.DataFrame, splits: Sequence[str], edges: int) -> npt.NDArray[np.int64]:
    """Columns mark, class, begins, ends, events; an undated event begins after the last bin."""
    found, values = pd.factorize(counts["split"])
    classes = np.array([splits.index(value) for value in values], dtype=np.int64).take(found) * 4
    classes += counts["contested"].to_numpy(dtype=np.int64) * 2
    classes += ~counts["reviewed"].to_numpy(dtype=bool)
    dated = counts["dated"].to_numpy(dtype=bool)
    undated = edges + _UNDATED_AFTER
    return _summed(
        np.array(
            [
                counts["mark"].to_numpy(dtype=np.int64),
                classes,
                np.where(dated, counts["begins"].to_numpy(dtype=np.int64), undated),
                np.where(dated, counts["ends"].to_numpy(dtype=np.int64), undated),
                counts["events"].to_numpy(dtype=np.int64),
            ]
        )
    )


def _summed(rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Rows in order, those that differ in nothing but their count as one."""
    if rows.shape[1] == 0:
        return rows
    key = np.zeros(rows.shape[1], dtype=np.int64)
    for column in rows[:4]:
        key = key * (int(column.max()) + 1) + column
    unique, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    summed: npt.NDArray[np.int64] = rows[:, first]
    summed[4] = np.bincount(inverse, rows[4], len(unique)).astype(np.int64)
    return summed


def _coarser(
    rows: npt.NDArray[np.int64], edges: npt.NDArray[np.int64], kept_edges: Collection[int]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Every second edge left out, but for the first, the last and `kept_edges`."""
    steps = np.diff(edges)
    width = int(np.bincount(steps).argmax())
    keep = (edges - edges[0]) % (2 * width) == 0
    keep |= np.isin(edges, list(kept_edges))
    keep[0] = keep[-1] = True
    new = np.concatenate([[0], np.cumsum(keep)])
    undated = len(edges) + _UNDATED_AFTER
    coarse = rows.copy()
    for at in (2, 3):
        dated = rows[at] != undated
        bins = new[np.minimum(rows[at], len(edges))]
        coarse[at] = np.where(dated, bins, int(keep.sum()) + _UNDATED_AFTER)
    return _summed(coarse), edges[keep]


def _packed(rows: npt.NDArray[np.int64]) -> tuple[bytes, tuple[int, ...]]:
    mark, classes, begins, ends, events = rows
    # Steps within a class of a mark: small numbers that repeat, and pack well.
    same = (np.diff(mark, prepend=-1) == 0) & (np.diff(classes, prepend=-1) == 0)
    steps = np.where(same, np.diff(begins, prepend=0), begins)
    columns = (np.diff(mark, prepend=0), classes, steps, ends - begins, events)
    widths = tuple(_width(column) for column in columns)
    parts = [
        column.astype(f"<u{width}").tobytes() for column, width in zip(columns, widths, strict=True)
    ]
    return zlib.compress(b"".join(parts), 6), widths


def _width(column: npt.NDArray[np.int64]) -> int:
    most = int(column.max()) if len(column) else 0
    return 1 if most < 1 << 8 else 2 if most < 1 << 16 else 4
