"""Areas in words, e.g. "within 10 km of Ain Issa", and how exactly the events in them are placed."""

from collections.abc import Callable, Mapping, Sequence

from dashboard.language.labels import label as label_of
from dashboard.language.messages import _, plural
from dashboard.language.numbers import in_digits, number
from dashboard.language.words import any_of, comma, from_left, isolate
from dashboard.model.area import Area, BoxArea, CircleArea, OutlineArea, PolygonArea
from dashboard.model.place import PlacePrecision

# Names a value of a field of the query; that of a point, "36.384,38.863", is "" if no place is there.
Label = Callable[[str, str], str]


def areas_in_words(areas: Sequence[Area], label: Label) -> str:
    """The areas as alternatives."""
    return any_of([area_in_words(area, label) for area in areas])


def area_in_words(area: Area, label: Label) -> str:
    """An area as a phrase; of points the latitude is first, as everywhere on the page."""
    match area:
        case BoxArea(west, south, east, north):
            text = _("in the rectangle from {point} to {other}")
            return text.format(point=_point(south, west), other=_point(north, east))
        case CircleArea(lon, lat, km):
            name = label("areas", f"{lat:.5f},{lon:.5f}")
            point = isolate(name) if name else _point(lat, lon)
            return _("within {km} km of {point}").format(km=number(km), point=point)
        case OutlineArea(place_id):
            return _("in the outline of {place}").format(place=isolate(label("places", place_id)))
        case PolygonArea(corners):
            text = plural(
                "in the polygon of {n} corner around {point}",
                "in the polygon of {n} corners around {point}",
                len(corners),
            )
            bounds = area.bounds
            middle = (bounds.south + bounds.north) / 2, (bounds.west + bounds.east) / 2
            return text.format(point=_point(*middle))


def coarse_in_words(levels: Mapping[PlacePrecision, int]) -> list[str]:
    """How many events are in an area only by a point that stands for more; nothing if none is."""
    if not levels:
        return []
    text = plural(
        "{n} of them known only roughly ({levels})",
        "{n} of them known only roughly ({levels})",
        sum(levels.values()),
    )
    named = [f"{label_of(level)}: {number(events)}" for level, events in levels.items()]
    return [text.format(levels=comma(named))]


def at_units_in_words(events: int) -> list[str]:
    """How many events are in a chosen unit only by the unit itself; nothing if none is."""
    if not events:
        return []
    return [
        plural(
            "{n} of them known only to the chosen area itself",
            "{n} of them known only to the chosen area itself",
            events,
        )
    ]


def _point(lat: float, lon: float) -> str:
    return from_left(in_digits(f"{round(lat, 4):g}, {round(lon, 4):g}"))
