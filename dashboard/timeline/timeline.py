"""The timeline as data: a histogram of dated events, and spans for those whose date is uncertain.

A date is never sharpened: an event known to a day counts in that day's bar, one known to an
interval is drawn as a span over the whole interval.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.language.names import either
from dashboard.language.words import when as when_words
from dashboard.model.event import Attestation
from dashboard.model.event_tables import day_of
from dashboard.model.when import DatePrecision, When
from dashboard.query.answers import Days
from dashboard.query.histogram import MOST_SPANS, SCATTER
from dashboard.timeline.packed_intervals import PackedIntervals, pack_intervals

# Spans beyond these are counted, not drawn: more lanes would not fit under the bars.
_LANES, _MAX_SPANS = 8, 200
# The longest timeline, in days, with bars of a day, a week from Monday, or a month; then years.
# Finer bars are thinner than two pixels on any screen.
_BARS = ((400, "D"), (2800, "W-SUN"), (12_000, "M"))


@dataclass(frozen=True, slots=True)
class Bin:
    """Events dated within `days` days from `start`, by attestation."""

    start: str
    days: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Span:
    """An event that lies somewhere in start..end; an open end is unknown or beyond the edge."""

    title: str
    start: str
    end: str
    open_start: bool
    open_end: bool
    lane: int
    attestation: str


@dataclass(frozen=True, slots=True)
class TimelineData:
    """What the timeline draws; `first` and `last` are ISO days, both included.

    `density` divides first..last into equal cells, and counts for each the events among the
    `hidden_spans` that may lie in it; it is empty if none is hidden. From `intervals` the browser counts
    the events of any window; `None` if they are too many.
    """

    first: str
    last: str
    bins: tuple[Bin, ...]
    spans: tuple[Span, ...]
    hidden_spans: int
    density: tuple[int, ...]
    intervals: PackedIntervals | None = None


def timeline_of(days: Days) -> TimelineData:
    """Bars and spans from the days of `query.answers` or of `from_records.py`."""
    first, last = day_of(days.extent.first), day_of(days.extent.last)
    events = days.uncertain
    spans, drawn = _spans(_clipped(events, first, last)) if len(events) else ((), events)
    hidden = days.uncertain_events - len(spans)
    return TimelineData(
        first=first.isoformat(),
        last=last.isoformat(),
        bins=_bins(days.counts, first, last),
        spans=spans,
        hidden_spans=hidden,
        density=_density(days, drawn) if hidden and len(days.cells) else (),
        intervals=pack_intervals(days.counts, days.intervals),
    )


def _bins(counts: pd.DataFrame, first: date, last: date) -> tuple[Bin, ...]:
    total = (last - first).days + 1
    width = next((width for most, width in _BARS if total <= most), "Y")
    period = pd.to_datetime(counts["first_day"], unit="D", origin="unix").dt.to_period(width)
    kinds = [kind.value for kind in Attestation]
    summed = counts["events"].groupby([period, counts["attestation"]]).sum().unstack(fill_value=0)
    summed = summed.reindex(columns=kinds, fill_value=0)
    periods = pd.PeriodIndex(summed.index)
    starts = [max(day, first) for day in periods.start_time.date]
    ends = [min(day, last) for day in periods.end_time.date]
    return tuple(
        Bin(start.isoformat(), (end - start).days + 1, dict(zip(kinds, row, strict=True)))
        for start, end, row in zip(starts, ends, summed.to_numpy().tolist(), strict=True)
    )


def _clipped(events: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """The events with `start` and `end` of the part of their interval that the timeline shows."""
    low, high = pd.Timestamp(first), pd.Timestamp(last)
    bounds = low.to_datetime64(), high.to_datetime64()
    start, end = (pd.to_datetime(events[name]) for name in ("date_start", "date_end"))
    return events.reset_index(drop=True).assign(
        date_start=start.to_numpy(),
        date_end=end.to_numpy(),
        start=np.clip(start.fillna(low).to_numpy(), *bounds),
        end=np.clip(end.fillna(high).to_numpy(), *bounds),
        open_start=(start.isna() | (start < low)).to_numpy(),
        open_end=(end.isna() | (end > high)).to_numpy(),
    )


def _spans(events: pd.DataFrame) -> tuple[tuple[Span, ...], pd.DataFrame]:
    """Spans in lanes, side by side, the most precise first, and the rows that got a lane."""
    titles = events[either("title_en", "title_ar")]
    lanes: list[list[tuple[pd.Timestamp, pd.Timestamp]]] = [[] for _ in range(_LANES)]
    spans: list[Span] = []
    drawn: list[int] = []
    for event in _most_precise_first(events):
        lane = _free_lane(lanes, event.start, event.end)
        if lane is None or len(spans) == _MAX_SPANS:
            continue
        lanes[lane].append((event.start, event.end))
        spans.append(_span(event, titles.iloc[event.Index], lane))
        drawn.append(event.Index)
    return tuple(spans), events.loc[drawn]


def _most_precise_first(events: pd.DataFrame) -> Iterator[Any]:
    """The events sorted: those with both ends before those with an open end, shorter ones first."""
    open_ends = events["open_start"].astype(int) + events["open_end"]
    length = events["end"] - events["start"]
    # Ties are scattered, as the table may be in the order of dates.
    hashed = events["position"] * SCATTER % 2**32
    order = np.lexsort((hashed.to_numpy(), length.to_numpy(), open_ends.to_numpy()))
    return iter(events.iloc[order[:MOST_SPANS]].itertuples())


def _free_lane(
    lanes: list[list[tuple[pd.Timestamp, pd.Timestamp]]], start: pd.Timestamp, end: pd.Timestamp
) -> int | None:
    for number, lane in enumerate(lanes):
        if all(end < other_start or start > other_end for other_start, other_end in lane):
            return number
    return None


def _span(event: Any, title: str, lane: int) -> Span:
    return Span(
        title=f"{title}: {when_words(_when(event))}",
        start=event.start.date().isoformat(),
        end=event.end.date().isoformat(),
        open_start=bool(event.open_start),
        open_end=bool(event.open_end),
        lane=lane,
        attestation=event.attestation,
    )


def _when(event: Any) -> When:
    start, end = event.date_start, event.date_end
    return When(
        None if pd.isna(start) else start.date(),
        None if pd.isna(end) else end.date(),
        DatePrecision(event.date_precision),
    )


def _density(days: Days, drawn: pd.DataFrame) -> tuple[int, ...]:
    """The number of uncertain events per cell, without those that are drawn as spans."""
    first, last, cells = days.extent.first, days.extent.last, days.number_of_cells
    inside = days.cells[days.cells["inside"]]
    every = _per_cell(inside["first_cell"], inside["last_cell"], inside["events"], cells)
    low, high = pd.Timestamp(day_of(first)), pd.Timestamp(day_of(last))
    seen = drawn[~((drawn["date_end"] < low) | (drawn["date_start"] > high))]
    starts, ends = (
        (seen[name] - low).dt.days * cells // (last - first + 1) for name in ("start", "end")
    )
    shown = _per_cell(starts, ends, pd.Series(1, index=seen.index), cells)
    return tuple(int(count) for count in every - shown)


def _per_cell(
    first: "pd.Series[int]", last: "pd.Series[int]", events: "pd.Series[int]", cells: int
) -> npt.NDArray[np.float64]:
    """How many events reach into each cell, from the first and the last cell of each row."""
    entering = np.bincount(first, events, cells + 1)
    leaving = np.bincount(last + 1, events, cells + 1)
    reaching: npt.NDArray[np.float64] = np.cumsum(entering - leaving)[:cells]
    return reaching
