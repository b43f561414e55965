"""Counts packed for the browser: unpacked, they are the counts that were packed."""

import zlib
from base64 import b64decode

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.browser import packed_counts
from dashboard.browser.packed_counts import PackedCounts, pack_counts
from dashboard.query.map_counts import bins
from dashboard.query.mark_figures import FIGURE_COLUMNS

SPLITS = ("violence", "politics")
COLUMNS = (
    "mark", "class", "begins", "lasts", "events", "without", "low", "above", "range", "open"
)  # fmt: skip


def unpacked(packed: PackedCounts) -> pd.DataFrame:
    """What frontend/map/counts.js reads."""
    data, at, columns = zlib.decompress(b64decode(packed.packed)), 0, {}
    names = COLUMNS if len(packed.widths) == len(COLUMNS) else COLUMNS[:5]
    for name, width in zip(names, packed.widths, strict=True):
        size = packed.rows * width
        kind = "<f8" if width == 8 else f"<u{width}"
        columns[name] = np.frombuffer(data[at : at + size], kind).astype(int)
        at += size
    assert at == len(data)
    rows = pd.DataFrame(columns).assign(mark=np.cumsum(columns["mark"]))
    group = (rows["mark"].diff().ne(0) | rows["class"].diff().ne(0)).cumsum()
    return rows.assign(begins=rows.groupby(group)["begins"].cumsum())


def under(packed: PackedCounts, window: tuple[int, int] | None) -> int:
    """Events under a window, as frontend/map/counts.js sums them."""
    return int(rows_under(packed, window)["events"].sum())


def rows_under(packed: PackedCounts, window: tuple[int, int] | None) -> pd.DataFrame:
    """The unpacked rows under a window."""
    rows = unpacked(packed)
    if window is None:
        return rows
    first, last = (np.searchsorted(packed.edges, day, side="right") for day in window)
    dated = rows["begins"] != len(packed.edges) + 1
    inside = (rows["begins"] <= last) & (rows["begins"] + rows["lasts"] >= first)
    return rows[dated & inside]


EVENTS = st.lists(
    st.tuples(
        st.integers(0, 5), st.integers(-5, 410), st.integers(0, 40), st.booleans(), st.booleans(),
        st.sampled_from(SPLITS),
    ),
    max_size=60,
)  # fmt: skip


def _binned(edges: list[int], day: int) -> int:
    return int(np.searchsorted(edges, day, side="right"))


@settings(max_examples=60)
@given(EVENTS, st.integers(0, 400), st.integers(0, 60), st.sampled_from([200, 48_000]))
def test_counts_under_the_window_are_exact(events, start, length, budget):
    window = (start, min(start + length, 400))
    edges = bins(0, 400, window).edges
    frame = pd.DataFrame(
        [
            (
                mark,
                _binned(edges, day),
                _binned(edges, day + lasts),
                dated,
                split,
                True,
                contested,
                False,
                False,
                1,
            )
            for mark, day, lasts, dated, contested, split in events
        ],
        columns=[
            *("mark", "begins", "ends", "dated", "split", "reviewed", "contested", "refuted"),
            *("confirmed", "events"),
        ],
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed_counts, "MOST_BYTES", budget)
        packed = pack_counts(frame, SPLITS, edges, (window[0], window[1] + 1))
    expected = sum(
        dated and day <= window[1] and day + lasts >= window[0]
        for _unit, day, lasts, dated, _contested, _split in events
    )
    assert under(packed, window) == expected
    assert under(packed, None) == len(events)


def with_figures(random: np.random.Generator, number: int, most: int) -> pd.DataFrame:
    """Rows of one event each on days 0 to 99, of which about half have a figure."""
    having = random.random(number) < 0.5
    low = random.integers(0, most, number) * having
    high = low + random.integers(0, most, number) * having
    day = random.integers(0, 100, number)
    return pd.DataFrame(
        {
            "mark": random.integers(0, 4, number), "begins": day + 1, "ends": day + 1, "dated": True,
            "split": random.choice(SPLITS, number), "reviewed": True, "contested": False, "events": 1,
            "refuted": False, "confirmed": random.random(number) < 0.5,
            "figure_events": having.astype(int), "figure_size": (low + high) // 2, "figure_low": low,
            "figure_high": high, "open_events": (random.random(number) < 0.2) & having,
        }
    )  # fmt: skip


@pytest.mark.parametrize("most", [2, 1_000, 10_000_000, 10_000_000_000])
@pytest.mark.parametrize("budget", [300, 48_000])
def test_figures_under_the_window_are_exact(most: int, budget: int):
    frame = with_figures(np.random.default_rng(most), 500, most)
    window = (20, 61)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed_counts, "MOST_BYTES", budget)
        packed = pack_counts(frame, SPLITS, list(range(101)), (window[0], window[1] + 1))
    inside = frame[frame["begins"].sub(1).between(*window)].groupby("mark").sum(numeric_only=True)
    found = rows_under(packed, window).groupby("mark").sum()
    assert found["without"].tolist() == (inside["events"] - inside["figure_events"]).tolist()
    assert found["low"].tolist() == inside["figure_low"].tolist()
    assert (found["low"] + found["above"]).tolist() == inside["figure_size"].tolist()
    assert (found["low"] + found["range"]).tolist() == inside["figure_high"].tolist()
    assert found["open"].tolist() == inside["open_events"].tolist()


def test_without_figures_only_counts_are_packed():
    frame = with_figures(np.random.default_rng(1), 50, 10)
    counts = frame.drop(columns=list(FIGURE_COLUMNS))
    packed = [pack_counts(rows, SPLITS, list(range(101)), ()) for rows in (counts, frame)]
    assert [len(each.widths) for each in packed] == [5, 10]
    assert unpacked(packed[0]).equals(unpacked(packed[1])[list(COLUMNS[:5])])


def test_bins_join_until_they_fit():
    random = np.random.default_rng(2)
    number = 240_000
    begins = random.integers(1, 121, number)
    frame = pd.DataFrame(
        {
            "mark": random.integers(0, 600, number), "begins": begins, "ends": begins, "dated": True,
            "split": random.choice(SPLITS, number), "reviewed": True, "contested": False, "events": 1,
            "refuted": False, "confirmed": random.random(number) < 0.5,
        }
    )  # fmt: skip
    packed = pack_counts(frame, SPLITS, list(range(0, 1210, 10)), (95,))
    assert len(b64decode(packed.packed)) <= packed_counts.MOST_BYTES
    assert len(packed.edges) < 121
    assert under(packed, None) == number
