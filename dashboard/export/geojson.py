"""The selection as GeoJSON (RFC 7946): a feature for each event, claim or place."""

from collections.abc import Mapping
from typing import Any

import msgspec
from shapely.geometry import Point, mapping
from shapely.geometry.base import BaseGeometry

from dashboard.datasets.event_map.layouts import (
    LAYER,
    RECORD,
    Layout,
    layout_rows,
    source_names,
)
from dashboard.datasets.event_map.tables import EventRows
from dashboard.export.geometry import areas, movements
from dashboard.export.options import ExportOptions
from dashboard.export.selection import Export, events_of, records
from dashboard.export.tables import file_cells

_DEFAULT = ExportOptions()


def to_geojson(export: Export, options: ExportOptions = _DEFAULT) -> bytes:
    """A FeatureCollection with lon before lat; an event without a place has a null geometry.

    Each feature includes the claims, places, actors, estimates and relations of its event. In the layout
    of places, movements (lines) and areas (outlines) follow as further features. The foreign members
    "about" and "articles" describe the file.
    """
    collection = {
        "type": "FeatureCollection",
        "about": dict(export.about),
        "articles": records(export.articles),
        "features": _features(export, options.layout),
    }
    return msgspec.json.encode(collection)


def _features(export: Export, layout: Layout) -> list[dict[str, object]]:
    features = [
        _feature({**row, **file_cells(export), "geometry": _point(row)}, {})
        for event in events_of(export)
        for row in _properties(event, layout)
    ]
    if layout is Layout.PLACE:
        features += [_feature(row, {LAYER: "movement"}) for row in records(movements(export))]
        features += [_feature(row, {LAYER: "area"}) for row in records(areas(export))]
    return features


def _properties(event: EventRows, layout: Layout) -> list[dict[str, Any]]:
    """The rows of an event, with its child rows as lists and its imported row as an object."""
    more = {**event.children, "source_columns": dict(event.source), RECORD: event.record}
    sources = set(source_names([event]))
    rows = layout_rows(event, layout)
    return [{key: row[key] for key in row if key not in sources} | more for row in rows]


def _point(row: Mapping[str, Any]) -> Point | None:
    return Point(row["longitude"], row["latitude"]) if row.get("latitude") is not None else None


def _feature(row: Mapping[str, Any], more: Mapping[str, object]) -> dict[str, object]:
    geometry: BaseGeometry | None = row["geometry"]
    properties = {key: value for key, value in row.items() if key != "geometry"}
    return {
        "type": "Feature",
        "geometry": mapping(geometry) if geometry else None,
        "properties": {**properties, **more},
    }
