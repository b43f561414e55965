"""The timeline as data: a histogram of dated events, and spans for those whose date is uncertain.

A date is never sharpened: an event known to a day counts in that day's bar, one known to an
interval is drawn as a span over the whole interval.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.language.names import either
from dashboard.language.words import when as when_words
from dashboard.model.columns import Tables
from dashboard.model.event import Attestation
from dashboard.model.event_tables import day_of
from dashboard.model.when import DatePrecision, When
from dashboard.query.answers import Days

# Spans beyond these are counted, not drawn: more lanes would not fit under the bars.
_LANES, _MAX_SPANS = 8, 200
# Intervals longer than this do not widen the timeline: one event dated "2019" would squeeze weeks
# of others into a corner. They are drawn as reaching over its edge.
_WIDENS_UP_TO_DAYS = 92
# The longest timeline, in days, with bars of a day, a week from Monday, or a month; then years.
# Finer bars are thinner than two pixels on any screen.
_BARS = ((400, "D"), (2800, "W-SUN"), (12_000, "M"))
# Knuth's multiplier: neighbours land far apart.
_SCATTER = 2_654_435_761
# What the timeline needs to know of an event; copying the rest takes seconds at a million events.
_COLUMNS = ["date_start", "date_end", "date_precision", "attestation"]
# Cells of the strip that counts what is not drawn.
_MAX_CELLS = 120


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
    `hidden_spans` that may lie in it; it is empty if none is hidden.
    """

    first: str
    last: str
    bins: tuple[Bin, ...]
    spans: tuple[Span, ...]
    hidden_spans: int
    density: tuple[int, ...]

    def as_json(self) -> dict[str, object]:
        """The same as JSON-ready dictionaries."""
        told: dict[str, object] = msgspec.to_builtins(self)
        return told


def extent(tables: Tables) -> tuple[date, date]:
    """The first and the last day of the events dated to a quarter or better; today if none is."""
    return extent_of(tables.events)


def extent_of(events: pd.DataFrame) -> tuple[date, date]:
    """The same of some rows of `events`."""
    start, end = events["date_start"], events["date_end"]
    narrow = (end - start).dt.days <= _WIDENS_UP_TO_DAYS
    days = pd.concat([start[narrow], end[narrow]]) if narrow.any() else pd.concat([start, end])
    days = days.dropna()
    if days.empty:
        today = pd.Timestamp.today().date()
        return today, today
    return days.min().date(), days.max().date()


def timeline_data(
    tables: Tables, matching: npt.NDArray[np.bool_], first: date, last: date
) -> TimelineData:
    """Bars and spans of the events where `matching` is true, over the days first..last."""
    return events_on_timeline(tables.events, first, last, np.flatnonzero(matching))


def events_on_timeline(
    events: pd.DataFrame, first: date, last: date, positions: npt.NDArray[np.intp] | None = None
) -> TimelineData:
    """Bars and spans of the events at these positions (`None`: all), over the days first..last.

    Of the events' columns it needs the title, both dates, precision and attestation. Undated
    events are left out.
    """
    at = np.arange(len(events)) if positions is None else positions
    titles = events[either("title_en", "title_ar")]
    events = events[_COLUMNS].iloc[at].assign(position=at)
    dated = events[events["date_start"].notna() | events["date_end"].notna()]
    exact = dated["date_precision"] == DatePrecision.DAY.value
    inside = dated["date_start"].between(pd.Timestamp(first), pd.Timestamp(last))
    uncertain = _clipped(dated[~(exact & inside)], first, last)
    spans, drawn = _spans(uncertain, titles)
    hidden = uncertain.drop(index=drawn)
    return TimelineData(
        first=first.isoformat(),
        last=last.isoformat(),
        bins=_bins(dated[exact & inside], first, last),
        spans=spans,
        hidden_spans=len(hidden),
        density=_density(hidden, first, last),
    )


def timeline_of(days: Days) -> TimelineData:
    """Bars and spans of what an engine counted."""
    first, last = day_of(days.extent.first), day_of(days.extent.last)
    counted = days.counts
    dates = pd.to_datetime(counted["first_day"], unit="D", origin="unix")
    bins = _counted_bins(dates, counted["attestation"], counted["events"], first, last)
    if days.uncertain.empty:
        return TimelineData(first.isoformat(), last.isoformat(), bins, (), 0, ())
    found = days.uncertain
    for name in ("date_start", "date_end"):
        found = found.assign(**{name: pd.to_datetime(found[name])})
    uncertain = _clipped(found.assign(position=np.arange(len(found))), first, last)
    spans, drawn = _spans(uncertain, found[either("title_en", "title_ar")])
    hidden = int(days.cells["events"].sum()) - len(spans)
    return TimelineData(
        first=first.isoformat(),
        last=last.isoformat(),
        bins=bins,
        spans=spans,
        hidden_spans=hidden,
        density=_hidden_density(days, uncertain.loc[drawn], first, last) if hidden else (),
    )


