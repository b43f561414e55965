from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.model.columns import Tables
from dashboard.query.select import EventIndex
from dashboard.timeline.timeline import events_on_timeline, extent, timeline_data


def test_every_dated_event_is_a_bar_or_a_span(tables: Tables):
    first, last = extent(tables)
    everything = np.ones(len(tables.events), dtype=bool)
    data = timeline_data(tables, everything, first, last)
    bars = sum(sum(part.counts.values()) for part in data.bins)
    dated = tables.events["date_start"].notna() | tables.events["date_end"].notna()
    assert bars + len(data.spans) + data.hidden_spans == int(dated.sum())
    assert bars == int((tables.events["date_precision"] == "day").sum())


def test_a_year_does_not_squeeze_the_weeks(index: EventIndex):
    first, last = extent(index.tables)
    assert first >= date(2020, 10, 1)
    assert last <= date(2021, 3, 31)
    years = index.tables.events[index.tables.events["date_precision"] == "year"]
    assert not years.empty


@given(
    st.lists(
        st.tuples(
            st.none() | st.dates(date(2019, 1, 1), date(2022, 1, 1)),
            st.integers(0, 500),
            st.sampled_from(["contested", "single_source"]),
        ),
        min_size=1,
        max_size=60,
    )
)
def test_sums_agree_for_any_dates(tables: Tables, rows):
    frame = pd.DataFrame(
        [
            {
                **dict.fromkeys(tables.events.columns),
                "title_en": "x",
                "date_start": pd.Timestamp(start) if start else pd.NaT,
                "date_end": pd.Timestamp(start) + pd.Timedelta(days=days) if start else pd.NaT,
                "date_precision": None if not start else "day" if days == 0 else "open",
                "attestation": attestation,
            }
            for start, days, attestation in rows
        ]
    )
    frame["date_start"] = pd.to_datetime(frame["date_start"])
    frame["date_end"] = pd.to_datetime(frame["date_end"])
    made = Tables(
        frame, tables.event_places, tables.event_actors, tables.claims, tables.containment
    )
    first, last = extent(made)
    data = timeline_data(made, np.ones(len(frame), dtype=bool), first, last)
    bars = sum(sum(part.counts.values()) for part in data.bins)
    dated = sum(start is not None for start, _, _ in rows)
    assert bars + len(data.spans) + data.hidden_spans == dated


FIRST, LAST = date(2020, 12, 1), date(2021, 2, 28)
DAYS = st.none() | st.dates(date(2020, 6, 1), date(2021, 8, 1))


@st.composite
def intervals(draw):
    start, end = draw(DAYS), draw(DAYS)
    return (end, start) if start and end and start > end else (start, end)


def _events(rows, attestation="single_source"):
    """Events with these first and last days; one day of both is a date, both unknown none."""
    columns = [pd.to_datetime(pd.Series([row[at] for row in rows])) for at in (0, 1)]
    precisions = [
        None if start is end is None else "day" if start == end else "open" for start, end in rows
    ]
    return pd.DataFrame(
        {
            "title_en": [f"event {number}" for number in range(len(rows))],
            "date_start": columns[0].astype("datetime64[s]"),
            "date_end": columns[1].astype("datetime64[s]"),
            "date_precision": pd.Series(precisions, dtype=object),
            "attestation": attestation,
        }
    )


def _bars(data):
    return sum(sum(part.counts.values()) for part in data.bins)


@settings(deadline=None)
@given(st.lists(intervals(), min_size=1, max_size=40))
def test_an_event_is_one_bar_or_one_span_or_counted(rows):
    data = events_on_timeline(_events(rows), FIRST, LAST)
    dated = sum(start is not None or end is not None for start, end in rows)
    exact = sum(
        start is not None and start == end and FIRST <= start <= LAST for start, end in rows
    )
    titles = [span.title for span in data.spans]
    assert _bars(data) == exact
    assert len(titles) + data.hidden_spans == dated - exact
    assert len(set(titles)) == len(titles)


