"""Pages of features: whole events are read from the engine, and cut where the page is full."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.datasets.event_map.layouts import LAYER, RECORD, Layout, layout_rows, source_names
from dashboard.export.coarsen import Coarseness
from dashboard.export.selection import events_of, export_of
from dashboard.model.grid import MAX_ZOOM, Box, box_of
from dashboard.project.catalog import Catalog
from dashboard.query import pages
from dashboard.query.by_number import from_number
from dashboard.query.query import Query
from dashboard.server.ogc.requests import MOST, Bounds, Cursor

# How many events are read at once: each number is a form of the query that the engine prepares.
_SIZES = (10, 100, MOST)
_NOT_CELLS = {LAYER, RECORD, "latitude", "longitude", "coordinates"}


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature; `lon` and `lat` are degrees in EPSG:4326, `None` for one without a place."""

    id: str
    lon: float | None
    lat: float | None
    properties: Mapping[str, Any]

    def lies_in(self, bounds: Bounds | None) -> bool:
        """Whether it is in the bounds; one without a place is in none."""
        if bounds is None:
            return True
        return self.lon is not None and self.lat is not None and bounds.contains(self.lon, self.lat)


@dataclass(frozen=True, slots=True)
class Page:
    """Some features, and where the next page begins; `None` after the last one."""

    features: tuple[Feature, ...]
    following: Cursor | None


def page_of(
    catalog: Catalog,
    query: Query,
    layout: Layout,
    bounds: Bounds | None,
    cursor: Cursor,
    limit: int,
) -> Page:
    """The features from the cursor on, at most `limit`, in the order of the numbers of their events."""
    # Within bounds, an event may have its best place elsewhere: many are read at once.
    size = MOST if bounds else next(size for size in _SIZES if size >= limit)
    query = catalog.effective(query)
    found: list[Feature] = []
    while True:
        keys = catalog.engine.ask(from_number, query, (cursor.event,), *_boxes(bounds), size=size)
        if keys.empty:
            return Page(tuple(found), None)
        numbers = keys["event"].tolist()
        for number, features in zip(numbers, _features(catalog, keys, layout), strict=True):
            skipped = cursor.skipped if number == cursor.event else 0
            for at, feature in enumerate(features):
                if at < skipped or not feature.lies_in(bounds):
                    continue
                if len(found) == limit:
                    return Page(tuple(found), Cursor(number, at))
                found.append(feature)
        cursor = Cursor(numbers[-1] + 1)


def feature_of(catalog: Catalog, query: Query, layout: Layout, feature_id: str) -> Feature | None:
    """The feature of an id, `None` if no event of the query has it."""
    event_id = feature_id if layout is Layout.EVENT else feature_id.rpartition(".")[0]
    keys = catalog.engine.ask(pages.numbers_of, (event_id,), unreviewed=query.unreviewed)
    for features in _features(catalog, keys, layout):
        for feature in features:
            dataset = feature.properties["dataset"]
            if feature.id == feature_id and dataset in (query.datasets or (dataset,)):
                return feature
    return None


def _features(catalog: Catalog, keys: pd.DataFrame, layout: Layout) -> Iterator[list[Feature]]:
    """The features of each event, in the columns of the exports' files."""
    if keys.empty:
        return
    export = export_of(catalog.loader.load(keys), Coarseness.ORIGINAL, {})
    for event in events_of(export):
        event_id = event.event["event_id"]
        left_out = _NOT_CELLS | set(source_names([event]))
        yield [
            Feature(
                event_id if layout is Layout.EVENT else f"{event_id}.{number}",
                row.get("longitude"),
                row.get("latitude"),
                {name: cell for name, cell in row.items() if name not in left_out},
            )
            for number, row in enumerate(layout_rows(event, layout), start=1)
        ]


def _boxes(bounds: Bounds | None) -> tuple[Box, ...]:
    """The boxes of the places in the bounds, two if these cross the antimeridian."""
    if bounds is None:
        return ()
    west, south, east, north = bounds
    spans = ((west, east),) if west <= east else ((west, 180.0), (-180.0, east))
    boxes = (
        box_of(south, max(one, -180.0), north, min(other, 180.0), MAX_ZOOM) for one, other in spans
    )
    # An edge belongs to the bounds.
    return tuple(Box(it.zoom, it.left - 1, it.top - 1, it.right + 1, it.bottom + 1) for it in boxes)
