"""Colours, words, labels and roads of the map, as its scripts take them (frontend/map/types.js)."""

from collections.abc import Iterable, Mapping

from shapely.geometry import mapping

from dashboard.browser.words import map_words
from dashboard.language.messages import _
from dashboard.language.words import comma
from dashboard.legend import palette
from dashboard.model.place import FeatureClass, Place

# The rank of the labels of settlements where they overlap; the lowest is drawn first.
_LABEL_RANKS: Mapping[FeatureClass, int] = {
    FeatureClass.CITY: 1,
    FeatureClass.TOWN: 2,
    FeatureClass.VILLAGE: 4,
    FeatureClass.CAMP: 5,
    FeatureClass.AIRPORT: 5,
    FeatureClass.MILITARY_BASE: 5,
    FeatureClass.SILO: 6,
    FeatureClass.CROSSING: 5,
}


# Where a road may have its number, as shares of its length, the best first; the map takes what is free.
_SHIELDS = (0.5, 0.12, 0.88, *(at / 32 for at in range(1, 32)))

# What scripts draw on a canvas or as SVG; style sheets have the others (frontend/palette.css).
_MARK_COLOURS = ("movement", "contested", "area", "unreviewed", "ink", "mark-ink", "grey")
_GROUND_COLOURS = ("sea", "land", "syria", "water", "border", "inner-border", "road", "road-fill")


def schematic_note(places: Mapping[str, Place]) -> str:
    """Where the map has no more detail, and which roads are the only ones of the basemap."""
    roads = comma([str(road["label"]) for road in road_lines(places)])
    if not roads:
        return _("Schematic: land has no more detail, and there are no roads")
    return _("Schematic: no more detail, and no roads but {roads}").format(roads=roads)


def _colours(names: Iterable[str]) -> dict[str, str]:
    return {name.replace("-", "_"): palette.css_colour(name) for name in names}


def map_style() -> dict[str, object]:
    """Colours and words of marks, tooltips and legend."""
    return {"colours": _colours(_MARK_COLOURS), "words": map_words()}


def ground_colours() -> dict[str, str]:
    """Colours of land, water, borders and roads."""
    return _colours(_GROUND_COLOURS)


def place_labels(places: Mapping[str, Place]) -> list[dict[str, object]]:
    """The settlements among the places as labels of the basemap: `LabelledPlace` of map/types.js."""
    return [
        {
            "id": place.place_id,
            "lat": place.lat,
            "lon": place.lon,
            "name_en": place.name_en,
            "name_ar": place.name_ar,
            "rank": _LABEL_RANKS[place.feature_class],
        }
        for place in places.values()
        if place.feature_class in _LABEL_RANKS
    ]


def road_lines(places: Mapping[str, Place]) -> list[dict[str, object]]:
    """The numbered roads among the places: `Road` of map/types.js."""
    return [
        {
            "geometry": mapping(place.geometry),
            "label": place.place_id.upper(),
            "shields": [
                (point.y, point.x)
                for point in (
                    place.geometry.interpolate(share, normalized=True) for share in _SHIELDS
                )
            ],
        }
        for place in places.values()
        if place.feature_class is FeatureClass.ROAD
        and place.geometry.geom_type == "LineString"
        and len(place.place_id) <= 3
    ]
