"""The selection as GeoJSON (RFC 7946): a feature for each event, claim or place."""

from collections.abc import Mapping
from typing import Any

import msgspec
from shapely.geometry import Point, mapping
from shapely.geometry.base import BaseGeometry

from dashboard.export.geometry import areas, movements
from dashboard.export.layouts import layout_rows
from dashboard.export.options import ExportOptions, Layout
from dashboard.export.selection import Export, by_event, records

_DEFAULT = ExportOptions()


def to_geojson(export: Export, options: ExportOptions = _DEFAULT) -> bytes:
    """A FeatureCollection with lon before lat; an event without a place has a null geometry.

    Each feature of an event or a place includes the claims and all places of its event. In the layout of
    places, movements (lines) and areas (outlines) follow as further features. The foreign members
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
    claims, places = by_event(export.claims), by_event(export.places)
    features = []
    for row in layout_rows(export, layout):
        key = row["event_id"]
        more: dict[str, object] = {"layer": layout.value}
        if layout is not Layout.CLAIM:
            more |= {"claims": claims.get(key, []), "places": places.get(key, [])}
        located = row.get("latitude") is not None
        point = Point(row["longitude"], row["latitude"]) if located else None
        features.append(_feature({**row, "geometry": point}, more))
    if layout is Layout.PLACE:
        features += [_feature(row, {"layer": "movement"}) for row in records(movements(export))]
        features += [_feature(row, {"layer": "area"}) for row in records(areas(export))]
    return features


def _feature(row: Mapping[str, Any], more: Mapping[str, object]) -> dict[str, object]:
    geometry: BaseGeometry | None = row["geometry"]
    properties = {key: value for key, value in row.items() if key != "geometry"}
    return {
        "type": "Feature",
        "geometry": mapping(geometry) if geometry else None,
        "properties": {**properties, **more},
    }
