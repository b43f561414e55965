"""The layer of the live map as JSON: marks, their counts by time, outlines, movements, legend.

The browser gets the counts of all events that match the query except its dates, and sums those within
the window of the timeline, also while the window is moved.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.browser.packed_counts import PackedCounts, pack_counts
from dashboard.browser.shading_layer import ShadingLayer, shading_layer
from dashboard.browser.words import figure_map_words
from dashboard.legend.shades import Shade, legend_of, shades
from dashboard.map.colouring import map_colours
from dashboard.map.from_engine import CountedMap, map_from_engine
from dashboard.map.marks import Circle, Mark
from dashboard.map.outlines import Interval, Movement, Outline
from dashboard.map.shading import Shading, shading_from_engine
from dashboard.model.event_tables import OPEN_END, OPEN_START, day_number
from dashboard.model.grid import Box
from dashboard.project.catalog import Catalog
from dashboard.query.query import DENSITY, MARKS, Query


@dataclass(frozen=True, slots=True)
class MapLayer:
    """All of the map that changes.

    `places` says whether the marks are places or squares; `window` has the first and last day number,
    `None` for all days; with `certain` the events that may lie outside of it are left out. Sizes stand
    for the figures that `figure_words` name, with `None` for numbers of events. `focus` are the points
    of the event `focus_id`, as (lat, lon). With a `shading` there are no marks: the counts are those of
    its areas, and of events in none of them (the last position).
    """

    places: bool
    marks: tuple[Mark, ...]
    circles: tuple[Circle, ...]
    counts: PackedCounts
    figure_words: Mapping[str, object] | None
    window: Interval | None
    certain: bool
    outlines: tuple[Outline, ...]
    movements: tuple[Movement, ...]
    focus: tuple[tuple[float, float], ...]
    focus_id: str | None
    legend: tuple[Shade, ...]
    shading: ShadingLayer | None = None


def map_layer(catalog: Catalog, query: Query, box: Box) -> MapLayer:
    """The layer for a part of the map; its counts are exact within the dates of the query."""
    if query.shading != MARKS:
        return _shaded(shading_from_engine(catalog, query, box), query)
    colours = map_colours(catalog, query)
    legend = legend_of(colours.colouring, catalog.names, colours.others)
    return _layer(map_from_engine(catalog, query, box), legend, query)


def _layer(counted: CountedMap, legend: tuple[Shade, ...], query: Query) -> MapLayer:
    window = _window(query)
    edges = _fixed_edges(window)
    model, splits = counted.model, [shade.id for shade in legend]
    return MapLayer(
        places=counted.are_places,
        marks=model.marks,
        circles=model.circles,
        counts=pack_counts(counted.counts, splits, counted.bins.edges, edges, counted.shared),
        figure_words=None if counted.measure is None else figure_map_words(counted.measure),
        window=window,
        certain=query.certain,
        outlines=model.outlines,
        movements=model.movements,
        focus=counted.selection.points,
        focus_id=counted.selection.event_id,
        legend=legend,
    )


def _shaded(shading: Shading, query: Query) -> MapLayer:
    window, legend = _window(query), shades("group", {})
    splits = [shade.id for shade in legend]
    return MapLayer(
        places=shading.level != DENSITY,
        marks=(),
        circles=(),
        counts=pack_counts(shading.counts, splits, shading.bins.edges, _fixed_edges(window)),
        figure_words=None,
        window=window,
        certain=query.certain,
        outlines=(),
        movements=(),
        focus=(),
        focus_id=None,
        legend=legend,
        shading=shading_layer(shading),
    )


def _window(query: Query) -> Interval | None:
    if not query.start and not query.end:
        return None
    return (
        OPEN_START if query.start is None else day_number(query.start),
        OPEN_END if query.end is None else day_number(query.end),
    )


def _fixed_edges(window: Interval | None) -> tuple[int, ...]:
    """The edges of bins that make the counts within the window exact."""
    return () if window is None else (window[0], window[1] + 1)