def _hidden_density(days: Days, drawn: pd.DataFrame, first: date, last: date) -> tuple[int, ...]:
    """Per cell, the uncertain events that may lie in it, those drawn as spans left out."""
    size = days.number_of_cells + 1
    inside = days.cells[days.cells["inside"]]
    weights = inside["events"].to_numpy()
    entering = np.bincount(inside["first_cell"], weights, size)
    leaving = np.bincount(inside["last_cell"] + 1, weights, size)
    every = np.cumsum(entering - leaving)[: days.number_of_cells]
    shown = np.array(_density(drawn, first, last) or 0)
    return tuple(int(count) for count in every - shown)


def _bins(events: pd.DataFrame, first: date, last: date) -> tuple[Bin, ...]:
    ones = pd.Series(1, index=events.index)
    return _counted_bins(events["date_start"], events["attestation"], ones, first, last)


def _counted_bins(
    dates: "pd.Series[pd.Timestamp]",
    attestation: "pd.Series[str]",
    events: "pd.Series[int]",
    first: date,
    last: date,
) -> tuple[Bin, ...]:
    total = (last - first).days + 1
    width = next((width for most, width in _BARS if total <= most), "Y")
    period = dates.dt.to_period(width)
    kinds = [kind.value for kind in Attestation]
    counts = events.groupby([period, attestation]).sum().unstack(fill_value=0)
    counts = counts.reindex(columns=kinds, fill_value=0)
    periods = pd.PeriodIndex(counts.index)
    starts = [max(day, first) for day in periods.start_time.date]
    ends = [min(day, last) for day in periods.end_time.date]
    return tuple(
        Bin(start.isoformat(), (end - start).days + 1, dict(zip(kinds, row, strict=True)))
        for start, end, row in zip(starts, ends, counts.to_numpy().tolist(), strict=True)
    )


def _clipped(events: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """The events with the part of their interval that the timeline shows, as `start` and `end`."""
    low, high = pd.Timestamp(first), pd.Timestamp(last)
    bounds = low.to_datetime64(), high.to_datetime64()
    start, end = events["date_start"], events["date_end"]
    return events.reset_index(drop=True).assign(
        start=np.clip(start.fillna(low).to_numpy(), *bounds),
        end=np.clip(end.fillna(high).to_numpy(), *bounds),
        open_start=(start.isna() | (start < low)).to_numpy(),
        open_end=(end.isna() | (end > high)).to_numpy(),
    )


def _spans(events: pd.DataFrame, titles: "pd.Series[str]") -> tuple[tuple[Span, ...], list[int]]:
    """Spans in lanes, side by side, the most precise first; with the rows that found a lane."""
    lanes: list[list[tuple[pd.Timestamp, pd.Timestamp]]] = [[] for _ in range(_LANES)]
    spans: list[Span] = []
    drawn: list[int] = []
    for event in _most_precise_first(events):
        lane = _free_lane(lanes, event.start, event.end)
        if lane is None or len(spans) == _MAX_SPANS:
            continue
        lanes[lane].append((event.start, event.end))
        spans.append(_span(event, titles.iloc[event.position], lane))
        drawn.append(event.Index)
    return tuple(spans), drawn


def _most_precise_first(events: pd.DataFrame) -> Iterator[Any]:
    """Those with both ends before those with an open one, the shorter before the longer."""
    open_ends = events["open_start"].astype(int) + events["open_end"]
    length = events["end"] - events["start"]
    # Equals come from all over the table, which may be in the order of dates.
    scattered = events["position"] * _SCATTER % 2**32
    order = np.lexsort((scattered.to_numpy(), length.to_numpy(), open_ends.to_numpy()))
    return iter(events.iloc[order[: _MAX_SPANS * 5]].itertuples())


def _free_lane(
    lanes: list[list[tuple[pd.Timestamp, pd.Timestamp]]], start: pd.Timestamp, end: pd.Timestamp
) -> int | None:
    def free(lane: list[tuple[pd.Timestamp, pd.Timestamp]]) -> bool:
        return all(end < other_start or start > other_end for other_start, other_end in lane)

    return next((number for number, lane in enumerate(lanes) if free(lane)), None)


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


def _density(events: pd.DataFrame, first: date, last: date) -> tuple[int, ...]:
    if events.empty:
        return ()
    days = (last - first).days + 1
    cells = min(days, _MAX_CELLS)
    before = events["date_end"] < pd.Timestamp(first)
    after = events["date_start"] > pd.Timestamp(last)
    start, end = (
        (events.loc[~(before | after), column] - pd.Timestamp(first)).dt.days * cells // days
        for column in ("start", "end")
    )
    entering = np.bincount(start, minlength=cells + 1)
    leaving = np.bincount(end + 1, minlength=cells + 1)
    return tuple(int(count) for count in np.cumsum(entering - leaving)[:cells])
