"""Outlines of areas and roads with events, and movements between places, each with its days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd
from shapely.geometry import mapping

from dashboard.language.names import name_of
from dashboard.language.words import arrow
from dashboard.map.marks import Selection
from dashboard.model.event import Attestation
from dashboard.model.event_tables import OPEN_END, OPEN_START
from dashboard.model.place import Place

_LINE_TYPES = frozenset({"LineString", "MultiLineString"})
# With more intervals than this an outline or arrow is shown at all times.
_MOST_INTERVALS = 200

# First and last day number (`model/event_tables.py`).
Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Outline:
    """An area or road with events, and their days; `geometry` is GeoJSON, lon before lat."""

    id: str
    geometry: object
    line: bool
    selected: bool
    days: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Movement:
    """Events from one place to another; each end is (lat, lon), as Leaflet takes it.

    `contested` if some are, `refuted` if all are, or their places.
    """

    start: tuple[float, float]
    end: tuple[float, float]
    label: str
    count: int
    contested: bool
    refuted: bool
    event_id: str | None
    selected: bool
    days: tuple[Interval, ...]


def outlines(
    rows: pd.DataFrame, places: Mapping[str, Place], selection: Selection
) -> tuple[Outline, ...]:
    """The areas and roads among the places of `rows` (place_id, dated, first_day, last_day)."""
    return tuple(
        _outline(places[str(place_id)], events, selection)
        for place_id, events in rows.groupby("place_id")
        if places[str(place_id)].has_outline
    )


def _outline(place: Place, rows: pd.DataFrame, selection: Selection) -> Outline:
    return Outline(
        id=place.place_id,
        geometry=mapping(place.geometry),
        line=place.geometry.geom_type in _LINE_TYPES,
        selected=place.place_id in selection.place_ids,
        days=_intervals(rows),
    )


def movements(
    rows: pd.DataFrame, places: Mapping[str, Place], selection: Selection
) -> tuple[Movement, ...]:
    """Movements from places with role "from" to places with role "to" of the same event.

    `rows` has the columns event_id, place_id, role, attestation, refuted, dated, first_day, last_day.
    """
    starts = rows[rows["role"] == "from"]
    ends = rows.loc[rows["role"] == "to", ["event_id", "place_id"]]
    pairs = starts.merge(ends, on="event_id", suffixes=("", "_to"))
    return tuple(
        _movement(places[str(start)], places[str(end)], together, selection)
        for (start, end), together in pairs.groupby(["place_id", "place_id_to"])
    )


def _movement(start: Place, end: Place, rows: pd.DataFrame, selection: Selection) -> Movement:
    events = [str(event_id) for event_id in rows["event_id"].unique()]
    return Movement(
        start=(start.lat, start.lon),
        end=(end.lat, end.lon),
        label=f"{name_of(start)}{arrow()}{name_of(end)}",
        count=len(events),
        contested=bool((rows["attestation"] == Attestation.CONTESTED.value).any()),
        refuted=bool(rows["refuted"].all()),
        event_id=events[0] if len(events) == 1 else None,
        selected=selection.event_id in events,
        days=_intervals(rows),
    )


def _intervals(rows: pd.DataFrame) -> tuple[Interval, ...]:
    """The distinct intervals of dated rows, as first and last day numbers."""
    dated = rows[rows["dated"]]
    pairs: Iterable[tuple[int, int]] = dict.fromkeys(
        zip(dated["first_day"], dated["last_day"], strict=True)
    )
    intervals = [(int(first), int(last)) for first, last in pairs]
    return tuple(intervals) if len(intervals) <= _MOST_INTERVALS else ((OPEN_START, OPEN_END),)
