"""The part of the offline basemap that a single file needs: what is around its events.

The whole basemap is 770 kB. Which part of it is in the file depends on the marks of the file alone, so
it says no more than they do.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from dashboard.map.first_view import Bounds

LAYERS = (
    "land",
    "countries",
    "country_names",
    "borders",
    "governorates",
    "lakes",
    "rivers",
    "towns",
)
# Degrees around the marks that the map shows, and those in which all towns are labelled.
_AROUND, _NEAR = 8.0, 1.5
# The rank of the towns that are labelled farther away.
_LARGE = 2
_PROPERTIES = ("name_en", "name_ar", "rank")
_Feature = dict[str, Any]


def ground(folder: Path, bounds: Bounds, *, coarse: bool) -> dict[str, Any]:
    """The extent [[south, west], [north, east]] around bounds, and the layers in it as GeoJSON.

    `coarse` leaves out the names of small towns, as where the places of events are made coarser.
    """
    extent = _widened(bounds, _AROUND)
    layers = {name: _clipped(_layer(folder, name), extent) for name in LAYERS}
    layers["towns"] = _towns(layers["towns"], bounds, coarse=coarse)
    south, west, north, east = extent
    return {
        "extent": [[south, west], [north, east]],
        "layers": {
            name: {"type": "FeatureCollection", "features": features}
            for name, features in layers.items()
        },
    }


def _widened(bounds: Bounds, degrees: float) -> Bounds:
    south, west, north, east = bounds
    return (
        max(south - degrees, -85),
        max(west - degrees, -180),
        min(north + degrees, 85),
        min(east + degrees, 180),
    )


@cache
def _layer(folder: Path, name: str) -> list[tuple[Mapping[str, Any], BaseGeometry]]:
    collection = json.loads((folder / f"{name}.geojson").read_text(encoding="utf-8"))
    return [(each["properties"], shape(each["geometry"])) for each in collection["features"]]


def _clipped(
    features: Iterable[tuple[Mapping[str, Any], BaseGeometry]], extent: Bounds
) -> list[_Feature]:
    south, west, north, east = extent
    parts = (
        (properties, shapely.clip_by_rect(geometry, west, south, east, north))
        for properties, geometry in features
    )
    return [
        {
            "type": "Feature",
            "properties": {key: given[key] for key in _PROPERTIES if key in given},
            "geometry": mapping(part),
        }
        for given, part in parts
        if not part.is_empty
    ]


def _towns(towns: Iterable[_Feature], bounds: Bounds, *, coarse: bool) -> list[_Feature]:
    """The towns that are labelled: all near the marks, large ones farther away."""
    south, west, north, east = _widened(bounds, _NEAR)

    def near(town: _Feature) -> bool:
        lon, lat = town["geometry"]["coordinates"]
        return bool(south <= lat <= north and west <= lon <= east)

    return [
        town
        for town in towns
        if town["properties"]["rank"] <= _LARGE or (not coarse and near(town))
    ]
