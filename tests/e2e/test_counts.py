"""The browser's own sums: what frontend/map/counts.js finds in packed counts is what was packed."""

from collections.abc import Iterator
from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page

from dashboard.browser.packed_counts import pack_counts
from dashboard.query.map_counts import bins
from dashboard.static_files import FRONTEND

# One module, as an address of data has no folder from which another could be imported.
MODULE = "".join(
    (FRONTEND / name).read_text(encoding="utf-8") for name in ("shared/packed.js", "map/counts.js")
).replace('import { inflate } from "../shared/packed.js";', "")
MARKS, DAYS, SPLITS = 40, 300, ("violence", "politics", "movement")
_SUMS = """async ({module, packed, marks, windows}) => {
  const { readCounts } = await import(`data:text/javascript,${encodeURIComponent(module)}`);
  const counts = await readCounts(packed, marks);
  return windows.map((window) => {
    counts.sumWithin(window);
    return Array.from({ length: marks }, (_, mark) => counts.tally(mark));
  });
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def events() -> pd.DataFrame:
    random = np.random.default_rng(20201219)
    size = 4_000
    first = random.integers(0, DAYS, size)
    return pd.DataFrame(
        {
            "mark": random.integers(0, MARKS, size),
            "first": first,
            "last": first + np.where(random.random(size) < 0.2, random.integers(0, 60, size), 0),
            "dated": random.random(size) < 0.9,
            "split": random.choice(SPLITS, size),
            "contested": random.random(size) < 0.3,
            "reviewed": random.random(size) < 0.8,
            "refuted": (state := random.random(size)) < 0.1,
            "confirmed": state > 0.8,
            "events": 1,
        }
    )


def _packed(events: pd.DataFrame, edges: list[int]) -> dict[str, object]:
    binned = {
        name: np.searchsorted(edges, events[day], side="right")
        for name, day in (("begins", "first"), ("ends", "last"))
    }
    return asdict(pack_counts(events.assign(**binned), SPLITS, edges, ()))


@pytest.mark.parametrize("window", [None, (0, 299), (37, 37), (100, 250), (-1, 80), (290, 300)])
def test_sums_under_a_window_at_edges_are_those_of_the_events(
    page: Page, events: pd.DataFrame, window: tuple[int, int] | None
):
    edges = bins(0, DAYS - 1, window or (None, None)).edges
    request = {
        "module": MODULE,
        "packed": _packed(events, edges),
        "marks": MARKS,
        "windows": [window],
    }
    (tallies,) = page.evaluate(_SUMS, request)
    inside = events
    if window:
        first, last = window
        inside = events[events["dated"] & (events["first"] <= last) & (events["last"] >= first)]
    for number, mark in enumerate(tallies):
        rows = inside[inside["mark"] == number]
        assert mark["count"] == len(rows)
        assert mark["contested"] == rows["contested"].sum()
        assert mark["refuted"] == rows["refuted"].sum()
        assert mark["confirmed"] == rows["confirmed"].sum()
        assert mark["unreviewed"] == (~rows["reviewed"]).sum()
        assert mark["groups"] == rows["split"].value_counts().to_dict()


def test_a_window_that_is_moved_takes_its_share_of_the_bins_that_it_cuts(
    page: Page, events: pd.DataFrame
):
    whole = events[events["dated"] & (events["first"] == events["last"])]
    edges = list(range(0, DAYS + 1, 50))
    windows = [(0, day) for day in range(49, 100)]
    packed = _packed(whole.assign(mark=0), edges)
    request = {"module": MODULE, "packed": packed, "marks": 1, "windows": windows}
    counts = [tallies[0]["count"] for tallies in page.evaluate(_SUMS, request)]
    exact = [int((whole["first"] <= last).sum()) for _first, last in windows]
    assert counts[0] == exact[0]
    assert counts[-1] == exact[-1]
    assert counts == sorted(counts)
    assert len(set(counts)) > 40
    assert max(abs(one - other) for one, other in zip(counts, exact, strict=True)) < 50
