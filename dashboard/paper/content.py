"""The content of a figure: the events that it draws, and those that it cannot."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypedDict

from dashboard.layers.drawn import DrawnLayer
from dashboard.map.from_records import map_from_records
from dashboard.map.map_model import MapModel
from dashboard.map.shading_from_records import CountedAreas, areas_from_records
from dashboard.model.event import Attestation
from dashboard.model.event_tables import day_number
from dashboard.model.selected import SelectedEvents
from dashboard.paper.frame import Frame
from dashboard.paper.mark_sizes import MarkSizes, mark_sizes, radius_pt, scale
from dashboard.paper.marks import Cluster, PrintedMark, clusters
from dashboard.query.histogram import Extent
from dashboard.query.query import DISTRICTS, GOVERNORATES
from dashboard.summary.summary import Summary
from dashboard.tiles.folder import Basemap
from dashboard.timeline.from_records import days_from_records, extent_of_events
from dashboard.timeline.timeline import TimelineData, timeline_of

# First and last day; `None`: no bound.
Window = tuple[date | None, date | None]


@dataclass(frozen=True)
class Content:
    """The selection for a figure; events are identified by their position in the selection.

    `tiles` is the basemap of a file that its query names, `None` for the shipped one; `layers` are those
    of the query, from the lowest to the topmost.
    """

    summary: Summary
    tiles: Basemap | None = None
    layers: tuple[DrawnLayer, ...] = ()

    @cached_property
    def map(self) -> MapModel:
        """The marks, circles, outlines and movements of the selection, as the query shows them."""
        drawn = map_from_records(self.selected)
        if self.summary.query.extents:
            return drawn
        return replace(drawn, circles=(), outlines=())

    @cached_property
    def sizes(self) -> MarkSizes:
        """The numbers for which sizes of marks stand."""
        return mark_sizes(self.selected, self.summary.query.mark_measure)

    @cached_property
    def shaded(self) -> CountedAreas | None:
        """The areas coloured by their numbers of events; `None` if the query shows none."""
        query = self.summary.query
        if query.shading not in (GOVERNORATES, DISTRICTS):
            return None
        return areas_from_records(self.selected, query.shading, (query.start, query.end))

    @cached_property
    def timeline(self) -> TimelineData:
        """The bars and spans of the selection."""
        return timeline_of(days_from_records(self.selected, days_shown(self.summary)))

    @property
    def selected(self) -> SelectedEvents:
        """The selected events."""
        return self.summary.selected

    @cached_property
    def events_at(self) -> tuple[frozenset[int], ...]:
        """The events at each mark of the map."""
        at_place: dict[str, set[int]] = defaultdict(set)
        for row in self.selected.corpus.events.places:
            at_place[row.place_id].add(self.selected.positions[row.event_id])
        return tuple(
            frozenset().union(*(at_place.get(key, ()) for key in mark.place_ids))
            for mark in self.map.marks
        )


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which events of the selection the figure shows, as positions.

    `drawn` (by mark number), `outside` the frame and `unlocated` are together the whole selection; an
    event at two places may be at two marks. `undated` are those that are not in the timeline.
    """

    drawn: Mapping[int, tuple[int, ...]]
    outside: tuple[int, ...]
    unlocated: tuple[int, ...]
    undated: tuple[int, ...]


def marks_of(content: Content, frame: Frame, metres_per_pt: float) -> tuple[PrintedMark, ...]:
    """The marks of the selection on a frame, numbered from the largest."""
    sizes = [content.sizes.of(events) for events in content.events_at]
    by = scale(sizes, content.sizes.measure)
    merged = clusters(content.map.marks, sizes, frame, metres_per_pt, by)
    return tuple(
        _printed(content, number, cluster, metres_per_pt, by)
        for number, cluster in enumerate(merged, start=1)
    )


def _printed(
    content: Content, number: int, cluster: Cluster, metres_per_pt: float, by: float
) -> PrintedMark:
    """The marks of a cluster as one printed mark, with their distinct events."""
    positions = tuple(sorted(frozenset().union(*(content.events_at[at] for at in cluster.marks))))
    size = content.sizes.of(positions)
    points = radius_pt(size, by)
    query = content.summary.query
    return PrintedMark(
        number,
        cluster.x,
        cluster.y,
        points * metres_per_pt,
        points,
        size,
        tuple(content.map.marks[at] for at in cluster.marks),
        positions,
        **_counts(content, positions, (query.start, query.end)),
    )


class _MarkCounts(TypedDict):
    groups: Mapping[str, int]
    contested: int
    unreviewed: int
    confirmed: int
    refuted: int
    possible: int


def _counts(content: Content, positions: Sequence[int], window: Window) -> _MarkCounts:
    """What the events of a mark are counted by; `possible` are those that may lie outside the window."""
    selected = content.selected
    events = [selected.events[position] for position in positions]
    kinds = selected.corpus.lexicon.kinds
    return {
        "groups": dict(Counter(kinds[event.kind].group.value for event in events).most_common()),
        "contested": sum(selected.attestation(e.event_id) is Attestation.CONTESTED for e in events),
        "unreviewed": sum(not selected.reviewed(e.event_id) for e in events),
        "confirmed": sum(selected.confirmed(e.event_id) for e in events),
        "refuted": sum(selected.refuted(e.event_id) for e in events),
        "possible": sum(not e.when.lies_in(*window) for e in events),
    }


def mark_within(
    content: Content, mark: PrintedMark, shown: frozenset[int], window: Window, by: float
) -> PrintedMark | None:
    """The mark with those of its events alone that are shown; `None` if there is none of them.

    It stays where it is; `by` is the scale of the sizes (`mark_sizes.scale`).
    """
    positions = tuple(at for at in mark.positions if at in shown)
    if not positions:
        return None
    size = content.sizes.of(positions)
    points = radius_pt(size, by)
    return replace(
        mark,
        radius=mark.radius * points / mark.radius_pt,
        radius_pt=points,
        size=size,
        positions=positions,
        **_counts(content, positions, window),
    )


def coverage_of(content: Content, marks: Sequence[PrintedMark]) -> Coverage:
    """Which events are at which mark, which lie outside the frame, and which have no place."""
    located = frozenset().union(*content.events_at)
    seen = {position for mark in marks for position in mark.positions}
    events = content.selected.events
    return Coverage(
        drawn={mark.number: mark.positions for mark in marks},
        outside=tuple(sorted(located - seen)),
        unlocated=tuple(at for at in range(len(events)) if at not in located),
        undated=tuple(at for at, event in enumerate(events) if event.when.undated),
    )


def days_shown(summary: Summary) -> Extent:
    """The days of the date filter, or else of all reference events."""
    today = day_number(summary.created)
    extent = extent_of_events(summary.selected.reference.events.events.values()) or Extent(
        today, today
    )
    start, end = summary.query.start, summary.query.end
    first = extent.first if start is None else max(extent.first, day_number(start))
    last = extent.last if end is None else min(extent.last, day_number(end))
    return Extent(first, max(first, last))
