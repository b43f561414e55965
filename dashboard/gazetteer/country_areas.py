"""The borders of the countries of the region (`data/basemap/country_areas.geojson`), by English name."""

import json
from functools import cache

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from dashboard.settings import DATA


@cache
def country_areas() -> dict[str, BaseGeometry]:
    """The countries of the region of which the basemap has borders in detail, by their English names."""
    text = (DATA / "basemap" / "country_areas.geojson").read_text(encoding="utf-8")
    areas = {
        feature["properties"]["name_en"]: shape(feature["geometry"])
        for feature in json.loads(text)["features"]
    }
    for area in areas.values():
        shapely.prepare(area)
    return areas
