"""Counts by mark and time, packed for the browser, which sums them within any date window.

A row is the number of events of one class at a mark that begin in one bin and end in another. The
columns are integers of one, two or four bytes, or floating-point numbers of eight, one column after
another, compressed (RFC 1950).
"""

import zlib
from base64 import b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.query.mark_figures import FIGURE_COLUMNS

# The most bytes that are sent, compressed; the names of marks come in addition.
MOST_BYTES = 48_000
# More rows than this never fit: a row took 0.8 to 1.2 bytes in all trials.
_MOST_ROWS = int(MOST_BYTES / 0.8)
_FEWEST_EDGES = 4
# Undated events begin in a bin after the last one.
_UNDATED_AFTER = 1
# The type of a column by the bytes of a number; JavaScript has no integers of eight bytes.
_TYPES = {1: "<u1", 2: "<u2", 4: "<u4", 8: "<f8"}


@dataclass(frozen=True, slots=True)
class PackedCounts:
    """The counts as the browser gets them.

    The columns: difference to the mark before, class, difference to the bin before (the bin itself in
    the first row of a class), number of further bins that the events last, number of events. If marks
    have the size of a figure: number of events without a figure, sum of the lowest figures, what the
    sums of sizes and of highest figures exceed it by, number of events with an open end.

    `edges` are day numbers: bin i is from edges[i - 1] to the day before edges[i]; bin 0 is all before,
    the last bin all after. A class is sixteen times the position in `splits`, plus eight if refuted,
    four if confirmed, two if contested, one if not reviewed. `widths` are the bytes per number in each
    column.

    `shared` has the events that are at several marks, each as (marks, class, bin, number of further
    bins, number of events and figures): marks that are drawn as one count them once.
    """

    splits: tuple[str, ...]
    edges: tuple[int, ...]
    rows: int
    widths: tuple[int, ...]
    packed: str
    shared: tuple[tuple[tuple[int, ...], int, int, int, tuple[int, ...]], ...] = ()


def pack_counts(
    counts: pd.DataFrame,
    splits: Sequence[str],
    edges: Sequence[int],
    fixed_edges: Collection[int],
    shared: pd.DataFrame | None = None,
) -> PackedCounts:
    """Pack the counts with the finest bins that fit; `fixed_edges` are never removed.

    Columns: mark (int), begins, ends (bins), dated, split, refuted, confirmed, contested, reviewed,
    events, and all or none of `FIGURE_COLUMNS`. `shared` has the column marks (a tuple) instead of mark.
    """
    rows = _coded(counts, splits, len(edges))
    bin_edges = np.array(edges, dtype=np.int64)
    while rows.shape[1] > _MOST_ROWS and len(bin_edges) > _FEWEST_EDGES:
        rows, bin_edges = _coarser(rows, bin_edges, fixed_edges)
    packed, widths = _packed(rows)
    while len(packed) > MOST_BYTES and len(bin_edges) > _FEWEST_EDGES:
        rows, bin_edges = _coarser(rows, bin_edges, fixed_edges)
        packed, widths = _packed(rows)
    return PackedCounts(
        tuple(splits),
        tuple(bin_edges.tolist()),
        rows.shape[1],
        widths,
        b64encode(packed).decode(),
        () if shared is None or shared.empty else _shared(shared, splits, edges, bin_edges),
    )


def _shared(
    shared: pd.DataFrame,
    splits: Sequence[str],
    edges: Sequence[int],
    bin_edges: npt.NDArray[np.int64],
) -> tuple[tuple[tuple[int, ...], int, int, int, tuple[int, ...]], ...]:
    """The shared events in the bins that the counts were packed with."""
    sets, names = pd.factorize(shared["marks"].to_numpy())
    coded = _in_bins(_coded(shared.assign(mark=sets), splits, len(edges)), edges, bin_edges)
    return tuple(
        (names[at], kind, begins, ends - begins, tuple(sums))
        for at, kind, begins, ends, *sums in coded.T.tolist()
    )


