"""The answer to the map in the browser when it asks for the events of the part that it shows."""

from dataclasses import dataclass
from hashlib import sha256

import msgspec

from dashboard.browser.map_layer import map_layer
from dashboard.browser.script_data import json_bytes
from dashboard.language.language import current
from dashboard.model.grid import MIN_ZOOM, Box, box_of, degrees_of
from dashboard.project.catalog import Catalog
from dashboard.query.query import DISPLAY, DISTRICTS, GOVERNORATES, Query

# Areas are sent for all of the map, also where it is moved around the world (degrees).
_WORLD = box_of(-85, -180, 85, 180, MIN_ZOOM)
_ANYWHERE = [-3600.0, -90.0, 3600.0, 90.0]


@dataclass(frozen=True, slots=True)
class MapData:
    """JSON for the browser (`Answer` of frontend/map/types.js), and a tag that differs if it differs."""

    body: bytes
    tag: str


def map_data(catalog: Catalog, query: Query, visible: Box) -> MapData:
    """The layer of what is visible with a margin, so that a short pan needs no other.

    Cached for all sessions and readers of one language.
    """
    by_area = query.shading in (GOVERNORATES, DISTRICTS)
    box = _WORLD if by_area else visible.padded()
    filters = catalog.effective(query).with_defaults(DISPLAY)
    if filters.mark_measure is None:
        # Sums beside the map may be of any measure; the map is the same.
        filters = filters.with_defaults(("measure",))

    def build() -> MapData:
        layer = msgspec.to_builtins(map_layer(catalog, filters, box))
        body = json_bytes(
            {"bounds": _ANYWHERE if by_area else _bounds(box), "zoom": box.zoom, "layer": layer}
        )
        return MapData(body, sha256(body).hexdigest()[:32])

    answer: MapData = catalog.maps.get((filters, box, current()), build)
    return answer


def _bounds(box: Box) -> list[float]:
    """West, south, east and north of a box, in degrees."""
    north, west = degrees_of(box.left, box.top)
    south, east = degrees_of(box.right, box.bottom)
    return [west, south, east, north]
