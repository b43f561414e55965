"""The layer of the live map as JSON: marks, their counts by time, outlines, movements.

The browser gets the counts of all events that match but for their dates, and sums those under the
timeline's window by itself; it does so again while the window is moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from dashboard.browser.cube import Cube, pack
from dashboard.map.ask import CountedMap
from dashboard.map.marks import Circle, Mark
from dashboard.map.outlines import Interval, Movement, Outline


@dataclass(frozen=True, slots=True)
class MapLayer:
    """All that changes on the map.

    `places` says whether the marks are places, not squares; `window` is its first and last day number,
    `None` for all days. `focus` are the points of the event `focus_id`, as (lat, lon).
    """

    places: bool
    marks: tuple[Mark, ...]
    circles: tuple[Circle, ...]
    cube: Cube
    window: Interval | None
    outlines: tuple[Outline, ...]
    movements: tuple[Movement, ...]
    focus: tuple[tuple[float, float], ...]
    focus_id: str | None

    def as_json(self) -> dict[str, object]:
        """The same as JSON-ready dictionaries."""
        built: dict[str, object] = msgspec.to_builtins(self)
        return built


def map_layer(counted: CountedMap, splits: Sequence[str], window: Interval | None) -> MapLayer:
    """The layer of a map, its counts packed so that those under the window are exact."""
    edges = () if window is None else (window[0], window[1] + 1)
    model = counted.model
    return MapLayer(
        places=counted.are_places,
        marks=model.marks,
        circles=model.circles,
        cube=pack(counted.counts, splits, counted.bins.edges, edges),
        window=window,
        outlines=model.outlines,
        movements=model.movements,
        focus=counted.chosen.points,
        focus_id=counted.chosen.event_id,
    )