def _in_bins(
    rows: npt.NDArray[np.int64], edges: Sequence[int], bin_edges: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Coded rows in the bins of some of the edges."""
    # The bin of a day is the number of edges at or before it, so that of a bin is of its first day.
    new = np.concatenate([[0], np.searchsorted(bin_edges, edges, side="right")])
    undated = len(edges) + _UNDATED_AFTER
    for at in (2, 3):
        bins = new[np.minimum(rows[at], len(edges))]
        rows[at] = np.where(rows[at] == undated, len(bin_edges) + _UNDATED_AFTER, bins)
    return rows


def _coded(counts: pd.DataFrame, splits: Sequence[str], edges: int) -> npt.NDArray[np.int64]:
    """Columns mark, class, begins, ends, events, and those of figures as they are packed.

    An undated event begins after the last bin.
    """
    codes, values = pd.factorize(counts["split"])
    classes = np.array([splits.index(value) for value in values], dtype=np.int64).take(codes) * 16
    classes += counts["refuted"].to_numpy(dtype=np.int64) * 8
    classes += counts["confirmed"].to_numpy(dtype=np.int64) * 4
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
                *_figures(counts),
            ]
        )
    )


def _figures(counts: pd.DataFrame) -> list[npt.NDArray[np.int64]]:
    """The columns of figures as they are packed, of which none is negative; [] if there are none."""
    if FIGURE_COLUMNS[0] not in counts:
        return []
    having, size, low, high, open_end = (
        counts[name].to_numpy(dtype=np.int64) for name in FIGURE_COLUMNS
    )
    return [
        counts["events"].to_numpy(dtype=np.int64) - having,
        low,
        size - low,
        high - low,
        open_end,
    ]


def _summed(rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Rows sorted, those that are equal except for their counts and figures summed to one."""
    if rows.shape[1] == 0:
        return rows
    key = np.zeros(rows.shape[1], dtype=np.int64)
    for column in rows[:4]:
        key = key * (int(column.max()) + 1) + column
    unique, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    summed: npt.NDArray[np.int64] = rows[:, first]
    summed[4:] = [np.bincount(inverse, column, len(unique)) for column in rows[4:]]
    return summed


def _coarser(
    rows: npt.NDArray[np.int64], edges: npt.NDArray[np.int64], fixed_edges: Collection[int]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Remove every second edge, except the first, the last and `fixed_edges`."""
    width = int(np.bincount(np.diff(edges)).argmax())
    fixed = np.isin(edges, [*fixed_edges, edges[0], edges[-1]])
    keep = np.ones(len(edges), dtype=bool)
    # Where the widths of few bins differ, the most frequent one may be too small to remove an edge.
    while keep.all():
        width *= 2
        keep = fixed | ((edges - edges[0]) % width == 0)
    new = np.concatenate([[0], np.cumsum(keep)])
    undated = len(edges) + _UNDATED_AFTER
    coarse = rows.copy()
    for at in (2, 3):
        dated = rows[at] != undated
        bins = new[np.minimum(rows[at], len(edges))]
        coarse[at] = np.where(dated, bins, int(keep.sum()) + _UNDATED_AFTER)
    return _summed(coarse), edges[keep]


def _packed(rows: npt.NDArray[np.int64]) -> tuple[bytes, tuple[int, ...]]:
    mark, classes, begins, ends, *sums = rows
    # Differences within a class of a mark are small numbers that repeat, and compress well.
    same = (np.diff(mark, prepend=-1) == 0) & (np.diff(classes, prepend=-1) == 0)
    steps = np.where(same, np.diff(begins, prepend=0), begins)
    columns = (np.diff(mark, prepend=0), classes, steps, ends - begins, *sums)
    widths = tuple(_width(column) for column in columns)
    parts = [
        column.astype(_TYPES[width]).tobytes()
        for column, width in zip(columns, widths, strict=True)
    ]
    return zlib.compress(b"".join(parts), 6), widths


def _width(column: npt.NDArray[np.int64]) -> int:
    most = int(column.max()) if len(column) else 0
    return next(width for width in _TYPES if most < 1 << 8 * width)
