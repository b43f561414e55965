"""A mark counts each of its events once, whatever it joins: against a plain reading of the rows."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dashboard.browser.packed_counts import pack_counts
from dashboard.map.several_sites import counted_once, shared_by_marks
from dashboard.map.squares import square_keys, squares_of
from dashboard.model.grid import Box
from dashboard.query.mark_figures import FIGURE_COLUMNS

BOX = Box(5, 0, 0, 1 << 30, 1 << 30)
SITES = {f"s{number}": (number % 3 * BOX.cell // 2, number // 3 * BOX.cell) for number in range(7)}
KEYS = ["dated", "begins", "ends", "split", "contested", "reviewed", "refuted", "confirmed"]
EVENTS = st.lists(
    st.tuples(
        st.sets(st.sampled_from(sorted(SITES)), min_size=1),
        st.integers(1, 8),
        st.integers(0, 3),
        st.booleans(),
        st.sampled_from(["violence", "politics"]),
        st.integers(0, 5),
    ),
    max_size=30,
)


def rows_of(events: list[tuple[set[str], int, int, bool, str, int]]) -> pd.DataFrame:
    """One row per event and site, as the engine has them."""
    rows = [
        {
            "event": number,
            "site": site,
            "x": SITES[site][0],
            "y": SITES[site][1],
            "dated": dated,
            "begins": begins,
            "ends": begins + further,
            "split": split,
            "contested": bool(number % 2),
            "reviewed": bool(number % 3),
            "refuted": not number % 5,
            "confirmed": number % 5 == 1,
            "events": 1,
            **dict.fromkeys(FIGURE_COLUMNS, figure),
        }
        for number, (sites, begins, further, dated, split, figure) in enumerate(events)
        for site in sorted(sites)
    ]
    columns = ["event", "site", "x", "y", *KEYS, "events", *FIGURE_COLUMNS]
    return pd.DataFrame(rows, columns=columns)


@given(events=EVENTS)
def test_a_square_counts_an_event_at_two_of_its_sites_once(events):
    rows = rows_of(events).assign(
        column=lambda it: it["x"] // BOX.cell, row=lambda it: it["y"] // BOX.cell
    )
    squares = ["column", "row"]
    summed = ["events", "x", "y", *FIGURE_COLUMNS]
    by_square = rows.groupby([*squares, *KEYS], as_index=False).agg(
        **{name: (name, "sum") for name in summed},
        first_site=("site", "min"),
        last_site=("site", "max"),
    )
    several = rows[rows.duplicated("event", keep=False)].drop(columns=squares)
    once = counted_once(by_square, several, BOX)
    found = once.groupby([*squares, *KEYS])[["events", *FIGURE_COLUMNS]].sum()
    distinct = rows.drop_duplicates(["event", *squares])
    expected = distinct.groupby([*squares, *KEYS])[["events", *FIGURE_COLUMNS]].sum()
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)
    if len(rows):
        # The mark lies among its sites, and is named if it has one only.
        named = squares_of(once)
        sites = rows.groupby(squares)["site"].agg(set)
        assert (named["site"] != "").sum() == sum(len(here) == 1 for here in sites)
        middle = named["x"] / named["events"]
        assert middle.between(0, max(x for x, _y in SITES.values())).all()
        assert set(named.index) == set(square_keys(once))


@given(events=EVENTS, joined=st.sets(st.sampled_from(sorted(SITES)), min_size=1))
def test_sites_drawn_as_one_count_an_event_at_two_of_them_once(events, joined):
    rows = rows_of(events)
    position = {site: number for number, site in enumerate(sorted(SITES))}
    several = rows[rows.duplicated("event", keep=False)]
    shared = shared_by_marks(several, position)
    at = {position[site] for site in joined}
    twice = sum(
        (len(at.intersection(marks)) - 1) * events
        for marks, events in zip(shared["marks"], shared["events"], strict=True)
        if at.intersection(marks)
    )
    here = rows[rows["site"].isin(joined)]
    assert len(here) - twice == here["event"].nunique()
    figure = FIGURE_COLUMNS[1]
    assert shared["events"].sum() == several["event"].nunique()
    assert shared[figure].sum() == several.drop_duplicates("event")[figure].sum()


@given(events=EVENTS)
def test_shared_events_are_in_the_bins_that_the_counts_were_packed_with(events):
    rows = rows_of(events)
    position = {site: number for number, site in enumerate(sorted(SITES))}
    shared = shared_by_marks(rows[rows.duplicated("event", keep=False)], position)
    edges = list(range(100, 112))
    counts = rows.assign(mark=rows["site"].map(position))
    packed = pack_counts(counts, ["violence", "politics"], edges, (), shared)
    assert packed.edges == tuple(edges)
    assert sum(sums[0] for *_rest, sums in packed.shared) == shared["events"].sum()
    for marks, kind, begins, lasts, sums in packed.shared:
        same = shared[shared["marks"] == marks]
        assert kind >> 4 in (0, 1)
        undated = begins == len(edges) + 1
        assert undated or (begins in set(same["begins"]) and begins + lasts in set(same["ends"]))
        assert sums[0] <= same["events"].sum()


def test_shared_events_follow_bins_that_are_joined():
    # Random days at a thousand marks do not fit in the finest bins.
    size = 60_000
    random = np.random.default_rng(20201219)
    counts = pd.DataFrame(
        {
            "mark": random.integers(0, 1_000, size),
            "begins": random.integers(0, 110, size),
            "dated": True,
            "split": "violence",
            "contested": False,
            "reviewed": True,
            "refuted": False,
            "confirmed": False,
            "events": random.integers(1, 250, size),
        }
    )
    counts["ends"] = counts["begins"] + 3
    edges = list(range(0, 1_130, 10))
    shared = counts.head(3).drop(columns="mark").assign(marks=[(0, 1), (1, 2), (0, 2)])
    packed = pack_counts(counts, ["violence"], edges, (), shared)
    assert len(packed.edges) < len(edges)
    for (_marks, _kind, begins, lasts, _sums), first, last in zip(
        sorted(packed.shared, key=lambda one: one[0]),
        *(shared.sort_values("marks")[name] for name in ("begins", "ends")),
        strict=True,
    ):
        for bin_number, coarse in ((first, begins), (last, begins + lasts)):
            day = edges[bin_number - 1] if bin_number else -1
            assert coarse == sum(edge <= day for edge in packed.edges)
