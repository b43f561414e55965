"""Intervals of events, packed for the browser: the counts of any window from them are the query's."""

import zlib
from base64 import b64decode
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from dashboard.model.corpus import Corpus
from dashboard.query.histogram import MOST_INTERVALS
from dashboard.query.query import Query
from dashboard.timeline.from_records import days_from_records, extent_of_events
from dashboard.timeline.packed_intervals import PackedIntervals, pack_intervals
from dashboard.timeline.timeline import timeline_of
from tests.oracle.select import EventIndex, select
from tests.oracle.selected import selected_events


def _rows(packed: PackedIntervals) -> list[tuple[int, int, int]]:
    """What frontend/timeline/live_counts.js reads."""
    numbers = np.frombuffer(zlib.decompress(b64decode(packed.packed)), "<i4")
    first, further, events = numbers.reshape(3, packed.rows)
    days = np.cumsum(first)
    return list(zip(days.tolist(), (days + further).tolist(), events.tolist(), strict=True))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2020-12-01", "2020-12-31"), ("2020-12-28", "2020-12-28"), ("2021-01-18", "2021-02-20"),
        ("2020-11-11", "2020-11-12"), ("2021-02-27", "2021-02-27"),
    ],
)  # fmt: skip
def test_counts_of_a_window_are_those_of_the_query(
    corpus: Corpus, index: EventIndex, start: str, end: str
):
    whole = selected_events(corpus, index, Query())
    extent = extent_of_events(whole.events)
    assert extent
    packed = timeline_of(days_from_records(whole, extent)).intervals
    assert packed
    query = Query(start=date.fromisoformat(start), end=date.fromisoformat(end))
    shown, certain = (
        int(select(index, each).shown.sum()) for each in (query, replace(query, certain=True))
    )
    low, high = ((day - date(1970, 1, 1)).days for day in (query.start, query.end) if day)
    rows = _rows(packed)
    assert shown > 0
    assert sum(n for first, last, n in rows if last >= low and first <= high) == shown
    assert sum(n for first, last, n in rows if first >= low and last <= high) == certain


def test_equal_intervals_are_one_row_and_too_many_are_not_sent():
    exact = pd.DataFrame({"first_day": [5, 5, -2], "attestation": ["a", "b", "a"], "events": 1})
    uncertain = pd.DataFrame({"first_day": [5, 4], "last_day": [9, 4], "events": [3, 2]})
    packed = pack_intervals(exact, uncertain)
    assert packed
    assert _rows(packed) == [(-2, -2, 1), (4, 4, 2), (5, 5, 2), (5, 9, 3)]
    days = np.arange(MOST_INTERVALS + 1)
    many = pd.DataFrame({"first_day": days, "last_day": days + 1, "events": 1})
    assert pack_intervals(exact, many) is None
    assert pack_intervals(exact, many[:-1]) is not None
