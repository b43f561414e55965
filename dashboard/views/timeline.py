"""The timeline as data: a histogram of dated events, and spans for those whose date is uncertain.

A date is never sharpened: an event known to a day counts in that day's bar, one known to an interval
is drawn as a span over the whole interval.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.model.columns import Tables
from dashboard.model.event import Attestation

# Spans beyond these are counted, not drawn: more lanes would not fit under the bars.
_LANES, _MAX_SPANS = 6, 200
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
    """An event that lies somewhere in start..end; an open end is unknown."""

    event_id: str
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
    """The first and the last day that any event may lie in; today twice if none is dated."""
    days = pd.concat([tables.events["date_start"], tables.events["date_end"]]).dropna()
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
    exact = dated["date_start"].notna() & (dated["date_start"] == dated["date_end"])
    spans, hidden = _spans(dated[~exact], first, last)
    return TimelineData(
        first.isoformat(), last.isoformat(), _bins(dated[exact], first, last), spans, hidden
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
    free_from = [pd.Timestamp.min] * _LANES
    spans: list[Span] = []
    for event in _in_order(events):
        start = event.date_start if not pd.isna(event.date_start) else pd.Timestamp(first)
        end = event.date_end if not pd.isna(event.date_end) else pd.Timestamp(last)
        lane = next((i for i, free in enumerate(free_from) if start > free), None)
        if lane is None or len(spans) >= _MAX_SPANS:
            continue
        free_from[lane] = end
        spans.append(
            Span(
                event_id=event.event_id,
                title=event.title_en,
                start=start.date().isoformat(),
                end=end.date().isoformat(),
                open_start=pd.isna(event.date_start),
                open_end=pd.isna(event.date_end),
                lane=lane,
                attestation=event.attestation,
            )
        )
    return tuple(spans), len(events) - len(spans)


def _in_order(events: pd.DataFrame) -> Iterable[object]:
    ordered = events.sort_values(["date_start", "date_end"], na_position="first")
    return ordered.head(_MAX_SPANS * 4).itertuples(index=False)