@settings(deadline=None)
@given(st.lists(intervals(), min_size=1, max_size=40))
def test_a_span_is_never_narrower_than_what_is_known(rows):
    known = {f"event {number}": row for number, row in enumerate(rows)}
    for span in events_on_timeline(_events(rows), FIRST, LAST).spans:
        start, end = known[span.title.split(":")[0]]
        shown = date.fromisoformat(span.start), date.fromisoformat(span.end)
        assert span.open_start == (start is None or start < FIRST)
        assert span.open_end == (end is None or end > LAST)
        assert shown[0] == min(max(start or FIRST, FIRST), LAST)
        assert shown[1] == max(min(end or LAST, LAST), FIRST)


@settings(deadline=None)
@given(st.lists(intervals(), min_size=1, max_size=40))
def test_spans_of_a_lane_lie_side_by_side(rows):
    spans = events_on_timeline(_events(rows), FIRST, LAST).spans
    for lane in {span.lane for span in spans}:
        beside = sorted((span.start, span.end) for span in spans if span.lane == lane)
        assert all(left[1] < right[0] for left, right in pairwise(beside))


@settings(deadline=None)
@given(st.lists(intervals(), min_size=1, max_size=40))
def test_the_strip_counts_what_no_lane_holds(rows):
    data = events_on_timeline(_events(rows), FIRST, LAST)
    assert bool(data.density) == bool(data.hidden_spans)
    assert all(0 <= count <= data.hidden_spans for count in data.density)


def test_many_spans_are_bounded_and_the_strip_has_the_rest():
    day, rows = FIRST, []
    while day < LAST:
        rows += [(day, day + timedelta(days=1))] * 20
        day += timedelta(days=2)
    data = events_on_timeline(_events(rows), FIRST, LAST)
    assert len(data.spans) == 200
    assert data.hidden_spans == len(rows) - 200
    assert sum(data.density) == 2 * data.hidden_spans
    assert max(span.start for span in data.spans) > "2021-02-20"


def test_both_ends_known_are_drawn_before_an_open_one():
    rows = [(None, LAST)] * 30 + [(date(2021, 1, 1), date(2021, 1, 20))]
    data = events_on_timeline(_events(rows), FIRST, LAST)
    assert "event 30" in {span.title.split(":")[0] for span in data.spans}


def test_what_lies_beyond_the_edge_is_counted_but_may_lie_in_no_cell():
    rows = [(date(2019, 1, 1), date(2019, 12, 31))] * 30
    data = events_on_timeline(_events(rows), FIRST, LAST)
    assert data.hidden_spans == 30 - len(data.spans)
    assert set(data.density) == {0}


def test_bars_are_stacked_by_attestation():
    rows = [(FIRST, FIRST)] * 3
    data = events_on_timeline(
        _events(rows, ["contested", "corroborated", "contested"]), FIRST, LAST
    )
    assert [part.counts for part in data.bins] == [
        {"contested": 2, "corroborated": 1, "single_source": 0}
    ]


def test_bars_follow_the_calendar_as_the_extent_grows():
    day = date(2021, 1, 20)

    def bar(first, last):
        (only,) = events_on_timeline(_events([(day, day)]), first, last).bins
        return only.start, only.days

    assert bar(FIRST, LAST) == ("2021-01-20", 1)
    assert bar(date(2019, 1, 1), LAST) == ("2021-01-18", 7)
    assert bar(date(2005, 1, 1), LAST) == ("2021-01-01", 31)
    assert bar(date(1980, 1, 1), LAST) == ("2021-01-01", 59)


def test_no_dated_event_gives_an_empty_timeline():
    data = events_on_timeline(_events([(None, None)]), FIRST, LAST)
    assert (data.bins, data.spans, data.hidden_spans, data.density) == ((), (), 0, ())


def test_only_the_matching_events_are_drawn(tables: Tables):
    first, last = extent(tables)
    none = timeline_data(tables, np.zeros(len(tables.events), dtype=bool), first, last)
    assert (none.bins, none.spans, none.hidden_spans) == ((), (), 0)
    one = (tables.events["event_id"] == "withdrawal_mabaqer").to_numpy()
    (span,) = timeline_data(tables, one, first, last).spans
    assert (span.start, span.end) == ("2021-02-01", "2021-02-28")
    assert tables.events["title_en"][int(np.flatnonzero(one)[0])] in span.title
