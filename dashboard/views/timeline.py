"""The timeline as data: a histogram of dated events, and spans for those whose date is uncertain.

A date is never sharpened: an event known to a day counts in that day's bar, one known to an interval
is drawn as a span over the whole interval.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.model.columns import Tables
from dashboard.model.event import Attestation
from dashboard.model.when import DatePrecision, When
from dashboard.model.words import when as when_words

# Spans beyond these are counted, not drawn: more lanes would not fit under the bars.
_LANES, _MAX_SPANS = 10, 200
# Intervals longer than this do not widen the timeline: one event dated "2019" would squeeze weeks of
# others into a corner. They are drawn as reaching over its edge.
_WIDENS_UP_TO_DAYS = 92
# Bars finer than this many are thinner than a few pixels on any screen.
_MAX_BINS = 400
_DAYS_PER_BIN = (1, 7, 30, 91, 365, 3650)


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
    """What the timeline draws; `first` and `last` are ISO days, both included."""

    first: str
    last: str
    bins: tuple[Bin, ...]
    spans: tuple[Span, ...]
    hidden_spans: int

    def as_json(self) -> dict[str, object]:
        """The same as JSON-ready dictionaries."""
        return asdict(self)


def extent(tables: Tables) -> tuple[date, date]:
    """The first and the last day of the events dated to a quarter or better; today if none is."""
    start, end = tables.events["date_start"], tables.events["date_end"]
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
    events = tables.events[matching]
    dated = events[events["date_start"].notna() | events["date_end"].notna()]
    exact = dated["date_precision"] == DatePrecision.DAY.value
    inside = dated["date_start"].between(pd.Timestamp(first), pd.Timestamp(last))
    spans, hidden = _spans(dated[~(exact & inside)], first, last)
    return TimelineData(
        first.isoformat(),
        last.isoformat(),
        _bins(dated[exact & inside], first, last),
        spans,
        hidden,
    )


def _bins(events: pd.DataFrame, first: date, last: date) -> tuple[Bin, ...]:
    total = (last - first).days + 1
    width = next((days for days in _DAYS_PER_BIN if total / days <= _MAX_BINS), _DAYS_PER_BIN[-1])
    number = (events["date_start"] - pd.Timestamp(first)).dt.days // width
    counts = events.groupby([number, events["attestation"]]).size().unstack(fill_value=0)
    return tuple(
        Bin(
            start=(first + timedelta(days=int(at) * width)).isoformat(),
            days=width,
            counts={kind.value: int(row.get(kind.value, 0)) for kind in Attestation},
        )
        for at, row in counts.iterrows()
    )


def _spans(events: pd.DataFrame, first: date, last: date) -> tuple[tuple[Span, ...], int]:
    """Spans in as few lanes as hold them side by side; those that no lane holds are counted."""
    low, high = pd.Timestamp(first), pd.Timestamp(last)
    free_from = [pd.Timestamp.min] * _LANES
    spans: list[Span] = []
    for event in _in_order(events):
        open_start = pd.isna(event.date_start) or event.date_start < low
        open_end = pd.isna(event.date_end) or event.date_end > high
        start = low if open_start else min(event.date_start, high)
        end = high if open_end else max(event.date_end, low)
        lane = next((i for i, free in enumerate(free_from) if start > free), None)
        if lane is None or len(spans) >= _MAX_SPANS:
            continue
        free_from[lane] = end
        spans.append(
            Span(
                title=f"{event.title_en}: {when_words(_when(event))}",
                start=start.date().isoformat(),
                end=end.date().isoformat(),
                open_start=open_start,
                open_end=open_end,
                lane=lane,
                attestation=event.attestation,
            )
        )
    return tuple(spans), len(events) - len(spans)


def _when(event: Any) -> When:
    start, end = event.date_start, event.date_end
    return When(
        None if pd.isna(start) else start.date(),
        None if pd.isna(end) else end.date(),
        DatePrecision(event.date_precision),
    )


def _in_order(events: pd.DataFrame) -> Iterable[Any]:
    ordered = events.sort_values(["date_start", "date_end"], na_position="first")
    return ordered.head(_MAX_SPANS * 4).itertuples(index=False)
